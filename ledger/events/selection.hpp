#pragma once

/// Events about the choice of what is tested: consultations, and the selection, de-selection and
/// substitution of DMCs. One selection serves every kind of test that it names.

#include "ledger/events/programme.hpp"
#include "ledger/format/commitment.hpp"

namespace assay::events {

enum class Audience : std::uint8_t { tag, sec_parties, public_ };
enum class AppealOutcome : std::uint8_t { upheld, upheld_in_part, dismissed, withdrawn };

}  // namespace assay::events
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<events::Audience>[] = {"tag", "sec_parties", "public"};
template <>
inline constexpr std::string_view kEnumTexts<events::AppealOutcome>[] = {"upheld", "upheld_in_part",
                                                                         "dismissed", "withdrawn"};
}  // namespace assay
namespace assay::events {

struct DmcProposed {
  static constexpr std::string_view kType = "dmc_proposed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  Identifier dmc;
  std::set<TestKind> kinds;
  std::optional<std::string> population;  ///< what part of the installations it stands for
  std::string rationale;
  Identifier release;
  Identifier smso;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::dmc, dmc.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(dmc), CEREAL_NVP(kinds), CEREAL_NVP(population), CEREAL_NVP(rationale),
            CEREAL_NVP(release), CEREAL_NVP(smso));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::dmc, dmc.text);
    v.exists(Kind::release, release.text);
    v.require(!kinds.empty(), "a DMC is proposed for at least one kind of test");
  }
};

/// A consultation begins. Its times are instants; readers see them in London time as well.
struct ConsultationOpened {
  static constexpr std::string_view kType = "consultation_opened";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_reg}};
  Identifier about;  ///< a topic: "dmc_selection", "mt_sit_alignment", …
  std::set<Audience> audiences;
  Timestamp closes_at;
  Identifier consultation;
  std::vector<Hash> documents;
  Timestamp opens_at;
  std::string title;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::consultation, consultation.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(audiences), CEREAL_NVP(closes_at),
            CEREAL_NVP(consultation), CEREAL_NVP(documents), CEREAL_NVP(opens_at),
            CEREAL_NVP(title));
  }
  void evidence_files(std::vector<Hash>& files) const {
    files.insert(files.end(), documents.begin(), documents.end());
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::consultation, consultation.text);
    v.require(!audiences.empty(), "a consultation names whom it asks");
    v.require(opens_at < closes_at, "a consultation closes after it opens");
  }
};

/// One response. What its author marked as confidential is a commitment, which can be disclosed
/// later, or never.
struct ConsultationResponseRecorded {
  static constexpr std::string_view kType = "consultation_response_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_reg}};
  std::optional<Commitment> confidential;
  Identifier consultation;
  std::optional<Hash> document;  ///< the public part, kept as evidence
  Timestamp received_at;
  Identifier respondent;  ///< a party, or a pseudonym
  Identifier response;
  std::optional<std::string> summary;  ///< public

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::consultation, consultation.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(confidential), CEREAL_NVP(consultation), CEREAL_NVP(document),
            CEREAL_NVP(received_at), CEREAL_NVP(respondent), CEREAL_NVP(response),
            CEREAL_NVP(summary));
  }
  void evidence_files(std::vector<Hash>& files) const {
    if (document) files.push_back(*document);
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::consultation, consultation.text);
    v.unique(Kind::consultation, consultation.text + " " + response.text);
    v.require(confidential || document || summary, "a response says something, publicly or not");
  }
};

struct ConsultationClosed {
  static constexpr std::string_view kType = "consultation_closed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_reg}};
  Timestamp closed_at;
  std::optional<Hash> conclusion;  ///< digest of the conclusions document
  Identifier consultation;
  std::uint64_t responses_count = 0;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::consultation, consultation.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(closed_at), CEREAL_NVP(conclusion), CEREAL_NVP(consultation),
            CEREAL_NVP(responses_count));
  }
  void evidence_files(std::vector<Hash>& files) const {
    if (conclusion) files.push_back(*conclusion);
  }
  void invariants(Invariants& v) const { v.closes(Kind::consultation, consultation.text); }
};

