#include "projections/coverage/promises.hpp"

#include <algorithm>

namespace assay::projections {
namespace {

const std::vector<events::PromisedItem>* items_of(const Plan& plan, const Identifier& document,
                                                  const Identifier& version) {
  const auto versions = plan.promises.find(document);
  if (versions == plan.promises.end()) return nullptr;
  const auto items = versions->second.find(version);
  return items == versions->second.end() ? nullptr : &items->second.items;
}

/// What of `from` is not in `in`, both taken as sets of canonical texts.
template <class T>
std::vector<T> without(const std::vector<T>& from, const std::vector<T>& in) {
  std::set<std::string> known;
  for (const T& one : in) known.insert(to_canonical(one));
  std::vector<T> left;
  for (const T& one : from) {
    if (!known.contains(to_canonical(one))) left.push_back(one);
  }
  return left;
}

std::vector<ExtraItem> extra_items(const PhaseEntry& entry,
                                   const std::vector<events::PromisedItem>& promised) {
  std::vector<ExtraItem> extra;
  for (const auto& [id, item] : entry.items) {
    if (!item.in_scope()) continue;
    const bool known = std::ranges::any_of(promised, [&](const events::PromisedItem& promise) {
      return item.test_case && *item.test_case == promise.test_case;
    });
    if (!known) extra.push_back({id, item.test_case});
  }
  return extra;
}

/// The scope of the entry inside the phase; an empty one where there is none.
const PhaseEntry& scope_of(const Phase& phase, const Identifier& planned_entry) {
  static const PhaseEntry kNothing;
  const auto inside = phase.entries.find(planned_entry);
  return inside == phase.entries.end() ? kNothing : inside->second;
}

void compare(const Plan& plan, const DocumentRef& version, const Phase& phase,
             const PlannedEntry& entry, PromiseCheck& check) {
  std::vector<events::PromisedItem> promised = promised_items(plan, version, entry, phase.kind);
  std::erase_if(promised, [&](const events::PromisedItem& item) {
    return item.stage && *item.stage != phase.stage;
  });
  check.promised = promised.size();
  const PhaseEntry& scope = scope_of(phase, check.planned_entry);
  for (const events::PromisedItem& item : promised) {
    if (!holds(scope, item)) check.missing.push_back(item);
  }
  check.extra = extra_items(scope, promised);
  check.verdict = check.missing.empty() ? events::Verdict::met : events::Verdict::not_met;
  check.why = std::to_string(check.promised - check.missing.size()) + " of " +
              std::to_string(check.promised) + " promised tests are in scope";
}

}  // namespace

std::vector<events::PromisedItem> promised_items(const Plan& plan, const DocumentRef& version,
                                                 const PlannedEntry& entry, events::TestKind kind) {
  std::vector<events::PromisedItem> found;
  const auto* const items = items_of(plan, version.document, version.version);
  if (items == nullptr) return found;
  for (const events::PromisedItem& item : *items) {
    if (item.category == entry.category && item.dmc == entry.dmc && item.kind == kind &&
        item.smso == entry.smso) {
      found.push_back(item);
    }
  }
  return found;
}

bool holds(const PhaseEntry& entry, const events::PromisedItem& promise) {
  return std::ranges::any_of(entry.items, [&](const auto& pair) {
    const Item& item = pair.second;
    return item.in_scope() && item.test_case && *item.test_case == promise.test_case &&
           (!promise.group || (item.group && *item.group == *promise.group));
  });
}

PromiseCheck check_promises(const PhaseBoard& board, const Plan& plan, const Identifier& phase_id,
                            const Identifier& planned_entry) {
  PromiseCheck check;
  check.phase = phase_id;
  check.planned_entry = planned_entry;
  const auto phase = board.phases.find(phase_id);
  const auto entry = board.planned_entries.find(planned_entry);
  if (phase == board.phases.end() || entry == board.planned_entries.end()) {
    check.why = "the phase or the planned entry was never declared";
    return check;
  }
  const DocumentRef version = document_followed(board, phase->second, entry->second);
  if (version.state == nullptr) {
    check.why = "no Depth and Breadth document covers it";
    return check;
  }
  check.document = version.document;
  check.version = version.version;
  if (items_of(plan, version.document, version.version) == nullptr) {
    check.why = "the document has no list of items that a program could compare";
    return check;
  }
  compare(plan, version, phase->second, entry->second, check);
  return check;
}

std::optional<VersionDifference> version_difference(const PhaseBoard& board, const Plan& plan,
                                                    const Identifier& document,
                                                    const Identifier& old_version,
                                                    const Identifier& new_version) {
  const auto versions = board.documents.find(document);
  if (versions == board.documents.end()) return std::nullopt;
  const auto before = versions->second.find(old_version);
  const auto after = versions->second.find(new_version);
  if (before == versions->second.end() || after == versions->second.end()) return std::nullopt;
  static const std::vector<events::PromisedItem> kNone;
  const auto* const old_items = items_of(plan, document, old_version);
  const auto* const new_items = items_of(plan, document, new_version);
  const auto& old_list = old_items == nullptr ? kNone : *old_items;
  const auto& new_list = new_items == nullptr ? kNone : *new_items;
  return VersionDifference{without(after->second.covers, before->second.covers),
                           without(before->second.covers, after->second.covers),
                           document,
                           without(new_list, old_list),
                           without(old_list, new_list),
                           new_version,
                           old_version};
}

}  // namespace assay::projections
