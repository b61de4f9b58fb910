#include "projections/fold/programme_fold.hpp"

#include "projections/board/phase_board.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/register/register.hpp"

namespace assay::projections {
namespace {

/// Version and shape of one projection's state in a snapshot.
struct Part {
  Identifier name;
  Hash shape;
  Base64Bytes state;
  std::uint64_t version = 1;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(name), CEREAL_NVP(shape), CEREAL_NVP(state), CEREAL_NVP(version));
  }
};

struct Snapshot {
  std::vector<Part> parts;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(parts));
  }
};

template <class Projection, class State>
Part part_of(const State& state) {
  return {Identifier(std::string(Projection::kName)),
          state_shape<State>(),
          {to_binary(state)},
          Projection::kVersion};
}

template <class Projection, class State>
Status restore_part(const Part& part, State& state) {
  if (part.name.text != Projection::kName || part.version != Projection::kVersion ||
      part.shape != state_shape<State>()) {
    return fail(Errc::unsupported,
                "a snapshot of another version of " + std::string(Projection::kName));
  }
  ASSAY_TRY(state, from_binary<State>(part.state.bytes));
  return {};
}

}  // namespace

ProgrammeFold::ProgrammeFold()
    : register_(std::make_unique<Register>()),
      board_(std::make_unique<PhaseBoard>()),
      issues_(std::make_unique<IssueRegister>()) {}
ProgrammeFold::~ProgrammeFold() = default;
ProgrammeFold::ProgrammeFold(ProgrammeFold&&) noexcept = default;
ProgrammeFold& ProgrammeFold::operator=(ProgrammeFold&&) noexcept = default;

bool ProgrammeFold::clock_was_reset() const { return register_->clock_was_reset(); }
const verify::LogKeyHistory* ProgrammeFold::log_key_history() const {
  return register_->log_key_history();
}
std::vector<verify::Resting> ProgrammeFold::resting_on(
    std::span<const std::uint64_t> entries) const {
  return register_->resting_on(entries);
}
std::uint64_t ProgrammeFold::size() const noexcept { return register_->size(); }
std::uint64_t ProgrammeFold::unknown_events() const noexcept {
  return register_->state().unknown_events;
}

std::vector<verify::Objection> ProgrammeFold::admit(const EntryView& entry,
                                                    verify::OnObjection mode) {
  std::vector<verify::Objection> objections = register_->admit(entry, mode);
  if (objections.empty() || mode == verify::OnObjection::keep_on) hand_on(entry);
  return objections;
}

void ProgrammeFold::hand_on(const EntryView& entry) {
  const auto give = [&](const RecordedEvent& event, Stage stage) {
    board_->apply(event, stage);
    issues_->apply(event, stage);
  };
  const auto& decoded = register_->last_events();
  for (std::size_t i = 0; i < decoded.size(); ++i) {
    if (!decoded[i]) continue;
    // The envelope's own form was checked when the entry was parsed.
    const auto occurred_at = Timestamp::parse(entry.submission.events[i].occurred_at);
    give({{entry.index, i},
          *decoded[i],
          occurred_at.value_or(Timestamp{}),
          entry.recorded_at,
          entry.submission.key,
          register_->author_party(),
          entry.submission.seen},
         register_->effective_at_once(i) ? Stage::in_effect : Stage::awaiting_voices);
  }
  for (const Completed& completed : register_->completed()) {
    give({completed.id, completed.data, entry.recorded_at, entry.recorded_at, completed.author,
          completed.party, std::nullopt},
         Stage::became_effective);
  }
}

std::vector<StateDigest> ProgrammeFold::digests() const {
  return {{state_digest(*issues_), Identifier(std::string(IssueRegister::kName)),
           IssueRegister::kVersion},
          {state_digest(*board_), Identifier(std::string(PhaseBoard::kName)), PhaseBoard::kVersion},
          {state_digest(register_->state()), Identifier(std::string(Register::kName)),
           Register::kVersion}};
}

std::string ProgrammeFold::snapshot() const {
  Snapshot snapshot;
  snapshot.parts.push_back(part_of<Register>(register_->state()));
  snapshot.parts.push_back(part_of<PhaseBoard>(*board_));
  snapshot.parts.push_back(part_of<IssueRegister>(*issues_));
  return to_binary(snapshot);
}

Result<ProgrammeFold> ProgrammeFold::restore(std::string_view bytes) {
  constexpr std::size_t kParts = 3;
  ASSAY_TRY(const Snapshot snapshot, from_binary<Snapshot>(bytes));
  if (snapshot.parts.size() != kParts) return fail(Errc::malformed, "a snapshot has three parts");
  ProgrammeFold fold;
  ASSAY_CHECK(restore_part<Register>(snapshot.parts[0], fold.register_->mutable_state()));
  ASSAY_CHECK(restore_part<PhaseBoard>(snapshot.parts[1], *fold.board_));
  ASSAY_CHECK(restore_part<IssueRegister>(snapshot.parts[2], *fold.issues_));
  return fold;
}

}  // namespace assay::projections
