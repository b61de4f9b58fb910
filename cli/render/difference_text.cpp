#include "cli/render/difference_text.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"

namespace assay::cli {
namespace {

using projections::Difference;
using projections::DifferenceKind;
using projections::Section;
using projections::SectionDifference;
using projections::ValueDifference;

std::string section_name(Section section) {
  std::string name(enum_text(section));
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string_view kind_words(Section section, DifferenceKind kind, DifferenceTense tense) {
  const bool finding = section == Section::findings;
  const bool supposed = tense == DifferenceTense::hypothetical;
  switch (kind) {
    case DifferenceKind::appeared:
      if (supposed) return finding ? "would be found" : "would be new";
      return "new";
    case DifferenceKind::changed: return supposed ? "would change" : "changed";
    case DifferenceKind::gone:
      if (supposed) return finding ? "would not be found" : "would be gone";
      return finding ? "cleared" : "gone";
  }
  return {};
}

std::string heading(const SectionDifference& section, DifferenceTense tense) {
  std::string text;
  for (const DifferenceKind kind :
       {DifferenceKind::appeared, DifferenceKind::changed, DifferenceKind::gone}) {
    const auto count = std::ranges::count(section.differences, kind, &Difference::kind);
    if (count == 0) continue;
    text += fmt::format("{} {}, ", count, kind_words(section.section, kind, tense));
  }
  const bool supposed = tense == DifferenceTense::hypothetical;
  return text +
         fmt::format("{} {}", section.unchanged, supposed ? "stay as they are" : "unchanged");
}

std::string value_text(const std::string& value) { return value.empty() ? "none" : shown(value); }

/// "state: RAISED → TRIAGED", or "state RAISED" of what is on one side only.
std::string values_text(const Difference& difference) {
  std::string text;
  for (const ValueDifference& value : difference.values) {
    if (!text.empty()) text += ", ";
    const bool both = difference.kind == DifferenceKind::changed;
    text += both ? fmt::format("{}: {} → {}", value.name, value_text(value.from.value_or("none")),
                               value_text(value.to.value_or("none")))
                 : fmt::format("{} {}", value.name,
                               value_text(value.to ? *value.to : value.from.value_or("")));
  }
  return text;
}

std::string marker(const Output& out, DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::appeared: return out.green("+");
    case DifferenceKind::changed: return out.yellow("~");
    case DifferenceKind::gone: return out.red("-");
  }
  return {};
}

/// The name that people know it by: of a finding its rule, of a limit (whose title says the rest)
/// its phase, of a key the beginning of its digest.
std::string name_text(Section section, const std::string& id) {
  constexpr std::size_t kKeyShown = 16;
  if (section == Section::limits) return id.substr(0, id.find('/'));
  if (section == Section::findings) return id.substr(0, id.find_first_of("/@"));
  if (section == Section::keys && id.size() > kKeyShown) return id.substr(0, kKeyShown) + "…";
  return shown(id);
}

void print_difference(Output& out, Section section, const Difference& difference) {
  out.line(fmt::format("  {} {}  {}", marker(out, difference.kind),
                       out.bold(name_text(section, difference.id)), shown(difference.title)));
  const std::string values = values_text(difference);
  if (!values.empty()) out.line("      " + values);
  if (difference.why_from == difference.why_to) return;
  if (difference.why_from) out.line(out.dim("      before: " + shown(*difference.why_from)));
  if (difference.why_to) out.line(out.dim("      after:  " + shown(*difference.why_to)));
}

/// Thousands of items may go from NOT_RUN to PASSED at once: one line for all that went one way.
void print_items(Output& out, const std::vector<Difference>& items) {
  constexpr std::size_t kNamed = 5;
  struct Way {
    DifferenceKind kind;
    std::vector<std::string> names;
  };
  std::map<std::string, Way> ways;
  for (const Difference& item : items) {
    const std::string place =
        fmt::format("{}/{}", item.phase->text, item.planned_entries.front().text);
    Way& way = ways.try_emplace(place + "  " + values_text(item), Way{item.kind, {}}).first->second;
    way.names.push_back(shown(item.title));
  }
  for (const auto& [text, way] : ways) {
    std::string names;
    for (std::size_t i = 0; i < way.names.size() && i < kNamed; ++i) {
      names.append(names.empty() ? "" : ", ").append(way.names[i]);
    }
    if (way.names.size() > kNamed) names += fmt::format(" and {} more", way.names.size() - kNamed);
    out.line(fmt::format("  {} {}  {}: {}", marker(out, way.kind), text, way.names.size(), names));
  }
}

}  // namespace

void print_differences(Output& out, const std::vector<SectionDifference>& sections,
                       DifferenceTense tense) {
  std::string same;
  for (const SectionDifference& section : sections) {
    if (section.differences.empty()) {
      same += fmt::format("{}{} ({})", same.empty() ? "" : ", ", section_name(section.section),
                          section.unchanged);
      continue;
    }
    out.line(
        fmt::format("{}: {}", out.bold(section_name(section.section)), heading(section, tense)));
    if (section.section == Section::items) {
      print_items(out, section.differences);
      continue;
    }
    for (const Difference& difference : section.differences) {
      print_difference(out, section.section, difference);
    }
  }
  const bool supposed = tense == DifferenceTense::hypothetical;
  if (!same.empty()) {
    out.line(fmt::format("{}: {}", supposed ? "would stay as they are" : "the same", same));
  }
}

}  // namespace assay::cli
