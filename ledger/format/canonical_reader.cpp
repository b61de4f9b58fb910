#include "ledger/format/canonical_reader.hpp"

#include <cstring>

#include "ledger/base/utf8.hpp"
#include "ledger/format/plain_bytes.hpp"

namespace assay {
namespace {

constexpr const char* kTooDeep = "nested deeper than 32 levels";
constexpr const char* kRefused = "refused";  // the caller's message says why

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

char unescaped(char letter) noexcept {
  switch (letter) {
    case 'b': return '\b';
    case 't': return '\t';
    case 'n': return '\n';
    case 'f': return '\f';
    case 'r': return '\r';
    default: return letter;  // '"' and '\'
  }
}

/// Decodes a string body that `Cursor::string` has accepted.
void decode_string(std::string_view body, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\') {
      out.push_back(body[i]);
    } else if (body[i + 1] == 'u') {
      const char low = body[i + 5];
      const int digit = low <= '9' ? low - '0' : low - 'a' + 10;
      out.push_back(static_cast<char>((body[i + 4] == '1' ? 16 : 0) + digit));
      i += 5;
    } else {
      out.push_back(unescaped(body[i + 1]));
      ++i;
    }
  }
}

/// True when `name` may stand after `last` in one object.
bool ascends(std::string_view last, std::string_view name) noexcept {
  // Names mostly differ in their first letter, so a call of memcmp is worth avoiding.
  return last.front() != name.front() ? last.front() < name.front() : last < name;
}

}  // namespace

/// Where reading stands, by itself: the loops below keep it in registers, which they could not do
/// with the reader's own members.
struct CanonicalReader::Cursor {
  const char* at;
  const char* end;
  const char* reason = nullptr;

  bool stop(const char* why) noexcept {
    reason = why;
    return false;
  }
  bool stop_at(const char* place, const char* why) noexcept {
    at = place;
    return stop(why);
  }
  bool expect(char c, const char* why) noexcept {
    if (at == end || *at != c) return stop(why);
    ++at;
    return true;
  }

  bool open(char bracket, Level* levels, std::size_t& depth, const char* why) noexcept {
    if (!expect(bracket, why)) return false;
    if (depth == limits::kJsonDepth) return stop(kTooDeep);
    levels[depth++] = {nullptr, 0, bracket == '{', false};
    return true;
  }

  /// False at the closing brace, which is consumed, and when something is wrong.
  bool member(Level& level, std::size_t& depth, std::string_view& name) noexcept {
    if (at == end) return stop("the text ends inside an object");
    if (*at == '}') {
      ++at;
      --depth;
      return false;
    }
    if (level.started && !expect(',', "',' or '}' was expected")) return false;
    if (!expect('"', "a member name was expected")) return false;
    const char* const start = at;
    at = skip_name(at, end);
    if (at == start || is_digit(*start) || *start == '_' || at == end || *at != '"') {
      return stop("a member name must be ASCII snake_case");
    }
    name = {start, static_cast<std::size_t>(at - start)};
    if (level.started) {
      const std::string_view last{level.last_name, level.last_name_size};
      if (!ascends(last, name)) {
        return stop_at(start, last == name ? "a member name stands twice"
                                           : "member names are not in ascending order");
      }
    }
    ++at;
    level.started = true;
    level.last_name = start;
    level.last_name_size = static_cast<std::uint32_t>(name.size());
    return expect(':', "':' was expected");
  }

  /// False at the closing bracket, which is consumed, and when something is wrong.
  bool element(Level& level, std::size_t& depth) noexcept {
    if (at == end) return stop("the text ends inside an array");
    if (*at == ']') {
      ++at;
      --depth;
      return false;
    }
    if (level.started && !expect(',', "',' or ']' was expected")) return false;
    level.started = true;
    return true;
  }

