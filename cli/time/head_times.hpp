#pragma once

/// What cosignatures and timestamps that a ledger keeps say of the times of its heads, for the
/// intervals of its events. Thread word: thread-compatible.

#include <map>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/store/store.hpp"
#include "ledger/verify/interval.hpp"

namespace assay::cli {

/// Whom to believe about times; nobody where nothing is given.
struct TimeOptions {
  std::vector<std::string> witnesses;  ///< verifier keys of type 04, or files of one
  std::string tsa_file;                ///< certificates of authorities
};
/// --witness and --tsa.
void add_time_options(CLI::App* command, TimeOptions& options);

/// The intervals of a ledger's events. Borrows the store.
class Intervals {
 public:
  /// Of entries from `from` on, by what is kept over at most `size` entries. Errors: malformed (a
  /// witness's key), not_found and io (files), those of the store.
  [[nodiscard]] static Result<Intervals> gather(const store::Store& store,
                                                const TimeOptions& options, std::uint64_t from,
                                                std::uint64_t size, const Timestamp& now);

  /// Errors: those of the store.
  [[nodiscard]] Result<verify::EventInterval> of(const EntryView& entry);

 private:
  Intervals(const store::Store& store, verify::HeadTimes times)
      : store_(&store), times_(std::move(times)) {}

  const store::Store* store_;
  verify::HeadTimes times_;
  std::map<std::uint64_t, Timestamp> recorded_at_;  // of the last entries of heads, as asked for
};

/// One end for people: "witness w.example over 40 entries (claimed)"; "none yet" for no end.
[[nodiscard]] std::string bound_text(const std::optional<verify::TimeBound>& bound);
/// Whether two clocks contradict each other about this event.
[[nodiscard]] bool is_empty(const verify::EventInterval& interval);
[[nodiscard]] Json interval_json(const verify::EventInterval& interval);

}  // namespace assay::cli
