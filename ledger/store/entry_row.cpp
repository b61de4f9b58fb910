#include <lz4.h>

#include "ledger/base/limits.hpp"
#include "ledger/store/entry_row_internal.hpp"

namespace assay::store {
namespace {

constexpr char kForm = 1;
constexpr std::size_t kHeaderBytes = 3;
static_assert(limits::kEntrySizeBytes <= 0xFFFF, "a row has two bytes for the size");

}  // namespace

std::string pack_entry(std::string_view bytes) {
  ASSAY_ASSERT(bytes.size() <= limits::kEntrySizeBytes);
  const int size_bytes = static_cast<int>(bytes.size());
  std::string row;
  row.resize(kHeaderBytes + static_cast<std::size_t>(LZ4_compressBound(size_bytes)));
  row[0] = kForm;
  row[1] = static_cast<char>(bytes.size() >> 8U);
  row[2] = static_cast<char>(bytes.size() & 0xFFU);
  const int packed_bytes = LZ4_compress_default(bytes.data(), row.data() + kHeaderBytes, size_bytes,
                                                static_cast<int>(row.size() - kHeaderBytes));
  ASSAY_ASSERT(packed_bytes > 0);
  row.resize(kHeaderBytes + static_cast<std::size_t>(packed_bytes));
  return row;
}

Status unpack_entry(std::string_view row, std::string& out) {
  const auto damaged = [] {
    return fail(Errc::tampered_hash, "an entry's row cannot be unpacked",
                "the ledger's files were changed or are damaged: restore a copy");
  };
  if (row.size() < kHeaderBytes || row[0] != kForm) return damaged();
  const auto byte_at = [&](std::size_t at) { return static_cast<unsigned char>(row[at]); };
  out.resize(static_cast<std::size_t>(byte_at(1)) << 8U | byte_at(2));
  const int size_bytes = LZ4_decompress_safe(row.data() + kHeaderBytes, out.data(),
                                             static_cast<int>(row.size() - kHeaderBytes),
                                             static_cast<int>(out.size()));
  if (size_bytes < 0 || static_cast<std::size_t>(size_bytes) != out.size()) return damaged();
  return {};
}

}  // namespace assay::store
