#pragma once

/// What else a bundle states, held against its entries and its checkpoint: the key beside it, what
/// bundle.json says of the log, a pin that somebody kept. Thread word: pure functions.

#include "ledger/verify/bundle_index.hpp"
#include "ledger/verify/partial_entries.hpp"
#include "ledger/verify/partial_proof.hpp"
#include "ledger/verify/pin.hpp"

namespace assay::verify {

/// A verifier key is a line; more than this is none.
inline constexpr std::size_t kVkeyFileSizeBytes = 4'096;

/// data/log.vkey, for tools which know nothing of entries, is a key of the log (log_signature).
/// `size` is that of the checkpoint. Errors: of the run.
[[nodiscard]] Status check_vkey(const FileTree& bag, const PartialEntries& entries,
                                std::uint64_t size, ClaimBook& book);

/// bundle.json says of the log what the entries say (tree). `checkpoint` may be null.
void check_index(const BundleIndex& index, const PartialEntries& entries,
                 const BundledCheckpoint* checkpoint, ClaimBook& book);

/// The pin is of the bundle's checkpoint, or nothing can be said: whether one size extends another
/// takes a proof that a bundle does not have. `checkpoint` may be null; `is_good`: the log's key
/// signed it.
void check_bundled_pin(const Pin& pin, const BundledCheckpoint* checkpoint, bool is_good,
                       ClaimBook& book);

/// The same for the twelve words of a head, given as their bytes: the size of the bundle's head
/// where it has them. Where it has not, they may be another head's, so that nobody could look.
[[nodiscard]] std::optional<std::uint64_t> check_bundled_pin_words(
    std::string_view given, const std::string& origin, const BundledCheckpoint* checkpoint,
    bool is_good, ClaimBook& book);

}  // namespace assay::verify
