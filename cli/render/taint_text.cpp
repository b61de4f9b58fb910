#include "cli/render/taint_text.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

/// More are for a program to read.
constexpr std::size_t kLinesShown = 20;

std::string entries_text(const std::vector<std::uint64_t>& entries) {
  std::string text;
  for (std::size_t i = 0; i < std::min(entries.size(), kLinesShown); ++i) {
    text += (i == 0 ? ": " : ", ") + std::to_string(entries[i]);
  }
  return text + (entries.size() > kLinesShown ? ", …" : "");
}

std::string_view how_text(verify::RestsOn how) {
  switch (how) {
    case verify::RestsOn::said: return "was said with it";
    case verify::RestsOn::endorsed: return "was endorsed with it";
    case verify::RestsOn::waiting: return "waits, endorsed with it";
    case verify::RestsOn::dissent: return "has a dissent made with it";
  }
  return {};
}

void show_resting(const Run& run, const verify::Resting& resting) {
  const std::string by = resting.by == resting.event ? "" : " in " + resting.by.text();
  run.out.line(fmt::format("    {} {} ({}) {}{}", resting.event.text(), shown(resting.type),
                           shown(resting.subject), how_text(resting.how), by));
}

void show_taint(const Run& run, const verify::Taint& taint, bool refolded) {
  run.out.line(run.out.yellow(fmt::format("! key {}… is compromised since {}, says entry {}",
                                          taint.key.hex().substr(0, 16), taint.since.text(),
                                          taint.revoked_by)));
  run.out.line(fmt::format("    it signed {} {} from then on{}", taint.entries.size(),
                           taint.entries.size() == 1 ? "entry" : "entries",
                           entries_text(taint.entries)));
  if (taint.unread > 0) {
    run.out.line(fmt::format("    not checked: {} {} that could not be read", taint.unread,
                             taint.unread == 1 ? "entry" : "entries"));
  }
  if (!refolded) return run.out.line("    not checked: what rests on them, which takes a refold");
  for (std::size_t i = 0; i < std::min(taint.resting.size(), kLinesShown); ++i) {
    show_resting(run, taint.resting[i]);
  }
  if (taint.resting.size() > kLinesShown) {
    run.out.line(fmt::format("    and {} more conclusions, which --json lists",
                             taint.resting.size() - kLinesShown));
  } else if (taint.resting.empty()) {
    run.out.line("    no conclusion rests on them directly");
  }
}

Json taint_json(const verify::Taint& taint, bool refolded) {
  Json json = {{"key", taint.key.hex()},
               {"since", taint.since.text()},
               {"revoked_by", taint.revoked_by},
               {"entries", taint.entries},
               {"unread", taint.unread}};
  if (!refolded) return json;
  Json conclusions = Json::array();
  for (const verify::Resting& resting : taint.resting) {
    conclusions.push_back({{"event", resting.event.text()},
                           {"type", resting.type},
                           {"subject", resting.subject},
                           {"how", enum_text(resting.how)},
                           {"by", resting.by.text()}});
  }
  json["resting"] = std::move(conclusions);
  return json;
}

}  // namespace

Json show_tainted(const Run& run, const std::vector<verify::Taint>& tainted, bool refolded) {
  Json json = Json::array();
  for (const verify::Taint& taint : tainted) {
    show_taint(run, taint, refolded);
    json.push_back(taint_json(taint, refolded));
  }
  return json;
}

}  // namespace assay::cli
