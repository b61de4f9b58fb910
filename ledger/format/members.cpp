#include "ledger/format/members.hpp"

namespace assay {

std::string_view read_plain(CanonicalReader& in) {
  std::string_view value;
  std::string scratch;
  in.read_string(value, scratch);
  if (in.ok() && !scratch.empty()) in.refuse("this text may not contain escapes");
  return value;
}

void read_hash(CanonicalReader& in, Hash& hash) {
  const std::string_view text = read_plain(in);
  if (!in.ok()) return;
  if (auto parsed = Hash::from_hex(text)) {
    hash = *parsed;
  } else {
    in.refuse(parsed.error().message);
  }
}

void read_count(CanonicalReader& in, std::uint64_t& count) {
  std::int64_t value = 0;
  in.read_integer(value);
  if (value < 0) in.refuse("a negative number where a count was expected");
  count = static_cast<std::uint64_t>(value);
}

}  // namespace assay
