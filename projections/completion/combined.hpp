#pragma once

/// What stands against a combined completion report (K1 to K6; MTAD 10.2, SVTAD 9.7). "Scope to
/// provide for" is a permission: without a policy that gives it, there is none. The criteria of
/// both kinds are evaluated apart all the same; here is only what the combination itself asks for.
/// Pure functions.

#include "projections/completion/outstanding.hpp"

namespace assay::projections {

/// A phase and a planned entry that it covers.
struct ReportPlace {
  Identifier phase;
  Identifier planned_entry;
  auto operator<=>(const ReportPlace&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(phase), CEREAL_NVP(planned_entry));
  }
};

struct MissingKind {
  events::TestKind kind = events::TestKind::mt;
  Identifier planned_entry;
  auto operator<=>(const MissingKind&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(kind), CEREAL_NVP(planned_entry));
  }
};

struct CombinedView {
  std::set<ReportPlace> left_out;       ///< K2: phases of the entry that the report does not hold
  std::set<MissingKind> missing_kinds;  ///< K2: required of the entry, and no phase in the report
  std::set<Identifier> not_allowed;     ///< K1: releases for which a policy forbids it
  std::set<Identifier> no_policy;       ///< K1: releases for which no policy allows it
  Identifier report;
  std::set<Identifier> several_cutoffs;  ///< K2: phases whose entries have different ones
  std::set<ReportPlace> undecided;       ///< K6: where others were decided on this report
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(left_out), CEREAL_NVP(missing_kinds), CEREAL_NVP(no_policy),
            CEREAL_NVP(not_allowed), CEREAL_NVP(report), CEREAL_NVP(several_cutoffs),
            CEREAL_NVP(undecided));
  }
  [[nodiscard]] bool is_whole() const { return left_out.empty() && missing_kinds.empty(); }
  [[nodiscard]] bool is_allowed() const { return not_allowed.empty() && no_policy.empty(); }
};

/// `report` is one of `now`'s, of kind combined.
[[nodiscard]] CombinedView view_combined(const Facts& now, const Identifier& report);

}  // namespace assay::projections
