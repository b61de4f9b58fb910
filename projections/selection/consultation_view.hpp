#pragma once

/// A consultation as a reader sees it: how long it was open, in working days of London, and whether
/// that is as long as the selection policy asks; what came in, and whether it is what its author
/// counted. The selection policy speaks of consultations on the choice of DMCs, and of those that a
/// selection rests on. Thread word: pure functions.

#include "projections/selection/selection_policy.hpp"

namespace assay::projections {

struct ResponseView {
  ConsultationResponse details;
  bool late = false;  ///< received after the consultation had closed
  Identifier response;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(details), CEREAL_NVP(late), CEREAL_NVP(response));
  }
};

enum class ConsultationState : std::uint8_t {
  announced,
  open,
  overdue,  ///< its end as announced has passed, and nobody has said that it closed
  closed,
};

struct ConsultationView {
  Identifier about;
  std::vector<events::Audience> audiences;
  std::vector<Identifier> cited_by;  ///< DMCs whose selection or substitution names it
  std::optional<Timestamp> closed_at;
  std::optional<std::string> closed_london;
  Timestamp closes_at;  ///< as announced
  std::string closes_london;
  std::optional<Hash> conclusion;
  Identifier consultation;
  bool counts_agree = true;  ///< responses counted by its author and responses recorded
  std::optional<std::uint64_t> days_min;  ///< that the policy asks for
  std::vector<Hash> documents;
  std::vector<EventId> events;  ///< that opened and closed it
  Timestamp opens_at;
  std::string opens_london;
  std::optional<PolicyUsed> policy;
  std::vector<ResponseView> responses;
  std::optional<std::uint64_t> responses_count;  ///< as its author counts them
  ConsultationState state = ConsultationState::open;
  std::string text;  ///< why the verdict is what it is
  std::string title;
  events::Verdict verdict = events::Verdict::undetermined;  ///< long enough?
  /// After the day on which it opened, up to the day of its end, announced or earlier.
  std::optional<std::int64_t> working_days;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(audiences), CEREAL_NVP(cited_by), CEREAL_NVP(closed_at),
            CEREAL_NVP(closed_london), CEREAL_NVP(closes_at), CEREAL_NVP(closes_london),
            CEREAL_NVP(conclusion), CEREAL_NVP(consultation), CEREAL_NVP(counts_agree),
            CEREAL_NVP(days_min), CEREAL_NVP(documents), CEREAL_NVP(events), CEREAL_NVP(opens_at),
            CEREAL_NVP(opens_london), CEREAL_NVP(policy), CEREAL_NVP(responses),
            CEREAL_NVP(responses_count), CEREAL_NVP(state), CEREAL_NVP(text), CEREAL_NVP(title),
            CEREAL_NVP(verdict), CEREAL_NVP(working_days));
  }
};

[[nodiscard]] std::vector<ConsultationView> consultation_views(const Facts& facts);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::ConsultationState>[] = {
    "announced", "open", "overdue", "closed"};
}  // namespace assay
