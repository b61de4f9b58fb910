#include "cli/context.hpp"

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <unistd.h>

#include <openssl/rand.h>

#include "ledger/base/encoding.hpp"

namespace assay::cli {

Context system_context() {
  // With a buffer of its own the standard input can say whether more has arrived.
  std::ios::sync_with_stdio(false);
  const auto now = [] {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
  };
  const auto random_bytes = [](std::size_t size_bytes) {
    std::string bytes(size_bytes, '\0');
    // Without entropy nothing that follows could be trusted; there is no way to go on.
    ASSAY_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()),
                            static_cast<int>(size_bytes)) == 1);
    return bytes;
  };
  const auto environment = [](std::string_view name) -> std::optional<std::string> {
    const char* const value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return std::string(value);
  };
  return {now,
          random_bytes,
          environment,
          std::cin,
          std::cout,
          std::cerr,
          isatty(STDOUT_FILENO) == 1,
          isatty(STDERR_FILENO) == 1};
}

std::string random_uuid(const Context& context) {
  std::string bytes = context.random_bytes(16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3F) | 0x80);
  std::string hex = to_hex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, "-");
  return hex;
}

}  // namespace assay::cli
