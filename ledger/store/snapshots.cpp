#include "ledger/format/binary_archive.hpp"
#include "ledger/store/snapshots_internal.hpp"
#include "ledger/store/status_internal.hpp"

/// Projections' states in the store. They are what somebody once folded, and nobody's word: a row
/// is whole if it has its own digest, and believed only by whoever knows that digest from
/// elsewhere.

namespace assay::store {
namespace {

/// What stands before the state in a row.
struct SnapshotRecord {
  Hash digest;  // of the snapshot
  Hash root;
  std::uint64_t size = 0;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(digest), CEREAL_NVP(root), CEREAL_NVP(size));
  }
};
constexpr std::size_t kRecordBytes = 2 * Hash::kSizeBytes + 8;

}  // namespace

Hash snapshot_digest(const Snapshot& snapshot) {
  return sha256({std::string_view("assay.snapshot.v1\0", 18), snapshot.at.root.view(),
                 view(index_key(snapshot.at.size)), snapshot.state});
}

Result<Snapshot> read_snapshot_row(std::string_view projection, std::string_view row) {
  const std::string name = "the snapshot of " + std::string(projection);
  if (row.size() < kRecordBytes) return fail(Errc::malformed, name + " is cut short");
  ASSAY_TRY(const auto record, from_binary<SnapshotRecord>(row.substr(0, kRecordBytes)));
  Snapshot snapshot{{record.size, record.root}, std::string(row.substr(kRecordBytes))};
  if (snapshot_digest(snapshot) != record.digest) {
    return fail(Errc::tampered_hash, name + " has another digest than it states");
  }
  return snapshot;
}

Result<Snapshot> Store::snapshot(std::string_view projection) const {
  rocksdb::PinnableSlice row;
  ASSAY_CHECK(impl_->get(Family::snapshots, projection, row,
                         "read the snapshot of " + std::string(projection)));
  return read_snapshot_row(projection, row.ToStringView());
}

Status Store::save_snapshot(std::string_view projection, const Snapshot& snapshot) {
  ASSAY_CHECK(impl_->check_writable());
  ASSAY_CHECK(impl_->check_space());
  const std::string record =
      to_binary(SnapshotRecord{snapshot_digest(snapshot), snapshot.at.root, snapshot.at.size});
  return impl_->put(Family::snapshots, projection, record + snapshot.state, Durability::logged,
                    "save the snapshot of " + std::string(projection));
}

}  // namespace assay::store
