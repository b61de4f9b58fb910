#pragma once

/// How far the log has been witnessed, as far as cosignatures were recorded in it. The cosignatures
/// themselves lie with the checkpoints, and a verifier checks them there. Pure functions.

#include "projections/completion/completion.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::projections {

struct WitnessView {
  std::uint64_t age_hours_max = 0;
  std::optional<Identifier> policy;  ///< absent: none is in force
  std::set<std::uint64_t> split;     ///< sizes for which witnesses saw different roots
  std::string text;
  events::Verdict verdict = events::Verdict::undetermined;
  std::uint64_t witnesses_min = 0;
  std::optional<EventId> witnessed_event;  ///< the cosignature that made up the number
  Timestamp witnessed_at;                  ///< until when; without any, the log's beginning
  std::uint64_t witnessed_size = 0;        ///< the largest with enough witnesses
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(age_hours_max), CEREAL_NVP(policy), CEREAL_NVP(split), CEREAL_NVP(text),
            CEREAL_NVP(verdict), CEREAL_NVP(witnessed_at), CEREAL_NVP(witnessed_event),
            CEREAL_NVP(witnessed_size), CEREAL_NVP(witnesses_min));
  }
};

/// Met: what was recorded later than `age_hours_max` ago is all that is not witnessed yet.
[[nodiscard]] WitnessView view_witnesses(const Facts& now);

}  // namespace assay::projections
