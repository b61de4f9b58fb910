#pragma once

/// What is kept of a planned entry's way onto the EPCL and off it. Thread word: plain values.

#include <set>

#include "projections/board/marks.hpp"

namespace assay::projections {

enum class EpclStanding : std::uint8_t { never_listed, listed, removed };

struct EpclListing {
  events::EpclBasis basis = events::EpclBasis::tested;
  std::vector<EventId> completions;  ///< on which it says it rests
  Identifier date_first_added;
  std::optional<Timestamp> effective_at;  ///< absent while the Panel's secretariat has not endorsed
  Hash list_digest;
  std::string list_version;
  Mark mark;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(basis), CEREAL_NVP(completions), CEREAL_NVP(date_first_added),
            CEREAL_NVP(effective_at), CEREAL_NVP(list_digest), CEREAL_NVP(list_version),
            CEREAL_NVP(mark));
  }
};

struct EpclRemoval {
  Mark mark;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(reason));
  }
};

struct EquivalenceClaim {
  Mark mark;
  Hash rationale;
  std::set<std::string> said_fields;  ///< that differ, as its author says
  Identifier tested_dmc;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(rationale), CEREAL_NVP(said_fields),
            CEREAL_NVP(tested_dmc));
  }
};

struct EntryWithdrawal {
  std::optional<Identifier> consultation;
  std::string explanation;
  Mark mark;
  events::WithdrawalReason reason = events::WithdrawalReason::other;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(consultation), CEREAL_NVP(explanation), CEREAL_NVP(mark),
            CEREAL_NVP(reason));
  }
};

/// Everything that was said about the listing of one planned entry, in the order of the log.
struct EpclRecord {
  std::vector<EquivalenceClaim> claims;
  std::vector<EpclListing> listings;
  std::vector<EpclRemoval> removals;
  EpclStanding standing = EpclStanding::never_listed;
  std::optional<EntryWithdrawal> withdrawal;  ///< the first stands
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(claims), CEREAL_NVP(listings), CEREAL_NVP(removals), CEREAL_NVP(standing),
            CEREAL_NVP(withdrawal));
  }
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::EpclStanding>[] = {"never_listed",
                                                                             "listed", "removed"};
}  // namespace assay
