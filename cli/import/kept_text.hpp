#pragma once

/// Text of a report that is kept up to a limit, with the size it really had. Plain value.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::import {

struct KeptText {
  std::string value;             ///< UTF-8, a prefix of the text that ends between two characters
  std::uint64_t size_bytes = 0;  ///< of the whole text

  [[nodiscard]] bool cut() const noexcept { return value.size() < size_bytes; }
  [[nodiscard]] bool empty() const noexcept { return size_bytes == 0; }
  /// `text` must be whole characters. The result does not depend on how a text is cut into calls.
  void append(std::string_view text, std::size_t limit_bytes);
  /// `value`, and where it was cut a last line "[cut: 16384 of 10485760 bytes kept]". What is shown
  /// or recorded is this, so that no cut passes for the whole.
  [[nodiscard]] std::string marked() const;
};

}  // namespace assay::import
