#include "cli/bundle/question.hpp"

#include <algorithm>

#include "cli/bundle/gathering.hpp"
#include "ledger/base/text_distance.hpp"
#include "ledger/events/invariants.hpp"
#include "ledger/format/submission.hpp"

namespace assay::cli {
namespace {

/// The kind of thing as the log spells it: "planned-entry" is "planned_entry".
Result<std::string> kind_of(std::string kind, const std::string& text) {
  std::ranges::replace(kind, '-', '_');
  if (std::ranges::find(kKindTexts, kind) != std::end(kKindTexts)) return kind;
  const std::vector<std::string_view> known(std::begin(kKindTexts), std::end(kKindTexts));
  const std::string_view nearest = nearest_text(kind, known);
  return fail(Errc::invalid_argument,
              "\"" + text + "\" is no question: there is no kind of thing \"" + kind + "\"",
              nearest.empty() ? "ask for a thing, like phase/SIT-01 or issue/TI-0001"
                              : "did you mean \"" + std::string(nearest) + "\"?");
}

}  // namespace

Result<Question> parse_question(const std::string& text) {
  if (text == "log") return Question{text, {}, {}};
  if (const auto event = EventId::parse(text)) return Question{text, {}, *event};
  if (const auto digest = Hash::from_hex(text)) {
    const std::string subject = subject_of(Kind::evidence, digest->hex());
    return Question{subject, subject, {}};
  }
  const auto slash = text.find('/');
  if (slash == std::string::npos) {
    return fail(Errc::invalid_argument, "\"" + text + "\" is no question that a bundle answers",
                "ask for a thing (phase/SIT-01, issue/TI-0001), an event (41.0), a file's SHA-256, "
                "or log");
  }
  ASSAY_TRY(const std::string kind, kind_of(text.substr(0, slash), text));
  const std::string id = text.substr(slash + 1);
  if (kind == text_of(Kind::decision)) {
    if (const auto event = EventId::parse(id)) return Question{id, {}, *event};
  }
  const std::string subject = kind + "/" + id;
  if (!is_subject(subject)) {
    return fail(Errc::invalid_argument, "\"" + text + "\" is not the name of a thing",
                "names are letters, digits, dots, hyphens and underscores: phase/SIT-01");
  }
  return Question{subject, subject, {}};
}

Result<Gathered> gather(const store::Store& store, const Question& question, std::uint64_t size,
                        const std::function<void(std::uint64_t)>& progress) {
  Gathering gathering(store, size);
  ASSAY_CHECK(gathering.begin(question));
  ASSAY_CHECK(gathering.read_log(progress));
  ASSAY_CHECK(gathering.close());
  return gathering.take();
}

}  // namespace assay::cli
