#pragma once

/// A witness at work: what HTTP brings in is judged, stored, and only then answered (C2SP
/// tlog-witness). The clock and the key are handed in.
/// Thread word: thread-safe.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/http/message.hpp"
#include "ledger/base/time.hpp"
#include "ledger/format/witness_judgement.hpp"
#include "ledger/store/witness_store.hpp"

namespace assay::cli {

/// The logs that a witness watches, by their keys. Thread word: immutable once made.
class WatchedLogs {
 public:
  /// Several keys of one origin are one log: each makes a checkpoint its own. Errors: malformed
  /// (a key of a witness), those of the verifier factory.
  [[nodiscard]] static Result<WatchedLogs> from(const std::vector<VKey>& keys);

  [[nodiscard]] const std::vector<CheckpointKeys>& keys() const noexcept { return logs_; }
  [[nodiscard]] std::vector<VKey> vkeys_of(const std::string& origin) const;

 private:
  std::vector<std::unique_ptr<NoteVerifier>> owned_;
  std::vector<CheckpointKeys> logs_;
  std::vector<VKey> vkeys_;
};

/// What happened to one request, for the log line.
struct WitnessAnswer {
  HttpAnswer http;
  std::string told;   ///< for people: why not, or what was cosigned
  bool fork = false;  ///< the log signed two roots of one size
};

class WitnessService {
 public:
  /// Everything is borrowed.
  struct Parts {
    store::WitnessStore& store;
    const WatchedLogs& logs;
    const Signer& signer;
    std::function<Timestamp()> now;  ///< thread-safe
  };
  explicit WitnessService(Parts parts) : parts_(std::move(parts)) {}

  /// POST /add-checkpoint, GET /<hex SHA-256 of the origin>/checkpoint; 404 to everything else.
  [[nodiscard]] WitnessAnswer answer(const HttpRequest& request) const;

 private:
  [[nodiscard]] WitnessAnswer add_checkpoint(const std::string& body) const;
  [[nodiscard]] WitnessAnswer latest_checkpoint(const std::string& path) const;
  [[nodiscard]] Result<std::string> cosigned(const OpenedCheckpoint& opened,
                                             std::uint64_t not_before_s, std::string& line) const;
  void keep_evidence(const std::string& latest, const ExaminedRequest& examined,
                     WitnessAnswer& answer) const;

  Parts parts_;
};

/// A checkpoint that this witness stored: the head, and when it was cosigned.
struct StoredHead {
  merkle::TreeHead head;
  std::uint64_t time_s = 0;
};
/// Errors: malformed (not what a witness stores).
[[nodiscard]] Result<StoredHead> stored_head(const std::string& note, const std::string& witness);

}  // namespace assay::cli
