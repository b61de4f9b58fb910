#pragma once

/// Submissions and the events in them (docs/format.md sections 3 and 4).
///
/// Parsing gives views into the caller's bytes and copies nothing: what was hashed and signed is
/// what is read. Event data is checked for canonical form here and decoded by ledger/events later.
/// Thread word: plain values and pure functions.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"
#include "ledger/base/time.hpp"
#include "ledger/format/canonical_reader.hpp"

namespace assay {

struct EventView {
  std::string_view bytes;        ///< the whole event object
  std::string_view data;         ///< its `data` member, an object
  std::string_view occurred_at;  ///< 27 characters, checked
  std::string_view subject;      ///< "phase/MOC-MDS-SIT-01"
  std::string_view type;         ///< "run_finished"
  std::uint64_t version = 0;     ///< from 1
};

/// The head of the log that the author had in view.
struct Seen {
  Hash root;
  std::uint64_t size = 0;
  bool operator==(const Seen&) const = default;
};

/// The log size at which a subject was last touched, as the author believes it.
struct Expectation {
  std::string_view subject;
  std::uint64_t size = 0;
};

struct SubmissionView {
  std::string_view bytes;
  std::string_view events_bytes;  ///< the `events` array: what idempotency compares
  Hash key;                       ///< author.key
  Hash previous;                  ///< author.previous: zero for a key's first submission
  std::uint64_t sequence = 0;     ///< author.sequence, from 0
  std::optional<Hash> voids;      ///< digest of the refused submission that this one replaces
  std::vector<EventView> events;  ///< 1 to 1,024
  std::vector<Expectation> expect;
  std::string_view log;  ///< the origin in entry 0, its leaf hash in hex ever after
  std::optional<Seen> seen;
  std::string_view id;         ///< `submission`: a lower-case UUID
  std::optional<Hash> digest;  ///< of `bytes`, where somebody has computed it; reading clears it
};

/// Reads one event object. Views are into the reader's input.
bool read_event(CanonicalReader& in, EventView& event);

/// Reads one submission object; `out`'s vectors keep their capacity from call to call.
bool read_submission(CanonicalReader& in, SubmissionView& out);

/// Errors: malformed (with the byte offset), limit (over 57,344 bytes).
[[nodiscard]] Status parse_submission(std::string_view bytes, SubmissionView& out);

/// SHA-256 of the submission's bytes: the link of the author's stream.
[[nodiscard]] inline Hash submission_digest(std::string_view bytes) { return sha256(bytes); }
/// The same, taken from the view where it has it: a pass over the bytes is a tenth of an append.
[[nodiscard]] inline Hash submission_digest(const SubmissionView& submission) {
  return submission.digest ? *submission.digest : submission_digest(submission.bytes);
}

/// `<kind>/<identifier>`, the kind in snake_case, at most 160 bytes.
[[nodiscard]] bool is_subject(std::string_view text) noexcept;
/// 8-4-4-4-12 lower-case hexadecimal digits.
[[nodiscard]] bool is_uuid(std::string_view text) noexcept;

/// What an author decides on; `events` are canonical event objects.
struct SubmissionDraft {
  Hash key;
  Hash previous;
  std::uint64_t sequence = 0;
  std::optional<Hash> voids;
  std::vector<std::string> events;
  std::vector<std::pair<std::string, std::uint64_t>> expect;  ///< (subject, size), any order
  std::string log;
  std::optional<Seen> seen;
  std::string id;
};

/// The bytes that the author signs. Errors: limit (size, number of events).
[[nodiscard]] Result<std::string> format_submission(const SubmissionDraft& draft);

/// One event object around canonical `data`.
[[nodiscard]] std::string format_event(std::string_view type, std::uint64_t version,
                                       std::string_view subject, const Timestamp& occurred_at,
                                       std::string_view data);

}  // namespace assay
