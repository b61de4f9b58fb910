#pragma once

/// A rulebook as people write it: one JSON file with policies, when they come into force, and what
/// the status of clauses was (docs/rulebooks.md). The structs below are its grammar: the reader is
/// strict by them, and the published JSON Schema is made from them. Pure.

#include "ledger/events/policies.hpp"

namespace assay::cli {

struct RulebookActivation {
  std::optional<EventId> approval;
  std::optional<std::string> effective_from;  ///< as `--at` takes a time, UTC: 2019-09-20T00:00Z
  events::PolicyScope scope;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(approval), CEREAL_NVP(effective_from), CEREAL_NVP(scope));
  }
};

/// A `policy_published` without its digest, which follows from the body.
struct RulebookPolicy {
  std::optional<RulebookActivation> activation;  ///< absent: published, and not put in force
  events::PolicyBody body;
  std::optional<std::string> interpretation;
  std::vector<events::LegalBasis> legal_basis;
  std::string note;
  Identifier policy;
  std::string title;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(activation), CEREAL_NVP(body), CEREAL_NVP(interpretation),
            CEREAL_NVP(legal_basis), CEREAL_NVP(note), CEREAL_NVP(policy), CEREAL_NVP(title),
            CEREAL_NVP(version));
  }
  [[nodiscard]] events::PolicyPublished published() const;
};

struct RulebookFile {
  std::vector<events::ClauseStatusRecorded> clauses;
  std::string note;
  std::vector<RulebookPolicy> policies;
  Identifier rulebook;  ///< its name; the log does not keep it
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(clauses), CEREAL_NVP(note), CEREAL_NVP(policies), CEREAL_NVP(rulebook));
  }
};

inline constexpr std::size_t kRulebookSizeBytes = 1U << 20U;

/// Reads and checks what the file says by itself: its form, the hard invariants of every event that
/// it stands for, criteria that do not exist, versions that stand twice, versions of several kinds.
/// Errors: malformed, rejected, limit; each with the member and its line and column.
[[nodiscard]] Result<RulebookFile> parse_rulebook(std::string_view text);

/// The `effective_from` of the file as a time. Errors: malformed; invalid_argument where it has
/// none.
[[nodiscard]] Result<Timestamp> effective_from(const RulebookPolicy& policy);

/// JSON Schema (2020-12), with a line end.
[[nodiscard]] std::string rulebook_schema();

}  // namespace assay::cli
