// Both passes in one call.

#include <utility>

#include "cli/import/junit_reader.hpp"
#include "cli/import/junit_survey.hpp"

namespace assay::import {
namespace {

class BytesSource final : public JunitSource {
 public:
  explicit BytesSource(std::string_view bytes) : bytes_(bytes) {}
  Status rewind() override {
    rest_ = bytes_;
    return {};
  }
  Result<std::string_view> next() override { return std::exchange(rest_, {}); }

 private:
  std::string_view bytes_;
  std::string_view rest_;
};

template <class Pass>
Status feed_all(JunitSource& source, Pass& pass) {
  ASSAY_CHECK(source.rewind());
  while (true) {
    ASSAY_TRY(const std::string_view bytes, source.next());
    if (bytes.empty()) return {};
    ASSAY_CHECK(pass.feed(bytes));
  }
}

Result<JunitPlan> survey(JunitSource& source, const JunitOptions& options, bool repair) {
  JunitSurvey pass(options.zone, repair);
  ASSAY_CHECK(feed_all(source, pass));
  return pass.finish();
}

/// A file is repaired only where it has to be: what is well-formed means what it says.
Result<JunitPlan> plan_of(JunitSource& source, const JunitOptions& options) {
  Result<JunitPlan> plan = survey(source, options, false);
  if (plan || !options.repair || plan.error().code != Errc::malformed) return plan;
  Result<JunitPlan> repaired = survey(source, options, true);
  if (repaired) return repaired;
  Error error = std::move(plan).error();
  error.hint = "repair was tried, and did not help: " + repaired.error().message;
  return std::unexpected(std::move(error));
}

}  // namespace

Result<JunitSummary> read_junit(JunitSource& source, const JunitOptions& options, JunitSink& sink) {
  ASSAY_TRY(const JunitPlan plan, plan_of(source, options));
  JunitReader pass(options, plan, sink);
  ASSAY_CHECK(feed_all(source, pass));
  return pass.finish();
}

Result<JunitSummary> read_junit(std::string_view bytes, const JunitOptions& options,
                                JunitSink& sink) {
  BytesSource source(bytes);
  return read_junit(source, options, sink);
}

}  // namespace assay::import
