#include "ledger/verify/notables.hpp"

#include <algorithm>
#include <array>

namespace assay::verify {
namespace {

constexpr std::array kNotable = {
    events::LedgerCreated::kType,       events::KeyRegistered::kType,
    events::RootsChanged::kType,        events::LogKeyRotated::kType,
    events::KeyRevoked::kType,          events::KeyRetired::kType,
    events::ClockReset::kType,          events::DecisionEndorsed::kType,
    events::EvidenceAdded::kType,       events::EvidenceErased::kType,
    events::EvidenceUnavailable::kType, events::StatesAttested::kType,
    events::CorrectionRecorded::kType};

enum class Kind : std::uint8_t { plain, naming, notable, unknown };

Kind kind_of(const EventView& event, const EventType*& type) {
  type = find_event_type(event.type, event.version);
  if (type == nullptr) return Kind::unknown;
  if (is_notable(event.type)) return Kind::notable;
  return type->names_evidence ? Kind::naming : Kind::plain;
}

class FileNames {
 public:
  explicit FileNames(NamedFiles& out) : out_(out) {
    out_.digests.clear();
    out_.undecodable.reset();
  }
  void take(const EventData& data) {
    found_.clear();
    append_evidence_files(data, found_);
    for (const Hash& digest : found_) {
      if (out_.digests.empty() || out_.digests.back() != digest) out_.digests.push_back(digest);
    }
  }
  void take(const EventType& type, const EventView& event, std::size_t position) {
    if (names_again(event)) return;
    if (Status status = decode_event(type, event.data, data_); status) {
      take(data_);
      if (event.type == events::ResultImported::kType) {
        again_ = R"("evidence":")" + out_.digests.back().hex() + '"';
      }
    } else if (!out_.undecodable) {
      out_.undecodable = std::move(status).error().in("event " + std::to_string(position));
    }
  }

 private:
  /// The results of an import come in long runs and all name its file, so not each is decoded. In
  /// canonical bytes an unescaped `"evidence":` is a member's name, and this type has one such.
  [[nodiscard]] bool names_again(const EventView& event) const {
    return !again_.empty() && event.type == events::ResultImported::kType &&
           event.data.find(again_) != std::string_view::npos;
  }

  NamedFiles& out_;
  std::vector<Hash> found_;
  EventData data_;
  std::string again_;  // how a result names the same file as the one before
};

}  // namespace

bool is_notable(std::string_view type) noexcept {
  return std::ranges::find(kNotable, type) != kNotable.end();
}

Status collect_notables(const SubmissionView& submission, std::vector<Notable>& out,
                        NamedFiles& files) {
  out.clear();
  FileNames names(files);
  Status first;
  const auto refuse = [&](std::size_t position, Error error) {
    if (first) first = std::unexpected(std::move(error).in("event " + std::to_string(position)));
  };
  // Events of one submission are mostly of one type, which then is looked up once.
  const EventView* looked_up = nullptr;
  const EventType* type = nullptr;
  Kind kind = Kind::plain;
  for (std::size_t i = 0; i < submission.events.size(); ++i) {
    const EventView& event = submission.events[i];
    if (looked_up == nullptr || looked_up->type != event.type ||
        looked_up->version != event.version) {
      looked_up = &event;
      kind = kind_of(event, type);
      if (kind == Kind::unknown) {
        refuse(i, decode_event(event.type, event.version, event.data).error());
      }
    }
    if (kind == Kind::naming) names.take(*type, event, i);
    if (kind != Kind::notable) continue;
    Notable notable{i, {}};
    if (Status status = decode_event(*type, event.data, notable.data); status) {
      names.take(notable.data);
      out.push_back(std::move(notable));
    } else {
      refuse(i, std::move(status).error());
    }
  }
  return first;
}

}  // namespace assay::verify
