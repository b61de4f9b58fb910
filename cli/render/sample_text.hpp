#pragma once

/// A sample for people and for --json: what was committed to, what was drawn, what it rests on, and
/// what may be concluded from it. Thread word: thread-compatible.

#include "cli/sample/sampled.hpp"

namespace assay::cli {

/// What the seed was made of, and how many were drawn with it.
struct DrawnSample {
  projections::SeedParts parts;
  Hash seed;
  std::vector<SampledMember> members;
};

/// What has to be published before anybody rolls: population, digest, checkpoint.
void show_population(const Run& run, const CommittedPopulation& population);

void show_sample(const Run& run, const CommittedPopulation& population, const DrawnSample& sample);

/// The bound in words: what a sample without a bad member excludes.
[[nodiscard]] std::string bound_text(std::uint64_t population, std::uint64_t drawn);

/// The commands with which a stranger does all of it again, to be run by a POSIX shell.
[[nodiscard]] std::vector<std::string> ways_to_redo(const CommittedPopulation& population,
                                                    const DrawnSample& sample);

}  // namespace assay::cli
