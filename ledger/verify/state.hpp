#pragma once

/// What a verifier knows after the first `size` entries of a log, so that a later run goes on from
/// there instead of from the beginning. Its SHA-256 in canonical JSON is its state digest, named
/// "verifier" in pins; a snapshot of it (bounded binary) is believed only if it has the digest that
/// somebody outside the log kept. Thread word: plain value.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ledger/merkle/compact_range.hpp"
#include "ledger/verify/evidence_list.hpp"
#include "ledger/verify/log_keys.hpp"
#include "ledger/verify/streams.hpp"

namespace assay::verify {

inline constexpr std::string_view kVerifierStateName = "verifier";

/// A key that an entry says was compromised.
struct Compromise {
  Hash key;
  std::uint64_t revoked_by = 0;  ///< the entry that says so
  Timestamp since;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(key), CEREAL_NVP(revoked_by), CEREAL_NVP(since));
  }
  bool operator==(const Compromise&) const = default;
};

struct VerifierState {
  AuthorStreams authors;
  bool clock_may_be_reset = false;      ///< the last entry says, or endorses, a clock reset
  std::set<EventId> clock_resets;       ///< every such event so far
  std::vector<Compromise> compromised;  ///< in the order of the log
  std::vector<EvidenceItem> evidence;   ///< EvidenceList::all
  std::map<Hash, Base64Bytes> keys;     ///< every key that the log introduced
  Hash last_leaf;
  Timestamp last_recorded_at;
  Hash log_id;  ///< leaf hash of entry 0
  LogKeys log_keys;
  std::string origin;
  std::vector<Hash> range;               ///< merkle::CompactRange::hashes
  std::uint64_t size = 0;                ///< entries, at least 1
  std::map<Hash, std::uint64_t> voided;  ///< refused submissions, and the entry that voids each

  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(authors), CEREAL_NVP(clock_may_be_reset), CEREAL_NVP(clock_resets),
            CEREAL_NVP(compromised), CEREAL_NVP(evidence), CEREAL_NVP(keys), CEREAL_NVP(last_leaf),
            CEREAL_NVP(last_recorded_at), CEREAL_NVP(log_id), CEREAL_NVP(log_keys),
            CEREAL_NVP(origin), CEREAL_NVP(range), CEREAL_NVP(size), CEREAL_NVP(voided));
  }
  bool operator==(const VerifierState&) const = default;
};

[[nodiscard]] Hash state_digest(const VerifierState& state);

/// The root of the tree that the state has seen. Errors: malformed (a range that fits no size).
[[nodiscard]] Result<merkle::CompactRange> range_of(const VerifierState& state);

[[nodiscard]] std::string encode_state(const VerifierState& state);
/// Errors: malformed; state_mismatch (the digest is another than `expected`).
[[nodiscard]] Result<VerifierState> decode_state(std::string_view snapshot, const Hash& expected);

}  // namespace assay::verify
