#include "cli/why/references.hpp"

#include <algorithm>

namespace assay::cli {
namespace {

class Collect final : public Invariants {
 public:
  explicit Collect(References& references) : references_(references) {}
  void creates(Kind, std::string_view) override {}
  void unique(Kind, std::string_view) override {}
  void exists(Kind kind, std::string_view id) override { add(kind, id); }
  void closes(Kind kind, std::string_view id) override { add(kind, id); }
  void part(Kind kind, std::string_view id, std::uint64_t) override { add(kind, id); }
  void closes_with(Kind kind, std::string_view id, std::uint64_t) override { add(kind, id); }
  void event(const EventId& id) override { references_.events.push_back(id); }
  void had_size(std::uint64_t, std::string_view) override {}
  void agrees(Kind, std::string_view, std::string_view, std::string_view) override {}
  void require(bool, std::string_view) override {}

 private:
  void add(Kind kind, std::string_view id) {
    std::string subject = subject_of(kind, id);
    // Versions of a document, policy or test case are told apart by ids; their subject is one.
    const bool by_version =
        kind == Kind::document || kind == Kind::policy || kind == Kind::test_case;
    if (const auto at = subject.rfind(".v"); by_version && at != std::string::npos) {
      subject.resize(at);
    }
    references_.subjects.push_back(std::move(subject));
  }
  References& references_;
};

}  // namespace

References references_of(const EventData& data) {
  References references;
  Collect collect(references);
  check_invariants(data, collect);
  if (const auto* said = event_if<events::DecisionEndorsed>(&data)) {
    references.events.push_back(said->target);
  } else if (const auto* dissent = event_if<events::DecisionDissented>(&data)) {
    references.events.push_back(dissent->target);
  } else if (const auto* position = event_if<events::TagPositionRecorded>(&data)) {
    references.subjects.push_back(position->about);
  }
  append_evidence_files(data, references.files);
  std::erase(references.subjects, subject_of(data));
  std::ranges::sort(references.subjects);
  const auto repeats = std::ranges::unique(references.subjects);
  references.subjects.erase(repeats.begin(), repeats.end());
  return references;
}

}  // namespace assay::cli
