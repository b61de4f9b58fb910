#pragma once

/// --at: a point of the log, as people name one. Every reading command takes it.
///
///   4711                           a size: the first 4,711 entries
///   2019-11-15T17:00:00Z           a time: everything recorded until then
///   2019-11-15                     a day: everything recorded before its end (UTC)
///   pin:FILE                       the size that a pin states, after its root was found in the log
///   head                           the end of the log
///
/// Thread word: thread-compatible.

#include "cli/session/ledger_session.hpp"
#include "ledger/verify/source.hpp"

namespace assay::cli {

inline constexpr std::size_t kPinSizeBytes = 1'048'576;

/// A log as far as finding a point in it takes: what has to be read, from wherever it lies.
struct PointsOf {
  std::uint64_t size = 0;
  std::function<Result<std::string>(std::uint64_t index)> entry;
  merkle::NodeReader nodes;
};
/// Borrows.
[[nodiscard]] PointsOf points_of(const store::Store& store);
[[nodiscard]] PointsOf points_of(const verify::Source& source, std::uint64_t size);

/// The log size that `text` names. Errors: invalid_argument, not_found (beyond the log), forked
/// (the pin's root is not the log's), those of what is read.
[[nodiscard]] Result<std::uint64_t> size_at(const PointsOf& log, const std::string& text);
[[nodiscard]] Result<std::uint64_t> size_at(const store::Store& store, const std::string& text);
[[nodiscard]] Result<std::uint64_t> size_at(const LedgerSession& session, const std::string& text);
/// The same as the beginning of a range: before entry 0 is from entry 0 on.
[[nodiscard]] Result<std::uint64_t> size_since(const store::Store& store, const std::string& text);

/// The states as of a point: those of the session where the point is its head.
class StatesAt {
 public:
  /// Says on the answer what it is of: the member `at_size`, and a line where that is not the head.
  /// Errors: those of size_at and of the store.
  [[nodiscard]] static Result<StatesAt> open(const Run& run, const LedgerSession& session,
                                             const std::string& at);

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] const projections::ProgrammeFold& fold() const {
    return earlier_ ? *earlier_ : session_->fold();
  }

 private:
  StatesAt(const LedgerSession& session, std::uint64_t size) : session_(&session), size_(size) {}

  const LedgerSession* session_;
  std::uint64_t size_;
  std::optional<projections::ProgrammeFold> earlier_;
};

/// The newest checkpoint of at most `size` entries. Errors: not_found.
[[nodiscard]] Result<store::StoredCheckpoint> checkpoint_up_to(const store::Store& store,
                                                               std::uint64_t size);

/// Adds --at to a reading command.
void add_at_option(CLI::App* command, std::string& at);

}  // namespace assay::cli
