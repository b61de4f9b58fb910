#include "ledger/format/plain_bytes.hpp"

#include <string>

#include <catch2/catch.hpp>

namespace plain_bytes_test {

using namespace assay;

namespace {

/// Calls `check(text, at)` with every byte value at every place of texts of up to 40 good bytes.
template <class Check>
void for_each_placed(char good, Check&& check) {
  for (std::size_t size = 1; size <= 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (int value = 0; value < 256; ++value) {
        std::string text(size, good);
        text[at] = static_cast<char>(value);
        check(text, at);
      }
    }
  }
}

std::size_t first(const std::string& text, const char* (*skip)(const char*, const char*)) {
  return static_cast<std::size_t>(skip(text.data(), text.data() + text.size()) - text.data());
}

}  // namespace

TEST_CASE("The first byte that needs attention in a string is found at every place") {
  for_each_placed('a', [](const std::string& text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
    const std::size_t expected = plain ? text.size() : at;
    if (first(text, skip_plain) != expected || first(text, skip_plain_words) != expected) {
      FAIL("byte " << int{byte} << " at " << at << " of " << text.size());
    }
  });
}

TEST_CASE("The end of a member name is found at every place") {
  for_each_placed('z', [](const std::string& text, std::size_t at) {
    const char c = text[at];
    const bool in_name = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (first(text, skip_name) != (in_name ? text.size() : at)) {
      FAIL("byte " << int{c} << " at " << at << " of " << text.size());
    }
  });
}

TEST_CASE("Nothing at or beyond the end is looked at") {
  const std::string text = std::string(100, 'a') + "\"";
  for (std::size_t size = 0; size <= 100; ++size) {
    CHECK(skip_plain(text.data(), text.data() + size) == text.data() + size);
    CHECK(skip_name(text.data(), text.data() + size) == text.data() + size);
  }
}

}  // namespace plain_bytes_test
