#include "cli/session/at_point.hpp"

#include <fmt/format.h>

#include "cli/events/time_input.hpp"
#include "cli/session/file_io.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/verify/pin.hpp"

namespace assay::cli {
namespace {

/// Entries recorded at `until` or before. Times never decrease but after a clock reset, so a
/// bisection finds the border; a reset makes the answer the first border found, and the times say
/// so.
Result<std::uint64_t> size_until(const PointsOf& log, Timestamp until) {
  std::uint64_t low = 0;
  std::uint64_t high = log.size;
  EntryView view;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    ASSAY_TRY(const std::string bytes, log.entry(middle));
    ASSAY_CHECK(parse_entry(bytes, view));
    if (view.recorded_at <= until) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

Result<std::uint64_t> size_of_pin(const PointsOf& log, const std::string& path) {
  ASSAY_TRY(const std::string text, read_file(path, kPinSizeBytes));
  ASSAY_TRY(const verify::Pin pin, verify::parse_pin(text));
  const std::uint64_t size = pin.checkpoint.size;
  if (size > log.size) {
    return fail(Errc::forked, "the pin states " + std::to_string(size) +
                                  " entries; this log has only " + std::to_string(log.size));
  }
  ASSAY_TRY(const Hash root, merkle::root_at(size, log.nodes));
  if (root != pin.checkpoint.root) {
    return fail(Errc::forked, "at size " + std::to_string(size) + " the pin states root " +
                                  pin.checkpoint.root.hex() + "; this log has " + root.hex());
  }
  return size;
}

/// A time, or the end of a day.
Result<Timestamp> time_of(const std::string& text) {
  if (text.size() != 10) return time_from_text(text);
  ASSAY_TRY(const Timestamp midnight, time_from_text(text + "T00:00Z"));
  return Timestamp{midnight.us + 86'400'000'000LL - 1};
}

/// A point before entry 0, where there is no log to tell anything of.
Result<std::uint64_t> before_everything(const PointsOf& log, const std::string& text) {
  ASSAY_TRY(const std::string bytes, log.entry(0));
  EntryView entry;
  ASSAY_CHECK(parse_entry(bytes, entry));
  return fail(Errc::invalid_argument,
              "\"" + text + "\" is before the ledger began, at " + entry.recorded_at.text());
}

Result<std::uint64_t> point_of(const PointsOf& log, const std::string& text) {
  const std::uint64_t end = log.size;
  if (text.empty() || text == "head") return end;
  if (text.starts_with("pin:")) return size_of_pin(log, text.substr(4));
  if (const auto size = parse_decimal(text)) {
    if (*size > end) {
      return fail(Errc::not_found, "the log has " + std::to_string(end) + " entries, not " + text);
    }
    return *size;
  }
  const auto time = time_of(text);
  if (!time) {
    return fail(Errc::invalid_argument, "\"" + text + "\" names no point of the log",
                "give a size, a time like 2019-11-15T17:00:00Z, a day, or pin:FILE");
  }
  return size_until(log, *time);
}

}  // namespace

PointsOf points_of(const store::Store& store) {
  return {store.size(), [&store](std::uint64_t index) { return store.entry(index); },
          store.nodes()};
}

PointsOf points_of(const verify::Source& source, std::uint64_t size) {
  const auto entry = [&source](std::uint64_t index) -> Result<std::string> {
    std::string bytes;
    ASSAY_CHECK(
        source.read(index, index + 1, [&](std::uint64_t, std::string_view read) { bytes = read; }));
    return bytes;
  };
  const auto none = [](unsigned, std::uint64_t) -> Result<Hash> {
    return fail(Errc::not_found, "this source has no nodes");
  };
  return {size, entry, source.nodes() == nullptr ? merkle::NodeReader(none) : *source.nodes()};
}

Result<std::uint64_t> size_since(const store::Store& store, const std::string& text) {
  return point_of(points_of(store), text);
}

Result<std::uint64_t> size_at(const PointsOf& log, const std::string& text) {
  ASSAY_TRY(const std::uint64_t size, point_of(log, text));
  const bool is_time = size == 0 && log.size > 0 && !parse_decimal(text);
  if (is_time) return before_everything(log, text);
  return size;
}

Result<std::uint64_t> size_at(const store::Store& store, const std::string& text) {
  return size_at(points_of(store), text);
}

Result<std::uint64_t> size_at(const LedgerSession& session, const std::string& text) {
  return size_at(session.store(), text);
}

Result<StatesAt> StatesAt::open(const Run& run, const LedgerSession& session,
                                const std::string& at) {
  ASSAY_TRY(const std::uint64_t size, size_at(session, at));
  StatesAt states(session, size);
  run.out.member("at_size") = size;
  if (size == session.size()) return states;
  if (size == 0) {
    return fail(Errc::invalid_argument, "at size 0 there is no ledger yet: entry 0 makes it",
                "give a point from size 1 on");
  }
  run.out.line(fmt::format("as of size {} of {}", size, session.size()));
  ASSAY_TRY(states.earlier_, session.fold_at(run, size));
  return states;
}

Result<store::StoredCheckpoint> checkpoint_up_to(const store::Store& store, std::uint64_t size) {
  auto exact = store.checkpoint(size);
  if (exact || exact.error().code != Errc::not_found) return exact;
  std::optional<store::StoredCheckpoint> found;
  ASSAY_CHECK(store.scan_checkpoints(0, [&](const store::StoredCheckpoint& checkpoint) -> Status {
    if (checkpoint.size <= size) found = checkpoint;
    return {};
  }));
  if (found) return *std::move(found);
  return fail(Errc::not_found, fmt::format("there is no checkpoint of {} entries or fewer", size),
              "`assay checkpoint --list` has the sizes");
}

void add_at_option(CLI::App* command, std::string& at) {
  command
      ->add_option("--at", at,
                   "As of this point: a log size, a time (UTC), a day, or pin:FILE [head]")
      ->type_name("POINT");
}

}  // namespace assay::cli
