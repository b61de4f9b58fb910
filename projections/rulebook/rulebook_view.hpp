#pragma once

/// What a reader is shown of the rulebook. Pure functions of its state; the structs serialise to
/// the JSON of `assay state rulebook` and `assay rulebook list|show`. Thread word: plain values.

#include "projections/rulebook/in_force.hpp"

namespace assay::projections {

enum class VersionStatus : std::uint8_t {
  published,  ///< never put in force
  awaited,    ///< in force from a later time on
  in_force,
  overtaken,   ///< not ended, but others are taken wherever it would apply
  superseded,  ///< was in force, and is no longer
};

/// A stretch of time in force, and for what.
struct TermView {
  EventId activated;
  Timestamp effective_from;
  std::optional<EventId> ended_by;
  events::PolicyScope scope;
  std::optional<Timestamp> until;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(activated), CEREAL_NVP(effective_from), CEREAL_NVP(ended_by),
            CEREAL_NVP(scope), CEREAL_NVP(until));
  }
};

/// One version of a policy, without its content.
struct PolicyLine {
  Hash digest;
  std::vector<events::PolicyKind> kinds;  ///< one, in a sound policy
  Identifier policy;
  EventId published;
  VersionStatus status = VersionStatus::published;
  std::vector<TermView> terms;  ///< in the order of the log; terms that were empty are left out
  std::string title;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(kinds), CEREAL_NVP(policy), CEREAL_NVP(published),
            CEREAL_NVP(status), CEREAL_NVP(terms), CEREAL_NVP(title), CEREAL_NVP(version));
  }
};

/// "MT,MOC": what a scope is limited to; "everything" where it is not.
[[nodiscard]] std::string scope_text(const events::PolicyScope& scope);

/// Every version of every policy as it stands at `at`, by policy and version.
[[nodiscard]] std::vector<PolicyLine> list_policies(const Rulebook& rulebook, Timestamp at);

struct PolicyView {
  PolicyVersion content;
  PolicyLine line;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(content), CEREAL_NVP(line));
  }
};

/// The newest version without `version`. Absent when there is no such policy or version.
[[nodiscard]] std::optional<PolicyView> view_policy(const Rulebook& rulebook,
                                                    const Identifier& policy,
                                                    std::optional<std::uint64_t> version,
                                                    Timestamp at);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::VersionStatus>[] = {
    "published", "awaited", "in_force", "overtaken", "superseded"};
}  // namespace assay
