#pragma once

/// Scope items: what a phase undertakes to run. Thread word: plain values.

#include <optional>

#include "ledger/events/invariants.hpp"
#include "ledger/format/archive_traits.hpp"

namespace assay::events {

/// One test of one planned entry that a phase undertakes to run.
struct ScopeItem {
  std::optional<Identifier> group;
  Identifier item;  ///< unique in the scope
  Identifier planned_entry;
  Identifier test_case;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(group), CEREAL_NVP(item), CEREAL_NVP(planned_entry), CEREAL_NVP(test_case));
  }
};

/// As version 2 of the events that list items has it. An item that states neither of the two
/// members more has the canonical form, and so the leaf hash, of a `ScopeItem`.
struct ScopeItemV2 : ScopeItem {
  std::optional<Identifier> test_case_version;  ///< absent: whichever is current
  std::optional<Identifier> variant;            ///< tells items of one test case apart
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(group), CEREAL_NVP(item), CEREAL_NVP(planned_entry), CEREAL_NVP(test_case),
            CEREAL_NVP(test_case_version), CEREAL_NVP(variant));
  }
};

inline void check_item(Invariants& v, const Identifier& scope, const ScopeItem& item) {
  v.exists(Kind::planned_entry, item.planned_entry.text);
  v.unique(Kind::scope, scope.text + " " + item.item.text);
}
inline void check_item(Invariants& v, const Identifier& scope, const ScopeItemV2& item) {
  check_item(v, scope, static_cast<const ScopeItem&>(item));
  if (item.test_case_version) {
    v.exists(Kind::test_case, versioned(item.test_case.text, item.test_case_version->text));
  }
}

}  // namespace assay::events
