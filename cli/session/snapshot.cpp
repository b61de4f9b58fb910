#include "cli/session/snapshot.hpp"

#include "cli/session/file_io.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kName = "programme";
constexpr std::size_t kRecordSizeBytes = 4'096;

/// A file a log, not a key: a log's key may be replaced.
std::string record_path(const std::string& key_directory, const Hash& log) {
  return key_directory + "/" + log.hex() + ".snapshot";
}

std::string record_of(const Hash& log, const store::Snapshot& snapshot) {
  return "assay snapshot 01\nlog " + log.hex() + "\nsize " + std::to_string(snapshot.at.size) +
         "\ndigest " + store::snapshot_digest(snapshot).hex() + "\n";
}

}  // namespace

Result<projections::ProgrammeFold> load_snapshot(const std::string& key_directory,
                                                 const store::Store& store) {
  ASSAY_TRY(const Hash log, store.log_id());
  ASSAY_TRY(const std::string record, read_file(record_path(key_directory, log), kRecordSizeBytes));
  ASSAY_TRY(const store::Snapshot snapshot, store.snapshot(kName));
  if (record != record_of(log, snapshot)) {
    return fail(Errc::not_found, "the snapshot in the ledger is not the one that was kept");
  }
  // A copy of the directory may be shorter than its snapshot once was, or be another history.
  ASSAY_TRY(const Hash root, merkle::root_at(snapshot.at.size, store.nodes()));
  if (root != snapshot.at.root) return fail(Errc::not_found, "a snapshot of another log");
  ASSAY_TRY(auto fold, projections::ProgrammeFold::restore(snapshot.state));
  if (fold.size() != snapshot.at.size) {
    return fail(Errc::malformed, "a snapshot of another size than it says");
  }
  return fold;
}

Status save_snapshot(const std::string& key_directory, store::Store& store,
                     const projections::ProgrammeFold& fold) {
  ASSAY_TRY(const Hash log, store.log_id());
  const store::Snapshot snapshot{store.head(), fold.snapshot()};
  ASSAY_CHECK(store.save_snapshot(kName, snapshot));
  // After a stop in between the two differ, and the next start folds the log.
  return write_file(record_path(key_directory, log), record_of(log, snapshot), true);
}

std::vector<verify::NamedDigest> named_digests(const projections::ProgrammeFold& fold) {
  std::vector<verify::NamedDigest> named;
  for (const projections::StateDigest& state : fold.digests()) {
    named.push_back({state.name.text, state.digest, state.version});
  }
  return named;
}

std::vector<verify::NamedDigest> snapshot_states(const store::Snapshot& snapshot) {
  const auto fold = projections::ProgrammeFold::restore(snapshot.state);
  if (!fold) return {};
  return named_digests(*fold);
}

}  // namespace assay::cli