  bool escape() noexcept {
    // `at` stands on the backslash.
    if (end - at < 2) return stop("the text ends inside a string");
    const char letter = at[1];
    if (std::strchr("btnfr\"\\", letter) != nullptr && letter != '\0') {
      at += 2;
      return true;
    }
    // Only control characters without a short form are written as \u00xx, in lower case.
    constexpr std::string_view kPrefix = "\\u00";
    if (end - at < 6 || std::string_view(at, 4) != kPrefix || (at[4] != '0' && at[4] != '1')) {
      return stop("this escape is not canonical");
    }
    const char low = at[5];
    const bool hex = is_digit(low) || (low >= 'a' && low <= 'f');
    const bool short_form = at[4] == '0' && std::strchr("89acd", low) != nullptr;
    if (!hex || short_form) return stop("this escape is not canonical");
    at += 6;
    return true;
  }

  bool string(bool& has_escapes) noexcept {
    if (!expect('"', "a string was expected")) return false;
    while (true) {
      at = skip_plain(at, end);
      if (at == end) return stop("the text ends inside a string");
      if (*at == '"') {
        ++at;
        return true;
      }
      if (*at == '\\') {
        has_escapes = true;
        if (!escape()) return false;
      } else if (static_cast<unsigned char>(*at) < 0x20) {
        return stop("a control character stands in a string without escape");
      } else {
        const std::size_t length = utf8_length({at, static_cast<std::size_t>(end - at)});
        if (length == 0) return stop("not well-formed UTF-8");
        at += length;
      }
    }
  }

  bool integer(std::int64_t& value) noexcept {
    const char* const start = at;
    const bool negative = at < end && *at == '-';
    if (negative) ++at;
    const char* const digits = at;
    std::int64_t magnitude = 0;
    while (at < end && is_digit(*at) && at - digits <= 16) {
      magnitude = magnitude * 10 + (*at++ - '0');
    }
    const bool fraction = at < end && (*at == '.' || *at == 'e' || *at == 'E');
    const bool zero_led = at - digits > 1 && *digits == '0';
    const bool minus_zero = negative && magnitude == 0;
    if (at == digits) return stop_at(start, "an integer was expected");
    if (fraction) return stop_at(start, "numbers are integers: no fraction, no exponent");
    if (zero_led || minus_zero) return stop_at(start, "this integer is not canonical");
    if (magnitude > limits::kIntegerMax) return stop_at(start, "an integer beyond 2^53 - 1");
    value = negative ? -magnitude : magnitude;
    return true;
  }

  bool literal(std::string_view text) noexcept {
    if (!std::string_view(at, static_cast<std::size_t>(end - at)).starts_with(text)) {
      return stop("a value was expected");
    }
    at += text.size();
    return true;
  }

  bool scalar() noexcept {
    if (at == end) return stop("the text ends where a value was expected");
    switch (*at) {
      case '"': {
        bool has_escapes = false;
        return string(has_escapes);
      }
      case 't': return literal("true");
      case 'f': return literal("false");
      case 'n': return literal("null");
      default: {
        std::int64_t ignored = 0;
        return integer(ignored);
      }
    }
  }

  /// One value of any kind. Containers are entered and left on the reader's stack of levels, so
  /// hostile nesting costs no recursion.
  bool value(Level* levels, std::size_t& depth) noexcept {
    const std::size_t floor = depth;
    std::string_view name;
    do {
      if (depth > floor) {
        Level& level = levels[depth - 1];
        if (!(level.object ? member(level, depth, name) : element(level, depth))) {
          if (reason != nullptr) return false;
          continue;
        }
      }
      if (at < end && (*at == '{' || *at == '[')) {
        if (!open(*at, levels, depth, nullptr)) return false;
      } else if (!scalar()) {
        return false;
      }
    } while (depth > floor);
    return true;
  }
};

bool CanonicalReader::stop(const char* reason) noexcept {
  if (ok()) reason_ = reason;
  return false;
}

bool CanonicalReader::keep(const Cursor& cursor) noexcept {
  at_ = cursor.at;
  reason_ = cursor.reason;
  return reason_ == nullptr;
}

bool CanonicalReader::refuse(std::string message) {
  if (ok()) {
    reason_ = kRefused;
    message_ = std::move(message);
  }
  return false;
}

bool CanonicalReader::refuse_missing(std::string_view name) {
  std::string_view next;
  const bool other = next_member(next);
  if (!ok()) return false;
  return refuse(other && next < name ? "unknown member \"" + std::string(next) + "\""
                                     : "member \"" + std::string(name) + "\" is missing");
}

