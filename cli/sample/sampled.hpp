#pragma once

/// A sample as commands draw it: the population of a checkpoint, read from the ledger, and what
/// each drawn member rests on. Thread word: thread-compatible; borrows the ledger's session.

#include "cli/session/ledger_session.hpp"
#include "ledger/format/checkpoint.hpp"
#include "projections/sampling/population.hpp"
#include "projections/sampling/sampler.hpp"

namespace assay::cli {

struct SampledFile {
  Hash digest;
  std::optional<std::uint64_t> size_bytes;  ///< absent where the ledger does not hold the file
};

/// A member that was drawn.
struct SampledMember {
  projections::Ticket ticket;
  std::vector<EventId> events;  ///< that say it
  std::vector<SampledFile> files;
  std::string why;  ///< what `assay why` is asked for
};

/// A population with its members' names, and what is needed to look a member up again.
struct CommittedPopulation {
  projections::PopulationKind kind;
  std::string phase;  ///< empty: of all
  Checkpoint checkpoint;
  std::string note;  ///< the checkpoint as signed
  std::vector<std::string> names;
  Hash digest;
};

/// Reads the first `checkpoint.size` entries where the states are not enough.
/// Errors: those of the store.
[[nodiscard]] Result<std::vector<std::string>> read_names(const Run& run,
                                                          const LedgerSession& session,
                                                          std::uint64_t size,
                                                          projections::Population& population);

/// What the members with these tickets rest on. Errors: those of the store.
[[nodiscard]] Result<std::vector<SampledMember>> look_up(const LedgerSession& session,
                                                         const projections::Population& population,
                                                         std::vector<projections::Ticket> tickets);

}  // namespace assay::cli
