// What lies beside a key, and public keys and signatures as bytes. The first byte says as what the
// rest is read; whatever is accepted must be what this program itself would write.

#include <cstdint>
#include <string>
#include <string_view>

#include "keys/p256_signature.hpp"
#include "keys/released_format.hpp"
#include "keys/stream_format.hpp"
#include "keys/verifier.hpp"

using namespace assay;
using namespace assay::keys;

namespace {

StreamIdentity identity() { return {sha256("log"), sha256("key")}; }

void read_stream(std::string_view bytes) {
  StreamScan whole(identity());
  whole.take(bytes);
  ASSAY_ASSERT(whole.size_bytes <= bytes.size());
  ASSAY_ASSERT(whole.damage.has_value() == (whole.size_bytes != bytes.size()));
  // The undamaged part stands for itself, also line by line.
  StreamScan lines(identity());
  for (std::size_t at = 0; at < whole.size_bytes; at += kStreamLineSizeBytes) {
    lines.take(bytes.substr(at, kStreamLineSizeBytes));
  }
  ASSAY_ASSERT(!lines.damage && lines.history.last() == whole.history.last());
}

/// Every byte asks for one line; what the history writes, a scan reads back to the same state.
void write_stream(std::string_view choices) {
  StreamHistory history(identity());
  std::string text = history.write_header();
  for (const char choice : choices.substr(0, 100)) {
    const auto last = history.last();
    const std::uint64_t next = last ? last->sequence + 1 : 0;
    const Hash hash = sha256({std::string_view(&choice, 1), std::to_string(text.size())});
    Result<std::string> line = fail(Errc::internal, "");
    switch (choice % 4) {
      case 0: line = history.write_signed({static_cast<std::uint8_t>(choice), hash}); break;
      case 1: {
        std::optional<StreamPosition> previous;
        if (next > 1) previous = StreamPosition{next - 2, *history.at(next - 2)};
        line = history.write_voided(last ? last->hash : hash, previous);
        ASSAY_ASSERT(line.has_value() == last.has_value());
        break;
      }
      default: line = history.write_signed({next, hash}); ASSAY_ASSERT(line.has_value());
    }
    if (line) text += *line;
  }
  StreamScan scan(identity());
  scan.take(text);
  ASSAY_ASSERT(!scan.damage && scan.history.last() == history.last());
}

void read_released(std::string_view bytes) {
  const auto scan = scan_released_file(bytes);
  if (!scan) return;
  ASSAY_ASSERT(bytes.substr(scan->last.offset(), kReleasedSlotSizeBytes) ==
               format_released_slot(scan->last));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  if (size_bytes == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size_bytes - 1);
  switch (data[0]) {
    case 's': read_stream(bytes); break;
    case 'w': write_stream(bytes); break;
    case 'r': read_released(bytes); break;
    case 'e':
      if (const auto signature = parse_p256_signature(bytes)) {
        ASSAY_ASSERT(format_p256_signature(*signature) == bytes);
      }
      break;
    case 'k':
      if (const auto verifier = make_verifier(bytes)) {
        ASSAY_ASSERT((*verifier)->spki() == bytes && !(*verifier)->verify("", bytes));
      }
      break;
    default: break;
  }
  return 0;
}
