#include "ledger/verify/file_tree.hpp"

namespace assay::verify {
namespace {

constexpr std::size_t kNameSizeBytes = 1'024;
constexpr std::size_t kPartSizeBytes = 255;

}  // namespace

bool is_tree_name(std::string_view name) noexcept {
  if (name.size() > kNameSizeBytes || name.find('\0') != std::string_view::npos) return false;
  while (true) {
    const std::size_t slash = name.find('/');
    const std::string_view part = name.substr(0, slash);
    if (part.empty() || part.size() > kPartSizeBytes || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return true;
    name.remove_prefix(slash + 1);
  }
}

}  // namespace assay::verify
