#include "tests/support/fault_fs.hpp"

#include <algorithm>

#include "ledger/base/error.hpp"

namespace assay::testing {
namespace {

using rocksdb::DataVerificationInfo;
using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

class FaultFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultFile(FaultFs& fs, std::string path, std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)), fs_(fs), path_(std::move(path)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    return append(data, [&](const Slice& part) {
      return FSWritableFileOwnerWrapper::Append(part, options, debug);
    });
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const DataVerificationInfo& /*info*/,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    const auto sync = [&] {
      const IOStatus status = FSWritableFileOwnerWrapper::Sync(options, debug);
      if (status.ok()) fs_.note_sync(path_);
      return status;
    };
    return fs_.is_closed_log(path_) ? fs_.change_uncounted(sync) : fs_.change(sync);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return Sync(options, debug);
  }
  /// Hints about syncing are no syncs.
  IOStatus RangeSync(std::uint64_t /*offset*/, std::uint64_t /*bytes*/,
                     const IOOptions& /*options*/, IODebugContext* /*debug*/) override {
    return IOStatus::OK();
  }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    return fs_.change([&] { return FSWritableFileOwnerWrapper::Close(options, debug); });
  }

 private:
  template <class Write>
  IOStatus append(const Slice& data, Write&& write) {
    return fs_.change([&] {
      if (!fs_.take_room(data.size())) return IOStatus::NoSpace("no space left on device");
      const IOStatus status = write(data);
      if (status.ok()) fs_.note_append(path_, data.size());
      return status;
    });
  }

  FaultFs& fs_;
  std::string path_;
};

class FaultDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultDirectory(FaultFs& fs, std::string path, std::unique_ptr<rocksdb::FSDirectory> directory)
      : FSDirectoryWrapper(std::move(directory)), fs_(fs), path_(std::move(path)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return fs_.change([&] {
      const IOStatus status = FSDirectoryWrapper::Fsync(options, debug);
      if (status.ok()) fs_.note_directory_sync(path_);
      return status;
    });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& /*what*/) override {
    return Fsync(options, debug);
  }

 private:
  FaultFs& fs_;
  std::string path_;
};

}  // namespace

void FaultFs::arm(const Plan& plan) {
  const std::lock_guard guard(mutex_);
  plan_ = plan;
  operations_ = 0;
  has_fired_ = false;
}

bool FaultFs::has_fired() const {
  const std::lock_guard guard(mutex_);
  return has_fired_;
}

FaultFs::Fate FaultFs::next_fate(bool counted) {
  const std::lock_guard guard(mutex_);
  if (!is_powered_) return Fate::fail;
  if (counted) ++operations_;
  const bool hit = plan_.at != 0 &&
                   (plan_.forever ? operations_ >= plan_.at : counted && operations_ == plan_.at);
  if (!hit) return Fate::work;
  has_fired_ = true;
  return plan_.is_done ? Fate::fail_done : Fate::fail;
}

bool FaultFs::is_closed_log(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  return path.ends_with(".log") && path < newest_log_;
}

IOStatus FaultFs::failure() const {
  const std::lock_guard guard(mutex_);
  return plan_.no_space ? IOStatus::NoSpace("injected: no space left on device")
                        : IOStatus::IOError("injected: input/output error");
}

void FaultFs::cut_power() {
  const std::lock_guard guard(mutex_);
  is_powered_ = false;
}

void FaultFs::restore_power(Loss loss, std::uint32_t seed) {
  const std::lock_guard guard(mutex_);
  std::mt19937 random(seed);
  for (auto undo = unsynced_renames_.rbegin(); undo != unsynced_renames_.rend(); ++undo) {
    overwrite(undo->from, read(undo->to));
    if (undo->replaced) {
      overwrite(undo->to, *undo->replaced);
    } else {
      target()->DeleteFile(undo->to, {}, nullptr).PermitUncheckedError();
    }
  }
  for (const auto& [path, length] : lengths_) {
    if (length.synced < length.written) lose_bytes(path, length, loss, random);
  }
  for (const std::string& path : unsynced_names_) {
    target()->DeleteFile(path, {}, nullptr).PermitUncheckedError();
  }
  for (const std::string& path : unsynced_directories_) remove_tree(path);
  unsynced_directories_.clear();
  unsynced_renames_.clear();
  unsynced_names_.clear();
  lengths_.clear();
  is_powered_ = true;
}

