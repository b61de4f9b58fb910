#include "ledger/store/witness_store.hpp"

#include <array>
#include <cstdarg>
#include <map>
#include <mutex>

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include "ledger/format/vkey.hpp"
#include "ledger/store/directory_lock.hpp"
#include "ledger/store/schema_internal.hpp"
#include "ledger/store/status_internal.hpp"
#include "ledger/store/witness_file.hpp"

/// Rows of the one column family: 'c' and the SHA-256 of an origin → the checkpoint cosigned last;
/// 'f' and the same → fork evidence.

namespace assay::store {
namespace {

constexpr char kCheckpointRow = 'c';
constexpr char kForkRow = 'f';
constexpr std::size_t kWriteBufferBytes = 1U << 20U;
constexpr int kReadAttempts = 10;

class SilentLogger final : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

rocksdb::Options witness_options(bool create) {
  Tuning tuning;
  tuning.write_buffer_bytes = kWriteBufferBytes;
  rocksdb::Options options(database_options(tuning), rocksdb::ColumnFamilyOptions());
  options.create_if_missing = create;
  options.write_buffer_size = kWriteBufferBytes;
  // A kill may leave a record that was never synced. It is built upon from here on, so it must not
  // go with a later power failure: what is recovered is written out before anything else.
  options.avoid_flush_during_recovery = false;
  options.info_log = std::make_shared<SilentLogger>();
  return options;
}

std::string row_key(char kind, const Hash& origin_hash) {
  return kind + std::string(origin_hash.view());
}

/// The origin is the first line of every checkpoint.
std::string origin_in(std::string_view note) {
  return std::string(note.substr(0, note.find('\n')));
}

Status witness_status(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return {};
  Error error = error_of(status, doing);
  if (error.code == Errc::tampered_hash) {
    error.hint =
        "the witness's files are damaged: keep them, and begin a new witness with a new key; a "
        "copy from a backup could contradict what this one has signed";
  }
  return std::unexpected(std::move(error));
}

Result<WitnessIdentity> read_identity(rocksdb::Env& env, const std::string& directory) {
  const std::string path = directory + "/" + std::string(kWitnessFileName);
  if (env.FileExists(path).IsNotFound()) {
    return fail(Errc::not_found,
                directory + " is no witness: it has no " + std::string(kWitnessFileName),
                "make one with `assay witness init`");
  }
  std::string text;
  ASSAY_CHECK(witness_status(rocksdb::ReadFileToString(&env, path, &text), "read " + path));
  return parse_witness_file(text);
}

Status check_free(rocksdb::Env& env, const std::string& directory) {
  std::vector<std::string> names;
  ASSAY_CHECK(witness_status(env.GetChildren(directory, &names), "list " + directory));
  for (const std::string& name : names) {
    if (name == "." || name == ".." || name == "lock" || name == "db") continue;
    if (name == std::string(kWitnessFileName) + ".new") continue;
    return fail(Errc::conflict, directory + " is not empty: it holds " + name,
                "give a directory that is empty or absent");
  }
  return {};
}

Status write_identity(rocksdb::Env& env, const std::string& directory, const WitnessIdentity& who) {
  const std::string path = directory + "/" + std::string(kWitnessFileName);
  ASSAY_CHECK(witness_status(
      rocksdb::WriteStringToFile(&env, format_witness_file(who), path + ".new", true),
      "write " + path));
  ASSAY_CHECK(witness_status(env.RenameFile(path + ".new", path), "name " + path));
  std::unique_ptr<rocksdb::Directory> handle;
  ASSAY_CHECK(witness_status(env.NewDirectory(directory, &handle), "open " + directory));
  return witness_status(handle->Fsync(), "sync " + directory);
}

Result<std::unique_ptr<rocksdb::DB>> open_rows(const std::string& directory, bool writable,
                                               bool create) {
  rocksdb::DB* db = nullptr;
  const std::string path = directory + "/db";
  const rocksdb::Options options = witness_options(create);
  for (int attempt = 1;; ++attempt) {
    const rocksdb::Status status = writable ? rocksdb::DB::Open(options, path, &db)
                                            : rocksdb::DB::OpenForReadOnly(options, path, &db);
    // A writer beside a reader may have deleted a file between its listing and its opening.
    if (!status.ok() && !writable && attempt < kReadAttempts) continue;
    ASSAY_CHECK(witness_status(status, "open " + directory));
    return std::unique_ptr<rocksdb::DB>(db);
  }
}

}  // namespace

struct WitnessStore::Impl {
  DirectoryLock lock;
  WitnessIdentity who;
  bool writable = false;
  std::unique_ptr<rocksdb::DB> db;
  std::mutex mutex;                      // guards what follows
  std::map<Hash, std::mutex> of_origin;  // nodes stay where they are
  std::optional<Error> stopped;          // the write that failed: nothing is written after it

  std::mutex& origin_mutex(const Hash& origin_hash) {
    const std::lock_guard guard(mutex);
    return of_origin[origin_hash];
  }

