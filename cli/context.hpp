#pragma once

/// The doors to the world: clock, randomness, environment, streams. They are opened in main and
/// handed down as values, so that everything below can be run in a test with other ones. Thread
/// word: thread-compatible; `now` and `random_bytes` are thread-safe.

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/base/time.hpp"

namespace assay::cli {

struct Context {
  std::function<Timestamp()> now;
  std::function<std::string(std::size_t size_bytes)> random_bytes;
  std::function<std::optional<std::string>(std::string_view name)> environment;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

/// The real ones.
[[nodiscard]] Context system_context();

/// A random UUID (RFC 4122 version 4), lower case.
[[nodiscard]] std::string random_uuid(const Context& context);

}  // namespace assay::cli
