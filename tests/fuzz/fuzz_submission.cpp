// A submission that parses is canonical, is written again as the same bytes, and its events decode
// or are refused; nothing else happens to any bytes.

#include <cstdint>

#include "ledger/events/catalogue.hpp"
#include "ledger/format/submission.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  SubmissionView view;
  if (!parse_submission(bytes, view)) return 0;
  ASSAY_ASSERT(check_canonical(bytes));
  SubmissionDraft draft{view.key, view.previous,         view.sequence, view.voids,          {},
                        {},       std::string(view.log), view.seen,     std::string(view.id)};
  for (const EventView& event : view.events) draft.events.emplace_back(event.bytes);
  for (const Expectation& expected : view.expect) {
    draft.expect.emplace_back(expected.subject, expected.size);
  }
  const auto written = format_submission(draft);
  ASSAY_ASSERT(written && *written == bytes);
  for (const EventView& event : view.events) {
    if (const auto decoded = decode_event(event.type, event.version, event.data)) {
      ASSAY_ASSERT(encode_data(*decoded) == event.data);
    }
  }
  return 0;
}
