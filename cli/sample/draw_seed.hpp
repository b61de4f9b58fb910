#pragma once

/// What completes the seed of a sample after the population was committed to: dice that were read
/// out, cosignatures of the checkpoint. Each is refused where it could have been chosen.
/// Thread word: pure but for the files that it is told to read.

#include <string>
#include <vector>

#include "ledger/format/checkpoint.hpp"
#include "projections/fold/programme_fold.hpp"

namespace assay::cli {

/// Letters and digits in the dice, at least. Whoever runs the log could try out what fewer can say.
inline constexpr std::size_t kDiceCharactersMin = 5;

/// Errors: invalid_argument (too short, control characters, space at an end).
[[nodiscard]] Status check_dice(const std::string& dice);

/// The checkpoint in `note`, if the log's key that was in force at its size signed it and it is of
/// this log. Lines by `witnesses` (verifier keys) are verified too. Errors: those of
/// open_checkpoint.
[[nodiscard]] Result<OpenedCheckpoint> open_checkpoint_of(const std::string& note,
                                                          const projections::ProgrammeFold& fold,
                                                          const std::vector<VKey>& witnesses = {});

/// The cosignature lines of `witnesses` in the note `cosigned`, ascending, as they stand there.
/// Errors: invalid_argument (over another size than `checkpoint`), forked (over another root),
/// not_found (no line by any of them), those of open_checkpoint.
[[nodiscard]] Result<std::vector<std::string>> cosignature_lines(
    const std::string& cosigned, const Checkpoint& checkpoint,
    const projections::ProgrammeFold& fold, const std::vector<VKey>& witnesses);

/// A share of a population in hundredths of a per cent, or of "0.5" as somebody wrote it.
/// Errors: invalid_argument (not a number above 0 and up to 100, more than two decimals).
[[nodiscard]] Result<std::uint64_t> share_from_text(const std::string& text);

}  // namespace assay::cli
