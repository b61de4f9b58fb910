#pragma once

/// How each event changes the selection. Inner header of projections/selection.
/// Thread word: borrowed for the length of one event.

#include "projections/selection/selection.hpp"

namespace assay::projections {

class SelectionFold {
 public:
  SelectionFold(Selection& selection, const RecordedEvent& event, Stage stage)
      : selection_(selection), event_(event), stage_(stage) {}

  void operator()(const events::ConsultationOpened& event);
  void operator()(const events::ConsultationResponseRecorded& event);
  void operator()(const events::ConsultationClosed& event);

  void operator()(const events::DmcProposed& event);
  void operator()(const events::DmcSelected& event);
  void operator()(const events::DmcDeselected& event);
  void operator()(const events::DmcSubstituted& event);
  void operator()(const events::PpclEntryRecorded& event);
  void operator()(const events::SelectionAppealed& event);
  void operator()(const events::AppealDetermined& event);
  void operator()(const events::AppealDeterminedV2& event);

  void operator()(const events::EquivalenceClaimed& event);
  void operator()(const events::EpclEntryMade& event);
  void operator()(const events::EpclEntryRemoved& event);
  void operator()(const events::PlannedEntryWithdrawn& event);
  void operator()(const events::ReleaseCompleted& event);

  /// Events that are not about selection.
  template <class Other>
  void operator()(const Other&) {}

 private:
  void determine(const events::AppealDetermined& event, const std::optional<Identifier>& by);
  [[nodiscard]] Mark mark() const { return {event_.id, event_.party, event_.recorded_at}; }
  /// When the event took effect; absent while it waits for another party's voice.
  [[nodiscard]] std::optional<Timestamp> effective_at() const {
    if (stage_ == Stage::awaiting_voices) return std::nullopt;
    return event_.recorded_at;
  }
  void unplaced() {
    selection_.unplaced[Identifier(std::string(type_of(event_.data).name))].add(event_.id);
  }
  /// What waited since its own entry takes effect now; false when it never waited.
  template <class Records>
  bool took_effect(Records& records) const {
    if (stage_ != Stage::became_effective) return false;
    for (auto& record : records) {
      if (record.mark.event != event_.id) continue;
      record.effective_at = event_.recorded_at;
      return true;
    }
    return false;
  }

  Selection& selection_;
  const RecordedEvent& event_;
  Stage stage_;
};

}  // namespace assay::projections