bool CanonicalReader::refuse_left_over() {
  std::string_view left;
  if (next_member(left)) refuse("unknown member \"" + std::string(left) + "\"");
  return false;
}

Error CanonicalReader::error() const {
  ASSAY_ASSERT(!ok());
  std::string text = reason_ == kRefused ? message_ : std::string(reason_);
  return Error{reason_ == kTooDeep ? Errc::limit : Errc::malformed,
               std::move(text) + " at byte " + std::to_string(offset()),
               {},
               std::nullopt};
}

bool CanonicalReader::enter_object() noexcept {
  if (!ok()) return false;
  Cursor cursor{at_, end_};
  cursor.open('{', levels_.data(), depth_, "an object was expected");
  return keep(cursor);
}

bool CanonicalReader::enter_array() noexcept {
  if (!ok()) return false;
  Cursor cursor{at_, end_};
  cursor.open('[', levels_.data(), depth_, "an array was expected");
  return keep(cursor);
}

bool CanonicalReader::next_member(std::string_view& name) noexcept {
  if (!ok()) return false;
  Cursor cursor{at_, end_};
  const bool there = cursor.member(levels_[depth_ - 1], depth_, name);
  return keep(cursor) && there;
}

bool CanonicalReader::take_member(const char* name) noexcept {
  if (!ok()) return false;
  Level& level = levels_[depth_ - 1];
  const char* at = at_;
  if (level.started && (at == end_ || *at++ != ',')) return false;
  if (at == end_ || *at++ != '"') return false;
  const char* const start = at;
  while (*name != '\0' && at < end_ && *at == *name) {
    ++at;
    ++name;
  }
  if (*name != '\0' || end_ - at < 2 || at[0] != '"' || at[1] != ':') return false;
  level.last_name = start;
  level.last_name_size = static_cast<std::uint32_t>(at - start);
  level.started = true;
  at_ = at + 2;
  return true;
}

bool CanonicalReader::leave_object() noexcept {
  if (!ok() || at_ == end_ || *at_ != '}') return false;
  ++at_;
  --depth_;
  return true;
}

bool CanonicalReader::next_element() noexcept {
  if (!ok()) return false;
  Cursor cursor{at_, end_};
  const bool there = cursor.element(levels_[depth_ - 1], depth_);
  return keep(cursor) && there;
}

bool CanonicalReader::read_string(std::string_view& value, std::string& scratch) {
  if (!ok()) return false;
  const char* const start = at_ + 1;
  bool has_escapes = false;
  Cursor cursor{at_, end_};
  cursor.string(has_escapes);
  if (!keep(cursor)) return false;
  value = {start, static_cast<std::size_t>(at_ - start) - 1};
  if (has_escapes) {
    decode_string(value, scratch);
    value = scratch;
  }
  return true;
}

bool CanonicalReader::read_integer(std::int64_t& value) noexcept {
  if (!ok()) return false;
  Cursor cursor{at_, end_};
  cursor.integer(value);
  return keep(cursor);
}

bool CanonicalReader::read_bool(bool& value) noexcept {
  if (!ok()) return false;
  value = at_ < end_ && *at_ == 't';
  Cursor cursor{at_, end_};
  cursor.literal(value ? "true" : "false");
  return keep(cursor);
}

bool CanonicalReader::skip_value(std::string_view& range) noexcept {
  if (!ok()) return false;
  const char* const start = at_;
  Cursor cursor{at_, end_};
  cursor.value(levels_.data(), depth_);
  if (!keep(cursor)) return false;
  range = {start, static_cast<std::size_t>(at_ - start)};
  return true;
}

bool CanonicalReader::finish() noexcept {
  if (!ok()) return false;
  if (at_ != end_) return stop("bytes after the end of the value");
  return true;
}

Status check_canonical(std::string_view bytes) {
  CanonicalReader reader(bytes);
  std::string_view range;
  if (reader.skip_value(range) && reader.finish()) return {};
  return std::unexpected(reader.error());
}

}  // namespace assay
