#include "cli/session/listed_items.hpp"

#include <algorithm>

#include "cli/events/event_input.hpp"
#include "cli/session/ledger_session.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/events/regression.hpp"
#include "ledger/format/canonical_reader.hpp"
#include "ledger/merkle/compact_range.hpp"
#include "projections/board/phase_board.hpp"
#include "projections/plan/plan.hpp"
#include "projections/regression/regression.hpp"

namespace assay::cli {
namespace {

const std::string* value_of(const std::vector<std::string>& pairs, std::string_view member) {
  const auto found = std::ranges::find_if(pairs, [&](const std::string& pair) {
    return pair.size() > member.size() && pair.starts_with(member) && pair[member.size()] == '=';
  });
  return found == pairs.end() ? nullptr : &*found;
}

/// Adds the commitment to what `listing` (a scope or a regression cycle) holds.
template <class Listings>
Result<std::vector<std::string>> commit(const Listings& listings, std::string_view member,
                                        std::vector<std::string> pairs) {
  const std::string id = value_of(pairs, member)->substr(member.size() + 1);
  const auto found = listings.find(Identifier(id));
  if (found == listings.end() || found->second.listed == 0) {
    return fail(Errc::not_found, "no items are listed for " + std::string(member) + " " + id,
                "list them first, or give item_count and root");
  }
  ASSAY_TRY(const merkle::CompactRange range,
            merkle::CompactRange::from(found->second.listed, found->second.range));
  pairs.push_back("item_count=" + std::to_string(range.size()));
  pairs.push_back("root=" + range.root().hex());
  return pairs;
}

/// Adds the commitment to what the change leaves of the scope.
Result<std::vector<std::string>> commit_change(const projections::Plan& plan,
                                               const events::ScopeChangedV2& change,
                                               std::vector<std::string> pairs) {
  const auto found = plan.scopes.find(change.scope);
  if (found == plan.scopes.end()) {
    return fail(Errc::not_found, "no items are listed for scope " + change.scope.text,
                "list them and commit to them first; a change is of a scope that is there");
  }
  projections::ScopeContents left = found->second;
  projections::change_items(left, change);
  const merkle::CompactRange range = projections::committed_items(left);
  pairs.push_back("item_count=" + std::to_string(range.size()));
  pairs.push_back("root=" + range.root().hex());
  return pairs;
}

Result<std::vector<std::string>> with_outcome(const Run& run, std::vector<std::string> pairs) {
  ASSAY_TRY(const std::string bytes,
            event_from_pairs(events::ScopeChangedV2::kType, pairs, run.context.now()));
  CanonicalReader in(bytes);
  EventView view;
  if (!read_event(in, view)) return std::unexpected(in.error());
  ASSAY_TRY(const EventData data, decode_event(view.type, view.version, view.data));
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  return commit_change(session.fold().facts().plan, *event_if<events::ScopeChangedV2>(&data),
                       std::move(pairs));
}

}  // namespace

Result<std::vector<std::string>> with_listed_items(const Run& run, const std::string& type,
                                                   std::vector<std::string> pairs) {
  const bool given = value_of(pairs, "item_count") != nullptr || value_of(pairs, "root") != nullptr;
  if (given) return pairs;
  if (type == events::ScopeChangedV2::kType) return with_outcome(run, std::move(pairs));
  const bool of_scope = type == events::ScopeBaselined::kType;
  const bool of_cycle = type == events::RegressionScopeBaselined::kType;
  const std::string_view member = of_scope ? "scope" : "regression";
  if ((!of_scope && !of_cycle) || value_of(pairs, member) == nullptr) return pairs;
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  const projections::Facts facts = session.fold().facts();
  return of_scope ? commit(facts.board.scopes, member, std::move(pairs))
                  : commit(facts.regression.cycles, member, std::move(pairs));
}

}  // namespace assay::cli
