#pragma once

/// What a scope holds, item by item in the order that a commitment to it takes, and what only
/// version 2 of the events that list items says of them. Thread word: plain values, pure functions.

#include <span>

#include "ledger/events/phases_v2.hpp"
#include "ledger/merkle/compact_range.hpp"

namespace assay::projections {

/// A scope item, with what only version 2 of its event says.
struct ScopedItem {
  Identifier item;
  Hash leaf;  ///< over its canonical form
  std::optional<Identifier> test_case_version;
  std::optional<Identifier> variant;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(item), CEREAL_NVP(leaf), CEREAL_NVP(test_case_version), CEREAL_NVP(variant));
  }
};

/// A change of a scope that states another outcome than it has.
struct MisstatedChange {
  EventId event;
  std::uint64_t item_count = 0;  ///< as it is
  Hash root;                     ///< as it is
  std::uint64_t stated_item_count = 0;
  Hash stated_root;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(event), CEREAL_NVP(item_count), CEREAL_NVP(root),
            CEREAL_NVP(stated_item_count), CEREAL_NVP(stated_root));
  }
};

/// The items of a scope as they stand: those that stay in the order of listing, then what changes
/// added.
struct ScopeContents {
  std::vector<ScopedItem> items;
  std::vector<MisstatedChange> misstated;
  Identifier phase;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(items), CEREAL_NVP(misstated), CEREAL_NVP(phase));
  }
};

void add_items(ScopeContents& scope, std::span<const events::ScopeItem> items);
void add_items(ScopeContents& scope, std::span<const events::ScopeItemV2> items);
/// Takes out what the change removes, then adds what it adds.
void change_items(ScopeContents& scope, const events::ScopeChanged& change);
void change_items(ScopeContents& scope, const events::ScopeChangedV2& change);

/// What a commitment to the items is to: their number, and the RFC 6962 root over them.
[[nodiscard]] merkle::CompactRange committed_items(const ScopeContents& scope);

}  // namespace assay::projections
