#pragma once

/// Digests of states that somebody stated, held against the refolded ones: by a pin, by a snapshot
/// that lies with the log, or by an event of the log itself (states_attested). What a pin and a
/// snapshot state is known before the walk; what an event states is met later than the size that it
/// is about, so the digests of sizes that are expected to be stated are kept until then.
///
/// Where a state differs, the answer says as narrowly as was stated which entries can be the cause.
/// Thread word: thread-compatible.

#include <map>
#include <set>
#include <span>
#include <vector>

#include "ledger/events/integrity.hpp"
#include "ledger/verify/claim_book.hpp"
#include "ledger/verify/projection_check.hpp"
#include "ledger/verify/source.hpp"

namespace assay::verify {

class StatedDigests {
 public:
  /// `expected_sizes`: those that events of the log are said to be about; a hint, nothing more.
  explicit StatedDigests(std::vector<StatedDigest> stated,
                         std::vector<std::uint64_t> expected_sizes = {});

  /// Whether the digests at `size` are needed, now or later.
  [[nodiscard]] bool any_at(std::uint64_t size) const noexcept;
  /// `digests` are those of the states at `size`, the verifier's own among them.
  void compare(std::uint64_t size, std::span<const NamedDigest> digests, ClaimBook& book);
  [[nodiscard]] bool has_digests_of(std::uint64_t size) const { return kept_.contains(size); }
  /// Event `event` by key `author` states digests; what was folded at its size is looked up.
  void take(const EventId& event, const Hash& author, const events::StatesAttested& attested,
            ClaimBook& book);
  /// Event `correction` by key `author` corrects `target`. Whoever stated wrong digests may take
  /// them back: they no longer fail the claim, which then is open. Nobody else can do that.
  void take_back(const EventId& target, const Hash& author, const EventId& correction);
  /// No further size is reached: objects to what differs. `head_size`: up to where the walk came.
  void finish(std::uint64_t start_size, std::uint64_t head_size, ClaimBook& book) const;

  [[nodiscard]] std::size_t compared_count() const noexcept { return compared_count_; }

 private:
  /// Whose fold it was, and of which state: only what one program stated says where it went wrong.
  using Fold = std::pair<std::string, std::string>;
  struct Difference {
    StatedDigest stated;
    Hash own;
    std::uint64_t entry = 0;       ///< that an objection names
    std::optional<EventId> event;  ///< that states it; absent for pins and snapshots
  };
  struct History {
    std::map<std::uint64_t, std::string> agreed;  ///< by size: who stated it
    std::vector<Difference> differing;
  };

  /// Compares what `program` stated, in an event or elsewhere. `entry` is named if it differs.
  void hold(const std::string& program, const StatedDigest& stated, std::uint64_t entry,
            const std::optional<EventId>& event, std::span<const NamedDigest> digests,
            ClaimBook& book);

  std::vector<StatedDigest> stated_;  // ascending by size
  std::set<std::uint64_t> expected_sizes_;
  std::map<std::uint64_t, std::vector<NamedDigest>> kept_;
  std::map<Fold, History> histories_;
  std::map<EventId, Hash> authors_;        // of the events that state digests
  std::map<EventId, EventId> taken_back_;  // such an event, and the one that corrects it
  std::size_t compared_count_ = 0;
};

}  // namespace assay::verify
