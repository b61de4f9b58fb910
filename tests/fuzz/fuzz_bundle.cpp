// An entry bundle from outside: the reader of published logs takes out of it what can be read, in
// order; where all of it can be, merkle::decode_bundle reads the same. The first byte is the width.

#include <cstdint>

#include "ledger/merkle/tile.hpp"
#include "ledger/verify/bundle_reader.hpp"

namespace {

using namespace assay;

class OneFile final : public verify::FileTree {
 public:
  explicit OneFile(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] Status stream(const std::string& name, std::uint64_t,
                              const PieceSink& sink) const override {
    if (!name.starts_with("tile/entries/")) return fail(Errc::not_found, name);
    sink(bytes_);
    return {};
  }
  [[nodiscard]] Result<std::optional<std::vector<std::string>>> list(
      const std::string&) const override {
    return std::nullopt;
  }

 private:
  std::string_view bytes_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size_bytes) {
  if (size_bytes == 0) return 0;
  const unsigned width = data[0] + 1U;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size_bytes - 1);
  const OneFile file(bytes);
  verify::TileCheck tiles(file, width);
  const verify::BundleReader reader(file, tiles, width);
  std::vector<std::string> entries;
  const Status status = reader.read(0, width, [&](std::uint64_t index, std::string_view entry) {
    ASSAY_ASSERT(index == entries.size());
    entries.emplace_back(entry);
  });
  const auto decoded = merkle::decode_bundle(bytes, width);
  if (decoded) {
    ASSAY_ASSERT(status.has_value());
    ASSAY_ASSERT(std::ranges::equal(*decoded, entries));
  }
  ASSAY_ASSERT(status.has_value() == (entries.size() == width));
  return 0;
}
