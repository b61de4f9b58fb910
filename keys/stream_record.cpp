#include "keys/stream_record.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "keys/key_file.hpp"

namespace assay::keys {
namespace {

/// Read in pieces of whole lines, so that memory does not hold a long record twice.
constexpr std::size_t kPieceSizeBytes = 4096 * kStreamLineSizeBytes;

std::string folder_of(const StreamRecord::Place& place) {
  return place.directory + "/" + place.key_name + ".streams";
}

std::string path_of(const StreamRecord::Place& place) {
  return folder_of(place) + "/" + place.identity.log.hex();
}

Result<StreamScan> scan(const FileDescriptor& file, const std::string& path,
                        const StreamIdentity& identity) {
  StreamScan scan(identity);
  for (std::uint64_t offset = 0; !scan.damage; offset += kPieceSizeBytes) {
    ASSAY_TRY(const std::string piece, read_at(file, path, offset, kPieceSizeBytes));
    scan.take(piece);
    if (piece.size() < kPieceSizeBytes) break;
  }
  if (!scan.damage && scan.size_bytes == 0) {
    scan.damage = Error{Errc::malformed, "the record is empty: even its header is lost", {}, {}};
    scan.is_torn = true;
  }
  if (scan.damage) {
    scan.damage = std::move(*scan.damage).in(path + ", byte " + std::to_string(scan.size_bytes));
    if (scan.damage->hint.empty()) {
      scan.damage->hint =
          scan.is_torn ? "a write was interrupted; recover the record against the ledger's copy"
                       : "sign no more with this key in this log; rotate it, and keep the file as "
                         "evidence";
    }
  }
  return scan;
}

Result<FileDescriptor> open_or_create(const StreamRecord::Place& place) {
  const std::string path = path_of(place);
  auto file = open_existing(path, O_RDWR);
  if (file || file.error().code != Errc::not_found) return file;
  ASSAY_CHECK(make_directory(folder_of(place)));
  auto created = create_file(folder_of(place), place.identity.log.hex(),
                             StreamHistory(place.identity).write_header(), kPrivateFileMode);
  // Somebody else may have made it since; theirs is as good.
  if (!created && created.error().code != Errc::conflict) {
    return std::unexpected(std::move(created).error());
  }
  return open_existing(path, O_RDWR);
}

Result<FileDescriptor> open_locked(const StreamRecord::Place& place) {
  ASSAY_CHECK(check_key_name(place.key_name));
  ASSAY_TRY(FileDescriptor file, open_or_create(place));
  ASSAY_CHECK(lock_exclusive(file, path_of(place), place.wait_ms,
                             "another process is signing with this key: wait for it"));
  return file;
}

Status truncate(const FileDescriptor& file, const std::string& path, std::uint64_t size_bytes) {
  int result = 0;
  do {
    result = ::ftruncate(file.get(), static_cast<off_t>(size_bytes));
  } while (result != 0 && errno == EINTR);
  if (result == 0) return {};
  return std::unexpected(system_error(errno, "shorten", path));
}

/// The log's last submission of this key must be one that the undamaged lines account for.
Status check_against(const StreamHistory& history,
                     const std::optional<StreamPosition>& ledger_head) {
  if (!ledger_head || history.at(ledger_head->sequence) == ledger_head->hash) return {};
  return fail(Errc::forked,
              "the ledger holds submission " + std::to_string(ledger_head->sequence) +
                  " of this key, which its damaged record no longer accounts for",
              "rotate the key; keep the record as evidence");
}

}  // namespace

StreamRecord::StreamRecord(FileDescriptor file, std::string path, StreamScan scan)
    : file_(std::move(file)),
      path_(std::move(path)),
      history_(std::move(scan.history)),
      size_bytes_(scan.size_bytes) {}

Result<StreamRecord> StreamRecord::open(const Place& place) {
  ASSAY_TRY(FileDescriptor file, open_locked(place));
  std::string path = path_of(place);
  ASSAY_TRY(StreamScan found, scan(file, path, place.identity));
  if (found.damage) return std::unexpected(std::move(*found.damage));
  return StreamRecord(std::move(file), std::move(path), std::move(found));
}

Result<std::optional<StreamPosition>> StreamRecord::peek(const Place& place) {
  ASSAY_CHECK(check_key_name(place.key_name));
  auto file = open_existing(path_of(place), O_RDONLY);
  if (!file && file.error().code == Errc::not_found) return std::nullopt;
  if (!file) return std::unexpected(std::move(file).error());
  ASSAY_TRY(StreamScan found, scan(*file, path_of(place), place.identity));
  // Under a writer's hands a torn end is a write in progress. The lock is only asked for then, as
  // asking could itself turn a writer away.
  if (found.damage && found.is_torn) {
    if (::flock(file->get(), LOCK_SH | LOCK_NB) != 0) return found.history.last();
    ASSAY_TRY(found, scan(*file, path_of(place), place.identity));
  }
  if (found.damage) return std::unexpected(std::move(*found.damage));
  return found.history.last();
}

Status StreamRecord::recover_torn_end(const Place& place,
                                      const std::optional<StreamPosition>& ledger_head) {
  ASSAY_TRY(const FileDescriptor file, open_locked(place));
  const std::string path = path_of(place);
  ASSAY_TRY(StreamScan found, scan(file, path, place.identity));
  if (!found.damage) return {};
  if (!found.is_torn) return std::unexpected(std::move(*found.damage));
  ASSAY_CHECK(check_against(found.history, ledger_head));
  std::string torn;
  for (bool more = true; more;) {
    ASSAY_TRY(const std::string piece,
              read_at(file, path, found.size_bytes + torn.size(), kPieceSizeBytes));
    more = !piece.empty();
    torn += piece;
  }
  const auto kept = create_file(
      folder_of(place), place.identity.log.hex() + ".torn-" + std::to_string(found.size_bytes),
      torn, kPrivateFileMode);
  if (!kept && kept.error().code != Errc::conflict) return kept;  // kept by an earlier attempt
  ASSAY_CHECK(truncate(file, path, found.size_bytes));
  if (found.size_bytes == 0) {
    ASSAY_CHECK(write_at(file, path, found.history.write_header(), 0));
  }
  return sync_data(file, path);
}

Status StreamRecord::check_usable() const {
  if (!is_poisoned_) return {};
  return fail(Errc::outcome_unknown, path_ + ": an earlier write may or may not have been stored",
              "open the record anew");
}

Status StreamRecord::advance(std::uint64_t sequence, const Hash& hash) {
  ASSAY_CHECK(check_usable());
  const StreamPosition next{sequence, hash};
  if (last() == next) return {};
  ASSAY_TRY(const std::string line, history_.write_signed(next));
  pending_ += line;
  return {};
}

Status StreamRecord::retreat(const Hash& refused, const std::optional<StreamPosition>& previous) {
  ASSAY_CHECK(check_usable());
  ASSAY_TRY(const std::string line, history_.write_voided(refused, previous));
  pending_ += line;
  return {};
}

Status StreamRecord::sync() {
  ASSAY_CHECK(check_usable());
  if (pending_.empty()) return {};
  is_poisoned_ = true;  // until the outcome is known
  if (auto written = write_at(file_, path_, pending_, size_bytes_); !written) {
    // Part of it may stand in the file: nothing left yet, so it is taken off again.
    if (auto shortened = truncate(file_, path_, size_bytes_); !shortened) {
      Error error = std::move(shortened).error();
      error.code = Errc::outcome_unknown;
      return std::unexpected(std::move(error));
    }
    is_poisoned_ = false;
    return written;
  }
  ASSAY_CHECK(sync_data(file_, path_));
  size_bytes_ += pending_.size();
  pending_.clear();
  is_poisoned_ = false;
  return {};
}

}  // namespace assay::keys
