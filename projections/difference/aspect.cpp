#include "projections/difference/aspect.hpp"

#include <algorithm>

namespace assay::projections {

void Aspects::add(Aspect aspect) {
  OfSection& section = all_[aspect.section];
  std::string id = aspect.id;
  for (std::size_t number = 2; section.contains(id); ++number) {
    id = aspect.id + "#" + std::to_string(number);
  }
  aspect.id = id;
  section.emplace(std::move(id), std::move(aspect));
}

void Aspects::keep_only(const AspectFilter& filter) {
  for (auto& [section, aspects] : all_) {
    std::erase_if(aspects, [&](const auto& one) {
      const Aspect& aspect = one.second;
      const bool other_phase = filter.phase && aspect.phase != filter.phase;
      const bool other_entry = filter.planned_entry &&
                               std::ranges::find(aspect.planned_entries, *filter.planned_entry) ==
                                   aspect.planned_entries.end();
      return other_phase || other_entry;
    });
  }
}

const Aspects::OfSection& Aspects::of(Section section) const {
  static const OfSection kNone;
  const auto found = all_.find(section);
  return found == all_.end() ? kNone : found->second;
}

}  // namespace assay::projections
