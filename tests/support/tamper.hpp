#pragma once

/// What an attacker who holds the files, and perhaps keys, can do to a log; and what tests ask of a
/// report afterwards.

#include <set>
#include <string>
#include <vector>

#include "ledger/verify/verify.hpp"
#include "tests/support/log_builder.hpp"

namespace assay::testing {

/// An entry without its place: what can be put somewhere else.
struct Pieces {
  Timestamp recorded_at;
  std::vector<EntrySignature> signatures;
  std::string submission;
};
[[nodiscard]] Pieces take_apart(const std::string& entry);
[[nodiscard]] std::vector<Pieces> take_apart(const MemoryLog& log);

/// The log of these pieces, every index and link right. Checkpoints and evidence are those of
/// `log`.
[[nodiscard]] MemoryLog relinked(const MemoryLog& log, const std::vector<Pieces>& pieces);
/// The same, and every checkpoint of a size that `log` had is signed anew with the log's own key,
/// as somebody does who has stolen it. Sizes that are gone have no checkpoint.
[[nodiscard]] MemoryLog resealed(const MemoryLog& log, const std::vector<Pieces>& pieces,
                                 LogBuilder& keys);

/// `text` with one bit the other way round.
[[nodiscard]] std::string flipped(std::string text, std::size_t bit);
/// `text` with the first `from`, which must be in it, replaced by `to`.
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

/// The real verifiers, which remember what they answered, so that tests that verify one log ten
/// thousand times check each signature once. Thread-safe.
[[nodiscard]] VerifierFactory remembering_verifiers();

[[nodiscard]] verify::Report verified(const MemoryLog& log, const verify::Options& options = {});

[[nodiscard]] std::set<verify::Claim> failed_claims(const verify::Report& report);
/// The lowest entry that any objection names; nothing without one.
[[nodiscard]] std::optional<std::uint64_t> first_entry(const verify::Report& report);
/// "claim: message" of every objection, a line each.
[[nodiscard]] std::string all_objections(const verify::Report& report);

}  // namespace assay::testing
