#include "projections/difference/compare.hpp"

#include <algorithm>
#include <array>

namespace assay::projections {
namespace {

std::optional<std::string> value_named(const Aspect* aspect, const std::string& name) {
  if (aspect == nullptr) return std::nullopt;
  const auto found = std::ranges::find(aspect->values, name, &AspectValue::name);
  if (found == aspect->values.end()) return std::nullopt;
  return found->text;
}

/// The names on either side, in the order in which the aspect tells them.
std::vector<std::string> value_names(const Aspect* from, const Aspect* to) {
  std::vector<std::string> names;
  for (const Aspect* const side : {to, from}) {
    if (side == nullptr) continue;
    for (const AspectValue& value : side->values) {
      if (std::ranges::find(names, value.name) == names.end()) names.push_back(value.name);
    }
  }
  return names;
}

std::optional<std::string> why_of(const Aspect* aspect) {
  if (aspect == nullptr || aspect->why.empty()) return std::nullopt;
  return aspect->why;
}

/// At least one side is there. Absent when both are and say the same.
std::optional<Difference> difference_of(const Aspect* from, const Aspect* to) {
  const Aspect& shown = to != nullptr ? *to : *from;
  Difference found{.id = shown.id,
                   .phase = shown.phase,
                   .planned_entries = shown.planned_entries,
                   .title = shown.title,
                   .values = {},
                   .why_from = why_of(from),
                   .why_to = why_of(to)};
  if (from == nullptr) found.kind = DifferenceKind::appeared;
  if (to == nullptr) found.kind = DifferenceKind::gone;
  for (const std::string& name : value_names(from, to)) {
    ValueDifference value{value_named(from, name), name, value_named(to, name)};
    if (value.from != value.to) found.values.push_back(std::move(value));
  }
  const bool same = from != nullptr && to != nullptr && found.values.empty();
  return same ? std::nullopt : std::optional(std::move(found));
}

SectionDifference compare_section(Section section, const Aspects::OfSection& from,
                                  const Aspects::OfSection& to) {
  SectionDifference answer;
  answer.section = section;
  const auto note = [&](std::optional<Difference> found) {
    if (found) {
      answer.differences.push_back(*std::move(found));
    } else {
      ++answer.unchanged;
    }
  };
  for (const auto& [id, aspect] : from) {
    const auto other = to.find(id);
    note(difference_of(&aspect, other == to.end() ? nullptr : &other->second));
  }
  for (const auto& [id, aspect] : to) {
    if (!from.contains(id)) note(difference_of(nullptr, &aspect));
  }
  std::ranges::sort(answer.differences, {}, &Difference::id);
  return answer;
}

}  // namespace

std::vector<SectionDifference> compare(const Aspects& from, const Aspects& to,
                                       std::span<const Section> sections) {
  std::vector<SectionDifference> answers;
  for (const Section section : sections) {
    answers.push_back(compare_section(section, from.of(section), to.of(section)));
  }
  return answers;
}

std::span<const Section> all_sections() {
  static constexpr auto kAll = [] {
    std::array<Section, std::size(kEnumTexts<Section>)> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<Section>(i);
    return all;
  }();
  return kAll;
}

std::uint64_t count_differences(const std::vector<SectionDifference>& sections) {
  std::uint64_t count = 0;
  for (const SectionDifference& section : sections) count += section.differences.size();
  return count;
}

}  // namespace assay::projections
