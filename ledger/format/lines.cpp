#include "ledger/format/lines.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"

namespace assay {

Result<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) {
    return fail(Errc::malformed, "the text ends where another line must follow");
  }
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

Result<Hash> hash_from_base64(std::string_view text) {
  ASSAY_TRY(const std::string raw, from_base64(text));
  return Hash::from_bytes(raw);
}

Status check_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  const auto control = std::ranges::find_if(text, is_control);
  if (control != text.end()) {
    return fail(Errc::malformed,
                "control character at byte " + std::to_string(control - text.begin()));
  }
  if (!is_utf8(text)) return fail(Errc::malformed, "the text is not UTF-8");
  return {};
}

}  // namespace assay
