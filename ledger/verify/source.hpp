#pragma once

/// Where the bytes of a log come from: a store, a directory of tiles, a bundle, memory. The
/// verifier reads through this and nothing else, so that all of them are checked by the same code.
///
/// Two kinds of failure must never be confused. A source that *could not look* (I/O, a lock,
/// memory) says so with a code of the run, and the verifier answers "not checked". A source that
/// looked and found nothing there says not_found; one that found bytes which contradict a checksum
/// of its own says tampered_hash; one that has a file in part says evidence_damaged. All three are
/// evidence, and the verifier answers "failed".

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/merkle/tree.hpp"
#include "ledger/verify/claims.hpp"

namespace assay::verify {

struct VerifierState;

/// How much of the evidence lies with the log. Of a part, an absent file proves nothing.
enum class EvidenceHeld : std::uint8_t { none, some, all };

/// The digest of a projection's state, as something outside this run states it.
struct StatedDigest {
  std::string name;        ///< of the projection
  std::uint64_t size = 0;  ///< log size at which the state had it
  Hash digest;
  std::string stated_by;      ///< "the pin", "the snapshot at size 4096"
  std::uint64_t version = 0;  ///< of the projection; 0 where it is not said
};

/// A part of a claim that stays open, as ClaimBook::leave_open takes it.
struct OpenPart {
  Claim claim = Claim::tree;
  std::string reason;
  bool could_not_look = false;  ///< though it should have been checked
};

/// What lies beside a log and does not agree with it, or could not be compared.
struct BesideLog {
  std::vector<Objection> objections;
  std::vector<OpenPart> open;
};

/// Thread word: thread-safe, all calls are const.
class Source {
 public:
  /// The bytes are valid during the call only.
  using EntrySink = std::function<void(std::uint64_t index, std::string_view bytes)>;
  /// False: no more is wanted; the source stops there, which is no error.
  using ChunkSink = std::function<bool(std::string_view chunk)>;

  virtual ~Source() = default;

  /// Entries, the same number for as long as the source is open. Errors: of the run.
  [[nodiscard]] virtual Result<std::uint64_t> size() const = 0;

  /// Hands over the entries [from, to) in ascending order, each once. Called from several threads
  /// at a time for different ranges. On the first entry that cannot be had it stops, with the
  /// entries before it handed over. Errors: not_found (there is no such entry), tampered_hash, both
  /// with `entry` set, and of the run.
  [[nodiscard]] virtual Status read(std::uint64_t from, std::uint64_t to,
                                    const EntrySink& sink) const = 0;

  /// The checkpoints that are kept, as signed notes, in any order; the latest is among them.
  /// Errors: of the run.
  [[nodiscard]] virtual Result<std::vector<std::string>> checkpoints() const = 0;

  [[nodiscard]] virtual EvidenceHeld evidence_held() const { return EvidenceHeld::none; }
  /// Hands over the bytes of one evidence file in pieces. Called from several threads at a time.
  /// Errors: not_found, tampered_hash, evidence_damaged (pieces are missing), of the run.
  [[nodiscard]] virtual Status read_evidence(const Hash& digest, const ChunkSink& sink) const;

  /// Why whoever made this copy of the log left that file out on purpose; nothing where it is not
  /// said. Nobody vouches for it: it leaves a claim open that a file which is not there would fail.
  [[nodiscard]] virtual std::optional<std::string> withheld(const Hash& /*digest*/) const {
    return std::nullopt;
  }

  /// The nodes of the tree, where they are kept; null otherwise. The verifier believes none of them
  /// without a proof.
  [[nodiscard]] virtual const merkle::NodeReader* nodes() const { return nullptr; }

  /// Digests that snapshots kept with the log claim for themselves. Errors: of the run.
  [[nodiscard]] virtual Result<std::vector<StatedDigest>> stated_digests() const {
    return std::vector<StatedDigest>{};
  }

  /// Log sizes that events of the log (states_attested) are about, as far as an index knows them.
  /// It is a hint: the verifier then keeps the digests of these sizes until it meets the events.
  /// Errors: of the run.
  [[nodiscard]] virtual Result<std::vector<std::uint64_t>> attested_sizes() const {
    return std::vector<std::uint64_t>{};
  }

  /// Holds against the log what else lies with it and every reader may take for the log's own:
  /// tiles, keys, what a publisher says. Called once, after the entries were read.
  [[nodiscard]] virtual BesideLog check_beside(const VerifierState& /*verified*/) const {
    return {};
  }

  /// Compares every index with the log, whose final state is `verified`: the claim `indexes`.
  /// Objections are evidence. Errors: not_found (this source has no indexes), of the run.
  [[nodiscard]] virtual Result<std::vector<Objection>> check_indexes(
      const VerifierState& verified) const;
};

}  // namespace assay::verify
