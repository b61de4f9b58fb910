#include "ledger/store/status_internal.hpp"
#include "ledger/store/store_internal.hpp"

/// Timestamps of authorities lie beside the log, like cosignatures: nothing is hashed over them,
/// and what they prove is for whoever verifies to say. They share the family of single rows, which
/// a program that does not know them leaves alone (docs/adr/0010-column-families.md).

namespace assay::store {
namespace {

constexpr std::string_view kTimestampPrefix = "timestamp/";

std::string timestamp_key(std::uint64_t size) {
  return std::string(kTimestampPrefix).append(view(index_key(size)));
}

Result<StoredTimestamp> read_timestamp_row(std::string_view key, std::string_view response) {
  key.remove_prefix(kTimestampPrefix.size());
  constexpr std::size_t kIndexBytes = 8;
  if (key.size() != kIndexBytes + Hash::kSizeBytes) {
    return fail(Errc::malformed, "a timestamp lies under a key of another length");
  }
  StoredTimestamp stored;
  ASSAY_TRY(stored.size, read_index_key(key.substr(0, kIndexBytes)));
  ASSAY_TRY(stored.digest, Hash::from_bytes(key.substr(kIndexBytes)));
  stored.response = response;
  return stored;
}

}  // namespace

Status Store::scan_timestamps(std::uint64_t from_size,
                              const std::function<Status(const StoredTimestamp&)>& visit) const {
  const auto rows = impl_->iterate(Family::meta);
  for (rows->Seek(timestamp_key(from_size)); rows->Valid(); rows->Next()) {
    if (!rows->key().ToStringView().starts_with(kTimestampPrefix)) break;
    ASSAY_TRY(const StoredTimestamp stored,
              read_timestamp_row(rows->key().ToStringView(), rows->value().ToStringView()));
    ASSAY_CHECK(visit(stored));
  }
  return checked(rows->status(), "read the timestamps");
}

Result<std::vector<StoredTimestamp>> Store::timestamps(std::uint64_t size) const {
  std::vector<StoredTimestamp> found;
  const auto rows = impl_->iterate(Family::meta);
  const std::string prefix = timestamp_key(size);
  for (rows->Seek(prefix); rows->Valid() && rows->key().starts_with(prefix); rows->Next()) {
    ASSAY_TRY(StoredTimestamp stored,
              read_timestamp_row(rows->key().ToStringView(), rows->value().ToStringView()));
    found.push_back(std::move(stored));
  }
  ASSAY_CHECK(checked(rows->status(), "read the timestamps"));
  return found;
}

Status Store::save_timestamp(std::uint64_t size, std::string_view response) {
  ASSAY_CHECK(impl_->check_writable());
  ASSAY_CHECK(impl_->check_space());
  if (response.size() > kTimestampSizeBytes) {
    return fail(Errc::limit,
                "a timestamp of more than " + std::to_string(kTimestampSizeBytes) + " bytes");
  }
  const std::string key = timestamp_key(size).append(sha256(response).view());
  return impl_->put(Family::meta, key, response, Durability::synced, "keep a timestamp");
}

}  // namespace assay::store
