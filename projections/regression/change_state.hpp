#pragma once

/// What is kept of changes under test and of what was said about them. Thread word: plain values.

#include <set>

#include "projections/board/marks.hpp"

namespace assay::projections {

enum class ChangeKind : std::uint8_t {
  build,     ///< deployed into an environment
  fix,       ///< of a Testing Issue, delivered in a build or a firmware
  firmware,  ///< a device model that differs from an earlier one in its firmware alone
};

struct Change {
  std::string build;  ///< that came; of a firmware change, the firmware version
  std::string from;   ///< the build that it replaces; empty where the event does not say
  std::optional<Identifier> issue;  ///< of a fix
  ChangeKind kind = ChangeKind::build;
  Mark mark;
  std::set<Identifier> replaces;  ///< device models of an earlier firmware
  std::string where;  ///< the component in its environment, or the device model, for readers
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(from), CEREAL_NVP(issue), CEREAL_NVP(kind),
            CEREAL_NVP(mark), CEREAL_NVP(replaces), CEREAL_NVP(where));
  }
};

/// What somebody says that changes affect. Where it names no kinds, or no planned entries, it
/// speaks for all of them.
struct Assessment {
  std::vector<EventId> changes;
  std::optional<Hash> document;
  std::optional<Timestamp> effective_at;  ///< absent while the other side has not endorsed it
  std::set<events::TestKind> kinds;
  Mark mark;
  std::set<Identifier> planned_entries;
  std::string reason;
  events::ImpactVerdict verdict = events::ImpactVerdict::regress;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(changes), CEREAL_NVP(document), CEREAL_NVP(effective_at), CEREAL_NVP(kinds),
            CEREAL_NVP(mark), CEREAL_NVP(planned_entries), CEREAL_NVP(reason), CEREAL_NVP(verdict));
  }
  [[nodiscard]] bool speaks_for(events::TestKind kind, const Identifier& planned_entry) const {
    return (kinds.empty() || kinds.contains(kind)) &&
           (planned_entries.empty() || planned_entries.contains(planned_entry));
  }
};

/// A device model but for its firmware: two with the same description are versions of one model.
struct ModelDescription {
  std::string hardware_version;
  std::string manufacturer;
  std::string model;
  events::DeviceType type = events::DeviceType::esme;
  auto operator<=>(const ModelDescription&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(hardware_version), CEREAL_NVP(manufacturer), CEREAL_NVP(model),
            CEREAL_NVP(type));
  }
};

}  // namespace assay::projections
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<projections::ChangeKind>[] = {"build", "fix",
                                                                           "firmware"};
}  // namespace assay
