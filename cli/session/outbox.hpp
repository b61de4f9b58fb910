#pragma once

/// Signed submissions that have no receipt yet, kept beside the key. A sequence number that was
/// signed must reach the log, or the author's stream would end there; if the program is killed
/// between signing and recording, the next run hands these in first.
///
///   KEYS/NAME.outbox/<log id>/<sequence, 16 digits>.dsse      the signed submission
///   KEYS/NAME.outbox/<log id>/<sequence, 16 digits>.refused   the log's signed refusal of one,
///   kept
///
/// Thread word: thread-compatible; one process at a time, held by the key's stream record.

#include <optional>
#include <string>
#include <vector>

#include "cli/session/envelope.hpp"

namespace assay::cli {

struct Unsettled {
  std::uint64_t sequence = 0;
  Envelope envelope;
  std::string path;
};

class Outbox {
 public:
  /// `key_directory`/`key_name`.outbox/`log`; made when the first submission is put in.
  Outbox(const std::string& key_directory, const std::string& key_name, const Hash& log);

  /// Durable when it returns. Errors: io, no_space.
  [[nodiscard]] Status put(std::uint64_t sequence, const Envelope& envelope) const;
  /// The submission is in the log, or was refused for good. Errors: io.
  Status settle(std::uint64_t sequence) const;
  /// Keeps the log's refusal of a submission that had this sequence number; a later one replaces
  /// it.
  [[nodiscard]] Status put_refusal(std::uint64_t sequence, const Envelope& refusal) const;
  /// The digest of the submission that was refused under this number, if one was.
  [[nodiscard]] Result<std::optional<Hash>> refused(std::uint64_t sequence) const;
  /// In the order of their sequence numbers. Errors: io, malformed.
  [[nodiscard]] Result<std::vector<Unsettled>> unsettled() const;

 private:
  [[nodiscard]] std::string path_of(std::uint64_t sequence, std::string_view suffix) const;
  [[nodiscard]] Status make_directories() const;
  std::string directory_;
};

}  // namespace assay::cli
