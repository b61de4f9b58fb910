#include "ledger/format/dsse.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace assay {
namespace {

void append_sized(std::string& out, std::string_view bytes) {
  std::array<char, std::numeric_limits<std::size_t>::digits10 + 1> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), bytes.size());
  out += ' ';
  out.append(digits.data(), written.ptr);
  out += ' ';
  out += bytes;
}

}  // namespace

void append_pae(std::string& out, std::string_view type, std::string_view body) {
  out += "DSSEv1";
  append_sized(out, type);
  append_sized(out, body);
}

}  // namespace assay
