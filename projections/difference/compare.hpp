#pragma once

/// Two sets of aspects, compared by name: what is only on one side, what is on both and differs,
/// and how many are the same. Nothing here knows what an aspect is about. Pure; the structs
/// serialise to the JSON of `assay diff` and `assay what-if`.

#include <span>

#include "projections/difference/aspect.hpp"

namespace assay::projections {

enum class DifferenceKind : std::uint8_t {
  appeared,  ///< on the second side only
  changed,
  gone,  ///< on the first side only
};

struct ValueDifference {
  std::optional<std::string> from;  ///< absent: it is not on the first side
  std::string name;
  std::optional<std::string> to;  ///< absent: it is not on the second side
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(from), CEREAL_NVP(name), CEREAL_NVP(to));
  }
};

struct Difference {
  std::string id;
  DifferenceKind kind = DifferenceKind::changed;
  std::optional<Identifier> phase;
  std::vector<Identifier> planned_entries;
  std::string title;                      ///< as on the second side, where it is there
  std::vector<ValueDifference> values;    ///< those that differ
  std::optional<std::string> why_from{};  ///< absent where that side says nothing
  std::optional<std::string> why_to{};
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(id), CEREAL_NVP(kind), CEREAL_NVP(phase), CEREAL_NVP(planned_entries),
            CEREAL_NVP(title), CEREAL_NVP(values), CEREAL_NVP(why_from), CEREAL_NVP(why_to));
  }
};

struct SectionDifference {
  std::vector<Difference> differences;  ///< in the order of their ids
  Section section = Section::phases;
  std::uint64_t unchanged = 0;  ///< aspects that are the same on both sides
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(differences), CEREAL_NVP(section), CEREAL_NVP(unchanged));
  }
};

/// One answer a section, in the order of `sections`.
[[nodiscard]] std::vector<SectionDifference> compare(const Aspects& from, const Aspects& to,
                                                     std::span<const Section> sections);

[[nodiscard]] std::span<const Section> all_sections();

/// How many differences there are in all of them.
[[nodiscard]] std::uint64_t count_differences(const std::vector<SectionDifference>& sections);

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::DifferenceKind>[] = {"new", "changed",
                                                                               "gone"};
}  // namespace assay
