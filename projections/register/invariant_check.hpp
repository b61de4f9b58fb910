#pragma once

/// The visitor that holds an event's hard invariants against the table of things that exist.
/// Thread word: thread-compatible; borrowed for the length of one event.

#include "projections/register/event_counts.hpp"
#include "projections/register/id_table.hpp"

namespace assay::projections {

class InvariantCheck final : public Invariants {
 public:
  /// `earlier`: the entries before this one. `here`: the address of the event that is judged.
  InvariantCheck(IdTable& ids, const EventCounts& earlier, const EventId& here)
      : ids_(ids), earlier_(earlier), here_(here) {}

  void creates(Kind kind, std::string_view id) override;
  void unique(Kind kind, std::string_view combination) override;
  void exists(Kind kind, std::string_view id) override;
  void closes(Kind kind, std::string_view id) override;
  void part(Kind kind, std::string_view id, std::uint64_t ordinal) override;
  void closes_with(Kind kind, std::string_view id, std::uint64_t count) override;
  void event(const EventId& id) override;
  void had_size(std::uint64_t size, std::string_view member) override;
  void agrees(Kind kind, std::string_view id, std::string_view fields,
              std::string_view what) override;
  void require(bool holds, std::string_view rule) override;

  /// The first rule that does not hold; empty when all do.
  [[nodiscard]] const std::string& broken() const noexcept { return broken_; }

 private:
  void breaks(std::string text);
  std::string_view key(Kind kind, std::string_view id);
  /// The entry when the thing is open, else null and the reason is noted.
  IdEntry* open(Kind kind, std::string_view id);

  IdTable& ids_;
  const EventCounts& earlier_;
  EventId here_;
  std::string key_;
  std::string broken_;
};

}  // namespace assay::projections
