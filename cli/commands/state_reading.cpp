#include "cli/commands/state_reading.hpp"

#include <fmt/format.h>

#include "cli/session/at_point.hpp"

namespace assay::cli {

Json digests_json(const std::vector<projections::StateDigest>& states) {
  Json digests = Json::array();
  for (const projections::StateDigest& state : states) {
    digests.push_back({{"projection", state.name.text},
                       {"version", state.version},
                       {"digest", state.digest.hex()}});
  }
  return digests;
}

void show_basis(Run& run, const projections::ProgrammeFold& fold) {
  run.out.member("state_digests") = digests_json(fold.digests());
  run.out.member("unknown_events") = fold.unknown_events();
  if (fold.unknown_events() > 0) {
    run.out.warn(
        fmt::format("{} events are of types that this program does not know: the states are "
                    "incomplete",
                    fold.unknown_events()));
  }
}

Result<int> read_state(Run& run, const std::string& at, const ShowState& show) {
  ASSAY_TRY(const LedgerSession session, LedgerSession::read(run));
  run.out.member("ledger") = session.summary();
  ASSAY_TRY(const StatesAt states, StatesAt::open(run, session, at));
  show_basis(run, states.fold());
  return show(run, states.fold());
}

}  // namespace assay::cli