void FaultFs::remove_tree(const std::string& directory) {
  std::vector<std::string> names;
  target()->GetChildren(directory, {}, &names, nullptr).PermitUncheckedError();
  for (const std::string& name : names) {
    if (name == "." || name == "..") continue;
    const std::string path = directory + "/" + name;
    bool is_directory = false;
    target()->IsDirectory(path, {}, &is_directory, nullptr).PermitUncheckedError();
    if (is_directory) {
      remove_tree(path);
    } else {
      target()->DeleteFile(path, {}, nullptr).PermitUncheckedError();
    }
  }
  target()->DeleteDir(directory, {}, nullptr).PermitUncheckedError();
}

void FaultFs::lose_bytes(const std::string& path, const FileLength& length, Loss loss,
                         std::mt19937& random) {
  if (!target()->FileExists(path, {}, nullptr).ok()) return;
  std::string bytes = read(path);
  const auto end = std::min<std::size_t>(bytes.size(), length.written);
  const auto from = std::min<std::size_t>(end, length.synced);
  std::size_t keep = from;
  if (loss != Loss::all) {
    keep = from + std::uniform_int_distribution<std::size_t>(0, end - from)(random);
  }
  bytes.resize(keep);
  // Only a log grows by pieces that nobody waits for; of other files noise is no likely end.
  if (loss == Loss::garbage && path.ends_with(".log")) {
    while (bytes.size() < end) bytes.push_back(static_cast<char>(random() & 0xFFU));
  }
  overwrite(path, bytes);
}

std::string FaultFs::read(const std::string& path) {
  std::string bytes;
  rocksdb::ReadFileToString(target(), path, &bytes).PermitUncheckedError();
  return bytes;
}

void FaultFs::overwrite(const std::string& path, const std::string& bytes) {
  ASSAY_ASSERT(rocksdb::WriteStringToFile(target(), bytes, path, true).ok());
}

void FaultFs::set_free_bytes(std::optional<std::uint64_t> free_bytes) {
  const std::lock_guard guard(mutex_);
  free_bytes_ = free_bytes;
}

bool FaultFs::take_room(std::uint64_t bytes) {
  const std::lock_guard guard(mutex_);
  if (!free_bytes_) return true;
  if (*free_bytes_ < bytes) return false;
  *free_bytes_ -= bytes;
  return true;
}

void FaultFs::note_append(const std::string& path, std::uint64_t bytes) {
  const std::lock_guard guard(mutex_);
  lengths_[path].written += bytes;
}

void FaultFs::note_sync(const std::string& path) {
  const std::lock_guard guard(mutex_);
  lengths_[path].synced = lengths_[path].written;
}

void FaultFs::note_directory_sync(const std::string& directory) {
  const std::lock_guard guard(mutex_);
  std::erase_if(unsynced_names_,
                [&](const std::string& path) { return directory_of(path) == directory; });
  std::erase_if(unsynced_directories_,
                [&](const std::string& path) { return directory_of(path) == directory; });
  std::erase_if(unsynced_renames_,
                [&](const Renamed& renamed) { return directory_of(renamed.to) == directory; });
}

void FaultFs::note_directory(const std::string& path) {
  const std::lock_guard guard(mutex_);
  unsynced_directories_.push_back(path);
}

IOStatus FaultFs::NewWritableFile(const std::string& path, const FileOptions& options,
                                  std::unique_ptr<rocksdb::FSWritableFile>* file,
                                  IODebugContext* debug) {
  return change([&] {
    std::unique_ptr<rocksdb::FSWritableFile> opened;
    const bool is_new = !target()->FileExists(path, {}, nullptr).ok();
    const IOStatus status = target()->NewWritableFile(path, options, &opened, debug);
    if (!status.ok()) return status;
    *file = std::make_unique<FaultFile>(*this, path, std::move(opened));
    const std::lock_guard guard(mutex_);
    lengths_[path] = {};
    if (is_new) unsynced_names_.push_back(path);
    if (path.ends_with(".log")) newest_log_ = std::max(newest_log_, path);
    return status;
  });
}

