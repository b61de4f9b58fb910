#include "keys/released_record.hpp"

#include <fcntl.h>

#include "keys/key_file.hpp"

namespace assay::keys {
namespace {

std::string file_name(const std::string& key_name) { return key_name + ".released"; }

Result<ReleasedScan> scan(const FileDescriptor& file, const std::string& path) {
  ASSAY_TRY(const std::string bytes, read_whole(file, path, kReleasedFileSizeBytes));
  auto found = scan_released_file(bytes);
  if (!found) return std::unexpected(std::move(found).error().in(path));
  return found;
}

Result<FileDescriptor> open_or_create(const ReleasedRecord::Place& place, const std::string& path) {
  auto file = open_existing(path, O_RDWR);
  if (file || file.error().code != Errc::not_found) return file;
  auto created = create_file(place.directory, file_name(place.key_name),
                             new_released_file(place.log), kPrivateFileMode);
  // Somebody else may have made it since; theirs is as good.
  if (!created && created.error().code != Errc::conflict) {
    return std::unexpected(std::move(created).error());
  }
  return open_existing(path, O_RDWR);
}

std::string describe(std::uint64_t size, const Hash& root) {
  return "size " + std::to_string(size) + " with root " + root.hex();
}

}  // namespace

ReleasedRecord::ReleasedRecord(FileDescriptor file, std::string path, const ReleasedScan& scan)
    : file_(std::move(file)),
      path_(std::move(path)),
      last_(scan.last),
      was_interrupted_(scan.other_is_damaged) {}

Result<ReleasedRecord> ReleasedRecord::open(const Place& place) {
  ASSAY_CHECK(check_key_name(place.key_name));
  std::string path = place.directory + "/" + file_name(place.key_name);
  ASSAY_TRY(FileDescriptor file, open_or_create(place, path));
  ASSAY_CHECK(lock_exclusive(file, path, place.wait_ms,
                             "another process has this log's key open, perhaps on a copy of the "
                             "ledger: only one may write"));
  ASSAY_TRY(ReleasedScan found, scan(file, path));
  if (found.last.save > 0 && found.last.log != place.log) {
    return fail(Errc::forked,
                "the key " + place.key_name + " released checkpoints of log " +
                    found.last.log.hex() + ", not of " + place.log.hex(),
                "a key serves one log: make another key for this one");
  }
  found.last.log = place.log;  // a log whose making was cut short may be made again
  return ReleasedRecord(std::move(file), std::move(path), found);
}

Result<std::optional<ReleasedSlot>> ReleasedRecord::peek(const std::string& directory,
                                                         const std::string& key_name) {
  ASSAY_CHECK(check_key_name(key_name));
  const std::string path = directory + "/" + file_name(key_name);
  auto file = open_existing(path, O_RDONLY);
  if (!file && file.error().code == Errc::not_found) return std::nullopt;
  if (!file) return std::unexpected(std::move(file).error());
  ASSAY_TRY(const ReleasedScan found, scan(*file, path));
  if (found.last.save == 0) return std::nullopt;
  return found.last;
}

std::optional<Released> ReleasedRecord::last() const {
  if (last_.save == 0) return std::nullopt;
  return Released{last_.size, last_.root};
}

Status ReleasedRecord::save(std::uint64_t size, const Hash& root) {
  if (is_poisoned_) {
    return fail(Errc::outcome_unknown, path_ + ": an earlier save may or may not have been stored",
                "open the record anew");
  }
  if (last() == Released{size, root}) return {};
  if (last_.save > 0 && size <= last_.size) {
    return fail(Errc::forked,
                "this log's key released a checkpoint of " + describe(last_.size, last_.root) +
                    "; one of " + describe(size, root) + " would contradict it",
                "an old copy of the ledger was restored, or another process writes to a copy: "
                "find the ledger that holds the released checkpoint");
  }
  const ReleasedSlot next{last_.log, last_.save + 1, size, root};
  // A failed write may have torn this slot, but what was released last stands in the other one.
  ASSAY_CHECK(write_at(file_, path_, format_released_slot(next), next.offset()));
  is_poisoned_ = true;  // until the outcome is known
  ASSAY_CHECK(sync_data(file_, path_));
  is_poisoned_ = false;
  last_ = next;
  return {};
}

}  // namespace assay::keys
