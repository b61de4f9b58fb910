#include "cli/render/epcl_text.hpp"

#include <fmt/format.h>

#include "cli/render/selection_text.hpp"
#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

using projections::EntryState;

std::string state_text(const Run& run, EntryState state) {
  const std::string text(enum_text(state));
  if (state == EntryState::eligible) return run.out.green(text);
  const bool gone = state == EntryState::deselected || state == EntryState::withdrawn ||
                    state == EntryState::removed;
  return gone ? run.out.dim(text) : text;
}

std::string kinds_text(const projections::EntryLife& life) {
  std::string text;
  for (const events::TestKind kind : life.required_kinds) {
    bool done = false;
    for (const auto& one : life.kinds) done = done || (one.kind == kind && one.done);
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", enum_text(kind), done ? "done" : "open");
  }
  return text;
}

std::string listed_text(const Run& run, const projections::EpclLine& line) {
  if (line.listings.empty()) return "not listed";
  return verdict_word(run, line.listings.back().verdict);
}

void print_listing(const Run& run, const projections::ListingAnswer& answer) {
  const projections::EpclListing& listing = answer.details;
  run.out.line(fmt::format(
      "  {}  list {}  first added {}  basis {}  {}{}", listing.mark.event.text(),
      shown(listing.list_version, 30), listing.date_first_added.text, enum_text(listing.basis),
      verdict_word(run, answer.verdict), listing.effective_at ? "" : " (not published yet)"));
  if (!answer.text.empty()) run.out.line("    " + shown(answer.text));
  if (!answer.date_agrees) run.out.line("    " + shown(answer.date_text));
  for (const EventId& event : answer.foreign) {
    run.out.line(fmt::format("    {} is no completion of this entry", event.text()));
  }
}

void print_claim(const Run& run, const projections::EquivalenceAnswer& claim) {
  std::string fields;
  if (claim.differing_fields) fields = projections::joined(*claim.differing_fields);
  run.out.line(fmt::format("  {}  equivalent to {} {}: differs in {}",
                           claim.details.mark.event.text(), claim.details.tested_dmc.text,
                           verdict_word(run, claim.verdict),
                           claim.differing_fields ? (fields.empty() ? "nothing" : shown(fields))
                                                  : "fields that are not known"));
  if (!claim.text.empty()) run.out.line("    " + shown(claim.text));
  if (!claim.fields_agree) run.out.line(run.out.yellow("    ! its record says otherwise"));
}

void print_line(const Run& run, const projections::EpclLine& line) {
  if (line.listings.empty() && line.claims.empty() && line.removals.empty()) return;
  run.out.line();
  run.out.line(run.out.bold(line.life.planned_entry.text));
  for (const auto& claim : line.claims) print_claim(run, claim);
  for (const auto& answer : line.listings) print_listing(run, answer);
  for (const auto& removal : line.removals) {
    run.out.line(
        fmt::format("  {}  removed: {}", removal.mark.event.text(), shown(removal.reason, 100)));
  }
}

}  // namespace

void print_epcl(const Run& run, const std::vector<projections::EpclLine>& lines,
                const std::vector<projections::ReleaseLife>& releases) {
  for (const projections::ReleaseLife& release : releases) {
    run.out.line(fmt::format("release {}  {}  {} planned entries pending",
                             run.out.bold(release.release.text), enum_text(release.state),
                             release.pending.size()));
  }
  if (lines.empty()) {
    run.out.line("no planned entry yet");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const projections::EpclLine& line : lines) {
    rows.push_back({run.out.bold(line.life.planned_entry.text), line.life.dmc.text,
                    std::string(enum_text(line.life.category)), line.life.release.text,
                    state_text(run, line.life.state), kinds_text(line.life), listed_text(run, line),
                    line.life.replaced_by ? "replaced by " + line.life.replaced_by->text : ""});
  }
  run.out.line();
  run.out.table({"PLANNED ENTRY", "DMC", "CATEGORY", "RELEASE", "STATE", "TESTS", "LISTING", ""},
                rows);
  for (const projections::EpclLine& line : lines) print_line(run, line);
}

}  // namespace assay::cli
