// A path that parses is written back as the same path; a tile or bundle of any bytes is read or
// refused without reading past its end.

#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/merkle/tile.hpp"
#include "ledger/merkle/tile_path.hpp"

using namespace assay::merkle;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size_bytes);
  if (const auto tile = parse_tile_path(bytes)) ASSAY_ASSERT(format_tile_path(*tile) == bytes);
  if (const auto bundle = parse_bundle_path(bytes)) {
    ASSAY_ASSERT(format_bundle_path(*bundle) == bytes);
  }
  if (bytes.empty()) return 0;
  const unsigned width = static_cast<unsigned char>(bytes.front()) + 1U;
  if (const auto entries = decode_bundle(bytes.substr(1), width)) {
    std::string written;
    for (const std::string_view entry : *entries) {
      ASSAY_ASSERT(append_to_bundle(written, entry).has_value());
    }
    ASSAY_ASSERT(entries->size() == width && written == bytes.substr(1));
  }
  const auto tile = Tile::decode(bytes.substr(1), width);
  ASSAY_ASSERT(tile.has_value() == (bytes.size() - 1 == width * assay::Hash::kSizeBytes));
  return 0;
}
