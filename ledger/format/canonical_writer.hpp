#pragma once

/// Writes canonical JSON (docs/format.md section 2) by appending to a string. Callers give members
/// in ascending order; a wrong order is a bug and aborts. Thread word: thread-compatible.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"

namespace assay {

class CanonicalWriter {
 public:
  CanonicalWriter& begin_object();
  CanonicalWriter& end_object();
  CanonicalWriter& begin_array();
  CanonicalWriter& end_array();
  /// ASCII snake_case, above the member before it.
  CanonicalWriter& name(std::string_view member);
  /// Well-formed UTF-8; anything else is a bug of the caller and aborts.
  CanonicalWriter& string(std::string_view value);
  /// Within ±(2^53 - 1).
  CanonicalWriter& integer(std::int64_t value);
  CanonicalWriter& boolean(bool value);
  /// Bytes that are canonical already, taken as they are.
  CanonicalWriter& raw(std::string_view canonical);

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::string take() && noexcept { return std::move(text_); }

 private:
  struct Level {
    std::size_t last_name_at = 0;  // offset and length of the last member name in text_
    std::size_t last_name_size = 0;
    bool started = false;
  };
  void before_value();

  std::string text_;
  std::vector<Level> levels_;
  bool after_name_ = false;
};

/// `value` as a JSON string with its quotes, in canonical form.
void append_json_string(std::string& out, std::string_view value);

}  // namespace assay
