#pragma once

/// Events about the lists of product combinations: the EPCL (SEC F2.10A), claims of equivalence to
/// a tested combination, and the list of pending combinations (SEC H14.36A).

#include "ledger/events/programme.hpp"

namespace assay::events {

enum class EpclBasis : std::uint8_t { tested, equivalence, directed };
enum class PpclDetermination : std::uint8_t { testing_required, not_required, undetermined };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::EpclBasis>[] = {"tested", "equivalence",
                                                                     "directed"};
template <>
inline constexpr std::string_view kEnumTexts<events::PpclDetermination>[] = {
    "testing_required", "not_required", "undetermined"};
}  // namespace assay
namespace assay::events {

/// The planned entry rests on tests of another DMC that is substantively equivalent.
struct EquivalenceClaimed {
  static constexpr std::string_view kType = "equivalence_claimed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  std::vector<std::string> differing_fields;  ///< as stated; the fold computes them
  Identifier planned_entry;
  Hash rationale;  ///< digest of the document that argues it
  Identifier tested_dmc;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::planned_entry, planned_entry.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(differing_fields), CEREAL_NVP(planned_entry), CEREAL_NVP(rationale),
            CEREAL_NVP(tested_dmc));
  }
  void evidence_files(std::vector<Hash>& files) const { files.push_back(rationale); }
  void invariants(Invariants& v) const {
    v.exists(Kind::planned_entry, planned_entry.text);
    v.exists(Kind::dmc, tested_dmc.text);
  }
};

struct EpclEntryMade {
  static constexpr std::string_view kType = "epcl_entry_made";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm},
                                    .endorsed_by = {Role::panel_sec}};
  EpclBasis basis = EpclBasis::tested;
  std::vector<EventId> completions;  ///< exit decisions or equivalence claims it rests on
  Identifier date_first_added;       ///< a London day
  Hash list_digest;                  ///< of the list as the Panel publishes it, where it is kept
  std::string list_version;
  Identifier planned_entry;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::planned_entry, planned_entry.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(basis), CEREAL_NVP(completions), CEREAL_NVP(date_first_added),
            CEREAL_NVP(list_digest), CEREAL_NVP(list_version), CEREAL_NVP(planned_entry));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::planned_entry, planned_entry.text);
    v.require(is_date(date_first_added.text), "date_first_added is a date like 2019-11-22");
    for (const EventId& event : completions) v.event(event);
  }
};

struct EpclEntryRemoved {
  static constexpr std::string_view kType = "epcl_entry_removed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  Identifier planned_entry;
  std::string reason;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::planned_entry, planned_entry.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(planned_entry), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::planned_entry, planned_entry.text);
    v.require(!reason.empty(), "a removal needs a reason");
  }
};

struct PpclEntryRecorded {
  static constexpr std::string_view kType = "ppcl_entry_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  Identifier date;
  PpclDetermination determination = PpclDetermination::undetermined;
  Identifier dmc;
  Identifier requested_by;  ///< party

  [[nodiscard]] std::string subject() const { return subject_of(Kind::dmc, dmc.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(date), CEREAL_NVP(determination), CEREAL_NVP(dmc), CEREAL_NVP(requested_by));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::dmc, dmc.text);
    v.exists(Kind::party, requested_by.text);
    v.require(is_date(date.text), "date is a date like 2019-11-22");
  }
};

}  // namespace assay::events
