#pragma once

/// The text of a stream record: what one key signed in one log, in order. Pure; stream_record.hpp
/// puts it on disk.
///
/// Every line is 171 bytes of ASCII ending in a newline, so that a torn end shows in the length:
///
///   header  "assay stream 01 log " log " key " key " " check
///   signed  "signed " sequence " " hash " " previous " " check
///   voided  "voided " sequence " " hash " " previous " " check
///
/// log, key, hash and previous are 64 lower-case hex digits, sequence is 16 decimal digits with
/// leading zeros, check is the first 16 hex digits of SHA-256(check of the line before (nothing for
/// the header) || this line up to its check). So a line that is altered, missing or moved breaks
/// every check after it. This finds accidents; whoever can write the file can make another one.
///
/// "signed" extends the stream by one submission; `previous` is the hash of the one before, or
/// zeros. "voided" takes the last submission back after the log refused it; it repeats its sequence
/// and hash, and `previous` is the hash that now is the last one. Nothing is ever removed.
/// Thread word: StreamHistory is thread-compatible.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/hash.hpp"

namespace assay::keys {

inline constexpr std::size_t kStreamLineSizeBytes = 171;

/// A submission's place in its author's stream.
struct StreamPosition {
  std::uint64_t sequence = 0;  ///< counted from 0, at most 2^53 - 1
  Hash hash;                   ///< SHA-256 of the submission's bytes
  bool operator==(const StreamPosition&) const = default;
};

struct StreamIdentity {
  Hash log;  ///< the leaf hash of entry 0, or what names the log in entry 0
  Hash key;  ///< the key id
};

/// The state that the lines lead to. Keeps 32 bytes a submission that stands.
class StreamHistory {
 public:
  explicit StreamHistory(const StreamIdentity& identity) : identity_(identity) {}

  /// Takes the next line of a file, the header first. Errors: malformed (torn, see is_torn; or not
  /// such a line), tampered_hash (the check disagrees, or the line does not follow from those
  /// before), conflict (a header of another key or log), unsupported (a later format).
  [[nodiscard]] Status read_line(std::string_view line);

  /// The line of the header, to begin an empty file.
  [[nodiscard]] std::string write_header();
  /// The line that adds the submission `next`. Errors: forked (another submission stands at this
  /// sequence, or after it), invalid_argument (it would leave a gap, or is over the limit).
  [[nodiscard]] Result<std::string> write_signed(const StreamPosition& next);
  /// The line that takes back the last submission, which must be `refused`; `previous` must be the
  /// one before it. Errors: conflict (it is not), forked (another one was before it).
  [[nodiscard]] Result<std::string> write_voided(const Hash& refused,
                                                 const std::optional<StreamPosition>& previous);

  [[nodiscard]] std::optional<StreamPosition> last() const;
  /// The hash that stands at `sequence`, if any does.
  [[nodiscard]] std::optional<Hash> at(std::uint64_t sequence) const;

 private:
  struct Line;
  [[nodiscard]] std::string next_check(std::string_view body) const;
  [[nodiscard]] Status read_header(std::string_view body) const;
  [[nodiscard]] Status read_body(std::string_view body);
  [[nodiscard]] std::string write(const std::string& body);
  [[nodiscard]] std::string write_line(const Line& line);

  StreamIdentity identity_;
  std::string check_;           // of the last line; empty before the header
  std::vector<Hash> standing_;  // index = sequence
};

/// What a whole file holds.
struct StreamScan {
  StreamHistory history;         ///< of the undamaged lines
  std::uint64_t size_bytes = 0;  ///< of the undamaged lines
  std::optional<Error> damage;   ///< why the line after them was not taken
  bool is_torn = false;          ///< the damage is what an interrupted write leaves behind

  explicit StreamScan(const StreamIdentity& identity) : history(identity) {}
  /// Takes the next piece of the file; every piece but the last is whole lines. Lines after the
  /// first damaged one are not looked at.
  void take(std::string_view piece);
};

}  // namespace assay::keys
