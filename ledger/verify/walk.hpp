#pragma once

/// What an entry is to its neighbours: its place, link, time, author's stream, keys, and the tree
/// over all of them. Entries come here in the order of the log, one at a time, examined before.
/// Thread word: thread-compatible.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ledger/verify/chain_links.hpp"
#include "ledger/verify/evidence_list.hpp"
#include "ledger/verify/examine.hpp"
#include "ledger/verify/projection_check.hpp"
#include "ledger/verify/report.hpp"
#include "ledger/verify/roots.hpp"
#include "ledger/verify/rules.hpp"
#include "ledger/verify/signature_check.hpp"
#include "ledger/verify/voided.hpp"

namespace assay::verify {

class Walk {
 public:
  /// Called when the tree has reached a size, with its root. Says whether a checkpoint has it too.
  using Reached = std::function<bool(std::uint64_t size, const Hash& root)>;

  /// Called for an event that states digests of states, or corrects an earlier event, by key
  /// `author`, before its entry is refolded. May be empty.
  using Stated =
      std::function<void(const EventId& event, const Hash& author, const EventData& data)>;

  /// All borrowed. `rules` and `nodes` may be null; `start` is empty for a walk from the beginning.
  struct Parts {
    ClaimBook& book;
    SharedKeyring& keys;
    Rules* rules = nullptr;
    std::span<ProjectionCheck* const> projections;
    const merkle::NodeReader* nodes = nullptr;
    Reached reached;
    Stated stated{};
  };
  Walk(Parts parts, const VerifierState* start);

  /// Takes the next entry.
  void take(Examined& examined);
  /// No entry follows.
  void finish();

  /// The state after the entries taken so far; `keys` are those of the keyring.
  [[nodiscard]] VerifierState state() const;
  [[nodiscard]] merkle::TreeHead head() const noexcept { return roots_.head(); }
  /// The root at `size` entries, which must not be above head().size. Errors: as RootHistory::at.
  [[nodiscard]] Result<Hash> root_at(std::uint64_t size) const { return roots_.at(size); }
  /// Entries taken, from the beginning of the log; above head().size when one was absent.
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
  [[nodiscard]] std::optional<Hash> log_id() const noexcept { return log_id_; }
  [[nodiscard]] const std::string& origin() const noexcept { return state_.origin; }
  [[nodiscard]] const LogKeys& log_keys() const noexcept { return state_.log_keys; }
  /// Null where no rules follow the log's key.
  [[nodiscard]] const LogKeyHistory* log_key_history() const {
    return parts_.rules == nullptr ? nullptr : parts_.rules->log_key_history();
  }
  [[nodiscard]] const EvidenceList& evidence() const noexcept { return evidence_; }
  [[nodiscard]] const VoidedSubmissions& voided() const noexcept { return voided_; }
  [[nodiscard]] Counts counts() const noexcept {
    Counts counts = counts_;
    counts.signatures = signatures_.good_count();
    return counts;
  }
  [[nodiscard]] const std::vector<Compromise>& compromised() const noexcept {
    return state_.compromised;
  }
  /// The first entry that rules and projections could not be given; they stop there.
  [[nodiscard]] std::optional<std::uint64_t> refold_stopped() const noexcept { return stopped_; }

  /// Authors who say that they had seen another root than the entries have.
  struct SeenOtherwise {
    std::uint64_t entry = 0;
    Seen seen;
    Hash root;
  };
  [[nodiscard]] const std::vector<SeenOtherwise>& seen_otherwise() const noexcept {
    return seen_otherwise_;
  }

 private:
  void take_unread(const Examined& examined);
  void take_genesis(const Examined& examined);
  void take_place(const Examined& examined);
  void take_time(const EntryView& entry);
  void take_clock_resets(const std::vector<Notable>& notables);
  void take_undecodable(const Error& error);
  void take_retirements(const std::vector<Notable>& notables);
  void take_stream(const Examined& examined);
  void take_seen(const EntryView& entry);
  void take_files(const NamedFiles& files);
  void take_notable(const EventData& event);
  void take_statement(const Notable& notable, const Hash& author);
  void refold(Examined& examined);
  void grow(const Hash& leaf);

  Parts parts_;
  VerifierState state_;  // without evidence, keys, range and voided
  merkle::CompactRange range_;
  RootHistory roots_;
  ChainLinks links_;
  SignatureCheck signatures_;
  EvidenceList evidence_;
  VoidedSubmissions voided_;
  Counts counts_;
  std::vector<SeenOtherwise> seen_otherwise_;
  std::optional<Hash> log_id_;
  std::string log_id_hex_;
  std::string other_log_;  // the last log that an entry was signed for instead of this one
  std::uint64_t position_ = 0;
  std::uint64_t sealed_size_ = 0;
  bool tree_broken_ = false;
  std::optional<std::uint64_t> stopped_;
};

}  // namespace assay::verify
