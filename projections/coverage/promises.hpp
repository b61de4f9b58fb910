#pragma once

/// Depth: what a Depth and Breadth version promises to test for a planned entry, held against what
/// the scope of a phase holds (MTAD 8.3, SVTAD 12). Only what the document lists item by item can
/// be held; without a list the answer is undetermined. Pure functions of board and plan.

#include "projections/coverage/document_status.hpp"
#include "projections/plan/plan.hpp"

namespace assay::projections {

/// A test that the scope holds and the document does not promise; no breach, but TAG should know.
struct ExtraItem {
  Identifier item;
  std::optional<Identifier> test_case;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(test_case));
  }
};

struct PromiseCheck {
  std::optional<Identifier> document;
  std::vector<ExtraItem> extra;
  std::vector<events::PromisedItem> missing;  ///< promised, and not in the phase's scope
  Identifier phase;
  Identifier planned_entry;
  std::uint64_t promised = 0;
  events::Verdict verdict = events::Verdict::undetermined;
  std::optional<Identifier> version;
  std::string why;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(document), CEREAL_NVP(extra), CEREAL_NVP(missing), CEREAL_NVP(phase),
            CEREAL_NVP(planned_entry), CEREAL_NVP(promised), CEREAL_NVP(verdict),
            CEREAL_NVP(version), CEREAL_NVP(why));
  }
};

/// What the version promises for the planned entry, for one kind of test.
[[nodiscard]] std::vector<events::PromisedItem> promised_items(const Plan& plan,
                                                               const DocumentRef& version,
                                                               const PlannedEntry& entry,
                                                               events::TestKind kind);

/// True where the scope of the entry holds the promised test, for the group that it names.
[[nodiscard]] bool holds(const PhaseEntry& entry, const events::PromisedItem& promise);

/// A promise that names a stage is one of that stage's phases.
[[nodiscard]] PromiseCheck check_promises(const PhaseBoard& board, const Plan& plan,
                                          const Identifier& phase, const Identifier& planned_entry);

/// What changed between two versions of a document, for TAG.
struct VersionDifference {
  std::vector<events::Coverage> cells_added;
  std::vector<events::Coverage> cells_removed;
  Identifier document;
  std::vector<events::PromisedItem> items_added;
  std::vector<events::PromisedItem> items_removed;
  Identifier new_version;
  Identifier old_version;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(cells_added), CEREAL_NVP(cells_removed), CEREAL_NVP(document),
            CEREAL_NVP(items_added), CEREAL_NVP(items_removed), CEREAL_NVP(new_version),
            CEREAL_NVP(old_version));
  }
};

/// Absent when one of the versions was never registered.
[[nodiscard]] std::optional<VersionDifference> version_difference(const PhaseBoard& board,
                                                                  const Plan& plan,
                                                                  const Identifier& document,
                                                                  const Identifier& old_version,
                                                                  const Identifier& new_version);

}  // namespace assay::projections
