#include "cli/session/state_at.hpp"

#include <fmt/format.h>

namespace assay::cli {
namespace {

/// Digests, and what makes them less than certain.
void show_basis(Run& run, const projections::ProgrammeFold& fold, std::uint64_t size) {
  Json digests = Json::array();
  for (const projections::StateDigest& state : fold.digests()) {
    digests.push_back({{"projection", state.name.text},
                       {"version", state.version},
                       {"digest", state.digest.hex()}});
  }
  run.out.member("at_size") = size;
  run.out.member("state_digests") = std::move(digests);
  run.out.member("unknown_events") = fold.unknown_events();
  if (fold.unknown_events() > 0) {
    run.out.warn(
        fmt::format("{} events are of types that this program does not know: the states are "
                    "incomplete",
                    fold.unknown_events()));
  }
}

}  // namespace

Result<StateAt> StateAt::open(Run& run, const std::string& at) {
  ASSAY_TRY(LedgerSession session, LedgerSession::read(run));
  StateAt state(std::move(session));
  run.out.member("ledger") = state.session_.summary();
  ASSAY_TRY(const std::uint64_t size, size_at(state.session_, at));
  if (size != state.session_.size()) {
    ASSAY_TRY(state.earlier_, state.session_.fold_at(run, size));
  }
  show_basis(run, state.fold(), size);
  if (size != state.session_.size()) {
    run.out.line(fmt::format("as of size {} of {}", size, state.session_.size()));
  }
  return state;
}

}  // namespace assay::cli
