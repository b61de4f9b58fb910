#pragma once

/// All projections folded together: each event is decoded once, the register judges it, and the
/// others see what was recorded and what took effect. It is the ledger's `Rules`. Thread word:
/// thread-compatible.

#include <memory>

#include "ledger/verify/rules.hpp"
#include "projections/fold/projection.hpp"

namespace assay::projections {

class Register;
struct PhaseBoard;
struct IssueRegister;

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
  [[nodiscard]] const PhaseBoard& board() const noexcept { return *board_; }
  [[nodiscard]] const IssueRegister& issues() const noexcept { return *issues_; }
  /// Entries folded so far.
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// Events whose type this build does not know: with any, the states are incomplete.
  [[nodiscard]] std::uint64_t unknown_events() const noexcept;

  /// Digest of every projection's canonical state, in the order of their names.
  [[nodiscard]] std::vector<StateDigest> digests() const;

  /// Opaque bytes that `restore` reads back: the states, their versions and shapes.
  [[nodiscard]] std::string snapshot() const;
  /// Errors: unsupported (a snapshot of another version or shape: refold instead), malformed.
  [[nodiscard]] static Result<ProgrammeFold> restore(std::string_view snapshot);

 private:
  void hand_on(const EntryView& entry);

  std::unique_ptr<Register> register_;
  std::unique_ptr<PhaseBoard> board_;
  std::unique_ptr<IssueRegister> issues_;
};

}  // namespace assay::projections
