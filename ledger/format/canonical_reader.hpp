#pragma once

/// Reads canonical JSON and nothing else, in one pass over the bytes (docs/format.md section 2).
///
/// The form is RFC 8785 restricted: integers within ±(2^53 - 1), member names in ASCII snake_case
/// in strictly ascending order, no white space, one way to write every string. Because the reader
/// accepts only that form, bytes that it reads to the end *are* their own canonical form; there is
/// no second pass that serialises and compares.
///
/// Errors are sticky: after the first one every call returns false and changes nothing, so that
/// callers check once at the end. `error()` gives the byte offset and the reason.
/// Thread word: thread-compatible. Views that it hands out live as long as the input bytes.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/base/error.hpp"
#include "ledger/base/limits.hpp"

namespace assay {

class CanonicalReader {
 public:
  explicit CanonicalReader(std::string_view bytes) noexcept
      : begin_(bytes.data()), at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  /// Objects: `enter_object()`, then `next_member(name)` until it returns false, which it does at
  /// the closing brace. Each true answer must be followed by reading or skipping exactly one value.
  bool enter_object() noexcept;
  bool next_member(std::string_view& name) noexcept;

  /// Arrays: `enter_array()`, then `next_element()` until it returns false.
  bool enter_array() noexcept;
  bool next_element() noexcept;

  /// A string's value. `scratch` holds it when it contains escapes; else the view is into the
  /// input.
  bool read_string(std::string_view& value, std::string& scratch);
  bool read_integer(std::int64_t& value) noexcept;
  bool read_bool(bool& value) noexcept;
  /// Checks any one value, and gives the bytes it stands in.
  bool skip_value(std::string_view& range) noexcept;

  /// True when everything was read and nothing was wrong.
  [[nodiscard]] bool finish() noexcept;

  [[nodiscard]] bool ok() const noexcept { return reason_ == nullptr && message_.empty(); }
  [[nodiscard]] std::string_view input() const noexcept {
    return {begin_, static_cast<std::size_t>(end_ - begin_)};
  }
  [[nodiscard]] std::size_t offset() const noexcept {
    return static_cast<std::size_t>(at_ - begin_);
  }
  /// Marks the input as refused at the present offset, for callers with rules of their own.
  bool refuse(std::string message);
  /// malformed (or limit, for depth), with the byte offset. Only when !ok().
  [[nodiscard]] Error error() const;

 private:
  struct Level {
    std::string_view last_name;  // empty before the first member
    bool object = false;
    bool started = false;
  };

  bool stop(const char* reason) noexcept;
  bool push(bool object) noexcept;
  bool expect(char c, const char* reason) noexcept;
  bool scan_string(bool& has_escapes) noexcept;
  bool scan_escape() noexcept;
  bool skip_scalar() noexcept;
  bool literal(std::string_view text) noexcept;

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* reason_ = nullptr;
  std::string message_;
  std::size_t depth_ = 0;
  std::array<Level, limits::kJsonDepth> levels_;
};

/// Status of one whole text: a single canonical value and nothing after it.
/// Errors: malformed, limit (depth), both with the byte offset.
[[nodiscard]] Status check_canonical(std::string_view bytes);

}  // namespace assay
