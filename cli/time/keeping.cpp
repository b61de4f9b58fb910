#include "cli/time/keeping.hpp"

#include "cli/session/log_key.hpp"

namespace assay::cli {

Status keep_timestamp(const Run& run, store::Store reader, std::uint64_t size,
                      const std::string& response, std::uint64_t wait_s) {
  ASSAY_TRY(const std::vector<ReleasedBy> released, released_in(run.globals.keys));
  store::OpenOptions options{static_cast<std::uint32_t>(wait_s * 1'000), std::nullopt};
  {
    const store::Store read = std::move(reader);
    ASSAY_TRY(const Hash log, read.log_id());
    if (const ReleasedBy* const newest = newest_of(released, log)) options.released = newest->head;
  }
  ASSAY_TRY(store::Store store, store::Store::open_writable(run.globals.ledger, options));
  return store.save_timestamp(size, response);
}

}  // namespace assay::cli
