#pragma once

/// A file system that fails when it is told to, loses what was not synced when the power goes, and
/// has as much room as it is given. It stands between RocksDB and a real file system (or one in
/// memory), so that the store under test is the one that ships.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

namespace assay::testing {

/// Thread word: thread-safe.
class FaultFs final : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultFs(const std::shared_ptr<rocksdb::FileSystem>& base) : FileSystemWrapper(base) {}
  const char* Name() const override { return "FaultFs"; }

  // --- failures ---

  struct Plan {
    std::uint64_t at = 0;   ///< the operation to fail, counted from 1; 0 is none
    bool forever = false;   ///< and every one after it
    bool is_done = false;   ///< the failing operation takes effect before it reports failure
    bool no_space = false;  ///< as ENOSPC, else as EIO
  };
  /// Counts operations that change something from here on.
  void arm(const Plan& plan);
  void disarm() { arm({}); }
  /// Whether the operation to fail was reached.
  [[nodiscard]] bool has_fired() const;

  // --- power ---

  enum class Loss : std::uint8_t {
    all,      ///< nothing that was not synced survives
    part,     ///< some beginning of it does
    garbage,  ///< of a write-ahead log, its length too, filled with noise from some point on
  };
  /// From now on nothing takes effect.
  void cut_power();
  /// Loses what was not synced, and works again.
  void restore_power(Loss loss, std::uint32_t seed);

  // --- room ---

  /// Appends beyond this many bytes fail; it is also what is said to be free. None: unlimited.
  void set_free_bytes(std::optional<std::uint64_t> free_bytes);

  // --- what RocksDB calls ---

  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* file,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* directory,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus CreateDir(const std::string& path, const rocksdb::IOOptions& options,
                              rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus CreateDirIfMissing(const std::string& path, const rocksdb::IOOptions& options,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options,
                                 std::uint64_t* free_bytes,
                                 rocksdb::IODebugContext* debug) override;

  /// Runs `operation` as one that changes something: it may be failed, with or without effect.
  template <class Operation>
  rocksdb::IOStatus change(Operation&& operation) {
    return meet(next_fate(true), operation);
  }
  /// The same for one that is not failed on its own, only among all after another.
  template <class Operation>
  rocksdb::IOStatus change_uncounted(Operation&& operation) {
    return meet(next_fate(false), operation);
  }
  /// Whether `path` is a write-ahead log that a newer one has followed. Two threads of RocksDB may
  /// be about to sync it, and where the first fails, a RocksDB that was built with assertions (as
  /// Debian's is) aborts in the second. That is a kill, and kills have tests of their own.
  [[nodiscard]] bool is_closed_log(const std::string& path) const;
  void note_append(const std::string& path, std::uint64_t bytes);
  void note_sync(const std::string& path);
  void note_directory(const std::string& path);
  void note_directory_sync(const std::string& directory);
  /// Takes `bytes` of the room that is left; false where there is not enough.
  [[nodiscard]] bool take_room(std::uint64_t bytes);

 private:
  enum class Fate : std::uint8_t { work, fail, fail_done };

  template <class Operation>
  rocksdb::IOStatus meet(Fate fate, Operation&& operation) {
    if (fate == Fate::fail) return failure();
    rocksdb::IOStatus status = operation();
    if (fate == Fate::fail_done) {
      status.PermitUncheckedError();
      return failure();
    }
    return status;
  }

  struct FileLength {
    std::uint64_t written = 0;
    std::uint64_t synced = 0;
  };
  struct Renamed {
    std::string from;
    std::string to;
    std::optional<std::string> replaced;  // what `to` held before
  };

  [[nodiscard]] Fate next_fate(bool counted);
  [[nodiscard]] rocksdb::IOStatus failure() const;
  void lose_bytes(const std::string& path, const FileLength& length, Loss loss,
                  std::mt19937& random);
  [[nodiscard]] std::string read(const std::string& path);
  void overwrite(const std::string& path, const std::string& bytes);
  void remove_tree(const std::string& directory);

  mutable std::mutex mutex_;
  Plan plan_;
  std::uint64_t operations_ = 0;
  bool has_fired_ = false;
  std::string newest_log_;
  bool is_powered_ = true;
  std::optional<std::uint64_t> free_bytes_;
  std::map<std::string, FileLength> lengths_;  // of files written since the power came
  std::vector<std::string> unsynced_names_;    // files whose directory does not know them for sure
  std::vector<std::string> unsynced_directories_;
  std::vector<Renamed> unsynced_renames_;
};

/// A FaultFs and the environment around it.
struct FaultEnv {
  std::unique_ptr<rocksdb::Env> base;  ///< null: the host's
  std::shared_ptr<FaultFs> fs;
  std::unique_ptr<rocksdb::Env> env;

  /// In memory, gone with this object.
  [[nodiscard]] static FaultEnv in_memory();
  [[nodiscard]] static FaultEnv on_disk();
};

}  // namespace assay::testing
