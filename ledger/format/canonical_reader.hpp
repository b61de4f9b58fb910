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

  /// The same for callers who know the members of an object and ask for each in ascending order:
  /// takes the member if it stands next, and nothing if another does. `leave_object` takes the
  /// closing brace; false where another member stands there, which `next_member` can then name.
  bool take_member(const char* name) noexcept;
  bool leave_object() noexcept;

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

  [[nodiscard]] bool ok() const noexcept { return reason_ == nullptr; }
  [[nodiscard]] std::string_view input() const noexcept {
    return {begin_, static_cast<std::size_t>(end_ - begin_)};
  }
  [[nodiscard]] std::size_t offset() const noexcept {
    return static_cast<std::size_t>(at_ - begin_);
  }
  /// Marks the input as refused at the present offset, for callers with rules of their own.
  bool refuse(std::string message);
  /// The same, by name, for the member that was asked for and does not stand there, or for the one
  /// that stands where the object should end. Both answer false.
  bool refuse_missing(std::string_view name);
  bool refuse_left_over();
  /// malformed (or limit, for depth), with the byte offset. Only when !ok().
  [[nodiscard]] Error error() const;

 private:
  /// Not initialised until it is entered: a reader is made for every event of a log.
  struct Level {
    const char* last_name;
    std::uint32_t last_name_size;  // 0 before the first member
    bool object;
    bool started;
  };
  struct Cursor;

  bool stop(const char* reason) noexcept;
  bool keep(const Cursor& cursor) noexcept;

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* reason_ = nullptr;  // set once something is wrong
  std::string message_;           // instead of the reason's own text, where a caller refused
  std::size_t depth_ = 0;
  std::array<Level, limits::kJsonDepth> levels_;
};

/// Status of one whole text: a single canonical value and nothing after it.
/// Errors: malformed, limit (depth), both with the byte offset.
[[nodiscard]] Status check_canonical(std::string_view bytes);

}  // namespace assay
