#include "cli/import/import_target.hpp"

namespace assay::cli {
namespace {

class Counter final : public import::JunitSink {
 public:
  Counter(const ImportTarget& given, std::map<ImportTarget, events::ResultCounts>& targets)
      : given_(given), targets_(targets) {}

  Status on_case(const import::JunitCase& found) override {
    // Cases of one suite come together, so the last target is nearly always the right one.
    events::ResultCounts& counts = targets_[target_of(found, given_)];
    ++counts.cases;
    switch (found.outcome) {
      case import::JunitOutcome::passed: ++counts.passed; break;
      case import::JunitOutcome::skipped: ++counts.skipped; break;
      case import::JunitOutcome::error: ++counts.errors; break;
      case import::JunitOutcome::failed: ++counts.failed; break;
    }
    return {};
  }

 private:
  const ImportTarget& given_;
  std::map<ImportTarget, events::ResultCounts>& targets_;
};

std::string either(const std::string& given, const import::JunitCase& found,
                   std::string_view name) {
  return given.empty() ? found.suite_property(name).value_or("") : given;
}

}  // namespace

ImportTarget target_of(const import::JunitCase& found, const ImportTarget& given) {
  return {either(given.phase, found, "ledger.phase"),
          either(given.planned_entry, found, "ledger.pee"),
          either(given.build, found, "ledger.build"),
          either(given.run_counter_first, found, "ledger.run_counter_first")};
}

Result<ReportOverview> look_at(import::JunitSource& source, const import::JunitOptions& options,
                               const ImportTarget& given) {
  ReportOverview overview;
  Counter counter(given, overview.targets);
  ASSAY_TRY(overview.summary, import::read_junit(source, options, counter));
  return overview;
}

}  // namespace assay::cli
