#include "projections/fold/programme_fold.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "projections/board/phase_board.hpp"
#include "projections/completion/completion.hpp"
#include "projections/issues/issue_register.hpp"
#include "projections/plan/plan.hpp"
#include "projections/register/register.hpp"
#include "projections/regression/regression.hpp"
#include "projections/rulebook/rulebook.hpp"
#include "projections/selection/selection.hpp"

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

/// All but the register, which judges before they see anything. In the order of their names.
struct ProgrammeFold::Projections {
  std::tuple<Completion, IssueRegister, PhaseBoard, Plan, Regression, Rulebook, Selection> all;

  template <class F>
  void each(F&& f) {
    std::apply([&](auto&... one) { (f(one), ...); }, all);
  }
};

ProgrammeFold::ProgrammeFold()
    : register_(std::make_unique<Register>()), projections_(std::make_unique<Projections>()) {}
ProgrammeFold::~ProgrammeFold() = default;
ProgrammeFold::ProgrammeFold(ProgrammeFold&&) noexcept = default;
ProgrammeFold& ProgrammeFold::operator=(ProgrammeFold&&) noexcept = default;

const PhaseBoard& ProgrammeFold::board() const noexcept {
  return std::get<PhaseBoard>(projections_->all);
}
const IssueRegister& ProgrammeFold::issues() const noexcept {
  return std::get<IssueRegister>(projections_->all);
}
Facts ProgrammeFold::facts() const noexcept {
  const auto& all = projections_->all;
  return {*register_,
          std::get<PhaseBoard>(all),
          std::get<Completion>(all),
          std::get<IssueRegister>(all),
          std::get<Plan>(all),
          std::get<Regression>(all),
          std::get<Rulebook>(all),
          std::get<Selection>(all),
          register_->size(),
          register_->state().recorded_at};
}
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
    projections_->each([&](auto& projection) { projection.apply(event, stage); });
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
  std::vector<StateDigest> digests;
  projections_->each([&]<class P>(const P& projection) {
    digests.push_back({state_digest(projection), Identifier(std::string(P::kName)), P::kVersion});
  });
  digests.push_back({state_digest(register_->state()), Identifier(std::string(Register::kName)),
                     Register::kVersion});
  std::ranges::sort(digests, {}, &StateDigest::name);
  return digests;
}

Status ProgrammeFold::each_state(const StateVisitor& visit) const {
  struct State {
    std::uint64_t version = 0;
    std::function<std::string()> json;
  };
  std::map<std::string_view, State> states;
  projections_->each([&]<class P>(const P& projection) {
    states.emplace(P::kName,
                   State{P::kVersion, [&projection] { return to_canonical(projection); }});
  });
  states.emplace(Register::kName,
                 State{Register::kVersion, [this] { return to_canonical(register_->state()); }});
  for (const auto& [name, state] : states) ASSAY_CHECK(visit(name, state.version, state.json()));
  return {};
}

std::string ProgrammeFold::snapshot() const {
  Snapshot snapshot;
  snapshot.parts.push_back(part_of<Register>(register_->state()));
  projections_->each(
      [&]<class P>(const P& projection) { snapshot.parts.push_back(part_of<P>(projection)); });
  return to_binary(snapshot);
}

Result<ProgrammeFold> ProgrammeFold::restore(std::string_view bytes) {
  constexpr std::size_t kParts = 1 + std::tuple_size_v<decltype(Projections::all)>;
  ASSAY_TRY(const Snapshot snapshot, from_binary<Snapshot>(bytes));
  if (snapshot.parts.size() != kParts) {
    return fail(Errc::unsupported, "a snapshot of other projections");
  }
  ProgrammeFold fold;
  ASSAY_CHECK(restore_part<Register>(snapshot.parts[0], fold.register_->mutable_state()));
  std::size_t part = 0;
  Status status;
  fold.projections_->each([&]<class P>(P& projection) {
    if (status) status = restore_part<P>(snapshot.parts[++part], projection);
  });
  if (!status) return std::unexpected(std::move(status).error());
  return fold;
}

}  // namespace assay::projections
