#include "ledger/store/damage.hpp"

#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/store_internal.hpp"

namespace assay::store {

Status damage_entry(const std::string& directory, std::uint64_t index) {
  ASSAY_TRY(Store store, Store::open_writable(directory));
  ASSAY_TRY(std::string bytes, store.entry(index));
  // A digit in the middle: the text stays canonical, and only its meaning changes.
  const std::size_t at = bytes.find_first_of("0123456789", bytes.size() / 2);
  if (at == std::string::npos) return fail(Errc::not_found, "no digit to change in that entry");
  bytes[at] = bytes[at] == '9' ? '8' : '9';
  return store.impl().put(Family::entries, view(index_key(index)), pack_entry(bytes),
                          Durability::synced, "change entry " + std::to_string(index));
}

}  // namespace assay::store
