// An entry that parses is canonical and is written again as the same bytes.

#include <cstdint>

#include "ledger/format/entry.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  using namespace assay;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  EntryView view;
  if (!parse_entry(bytes, view)) return 0;
  ASSAY_ASSERT(check_canonical(bytes));
  ASSAY_ASSERT(view.bytes == bytes);
  const auto written = format_entry(view.index, view.previous, view.recorded_at, view.signatures,
                                    view.submission.bytes);
  ASSAY_ASSERT(written && *written == bytes);
  return 0;
}
