// The result of reading does not depend on how the bytes are cut into pieces.

#include <fmt/format.h>

#include "cli/import/junit_survey.hpp"
#include "cli/import/visible.hpp"
#include "tests/vectors/import/corpus.hpp"

using namespace assay;
using namespace assay::import;

namespace {

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

std::string written(const std::vector<JunitNote>& notes) {
  std::string text;
  for (const JunitNote& n : notes)
    text += fmt::format("{} {} {} {}\n", n.code, n.sentence, n.count, place(n.first));
  return text;
}

std::string written(const JunitCase& c) {
  std::string text = fmt::format("{} {} {} {} {} {} {} {}/{}", c.ordinal, c.element, c.name,
                                 name_of(c.outcome), place(c.at), c.duration_ns.value_or(-1),
                                 c.display_name, c.occurrence, c.occurrences);
  for (const JunitDetail& d : c.details)
    text +=
        fmt::format("|{} {} {} {}", d.element, d.type.value, d.message.marked(), d.text.marked());
  for (const JunitAttempt& a : c.attempts)
    text += fmt::format("|{} {}", a.element, a.text.marked());
  for (const JunitProperty& p : c.properties) text += fmt::format("|{}={}", p.name, p.value.value);
  return text + "|" + c.system_out.marked() + "|" + c.system_err.marked() + "\n";
}

/// Everything that a reading says, in one text.
std::string written(std::string_view bytes, std::size_t piece_size) {
  Pieces source(bytes, piece_size);
  std::vector<JunitCase> cases;
  Collector sink(cases);
  JunitOptions options;
  options.repair = true;
  const Result<JunitSummary> summary = read_junit(source, options, sink);
  if (!summary) return summary.error().message + "\n" + summary.error().hint;
  std::string text = std::string(summary->dialect.name) + "\n";
  for (const JunitCase& c : cases) text += written(c);
  text += written(summary->readings) + written(summary->warnings) + written(summary->cannot_tell);
  for (const XmlMend& m : summary->mends)
    text += fmt::format("{} {} {}\n", place(m.at), m.found, m.put);
  return text;
}

}  // namespace

TEST_CASE("every report of the corpus reads the same in pieces of any size", "[corpus][pieces]") {
  for (const char* folder :
       {"junit/genuine", "junit/hostile", "reports/genuine", "reports/hostile"}) {
    for (const auto& file : reports_in(kShared / folder)) {
      const std::string bytes = bytes_of(file);
      const std::string whole = written(bytes, bytes.size() + 1);
      for (const std::size_t piece : {1UZ, 2UZ, 13UZ, 1000UZ}) {
        CAPTURE(file.filename(), piece);
        CHECK(written(bytes, piece) == whole);
      }
    }
  }
}

TEST_CASE("no report of the corpus gives a single result once its end is cut off",
          "[corpus][pieces]") {
  for (const char* folder : {"junit/genuine", "reports/genuine"}) {
    for (const auto& file : reports_in(kShared / folder)) {
      const std::string bytes = bytes_of(file);
      // The ">" of the root's end tag is the first byte that makes a file whole.
      const std::size_t end = bytes.find_last_of('>');
      for (std::size_t size = 0; size <= end; size += 1 + size / 50) {
        const Reading r = read_repaired(std::string_view(bytes).substr(0, size));
        CAPTURE(file.filename(), size);
        CHECK(r.error);
        CHECK(r.cases.empty());
      }
    }
  }
}
