#include "projections/plan/scope_contents.hpp"

#include <algorithm>

#include "ledger/format/json_archive.hpp"

namespace assay::projections {
namespace {

void take_out(ScopeContents& scope, const IdentifierSet& removed) {
  std::erase_if(scope.items, [&](const ScopedItem& item) {
    return std::ranges::binary_search(removed.ids, item.item);
  });
}

}  // namespace

void add_items(ScopeContents& scope, std::span<const events::ScopeItem> items) {
  for (const events::ScopeItem& item : items) {
    scope.items.push_back({item.item, merkle::leaf_hash(to_canonical(item)), {}, {}});
  }
}

void add_items(ScopeContents& scope, std::span<const events::ScopeItemV2> items) {
  for (const events::ScopeItemV2& item : items) {
    scope.items.push_back(
        {item.item, merkle::leaf_hash(to_canonical(item)), item.test_case_version, item.variant});
  }
}

void change_items(ScopeContents& scope, const events::ScopeChanged& change) {
  take_out(scope, change.removed);
  add_items(scope, change.added);
}

void change_items(ScopeContents& scope, const events::ScopeChangedV2& change) {
  take_out(scope, change.removed);
  add_items(scope, change.added);
}

merkle::CompactRange committed_items(const ScopeContents& scope) {
  merkle::CompactRange range;
  for (const ScopedItem& item : scope.items) range.append(item.leaf);
  return range;
}

}  // namespace assay::projections
