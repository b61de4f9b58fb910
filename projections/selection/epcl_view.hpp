#pragma once

/// The EPCL, entry by entry, held against the tests: is every entry backed by what it says, was it
/// made after that was so, and is the date on which it was first added consistent? Thread word:
/// pure functions.

#include "projections/selection/entry_life.hpp"
#include "projections/selection/selection.hpp"

namespace assay::projections {

/// A claim that tests of another DMC stand for this entry.
struct EquivalenceAnswer {
  EquivalenceClaim details;
  std::optional<std::vector<std::string>> differing_fields;  ///< as computed
  bool fields_agree = false;                                 ///< as said and as computed
  std::string text;
  std::vector<Identifier> tested_entries;  ///< on the tested DMC, with all that is required done
  events::Verdict verdict = events::Verdict::not_met;  ///< met: there is one
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(details), CEREAL_NVP(differing_fields), CEREAL_NVP(fields_agree),
            CEREAL_NVP(tested_entries), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

/// One addition to the list.
struct ListingAnswer {
  events::Verdict backed_now = events::Verdict::not_met;
  events::Verdict backed_then = events::Verdict::not_met;  ///< when it was recorded
  bool date_agrees = false;
  std::string date_text;  ///< where it does not
  EpclListing details;
  std::vector<EventId> foreign;  ///< named as completions, and none of this entry
  Identifier recorded_on;        ///< London day
  std::string text;              ///< why it is not backed
  events::Verdict verdict = events::Verdict::not_met;  ///< backed then and now, the date agrees
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(backed_now), CEREAL_NVP(backed_then), CEREAL_NVP(date_agrees),
            CEREAL_NVP(date_text), CEREAL_NVP(details), CEREAL_NVP(foreign),
            CEREAL_NVP(recorded_on), CEREAL_NVP(text), CEREAL_NVP(verdict));
  }
};

struct EpclLine {
  std::vector<EquivalenceAnswer> claims;
  EntryLife life;
  std::vector<ListingAnswer> listings;
  std::vector<EpclRemoval> removals;
  EpclStanding standing = EpclStanding::never_listed;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(claims), CEREAL_NVP(life), CEREAL_NVP(listings), CEREAL_NVP(removals),
            CEREAL_NVP(standing));
  }
};

/// Every planned entry, whether or not it was ever listed, in the order of their ids.
[[nodiscard]] std::vector<EpclLine> epcl_lines(const Facts& facts);

[[nodiscard]] EquivalenceAnswer answer_claim(const Facts& facts, const Identifier& planned_entry,
                                             const EquivalenceClaim& claim);

}  // namespace assay::projections
