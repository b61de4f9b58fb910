#pragma once

/// All projections folded together: each event is decoded once, the register judges it, and the
/// others see what was recorded and what took effect. It is the ledger's `Rules`. Thread word:
/// thread-compatible.

#include <functional>
#include <memory>

#include "ledger/verify/rules.hpp"
#include "projections/fold/projection.hpp"

namespace assay::projections {

class Register;
struct Completion;
struct IssueRegister;
struct PhaseBoard;
struct Plan;
struct Regression;
struct Rulebook;
struct Selection;

/// Everything that is folded from the log, borrowed for as long as the fold lives and stands still.
/// What is computed from states (views, rules, findings) takes this.
struct Facts {
  const Register& programme;
  const PhaseBoard& board;
  const Completion& completion;
  const IssueRegister& issues;
  const Plan& plan;
  const Regression& regression;
  const Rulebook& rulebook;
  const Selection& selection;
  std::uint64_t size = 0;  ///< entries folded
  Timestamp recorded_at;   ///< of the last of them: "now", as far as the log knows
};

class ProgrammeFold final : public verify::Rules {
 public:
  ProgrammeFold();
  ~ProgrammeFold() override;
  ProgrammeFold(ProgrammeFold&&) noexcept;
  ProgrammeFold& operator=(ProgrammeFold&&) noexcept;

  std::vector<verify::Objection> admit(const EntryView& entry, verify::OnObjection mode) override;
  [[nodiscard]] bool clock_was_reset() const override;
  [[nodiscard]] const verify::LogKeyHistory* log_key_history() const override;
  [[nodiscard]] std::vector<verify::Resting> resting_on(
      std::span<const std::uint64_t> entries) const override;

  [[nodiscard]] const Register& programme() const noexcept { return *register_; }
  [[nodiscard]] const PhaseBoard& board() const noexcept;
  [[nodiscard]] const IssueRegister& issues() const noexcept;
  [[nodiscard]] Facts facts() const noexcept;
  /// Entries folded so far.
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// Events whose type this build does not know: with any, the states are incomplete.
  [[nodiscard]] std::uint64_t unknown_events() const noexcept;

  /// Digest of every projection's canonical state, in the order of their names.
  [[nodiscard]] std::vector<StateDigest> digests() const;

  /// Hands over every projection's state in canonical JSON, whose SHA-256 is its digest, in the
  /// order of their names; stops at the first error. One state is in memory at a time.
  using StateVisitor =
      std::function<Status(std::string_view name, std::uint64_t version, std::string_view json)>;
  [[nodiscard]] Status each_state(const StateVisitor& visit) const;

  /// Opaque bytes that `restore` reads back: the states, their versions and shapes.
  [[nodiscard]] std::string snapshot() const;
  /// Errors: unsupported (a snapshot of another version or shape: refold instead), malformed.
  [[nodiscard]] static Result<ProgrammeFold> restore(std::string_view snapshot);

 private:
  void hand_on(const EntryView& entry);

  struct Projections;
  std::unique_ptr<Register> register_;
  std::unique_ptr<Projections> projections_;
};

}  // namespace assay::projections