  Result<std::optional<std::string>> get(char kind, const Hash& origin_hash) const {
    std::string value;
    const rocksdb::Status status =
        db->Get(rocksdb::ReadOptions(), row_key(kind, origin_hash), &value);
    if (status.IsNotFound()) return std::nullopt;
    ASSAY_CHECK(witness_status(status, "read what was cosigned"));
    return value;
  }

  Status check_going() {
    const std::lock_guard guard(mutex);
    if (!writable) return fail(Errc::invalid_argument, "this witness was opened for reading");
    if (!stopped) return {};
    return fail(Errc::io, "nothing was tried: an earlier write failed: " + stopped->message,
                "start the witness again");
  }

  Status put(char kind, const Hash& origin_hash, std::string_view value) {
    rocksdb::WriteOptions options;
    options.sync = true;
    const rocksdb::Status status =
        db->Put(options, row_key(kind, origin_hash), rocksdb::Slice(value.data(), value.size()));
    if (status.ok()) return {};
    Error error = error_of(status, "store what is cosigned");
    error.code = Errc::outcome_unknown;
    error.hint = "start the witness again: that tells what was stored";
    const std::lock_guard guard(mutex);
    stopped = error;
    return std::unexpected(std::move(error));
  }
};

WitnessStore::WitnessStore(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
WitnessStore::WitnessStore(WitnessStore&&) noexcept = default;
WitnessStore& WitnessStore::operator=(WitnessStore&&) noexcept = default;
WitnessStore::~WitnessStore() = default;

const WitnessIdentity& WitnessStore::identity() const noexcept { return impl_->who; }

Status WitnessStore::create(const std::string& directory, const WitnessIdentity& who) {
  if (!is_key_name(who.name)) {
    return fail(Errc::invalid_argument, "\"" + who.name + "\" cannot be the name of a key",
                "use a name without spaces and \"+\", such as example.com/witness");
  }
  rocksdb::Env& env = *rocksdb::Env::Default();
  ASSAY_CHECK(witness_status(env.CreateDirIfMissing(directory), "make " + directory));
  ASSAY_CHECK(check_free(env, directory));
  ASSAY_TRY(const DirectoryLock lock, DirectoryLock::acquire(directory, 0));
  ASSAY_TRY(const auto db, open_rows(directory, true, true));
  return write_identity(env, directory, who);
}

Result<WitnessStore> WitnessStore::open_writable(const std::string& directory) {
  auto impl = std::make_unique<Impl>();
  ASSAY_TRY(impl->who, read_identity(*rocksdb::Env::Default(), directory));
  ASSAY_TRY(impl->lock, DirectoryLock::acquire(directory, 0));
  ASSAY_TRY(impl->db, open_rows(directory, true, false));
  impl->writable = true;
  return WitnessStore(std::move(impl));
}

Result<WitnessStore> WitnessStore::open_reader(const std::string& directory) {
  auto impl = std::make_unique<Impl>();
  ASSAY_TRY(impl->who, read_identity(*rocksdb::Env::Default(), directory));
  ASSAY_TRY(impl->db, open_rows(directory, false, false));
  return WitnessStore(std::move(impl));
}

Status WitnessStore::replace(std::string_view origin, const Decide& decide) {
  const Hash origin_hash = sha256(origin);
  const std::lock_guard one_at_a_time(impl_->origin_mutex(origin_hash));
  ASSAY_CHECK(impl_->check_going());
  ASSAY_TRY(const auto latest, impl_->get(kCheckpointRow, origin_hash));
  ASSAY_TRY(const std::string next, decide(latest));
  return impl_->put(kCheckpointRow, origin_hash, next);
}

Result<std::string> WitnessStore::checkpoint(const Hash& origin_hash) const {
  ASSAY_TRY(auto note, impl_->get(kCheckpointRow, origin_hash));
  if (note) return *std::move(note);
  return fail(Errc::not_found, "no checkpoint of that log was cosigned here");
}

Status WitnessStore::keep_fork_evidence(std::string_view origin, std::string_view evidence) {
  const Hash origin_hash = sha256(origin);
  const std::lock_guard one_at_a_time(impl_->origin_mutex(origin_hash));
  ASSAY_CHECK(impl_->check_going());
  ASSAY_TRY(const auto kept, impl_->get(kForkRow, origin_hash));
  return kept ? Status{} : impl_->put(kForkRow, origin_hash, evidence);
}

Status WitnessStore::scan(const std::function<Status(const WitnessedLog&)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> row(impl_->db->NewIterator(rocksdb::ReadOptions()));
  for (row->Seek(std::string(1, kCheckpointRow)); row->Valid(); row->Next()) {
    const std::string_view key = row->key().ToStringView();
    if (!key.starts_with(kCheckpointRow)) break;
    const std::string note = row->value().ToString();
    WitnessedLog log{origin_in(note), note, std::nullopt};
    if (sha256(log.origin).view() != key.substr(1)) {
      return fail(Errc::tampered_hash,
                  "a checkpoint of " + log.origin + " lies at another's place");
    }
    ASSAY_TRY(log.fork_evidence, impl_->get(kForkRow, sha256(log.origin)));
    ASSAY_CHECK(visit(log));
  }
  return witness_status(row->status(), "read what was cosigned");
}

}  // namespace assay::store
