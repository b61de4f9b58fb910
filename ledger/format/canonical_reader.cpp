#include "ledger/format/canonical_reader.hpp"

#include <cstring>

#include "ledger/base/utf8.hpp"

namespace assay {
namespace {

constexpr const char* kTooDeep = "nested deeper than 32 levels";

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_name_char(char c) noexcept {
  return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_';
}

/// Advances over bytes that need no attention: printable ASCII other than '"' and '\'. Eight bytes
/// at a time, because most of a log is the inside of strings.
const char* skip_plain(const char* at, const char* end) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
  const auto has_zero = [](std::uint64_t v) { return (v - kOnes) & ~v & kHigh; };
  while (end - at >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHigh;
    if ((control | (word & kHigh) | has_zero(word ^ (kOnes * '"')) |
         has_zero(word ^ (kOnes * '\\'))) != 0) {
      break;
    }
    at += 8;
  }
  while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20 &&
         static_cast<unsigned char>(*at) < 0x80) {
    ++at;
  }
  return at;
}

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

/// Decodes a string body that `scan_string` has accepted.
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

}  // namespace

bool CanonicalReader::stop(const char* reason) noexcept {
  if (ok()) reason_ = reason;
  return false;
}

bool CanonicalReader::refuse(std::string message) {
  if (ok()) message_ = std::move(message);
  return false;
}

Error CanonicalReader::error() const {
  ASSAY_ASSERT(!ok());
  const bool deep = reason_ == kTooDeep;
  std::string text = reason_ != nullptr ? std::string(reason_) : message_;
  return Error{deep ? Errc::limit : Errc::malformed,
               std::move(text) + " at byte " + std::to_string(offset()),
               {},
               std::nullopt};
}

bool CanonicalReader::expect(char c, const char* reason) noexcept {
  if (!ok()) return false;
  if (at_ == end_ || *at_ != c) return stop(reason);
  ++at_;
  return true;
}

bool CanonicalReader::push(bool object) noexcept {
  if (depth_ == levels_.size()) return stop(kTooDeep);
  levels_[depth_++] = Level{{}, object, false};
  return true;
}

bool CanonicalReader::enter_object() noexcept {
  return expect('{', "an object was expected") && push(true);
}

bool CanonicalReader::enter_array() noexcept {
  return expect('[', "an array was expected") && push(false);
}

bool CanonicalReader::next_member(std::string_view& name) noexcept {
  if (!ok()) return false;
  Level& level = levels_[depth_ - 1];
  if (at_ == end_) return stop("the text ends inside an object");
  if (*at_ == '}') {
    ++at_;
    --depth_;
    return false;
  }
  if (level.started && !expect(',', "',' or '}' was expected")) return false;
  if (!expect('"', "a member name was expected")) return false;
  const char* const start = at_;
  while (at_ < end_ && is_name_char(*at_)) ++at_;
  if (at_ == start || is_digit(*start) || *start == '_' || at_ == end_ || *at_ != '"') {
    return stop("a member name must be ASCII snake_case");
  }
  name = {start, static_cast<std::size_t>(at_ - start)};
  if (level.started && !(level.last_name < name)) {
    at_ = start;
    return level.last_name == name ? stop("a member name stands twice")
                                   : stop("member names are not in ascending order");
  }
  ++at_;
  level.started = true;
  level.last_name = name;
  return expect(':', "':' was expected");
}

bool CanonicalReader::next_element() noexcept {
  if (!ok()) return false;
  Level& level = levels_[depth_ - 1];
  if (at_ == end_) return stop("the text ends inside an array");
  if (*at_ == ']') {
    ++at_;
    --depth_;
    return false;
  }
  if (level.started && !expect(',', "',' or ']' was expected")) return false;
  level.started = true;
  return true;
}

bool CanonicalReader::scan_escape() noexcept {
  // at_ stands on the backslash.
  if (end_ - at_ < 2) return stop("the text ends inside a string");
  const char letter = at_[1];
  if (std::strchr("btnfr\"\\", letter) != nullptr && letter != '\0') {
    at_ += 2;
    return true;
  }
  // Only control characters without a short form are written as \u00xx, in lower case.
  constexpr std::string_view kPrefix = "\\u00";
  if (end_ - at_ < 6 || std::string_view(at_, 4) != kPrefix || (at_[4] != '0' && at_[4] != '1')) {
    return stop("this escape is not canonical");
  }
  const char low = at_[5];
  const bool hex = is_digit(low) || (low >= 'a' && low <= 'f');
  const bool short_form = at_[4] == '0' && std::strchr("89acd", low) != nullptr;
  if (!hex || short_form) return stop("this escape is not canonical");
  at_ += 6;
  return true;
}

