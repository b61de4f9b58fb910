#include "cli/render/register_text.hpp"

#include <fmt/format.h>

#include "cli/render/view_json.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

std::string roles_of(const projections::RegisterState& state,
                     const projections::RegisteredKey& key) {
  const auto found = state.roles.find({key.holder, key.party});
  std::string text;
  if (found == state.roles.end()) return text;
  for (const Role role : found->second)
    text.append(text.empty() ? "" : " ").append(enum_text(role));
  return text;
}

}  // namespace

void print_register(const Run& run, const projections::RegisterState& state) {
  run.out.line(fmt::format("{}   {}", shown(state.programme), shown(state.origin)));
  run.out.line(fmt::format("log key {}   next {}…", state.log_key.key.hex(),
                           state.next_log_key.hex().substr(0, 16)));
  run.out.line(
      fmt::format("roots: {} keys, {} parties decide", state.roots.size(), state.root_threshold));
  for (const events::RootKey& root : state.roots) {
    run.out.line(fmt::format("  {}  {}", root.key.hex(), root.party.text));
  }
  run.out.line();
  std::vector<std::vector<std::string>> rows;
  for (const auto& [id, party] : state.parties) {
    rows.push_back(
        {run.out.bold(id.text), std::string(enum_text(party.class_)), shown(party.name)});
  }
  if (!rows.empty()) run.out.table({"PARTY", "CLASS", "NAME"}, rows);
  rows.clear();
  run.out.line();
  for (const auto& [id, key] : state.keys) {
    rows.push_back({key.party.text + "/" + key.holder.text, std::string(enum_text(key.status)),
                    roles_of(state, key), std::to_string(key.submissions),
                    key.valid_to.text().substr(0, 10), id.hex().substr(0, 16) + "…"});
  }
  if (!rows.empty()) {
    run.out.table({"HOLDER", "STATUS", "ROLES", "SUBMISSIONS", "VALID TO", "KEY"}, rows);
  }
  std::size_t waiting = 0;
  for (const auto& [id, decision] : state.decisions) {
    if (decision.effective) continue;
    if (waiting++ == 0) run.out.line("\nwaiting for voices:");
    run.out.line(
        fmt::format("  {}  {}  {}", id.text(), decision.type.text, shown(decision.subject)));
  }
}

Json register_json(const projections::RegisterState& state) {
  return {{"origin", state.origin},
          {"programme", state.programme},
          {"log_id", state.log_id.hex()},
          {"log_key", state.log_key.key.hex()},
          {"next_log_key", state.next_log_key.hex()},
          {"root_threshold", state.root_threshold},
          {"roots", view_json(state.roots)},
          {"parties", view_json(state.parties)},
          {"keys", view_json(state.keys)},
          {"roles", view_json(state.roles)},
          {"decisions", view_json(state.decisions)}};
}

}  // namespace assay::cli
