#pragma once

/// What the board keeps of the plan around the phases: planned entries, scopes, environments,
/// documents, and the positions that TAG takes. Thread word: plain values.

#include "projections/board/marks.hpp"

namespace assay::projections {

struct PlannedEntry {
  std::vector<EventId> amendments;
  events::Category category = events::Category::active;
  Mark declared;
  Identifier dmc;
  std::vector<Identifier> groups;
  Identifier release;
  std::set<events::TestKind> required_kinds;
  Identifier smso;
  std::optional<Identifier> target_date;
  std::optional<events::WithdrawalReason> withdrawal_reason;
  std::optional<Mark> withdrawn;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(amendments), CEREAL_NVP(category), CEREAL_NVP(declared), CEREAL_NVP(dmc),
            CEREAL_NVP(groups), CEREAL_NVP(release), CEREAL_NVP(required_kinds), CEREAL_NVP(smso),
            CEREAL_NVP(target_date), CEREAL_NVP(withdrawal_reason), CEREAL_NVP(withdrawn));
  }
};

/// The commitment to a scope, held against what was listed when it was made.
struct Baseline {
  std::optional<Timestamp> effective_at;  ///< absent while another party has not endorsed it
  std::uint64_t item_count = 0;
  Mark mark;
  Hash root;
  bool root_matches = false;  ///< count and root are those of the items listed before
  Identifier version;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(effective_at), CEREAL_NVP(item_count), CEREAL_NVP(mark), CEREAL_NVP(root),
            CEREAL_NVP(root_matches), CEREAL_NVP(version));
  }
};

struct Scope {
  std::optional<Baseline> baseline;
  std::vector<EventId> changes;
  std::map<Identifier, Identifier> items;  ///< item → planned entry, as it stands
  std::uint64_t listed = 0;                ///< items listed before or after the baseline
  Identifier phase;
  std::vector<Hash> range;  ///< compact range over the listed items, in listing order
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(baseline), CEREAL_NVP(changes), CEREAL_NVP(items), CEREAL_NVP(listed),
            CEREAL_NVP(phase), CEREAL_NVP(range));
  }
};

struct Component {
  std::string build;
  EventId since;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(build), CEREAL_NVP(since));
  }
};

struct Environment {
  EventId baselined;
  std::map<std::string, Component> components;
  std::set<Identifier> phases;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(baselined), CEREAL_NVP(components), CEREAL_NVP(phases));
  }
};

struct Presentation {
  Identifier date;
  Mark mark;
  Identifier meeting;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(date), CEREAL_NVP(mark), CEREAL_NVP(meeting));
  }
};

struct Publication {
  Identifier date;
  Mark mark;
  std::string url;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(date), CEREAL_NVP(mark), CEREAL_NVP(url));
  }
};

struct Supersession {
  Mark mark;
  Identifier new_version;
  std::string reason;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(mark), CEREAL_NVP(new_version), CEREAL_NVP(reason));
  }
};

struct DocumentVersion {
  std::vector<events::Coverage> covers;
  Hash digest;
  std::vector<Presentation> presented;
  std::vector<Publication> published;
  Mark registered;
  std::optional<Supersession> superseded;
  std::string title;
  events::DocumentType type = events::DocumentType::other;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(covers), CEREAL_NVP(digest), CEREAL_NVP(presented), CEREAL_NVP(published),
            CEREAL_NVP(registered), CEREAL_NVP(superseded), CEREAL_NVP(title), CEREAL_NVP(type));
  }
};

/// What a position is about: a subject, and the version where that is a document.
struct PositionKey {
  std::string about;
  std::optional<Identifier> version;
  auto operator<=>(const PositionKey&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(about), CEREAL_NVP(version));
  }
};

/// The latest position of TAG on one thing.
struct TagPosition {
  std::vector<events::Condition> conditions;
  std::uint64_t dissents = 0;  ///< that the minutes name
  Mark mark;
  Identifier meeting;
  Hash minutes;
  events::Position position = events::Position::noted;
  std::uint64_t seen_size = 0;  ///< of the log, that the position rests on
  std::uint64_t times = 0;      ///< that a position was recorded
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(conditions), CEREAL_NVP(dissents), CEREAL_NVP(mark), CEREAL_NVP(meeting),
            CEREAL_NVP(minutes), CEREAL_NVP(position), CEREAL_NVP(seen_size), CEREAL_NVP(times));
  }
};

}  // namespace assay::projections