struct DmcSelected {
  static constexpr std::string_view kType = "dmc_selected";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  std::optional<Identifier> consultation;
  Identifier dmc;
  std::set<TestKind> kinds;
  std::optional<EventId> position;  ///< TAG's, where there is one
  Identifier release;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::dmc, dmc.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(consultation), CEREAL_NVP(dmc), CEREAL_NVP(kinds), CEREAL_NVP(position),
            CEREAL_NVP(release));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::dmc, dmc.text);
    v.exists(Kind::release, release.text);
    if (consultation) v.exists(Kind::consultation, consultation->text);
    v.require(!kinds.empty(), "a DMC is selected for at least one kind of test");
    v.event(position);
  }
};

/// Its results and issues stay in the log and in every report.
struct DmcDeselected {
  static constexpr std::string_view kType = "dmc_deselected";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}};
  Identifier dmc;
  bool during_phase = false;  ///< as the author says; the fold knows whether it was
  std::optional<Identifier> phase;
  std::string reason;
  Identifier release;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::dmc, dmc.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(dmc), CEREAL_NVP(during_phase), CEREAL_NVP(phase), CEREAL_NVP(reason),
            CEREAL_NVP(release));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::dmc, dmc.text);
    v.exists(Kind::release, release.text);
    if (phase) v.exists(Kind::phase, phase->text);
    v.require(!reason.empty(), "a de-selection needs a reason");
  }
};

struct DmcSubstituted {
  static constexpr std::string_view kType = "dmc_substituted";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::dcc_rm}, .endorsed_by = {Role::tag_sec}};
  std::optional<Identifier> consultation;
  std::vector<std::string> differing_fields;  ///< as stated: "ESME.firmware_ver"; the fold computes
  Identifier new_dmc;
  Identifier old_dmc;
  std::optional<EventId> position;
  Identifier release;
  Identifier route;  ///< "default", or a substitution route of the selection policy

  [[nodiscard]] std::string subject() const { return subject_of(Kind::dmc, old_dmc.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(consultation), CEREAL_NVP(differing_fields), CEREAL_NVP(new_dmc),
            CEREAL_NVP(old_dmc), CEREAL_NVP(position), CEREAL_NVP(release), CEREAL_NVP(route));
  }
  void invariants(Invariants& v) const {
    v.exists(Kind::dmc, old_dmc.text);
    v.exists(Kind::dmc, new_dmc.text);
    v.exists(Kind::release, release.text);
    if (consultation) v.exists(Kind::consultation, consultation->text);
    v.require(old_dmc != new_dmc, "a DMC cannot be substituted by itself");
    v.event(position);
  }
};

struct SelectionAppealed {
  static constexpr std::string_view kType = "selection_appealed";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::any_key};
  Identifier appeal;
  Identifier dmc;
  std::string grounds;
  EventId selection;  ///< the event that is appealed against

  [[nodiscard]] std::string subject() const { return subject_of(Kind::appeal, appeal.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(appeal), CEREAL_NVP(dmc), CEREAL_NVP(grounds), CEREAL_NVP(selection));
  }
  void invariants(Invariants& v) const {
    v.creates(Kind::appeal, appeal.text);
    v.exists(Kind::dmc, dmc.text);
    v.require(!grounds.empty(), "an appeal needs its grounds");
    v.event(selection);
  }
};

struct AppealDetermined {
  static constexpr std::string_view kType = "appeal_determined";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.recorded_by = {Role::panel_sec, Role::sos}, .decision = true};
  Identifier appeal;
  AppealOutcome outcome = AppealOutcome::dismissed;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::appeal, appeal.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(appeal), CEREAL_NVP(outcome), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    v.closes(Kind::appeal, appeal.text);
    v.require(!reason.empty(), "a determination needs a reason");
  }
};

/// As version 1, and whose determination it is: a secretariat records those of others too.
struct AppealDeterminedV2 : AppealDetermined {
  static constexpr std::uint64_t kVersion = 2;
  std::optional<Identifier> determined_by;  ///< party; absent: the author's own

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(appeal), CEREAL_NVP(determined_by), CEREAL_NVP(outcome), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const {
    AppealDetermined::invariants(v);
    if (determined_by) v.exists(Kind::party, determined_by->text);
  }
};

}  // namespace assay::events
