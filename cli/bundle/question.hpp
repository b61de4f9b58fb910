#pragma once

/// Which entries of a log belong to one question. Asked for a thing ("phase/SIT-01"):
///
/// 1. every event about it, and every event that names it, with the things that those created (the
///    runs, imports, scopes and issues of a phase) and all events about these;
/// 2. of the things that such an event names, all events about them; of what those name in turn,
///    the event that introduced it; earlier events by address, all the way down;
/// 3. what was endorsed or dissented from, with those voices;
/// 4. for every file that an entry names, what the log says of the file;
/// 5. entry 0, the changes of roots and of the log's key, and for every key that signed one of the
///    entries its registration, and its revocation or retirement.
///
/// Asked for an event ("41.0"): that event, and the same for what it is about, as of that event.
/// An entry comes whole, with the events in it that nobody asked for: it is what is proved.
/// Thread word: thread-compatible; borrows the store.

#include <functional>
#include <set>
#include <string>

#include "cli/session/ledger_session.hpp"
#include "ledger/format/values.hpp"

namespace assay::cli {

/// What was asked: a thing, an event, a file, or the whole log.
struct Question {
  std::string about;    ///< in one spelling: "phase/SIT-01", "41.0", "evidence/<hash>", "log"
  std::string subject;  ///< the thing; empty for an event until it was read, and for the log
  std::optional<EventId> event;
  [[nodiscard]] bool is_whole_log() const { return about == "log"; }
};

/// "phase/SIT-01", "41.0", "decision/41.0", a file's SHA-256, "log"; "planned-entry/…" is
/// "planned_entry/…". Errors: invalid_argument, with what was probably meant.
[[nodiscard]] Result<Question> parse_question(const std::string& text);

struct Gathered {
  std::set<std::uint64_t> entries;
  std::set<Hash> files;  ///< that these entries name
};

/// `size` entries of the log count. `progress` is told how many were read. Errors: not_found
/// (nothing was recorded about it), those of the store.
[[nodiscard]] Result<Gathered> gather(const store::Store& store, const Question& question,
                                      std::uint64_t size,
                                      const std::function<void(std::uint64_t)>& progress);

}  // namespace assay::cli