IOStatus FaultFs::ReopenWritableFile(const std::string& path, const FileOptions& options,
                                     std::unique_ptr<rocksdb::FSWritableFile>* file,
                                     IODebugContext* debug) {
  return change([&] {
    std::unique_ptr<rocksdb::FSWritableFile> opened;
    const IOStatus status = target()->ReopenWritableFile(path, options, &opened, debug);
    if (status.ok()) *file = std::make_unique<FaultFile>(*this, path, std::move(opened));
    return status;
  });
}

IOStatus FaultFs::NewDirectory(const std::string& path, const IOOptions& options,
                               std::unique_ptr<rocksdb::FSDirectory>* directory,
                               IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> opened;
  const IOStatus status = target()->NewDirectory(path, options, &opened, debug);
  if (status.ok()) *directory = std::make_unique<FaultDirectory>(*this, path, std::move(opened));
  return status;
}

IOStatus FaultFs::DeleteFile(const std::string& path, const IOOptions& options,
                             IODebugContext* debug) {
  return change([&] {
    const IOStatus status = target()->DeleteFile(path, options, debug);
    const std::lock_guard guard(mutex_);
    lengths_.erase(path);
    std::erase(unsynced_names_, path);
    return status;
  });
}

IOStatus FaultFs::RenameFile(const std::string& from, const std::string& to,
                             const IOOptions& options, IODebugContext* debug) {
  return change([&] {
    Renamed renamed{from, to, {}};
    if (target()->FileExists(to, {}, nullptr).ok()) renamed.replaced = read(to);
    const IOStatus status = target()->RenameFile(from, to, options, debug);
    if (!status.ok()) return status;
    const std::lock_guard guard(mutex_);
    if (const auto found = lengths_.find(from); found != lengths_.end()) {
      lengths_[to] = found->second;
      lengths_.erase(from);
    }
    std::erase(unsynced_names_, from);
    unsynced_renames_.push_back(std::move(renamed));
    return status;
  });
}

IOStatus FaultFs::CreateDir(const std::string& path, const IOOptions& options,
                            IODebugContext* debug) {
  return change([&] {
    IOStatus status = target()->CreateDir(path, options, debug);
    if (status.ok()) note_directory(path);
    return status;
  });
}

IOStatus FaultFs::CreateDirIfMissing(const std::string& path, const IOOptions& options,
                                     IODebugContext* debug) {
  return change([&] {
    const bool is_new = !target()->FileExists(path, {}, nullptr).ok();
    IOStatus status = target()->CreateDirIfMissing(path, options, debug);
    if (is_new && status.ok()) note_directory(path);
    return status;
  });
}

IOStatus FaultFs::GetFreeSpace(const std::string& path, const IOOptions& options,
                               std::uint64_t* free_bytes, IODebugContext* debug) {
  const std::lock_guard guard(mutex_);
  if (!free_bytes_) {
    const IOStatus status = target()->GetFreeSpace(path, options, free_bytes, debug);
    if (!status.IsNotSupported()) return status;
    *free_bytes = UINT64_MAX;
    return IOStatus::OK();
  }
  *free_bytes = *free_bytes_;
  return IOStatus::OK();
}

namespace {

/// RocksDB sleeps for a second after a flush that failed, in case the trouble passes. In a test it
/// does not.
class HastyEnv final : public rocksdb::EnvWrapper {
 public:
  explicit HastyEnv(std::unique_ptr<rocksdb::Env> target) : EnvWrapper(std::move(target)) {}
  void SleepForMicroseconds(int us) override {
    constexpr int kLongestUs = 1'000;
    EnvWrapper::SleepForMicroseconds(std::min(us, kLongestUs));
  }
};

}  // namespace

FaultEnv FaultEnv::in_memory() {
  FaultEnv made;
  made.base.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  made.base->CreateDirIfMissing("/").PermitUncheckedError();
  made.fs = std::make_shared<FaultFs>(made.base->GetFileSystem());
  made.env = std::make_unique<HastyEnv>(rocksdb::NewCompositeEnv(made.fs));
  return made;
}

FaultEnv FaultEnv::on_disk() {
  FaultEnv made;
  made.fs = std::make_shared<FaultFs>(rocksdb::FileSystem::Default());
  made.env = std::make_unique<HastyEnv>(rocksdb::NewCompositeEnv(made.fs));
  return made;
}

}  // namespace assay::testing
