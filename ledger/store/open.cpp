#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstring>
#include <unistd.h>

#include "ledger/store/evidence_internal.hpp"
#include "ledger/store/ledger_file.hpp"
#include "ledger/store/status_internal.hpp"
#include "ledger/store/store_internal.hpp"

/// Making and opening a ledger directory. The order of the steps is what a kill between any two of
/// them needs: ledger.json comes last when a ledger is made, and first when one is opened.

namespace assay::store {
namespace {

/// RocksDB keeps no diary: trouble reaches everybody as errors, readers may not write, and for a
/// writer it would end the process where the disk has no room for the diary's first line.
class NoLogger final : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

enum class Mode : std::uint8_t {
  create,   ///< make what is absent
  write,    ///< the ordinary start
  salvage,  ///< stop before a damaged end, for use only where the result is checked
  read,
  read_salvage,
};

constexpr bool reads_only(Mode mode) { return mode == Mode::read || mode == Mode::read_salvage; }

std::string database_path(const std::string& directory) { return directory + "/db"; }

rocksdb::DBOptions options_for(const Backing& backing, Mode mode) {
  rocksdb::DBOptions options = database_options(backing.tuning);
  if (backing.env != nullptr) options.env = backing.env;
  options.create_if_missing = mode == Mode::create;
  options.create_missing_column_families = mode == Mode::create;
  if (mode == Mode::salvage || mode == Mode::read_salvage) {
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    options.avoid_flush_during_recovery = false;  // so that the damaged file can go
  }
  options.info_log = std::make_shared<NoLogger>();
  return options;
}

Result<std::unique_ptr<Store::Impl>> open_database(const Backing& backing,
                                                   const std::string& directory, Mode mode) {
  auto impl = std::make_unique<Store::Impl>();
  impl->directory = directory;
  impl->backing = backing;
  impl->writable = !reads_only(mode);
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  const rocksdb::DBOptions options = options_for(backing, mode);
  const auto all = families(backing.tuning);
  const rocksdb::Status status =
      reads_only(mode)
          ? rocksdb::DB::OpenForReadOnly(options, database_path(directory), all, &handles, &db)
          : rocksdb::DB::Open(options, database_path(directory), all, &handles, &db);
  if (status.IsNoSpace()) {
    return fail(Errc::no_space, "the disk of " + directory + " is full",
                "nothing was stored: free some space and try again");
  }
  ASSAY_CHECK(checked(status, "open " + directory));
  impl->db.reset(db);
  for (rocksdb::ColumnFamilyHandle* handle : handles) impl->handles.emplace_back(handle);
  return impl;
}

Error no_ledger(const std::string& directory, const std::string& why) {
  return Error{Errc::not_found, directory + " is no ledger: " + why,
               "name the directory of a ledger, or make one with `assay init`", std::nullopt};
}

/// Not there and not allowed to look are two answers; the environment gives one for both. Paths of
/// an environment in memory are not there, which is for it to say.
Status check_allowed(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0 || errno != EACCES) return {};
  return fail(Errc::io, "cannot look at " + path + ": " + std::strerror(EACCES),
              "this user may not search a directory on the way: ask for permission to read the "
              "ledger; nothing is known to be lost");
}

Result<LedgerFile> read_ledger_file(rocksdb::Env& env, const std::string& directory) {
  ASSAY_CHECK(check_allowed(directory));
  ASSAY_CHECK(check_allowed(directory + "/" + std::string(kLedgerFileName)));
  ASSAY_CHECK(check_allowed(database_path(directory) + "/CURRENT"));
  if (!env.FileExists(directory).ok()) {
    return std::unexpected(no_ledger(directory, "there is no such directory"));
  }
  const std::string path = directory + "/" + std::string(kLedgerFileName);
  if (env.FileExists(path).IsNotFound()) {
    return std::unexpected(no_ledger(directory, "it has no " + std::string(kLedgerFileName)));
  }
  std::string text;
  ASSAY_CHECK(checked(rocksdb::ReadFileToString(&env, path, &text), "read " + path));
  ASSAY_TRY(LedgerFile file, parse_ledger_file(text));
  if (env.FileExists(database_path(directory) + "/CURRENT").IsNotFound()) {
    return fail(Errc::io, database_path(directory) + " has no database in it",
                "the ledger's files were moved or deleted: restore a copy of the directory");
  }
  return file;
}

Status sync_directory(rocksdb::Env& env, const std::string& directory) {
  std::unique_ptr<rocksdb::Directory> handle;
  ASSAY_CHECK(checked(env.NewDirectory(directory, &handle), "open " + directory));
  return checked(handle->Fsync(), "sync " + directory);
}

Status write_ledger_file(rocksdb::Env& env, const std::string& directory, const LedgerFile& file) {
  const std::string path = directory + "/" + std::string(kLedgerFileName);
  const std::string draft = path + ".new";
  ASSAY_CHECK(checked(rocksdb::WriteStringToFile(&env, format_ledger_file(file), draft, true),
                      "write " + draft));
  ASSAY_CHECK(checked(env.RenameFile(draft, path), "name " + path));
  return sync_directory(env, directory);
}

/// A directory may be made into a ledger if it is empty, or if only an unfinished creation, or a
/// ledger that nothing was recorded in, is there.
Status check_makeable(rocksdb::Env& env, const std::string& directory, std::string_view origin) {
  std::vector<std::string> names;
  ASSAY_CHECK(checked(env.GetChildren(directory, &names), "list " + directory));
  for (const std::string& name : names) {
    if (name == "." || name == ".." || name == "db" || name == "lock") continue;
    if (name == std::string(kLedgerFileName) + ".new") continue;
    if (name == kLedgerFileName) {
      ASSAY_TRY(const LedgerFile file, read_ledger_file(env, directory));
      if (file.origin == origin) continue;
      return fail(Errc::conflict, directory + " is the ledger of " + file.origin);
    }
    return fail(Errc::conflict, directory + " is not empty: it holds " + name,
                "give a directory that is empty or absent");
  }
  return {};
}

Result<DirectoryLock> lock_for(const Backing& backing, const std::string& directory,
                               std::uint32_t wait_ms) {
  if (backing.env != nullptr) return DirectoryLock();
  return DirectoryLock::acquire(directory, wait_ms);
}

Result<std::vector<std::string>> write_ahead_logs(rocksdb::Env& env, const std::string& directory) {
  std::vector<std::string> names;
  ASSAY_CHECK(checked(env.GetChildren(database_path(directory), &names), "list " + directory));
  std::erase_if(names, [](const std::string& name) { return !name.ends_with(".log"); });
  return names;
}

/// Whoever wrote here last may have been killed with the end of a write-ahead log still in memory.
/// What is read back from it now will be built upon, and checkpoints signed over it, so it must be
/// as durable as if it had been acknowledged. RocksDB itself syncs only the logs that it writes.
Status sync_logs(rocksdb::Env& env, const std::string& directory) {
  ASSAY_TRY(const std::vector<std::string> names, write_ahead_logs(env, directory));
  for (const std::string& name : names) {
    std::unique_ptr<rocksdb::WritableFile> file;
    const std::string path = database_path(directory) + "/" + name;
    ASSAY_CHECK(checked(env.ReopenWritableFile(path, &file, {}), "open " + path));
    ASSAY_CHECK(checked(file->Sync(), "sync " + path));
    ASSAY_CHECK(checked(file->Close(), "close " + path));
  }
  return {};
}

/// What was written last fills one more log file at each start; many would slow the next one.
Status tidy_logs(Store::Impl& store) {
  constexpr std::size_t kLogFilesMax = 16;
  // RocksDB's own list looks into each file, and gives up where one begins with what a power
  // failure left of it.
  ASSAY_TRY(const auto names, write_ahead_logs(*store.db->GetEnv(), store.directory));
  if (names.size() <= kLogFilesMax) return {};
  return store.flush("write out the write-ahead logs");
}

/// Whether there is a log in the database, and the right one.
Status check_origin(Store::Impl& store, const LedgerFile& file) {
  rocksdb::PinnableSlice origin;
  Status found = store.get(Family::meta, "origin", origin, "read the origin");
  if (!found && found.error().code == Errc::not_found) {
    return fail(Errc::tampered_order,
                "the database of " + store.directory +
                    " does not even hold the log's origin: files of it were deleted",
                "restore a copy of the directory");
  }
  ASSAY_CHECK(std::move(found));
  if (origin.ToStringView() != file.origin) {
    return fail(Errc::tampered_hash,
                std::string(kLedgerFileName) + " says " + file.origin +
                    ", the database is the log of " + origin.ToString(),
                "files of two ledgers were mixed: restore a copy of the directory");
  }
  store.origin = file.origin;
  return {};
}

/// Everything after RocksDB agreed to open, for those who build on the log.
Status settle(Store::Impl& store, const LedgerFile& file,
              const std::optional<merkle::TreeHead>& released) {
  ASSAY_CHECK(check_origin(store, file));
  ASSAY_TRY(const LogEnd end, read_end(store));
  store.set_head(end.tree.head());
  if (released) ASSAY_CHECK(check_released(store, *released));
  return {};
}

/// The same for a reader.
Status settle_reader(Store::Impl& store, const LedgerFile& file, EndOfLog end) {
  if (end == EndOfLog::holds_together) return settle(store, file, std::nullopt);
  ASSAY_CHECK(check_origin(store, file));
  ASSAY_TRY(const merkle::TreeHead head, read_head_as_it_is(store));
  store.set_head(head);
  return {};
}

/// A power failure can leave garbage where the last record was not yet synced, which looks like
/// damage. If the log up to there holds everything that was ever promised, it was that and no more.
Result<std::unique_ptr<Store::Impl>> open_after_garbage(const Backing& backing,
                                                        const std::string& directory,
                                                        const LedgerFile& file,
                                                        const OpenOptions& options, Error damage) {
  if (!options.released) return std::unexpected(std::move(damage));
  {
    // Looked at first without writing: where promised entries are gone, nothing may be touched.
    auto probe = open_database(backing, directory, Mode::read_salvage);
    if (!probe || !settle(**probe, file, options.released)) {
      return std::unexpected(std::move(damage));
    }
  }
  return open_database(backing, directory, Mode::salvage);
}

/// The files that a reader needs: what a writer beside it may delete in the meantime.
Result<std::vector<std::string>> needed_files(rocksdb::Env& env, const std::string& directory) {
  std::vector<std::string> names;
  ASSAY_CHECK(checked(env.GetChildren(database_path(directory), &names), "list " + directory));
  std::erase_if(names, [](const std::string& name) {
    return !name.ends_with(".log") && !name.ends_with(".sst") && !name.starts_with("MANIFEST-");
  });
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Status create_with(const Backing& backing, const std::string& directory, std::string_view origin) {
  if (origin.empty() || origin.size() > 255) {
    return fail(Errc::invalid_argument, "an origin is 1 to 255 bytes, like example.com/log");
  }
  rocksdb::Env& env = backing.env != nullptr ? *backing.env : *rocksdb::Env::Default();
  ASSAY_CHECK(checked(env.CreateDirIfMissing(directory), "make " + directory));
  ASSAY_CHECK(check_makeable(env, directory, origin));
  ASSAY_TRY(DirectoryLock lock, lock_for(backing, directory, 0));
  ASSAY_TRY(auto impl, open_database(backing, directory, Mode::create));
  impl->lock = std::move(lock);
  impl->origin = origin;
  ASSAY_TRY(const LogEnd end, read_end(*impl));
  if (end.tree.size() != 0) {
    return fail(Errc::conflict,
                directory + " is a ledger with " + std::to_string(end.tree.size()) + " entries",
                "give a directory that is empty or absent");
  }
  ASSAY_CHECK(impl->put(Family::meta, "origin", origin, Durability::synced, "write the origin"));
  return write_ledger_file(env, directory, {kFormatVersion, std::string(origin)});
}

Result<Store> open_writable_with(const Backing& backing, const std::string& directory,
                                 const OpenOptions& options) {
  rocksdb::Env& env = backing.env != nullptr ? *backing.env : *rocksdb::Env::Default();
  ASSAY_TRY(const LedgerFile file, read_ledger_file(env, directory));
  ASSAY_TRY(DirectoryLock lock, lock_for(backing, directory, options.wait_ms));
  ASSAY_CHECK(sync_logs(env, directory));
  auto opened = open_database(backing, directory, Mode::write);
  if (!opened && opened.error().code == Errc::tampered_hash) {
    opened = open_after_garbage(backing, directory, file, options, std::move(opened).error());
  }
  if (!opened) return std::unexpected(std::move(opened).error());
  std::unique_ptr<Store::Impl> impl = *std::move(opened);
  impl->lock = std::move(lock);
  ASSAY_CHECK(settle(*impl, file, options.released));
  ASSAY_CHECK(sweep_evidence(*impl));
  ASSAY_CHECK(tidy_logs(*impl));
  return Store(std::move(impl));
}

Result<Store> open_reader_with(const Backing& backing, const std::string& directory, EndOfLog end) {
  constexpr int kAttempts = 50;
  rocksdb::Env& env = backing.env != nullptr ? *backing.env : *rocksdb::Env::Default();
  ASSAY_TRY(const LedgerFile file, read_ledger_file(env, directory));
  for (int attempt = 1;; ++attempt) {
    ASSAY_TRY(const auto before, needed_files(env, directory));
    auto impl = open_database(backing, directory, Mode::read);
    Status settled;
    if (impl) settled = settle_reader(**impl, file, end);
    ASSAY_TRY(const auto after, needed_files(env, directory));
    // RocksDB lists the files first and reads them later. If a writer deleted one of them in
    // between, the log may seem to have a hole: that look does not count, either way.
    const bool undisturbed =
        std::includes(after.begin(), after.end(), before.begin(), before.end());
    if (!undisturbed && attempt < kAttempts) continue;
    if (!impl) return std::unexpected(std::move(impl).error());
    if (!settled) return std::unexpected(std::move(settled).error());
    if (undisturbed) return Store(*std::move(impl));
    return fail(Errc::io, "cannot open " + directory + " beside a writer that is very busy",
                "try again");
  }
}

Status Store::create(const std::string& directory, std::string_view origin) {
  return create_with({}, directory, origin);
}

Result<Store> Store::open_writable(const std::string& directory, const OpenOptions& options) {
  return open_writable_with({}, directory, options);
}

Result<Store> Store::open_reader(const std::string& directory, EndOfLog end) {
  return open_reader_with({}, directory, end);
}

}  // namespace assay::store
