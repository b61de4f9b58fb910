#include "cli/demo/scope_root.hpp"

#include "ledger/events/catalogue.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/format/json_archive.hpp"
#include "ledger/merkle/compact_range.hpp"
#include "ledger/store/store.hpp"

namespace assay::cli {

Result<std::string> listed_scope_root(const std::string& directory, const std::string& scope) {
  ASSAY_TRY(const store::Store store, store::Store::open_reader(directory));
  merkle::CompactRange range;
  EntryView entry;
  const Status scanned =
      store.scan(0, store.size(), [&](std::uint64_t, std::string_view bytes) -> Status {
        ASSAY_CHECK(parse_entry(bytes, entry));
        for (const EventView& event : entry.submission.events) {
          if (event.type != events::ScopeItemsListed::kType) continue;
          ASSAY_TRY(const auto listed, from_canonical<events::ScopeItemsListed>(event.data));
          if (listed.scope.text != scope) continue;
          for (const events::ScopeItem& item : listed.items) {
            range.append(merkle::leaf_hash(to_canonical(item)));
          }
        }
        return {};
      });
  ASSAY_CHECK(scanned);
  if (range.size() == 0) return fail(Errc::not_found, "no items are listed for scope " + scope);
  return "root=" + range.root().hex();
}

}  // namespace assay::cli
