#pragma once

/// Who decided what with which quorum, and how testing ended, worked out the slow way: each
/// question is asked of the raw list of events, by the words of the rules (V6, V8, K1 to K6;
/// MTAD 10.2, SVTAD 9.7). Shares no code with the projections but the names of states. Thread word:
/// borrows the list, changes nothing.

#include <span>

#include "projections/completion/closing_state.hpp"
#include "projections/completion/decision_view.hpp"
#include "tests/support/event_feed.hpp"

namespace assay::testing {

using events::TestKind;
using events::Verdict;
using projections::ClosingState;
using projections::ConditionState;

struct RightPosition {
  std::set<Identifier> endorsing;
  std::set<Identifier> present;
  Verdict verdict = Verdict::undetermined;
  bool authorised = false;
  bool dissent = false;
  std::optional<EventId> superseded_by;
  std::vector<ConditionState> conditions;
  bool operator==(const RightPosition&) const = default;
};

struct RightCombined {
  std::set<std::string> left_out;  ///< "phase entry"
  std::set<std::string> missing;   ///< "entry kind"
  std::set<Identifier> not_allowed;
  std::set<Identifier> no_policy;
  std::set<Identifier> several_cutoffs;
  std::set<std::string> undecided;
  bool operator==(const RightCombined&) const = default;
};

class CompletionReference {
 public:
  using Told = std::span<const FedEvent>;
  explicit CompletionReference(Told told) : told_(told) {}

  /// Of TAG's, the Panel's and the Secretary of State's decisions.
  [[nodiscard]] std::map<EventId, RightPosition> positions() const;
  [[nodiscard]] ClosingState closing(const Identifier& phase, const Identifier& entry) const;
  [[nodiscard]] std::map<Identifier, RightCombined> combined() const;
  /// V6, where the exit is asked about at a cut-off of `size` entries.
  [[nodiscard]] Verdict has_positions(const Identifier& phase, const Identifier& entry,
                                      std::uint64_t size) const;
  /// V8
  [[nodiscard]] Verdict has_authority(const Identifier& phase, const Identifier& entry) const;

 private:
  struct Voice {
    EventId event;
    const FedEvent* said = nullptr;
    bool endorses = false;
  };

  const FedEvent* at(const EventId& id) const;
  bool is_tainted(const FedEvent& said) const;
  std::optional<Identifier> holder(const Hash& key) const;
  std::set<Role> roles(const FedEvent& said) const;
  std::vector<Voice> voices(const EventId& target) const;
  const events::ApprovalPolicy* approval(const EventId& before) const;
  std::optional<bool> may_combine(const Identifier& release, const EventId& before) const;
  void count(const FedEvent& position, events::Body body, RightPosition& right) const;

  enum class At : std::uint8_t { open, exited, completed, aborted, withdrawn };
  At progress(const Identifier& phase, const Identifier& entry) const;
  bool is_in(const Identifier& phase, const Identifier& entry) const;
  const FedEvent* last_exit(const Identifier& phase, const Identifier& entry,
                            const EventId& before) const;
  std::optional<EventId> last_cutoff(const Identifier& phase, const Identifier& entry,
                                     const EventId& before) const;
  RightCombined combined(const events::CompletionReportIssued& report, const EventId& id) const;
  const events::CompletionReportIssued* report_on(const Identifier& phase,
                                                  const Identifier& entry) const;

  Told told_;
};

}  // namespace assay::testing
