#pragma once

/// From anything down to what it rests on: a figure to its issues, an issue to its results, a
/// result to its file and the place in it. Each event is shown in full once; where it comes again,
/// only its address stands. Thread word: thread-compatible; borrows the store.

#include <set>

#include "cli/output.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/store/store.hpp"

namespace assay::cli {

struct Cause {
  std::vector<Cause> because;
  std::optional<EventId> event;
  std::string subject;  ///< of the event, or the thing itself
  std::string text;     ///< one line for people
};

struct CauseLimits {
  std::uint64_t depth = 4;
  std::uint64_t events_each = 12;  ///< of one thing; the rest is counted
};

class Causes {
 public:
  /// Looks at the first `size` entries.
  Causes(const store::Store& store, std::uint64_t size, CauseLimits limits)
      : store_(store), size_(size), limits_(limits) {}

  /// Errors: not_found (no such event, nothing said of the subject), those of the store.
  [[nodiscard]] Result<Cause> of_event(const EventId& id) { return event(id, 0); }
  [[nodiscard]] Result<Cause> of_subject(const std::string& subject) { return thing(subject, 0); }
  [[nodiscard]] Result<Cause> of_file(const Hash& digest) { return file(digest, 0); }

 private:
  [[nodiscard]] Result<Cause> event(const EventId& id, std::uint64_t depth);
  [[nodiscard]] Result<Cause> thing(const std::string& subject, std::uint64_t depth);
  [[nodiscard]] Result<Cause> file(const Hash& digest, std::uint64_t depth);
  [[nodiscard]] Status add_references(const EventData& data, std::uint64_t depth, Cause& cause);

  const store::Store& store_;
  std::uint64_t size_;
  CauseLimits limits_;
  std::set<EventId> shown_events_;
  std::set<std::string> shown_subjects_;
};

[[nodiscard]] Json to_json(const Cause& cause);
/// As an indented tree.
void print_cause(Output& out, const Cause& cause, std::size_t indent = 0);

}  // namespace assay::cli
