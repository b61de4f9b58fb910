#include "cli/session/adoption.hpp"

#include <fmt/format.h>

#include "cli/session/at_point.hpp"

namespace assay::cli {

Status check_adoption(const Run& run, const LedgerSession& session, const WriteOptions& options) {
  if (!options.adopt_pin.empty()) {
    ASSAY_TRY(const std::uint64_t size, size_at(session, "pin:" + options.adopt_pin));
    run.out.note(fmt::format("the log extends the pin of {} entries; its head of {} is adopted",
                             size, session.size()));
    return {};
  }
  if (options.adopt_head) {
    run.out.note(fmt::format("the head of {} entries is adopted as the newest; nothing proved it",
                             session.size()));
    return {};
  }
  return fail(Errc::forked,
              fmt::format("the log has {} entries, but there is no record of what its key released "
                          "of it: whether this is an old copy cannot be told",
                          session.size()),
              "put the record (NAME.released, beside the log's key) back; or say that this is the "
              "newest copy, with --adopt-pin FILE, or with --adopt-head where there is no pin");
}

}  // namespace assay::cli