bool CanonicalReader::scan_string(bool& has_escapes) noexcept {
  has_escapes = false;
  if (!expect('"', "a string was expected")) return false;
  while (true) {
    at_ = skip_plain(at_, end_);
    if (at_ == end_) return stop("the text ends inside a string");
    if (*at_ == '"') {
      ++at_;
      return true;
    }
    if (*at_ == '\\') {
      has_escapes = true;
      if (!scan_escape()) return false;
    } else if (static_cast<unsigned char>(*at_) < 0x20) {
      return stop("a control character stands in a string without escape");
    } else {
      const std::size_t length = utf8_length({at_, static_cast<std::size_t>(end_ - at_)});
      if (length == 0) return stop("not well-formed UTF-8");
      at_ += length;
    }
  }
}

bool CanonicalReader::read_string(std::string_view& value, std::string& scratch) {
  const char* const start = at_ + 1;
  bool has_escapes = false;
  if (!scan_string(has_escapes)) return false;
  value = {start, static_cast<std::size_t>(at_ - start) - 1};
  if (has_escapes) {
    decode_string(value, scratch);
    value = scratch;
  }
  return true;
}

bool CanonicalReader::read_integer(std::int64_t& value) noexcept {
  if (!ok()) return false;
  const char* const start = at_;
  const bool negative = at_ < end_ && *at_ == '-';
  if (negative) ++at_;
  const char* const digits = at_;
  std::int64_t magnitude = 0;
  while (at_ < end_ && is_digit(*at_) && at_ - digits <= 16)
    magnitude = magnitude * 10 + (*at_++ - '0');
  const bool fraction = at_ < end_ && (*at_ == '.' || *at_ == 'e' || *at_ == 'E');
  const bool zero_led = at_ - digits > 1 && *digits == '0';
  const bool minus_zero = negative && magnitude == 0;
  const auto refuse_at_start = [&](const char* reason) {
    at_ = start;
    return stop(reason);
  };
  if (at_ == digits) return refuse_at_start("an integer was expected");
  if (fraction) return refuse_at_start("numbers are integers: no fraction, no exponent");
  if (zero_led || minus_zero) return refuse_at_start("this integer is not canonical");
  if (magnitude > limits::kIntegerMax) return refuse_at_start("an integer beyond 2^53 - 1");
  value = negative ? -magnitude : magnitude;
  return true;
}

bool CanonicalReader::literal(std::string_view text) noexcept {
  if (!ok()) return false;
  if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(text)) {
    at_ += text.size();
    return true;
  }
  return stop("a value was expected");
}

bool CanonicalReader::read_bool(bool& value) noexcept {
  if (!ok()) return false;
  value = at_ < end_ && *at_ == 't';
  return literal(value ? "true" : "false");
}

bool CanonicalReader::skip_scalar() noexcept {
  if (at_ == end_) return stop("the text ends where a value was expected");
  switch (*at_) {
    case '"': {
      bool has_escapes = false;
      return scan_string(has_escapes);
    }
    case 't': return literal("true");
    case 'f': return literal("false");
    case 'n': return literal("null");
    default: {
      std::int64_t ignored = 0;
      return read_integer(ignored);
    }
  }
}

bool CanonicalReader::skip_value(std::string_view& range) noexcept {
  if (!ok()) return false;
  const char* const start = at_;
  const std::size_t floor = depth_;
  // Containers are entered and left on our own stack of levels, so hostile nesting costs no
  // recursion.
  do {
    bool value_follows = true;
    if (depth_ > floor) {
      std::string_view name;
      value_follows = levels_[depth_ - 1].object ? next_member(name) : next_element();
    }
    if (!ok()) return false;
    if (!value_follows) continue;
    if (at_ < end_ && *at_ == '{') {
      if (!enter_object()) return false;
    } else if (at_ < end_ && *at_ == '[') {
      if (!enter_array()) return false;
    } else if (!skip_scalar()) {
      return false;
    }
  } while (depth_ > floor);
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
