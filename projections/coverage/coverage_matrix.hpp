#pragma once

/// Breadth: for every planned entry and every kind of test that it requires, the Depth and Breadth
/// documents that cover it; and per cohort the one of regression. Pure functions of the board.

#include "projections/coverage/document_status.hpp"

namespace assay::projections {

struct CoveringVersion {
  Hash digest;  ///< of the version that TAG saw, where it was presented
  Identifier document;
  bool presented = false;
  bool published = false;
  DocumentStatus status = DocumentStatus::draft;
  std::string title;
  Identifier version;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(document), CEREAL_NVP(presented), CEREAL_NVP(published),
            CEREAL_NVP(status), CEREAL_NVP(title), CEREAL_NVP(version));
  }
};

struct CoverageCell {
  events::TestKind kind = events::TestKind::mt;
  Identifier planned_entry;
  events::Verdict verdict = events::Verdict::not_met;  ///< met where a version covers it
  std::vector<CoveringVersion> versions;               ///< the one registered last first
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(planned_entry), CEREAL_NVP(verdict), CEREAL_NVP(versions));
  }
};

/// The regression document of one cohort.
struct CohortCoverage {
  Identifier release;
  Identifier smso;
  events::Verdict verdict = events::Verdict::not_met;
  std::vector<CoveringVersion> versions;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(release), CEREAL_NVP(smso), CEREAL_NVP(verdict), CEREAL_NVP(versions));
  }
};

/// Entries that were withdrawn are left out.
[[nodiscard]] std::vector<CoverageCell> coverage_matrix(const PhaseBoard& board);
[[nodiscard]] CoverageCell coverage_of(const PhaseBoard& board, const Identifier& planned_entry,
                                       events::TestKind kind);
[[nodiscard]] std::vector<CohortCoverage> regression_coverage(const PhaseBoard& board);

}  // namespace assay::projections
