#include "ledger/merkle/tree.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace assay::merkle {
namespace {

/// Keeps leaves and nodes apart, so that no node can be passed off as an entry (RFC 6962
/// section 2.1).
constexpr std::string_view kLeafPrefix{"\x00", 1};
constexpr char kNodePrefix = '\x01';

}  // namespace

Hash leaf_hash(std::string_view entry) noexcept { return sha256({kLeafPrefix, entry}); }

Hash node_hash(const Hash& left, const Hash& right) noexcept {
  std::array<char, 1 + 2 * Hash::kSizeBytes> message;
  message[0] = kNodePrefix;
  std::ranges::copy(left.view(), message.begin() + 1);
  std::ranges::copy(right.view(), message.begin() + 1 + Hash::kSizeBytes);
  return sha256(std::string_view(message.data(), message.size()));
}

std::uint64_t split_point(std::uint64_t leaf_count) noexcept {
  return std::bit_floor(leaf_count - 1);
}

std::vector<NodeId> cover(std::uint64_t begin, std::uint64_t end) {
  std::vector<NodeId> nodes;
  while (begin < end) {
    // The largest subtree that may start here, unless fewer leaves are left than it holds.
    const auto alignment = static_cast<unsigned>(std::countr_zero(begin));
    const auto fits = static_cast<unsigned>(std::bit_width(end - begin)) - 1;
    const unsigned level = std::min(alignment, fits);
    nodes.push_back({level, begin >> level});
    begin += std::uint64_t{1} << level;
  }
  return nodes;
}

Result<Hash> range_root(std::uint64_t begin, std::uint64_t end, const NodeReader& nodes) {
  const std::vector<NodeId> parts = cover(begin, end);
  if (parts.empty()) return kEmptyRoot;
  ASSAY_TRY(Hash root, nodes(parts.back().level, parts.back().index));
  for (std::size_t i = parts.size() - 1; i-- > 0;) {
    ASSAY_TRY(const Hash left, nodes(parts[i].level, parts[i].index));
    root = node_hash(left, root);
  }
  return root;
}

Result<Hash> root_at(std::uint64_t size, const NodeReader& nodes) {
  if (size > kTreeSizeMax) {
    return fail(Errc::invalid_argument, "tree size " + std::to_string(size) + " is above 2^63 - 1");
  }
  return range_root(0, size, nodes);
}

}  // namespace assay::merkle
