#pragma once

/// Events about the rulebook: policies published, put in force and superseded, and what the status
/// of a clause was, and from which day.

#include "ledger/events/policies/body.hpp"

namespace assay::events {

/// To what a policy applies; an empty set means everything.
struct PolicyScope {
  std::set<TestKind> kinds;
  IdentifierSet releases;
  IdentifierSet smsos;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kinds), CEREAL_NVP(releases), CEREAL_NVP(smsos));
  }
  auto operator<=>(const PolicyScope&) const = default;
};

/// A version of a policy, with its whole content. It says nothing yet.
struct PolicyPublished {
  static constexpr std::string_view kType = "policy_published";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::roles_or_root,
                                    .recorded_by = {Role::dcc_reg}};
  PolicyBody body;
  Hash digest;                                ///< SHA-256 of the body's canonical form
  std::optional<std::string> interpretation;  ///< how an ambiguous clause was read
  std::vector<LegalBasis> legal_basis;
  std::string note;  ///< where every number comes from; "invented" where it does
  Identifier policy;
  std::string title;
  std::uint64_t version = 1;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::policy, policy.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(body), CEREAL_NVP(digest), CEREAL_NVP(interpretation),
            CEREAL_NVP(legal_basis), CEREAL_NVP(note), CEREAL_NVP(policy), CEREAL_NVP(title),
            CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const;
};

/// The version is in force from `effective_from` on, for what `scope` names.
struct PolicyActivated {
  static constexpr std::string_view kType = "policy_activated";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{
      .authority = Authority::roles_or_root, .recorded_by = {Role::dcc_reg}, .decision = true};
  std::optional<EventId> approval;  ///< the position or decision that approved it
  Timestamp effective_from;
  Identifier policy;
  PolicyScope scope;
  std::uint64_t version = 1;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::policy, policy.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(effective_from), CEREAL_NVP(policy), CEREAL_NVP(scope),
            CEREAL_NVP(version));
  }
  void invariants(Invariants& v) const;
};

/// A version gives way to another, or, without `new_version`, to none.
struct PolicySuperseded {
  static constexpr std::string_view kType = "policy_superseded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{
      .authority = Authority::roles_or_root, .recorded_by = {Role::dcc_reg}, .decision = true};
  Timestamp effective_from;
  std::optional<std::uint64_t> new_version;
  std::uint64_t old_version = 1;
  Identifier policy;
  std::string reason;

  [[nodiscard]] std::string subject() const { return subject_of(Kind::policy, policy.text); }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(effective_from), CEREAL_NVP(new_version), CEREAL_NVP(old_version),
            CEREAL_NVP(policy), CEREAL_NVP(reason));
  }
  void invariants(Invariants& v) const;
};

/// From `effective_on` on, the clause has this status, as `source` says.
struct ClauseStatusRecorded {
  static constexpr std::string_view kType = "clause_status_recorded";
  static constexpr std::uint64_t kVersion = 1;
  static constexpr Signers kSigners{.authority = Authority::roles_or_root,
                                    .recorded_by = {Role::dcc_reg}};
  Identifier clause;    ///< "13.11", "6.3.b"
  Identifier document;  ///< "MTAD", "SVTAD"
  std::string document_version;
  Identifier effective_on;  ///< a London day
  std::optional<std::string> note;
  std::string source;
  ClauseStatus status = ClauseStatus::proposed;
  std::optional<Hash> text_digest;

  [[nodiscard]] std::string subject() const {
    return subject_of(Kind::clause, document.text + "-" + clause.text);
  }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clause), CEREAL_NVP(document), CEREAL_NVP(document_version),
            CEREAL_NVP(effective_on), CEREAL_NVP(note), CEREAL_NVP(source), CEREAL_NVP(status),
            CEREAL_NVP(text_digest));
  }
  void invariants(Invariants& v) const {
    v.require(is_date(effective_on.text), "effective_on is a date like 2019-08-29");
    v.require(!source.empty(), "a clause's status names its source");
  }
};

}  // namespace assay::events
