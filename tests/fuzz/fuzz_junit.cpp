// Any bytes as a JUnit report, strict and with repair: never a crash, never a case from a refused
// file, always verdicts that add up, and the same result in one piece and in many.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/import/junit_reader.hpp"
#include "cli/import/visible.hpp"
#include "cli/import/xml_repair.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/base/error.hpp"

namespace {

using namespace assay;
using namespace assay::import;

class Sink final : public JunitSink {
 public:
  Status on_case(const JunitCase& found) override {
    ASSAY_ASSERT(found.ordinal == cases++);
    ASSAY_ASSERT(found.suite != nullptr);
    ASSAY_ASSERT(is_utf8(found.name) && is_utf8(found.classname));
    ASSAY_ASSERT(found.occurrence < found.occurrences);
    ASSAY_ASSERT(!found.duration_ns || *found.duration_ns >= 0);
    seen += found.name;
    seen += name_of(found.outcome);
    seen += place(found.at);
    for (const JunitDetail& detail : found.details) {
      ASSAY_ASSERT(detail.outcome != JunitOutcome::passed && is_utf8(detail.text.value));
      seen += detail.text.marked();
    }
    return {};
  }
  std::string seen;
  std::uint64_t cases = 0;
};

class Pieces final : public JunitSource {
 public:
  Pieces(std::string_view bytes, std::size_t size) : bytes_(bytes), size_(size) {}
  Status rewind() override {
    rest_ = bytes_;
    return {};
  }
  Result<std::string_view> next() override {
    const std::string_view piece = rest_.substr(0, size_);
    rest_.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::string_view bytes_;
  std::size_t size_;
  std::string_view rest_;
};

void check(const JunitSummary& summary, std::uint64_t cases) {
  const JunitResults& r = summary.results;
  const JunitElements& e = summary.elements;
  ASSAY_ASSERT(r.cases == cases && r.cases <= e.cases);
  ASSAY_ASSERT(r.passed + r.failed + r.errors + r.skipped == r.cases);
  ASSAY_ASSERT(e.passed + e.failures + e.errors + e.skipped == e.cases);
  for (const auto* notes : {&summary.readings, &summary.warnings, &summary.cannot_tell})
    for (const JunitNote& note : *notes)
      ASSAY_ASSERT(visible(note.sentence, 100'000) == note.sentence);
}

/// The result in one text, or the error.
std::string read(std::string_view bytes, bool repair, std::size_t piece_size) {
  JunitOptions options;
  options.repair = repair;
  options.zone = [](const CivilTime& civil) -> Result<std::int64_t> { return utc_micros(civil); };
  Sink sink;
  Pieces source(bytes, piece_size);
  const Result<JunitSummary> summary = read_junit(source, options, sink);
  if (!summary) {
    ASSAY_ASSERT(sink.cases == 0);
    return summary.error().message;
  }
  check(*summary, sink.cases);
  return sink.seen;
}

/// What the repair alone makes of the bytes, handed to it in pieces.
std::string mended(std::string_view bytes, std::size_t piece_size) {
  XmlRepair repair;
  std::string out;
  Status status;
  for (; status && !bytes.empty(); bytes.remove_prefix(std::min(piece_size, bytes.size())))
    status = repair.feed(bytes.substr(0, piece_size), out);
  if (status) status = repair.finish(out);
  return status ? out : status.error().message;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  for (const bool repair : {false, true}) {
    const std::string whole = read(bytes, repair, size_bytes + 1);
    ASSAY_ASSERT(read(bytes, repair, 3) == whole);
  }
  ASSAY_ASSERT(mended(bytes, 1) == mended(bytes, size_bytes + 1));
  return 0;
}
