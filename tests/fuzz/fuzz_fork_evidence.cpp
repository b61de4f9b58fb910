// Fork evidence that parses is written back as the same bytes, and proves nothing to somebody who
// takes no key.

#include <cstdint>
#include <string_view>

#include "ledger/format/fork_evidence.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto evidence = assay::parse_fork_evidence(bytes)) {
    const auto written = assay::format_fork_evidence(*evidence);
    ASSAY_ASSERT(written && *written == bytes);
    const auto none = [](std::string_view) -> assay::Result<std::unique_ptr<assay::Verifier>> {
      return assay::fail(assay::Errc::rejected, "no key is taken");
    };
    ASSAY_ASSERT(!assay::check_fork_evidence(*evidence, none));
  }
  return 0;
}
