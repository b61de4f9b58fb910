#pragma once

/// The programme register: who is who, which key might say what at each point of the log, and which
/// decisions have the voices they need. It serves admission and verification alike (verify::Rules).
///
/// Governance takes effect from the next entry on: an entry is judged as a whole, its voices
/// included, by the rules in force before it. Thread word: thread-compatible.

#include "ledger/verify/rules.hpp"
#include "projections/fold/recorded_event.hpp"
#include "projections/register/register_state.hpp"

namespace assay::projections {

/// An earlier event that took effect with the entry just folded, because its last voice came.
struct Completed {
  EventId id;  ///< where the event itself stands
  EventData data;
  Hash author;
  Identifier party;
};

class Register final : public verify::Rules {
 public:
  static constexpr std::string_view kName = "register";
  static constexpr std::uint64_t kVersion = 1;

  std::vector<verify::Objection> admit(const EntryView& entry, verify::OnObjection mode) override;
  [[nodiscard]] bool clock_was_reset() const override { return state_.clock_reset; }
  [[nodiscard]] const verify::LogKeyHistory* log_key_history() const override {
    return &state_.log_key_history;
  }
  [[nodiscard]] std::vector<verify::Resting> resting_on(
      std::span<const std::uint64_t> entries) const override;

  [[nodiscard]] const RegisterState& state() const noexcept { return state_; }
  RegisterState& mutable_state() noexcept { return state_; }
  [[nodiscard]] std::uint64_t size() const noexcept { return state_.size; }

  /// Events of the entry folded last, decoded; absent where this build does not know the type.
  [[nodiscard]] const std::vector<std::optional<EventData>>& last_events() const noexcept {
    return decoded_;
  }
  /// Earlier events that took effect with it, in the order of their addresses' completion.
  [[nodiscard]] const std::vector<Completed>& completed() const noexcept { return completed_; }
  /// Party of the last entry's author; empty for an unknown key.
  [[nodiscard]] const Identifier& author_party() const noexcept { return author_.party; }
  /// True when the event took effect with its own entry.
  [[nodiscard]] bool effective_at_once(std::size_t position) const { return at_once_[position]; }

  [[nodiscard]] RoleSet roles_of(const Hash& key) const;
  /// The party behind a key, root or registered; null when unknown.
  [[nodiscard]] const Identifier* party_of(const Hash& key) const;
  /// Log size after the entry that last touched `subject`; 0 when none did.
  [[nodiscard]] std::uint64_t touched_size(std::string_view subject) const;

 private:
  struct Author {
    Identifier party;
    RoleSet roles;
    bool root = false;
    bool known = false;
  };
  /// An event that has all the voices it takes; `by` is the one that brought the last.
  struct Ready {
    EventId id;
    EventId by;
  };
  using Objections = std::vector<verify::Objection>;

  void decode(const EntryView& entry, Objections& objections);
  void judge_author(const EntryView& entry, Objections& objections);
  void judge_envelope(const EntryView& entry, Objections& objections) const;
  void judge_event(const EntryView& entry, std::size_t position, Objections& objections);
  [[nodiscard]] bool may_say(const EntryView& entry, const EventType& type) const;
  void fold(const EntryView& entry);
  void fold_event(const EntryView& entry, std::size_t position);
  void fold_voice(const EventId& target, Voice voice, bool endorses);
  [[nodiscard]] bool has_voices(const Decision& decision, const Signers& signers,
                                const Voice* present) const;
  [[nodiscard]] bool is_another_voice(const Decision& decision, const Voice& voice,
                                      const Signers& signers) const;
  void judge_holder(const EntryView& entry, const events::KeyRegistered& key,
                    const std::string& where, Objections& objections) const;
  void take_effect(const Ready& ready);
  [[nodiscard]] static EventData decode_waiting(const Decision& decision);
  /// `party` said it.
  void apply(const EventData& data, const EventId& id, const Identifier& party);

  RegisterState state_;
  std::vector<std::optional<EventData>> decoded_;
  std::vector<bool> at_once_;
  std::vector<Ready> ready_;  ///< of the entry being folded, in its order
  std::vector<bool> sound_;   ///< by position: nothing was objected to
  std::vector<Completed> completed_;
  Author author_;
};

}  // namespace assay::projections
