#include "cli/import/xml_repair.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "cli/import/junit_limits.hpp"
#include "cli/import/visible.hpp"

namespace assay::import {
namespace {

constexpr std::string_view kCdataStart = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_name_char(char c) noexcept {
  const auto u = static_cast<unsigned char>(c);
  return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '_' ||
         u == ':' || u == '.' || u == '-' || u >= 0x80;
}

bool is_forbidden(std::uint32_t code) noexcept {
  if (code == 0xFFFE || code == 0xFFFF) return true;
  return code < 0x20 && code != '\t' && code != '\n' && code != '\r';
}

std::size_t name_length(std::string_view text) noexcept {
  const auto end = std::ranges::find_if_not(text, is_name_char);
  return static_cast<std::size_t>(end - text.begin());
}

/// Elements that may follow a CDATA section directly, as siblings or children of its element.
bool starts_junit_element(std::string_view markup) noexcept {
  constexpr std::array<std::string_view, 15> kNames = {
      "testsuite",  "testcase",     "failure",    "error",        "skipped",
      "system-out", "system-err",   "properties", "property",     "stackTrace",
      "flakyError", "flakyFailure", "rerunError", "rerunFailure", "testsuites"};
  const std::string_view name = markup.substr(1, name_length(markup.substr(1)));
  return std::ranges::find(kNames, name) != kNames.end();
}

/// The code point of "&#27;" or "&#x1B;", if that is what `reference` is.
bool character_reference(std::string_view reference, std::uint32_t& code) noexcept {
  if (!reference.starts_with("&#") || !reference.ends_with(';')) return false;
  std::string_view digits = reference.substr(2, reference.size() - 3);
  const bool hex = digits.starts_with('x');
  if (hex) digits.remove_prefix(1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
  return error == std::errc{} && !digits.empty() && end == digits.data() + digits.size();
}

/// The encoding that the XML declaration names; "UTF-8" where it names none.
std::string declared_encoding(std::string_view head) {
  const auto at = head.find("encoding");
  if (!head.starts_with("<?xml") || at == std::string_view::npos) return "UTF-8";
  const auto open = head.find_first_of("\"'", at);
  if (open == std::string_view::npos) return "UTF-8";
  const auto close = head.find(head[open], open + 1);
  std::string name(
      head.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return name;
}

}  // namespace

std::string_view XmlRepair::rest() const noexcept {
  return std::string_view(buffer_).substr(next_);
}

/// The next bytes, at most `size_bytes`. Decisions are taken on nothing beyond, so that they do not
/// depend on how the input is cut into pieces.
std::string_view XmlRepair::window(std::size_t size_bytes) const noexcept {
  return rest().substr(0, size_bytes);
}

/// True while more input may come and the look-ahead of `wanted_bytes` is not there yet.
bool XmlRepair::can_wait(std::size_t wanted_bytes) const noexcept {
  return !final_ && rest().size() < wanted_bytes;
}

Status XmlRepair::feed(std::string_view bytes, std::string& out) {
  buffer_.erase(0, next_);
  next_ = 0;
  buffer_ += bytes;
  return run(out);
}

Status XmlRepair::finish(std::string& out) {
  final_ = true;
  return run(out);
}

Status XmlRepair::run(std::string& out) {
  while (next_ < buffer_.size()) {
    if (step(out) == Step::wait) break;
    if (mends_.size() <= limits::kRepairs) continue;
    return fail(Errc::limit, fmt::format("more than {} places to repair, up to {}",
                                         limits::kRepairs, place(in_)));
  }
  return {};
}

XmlRepair::Step XmlRepair::step(std::string& out) {
  switch (where_) {
    case Where::prolog: return in_prolog(out);
    case Where::text: return in_text(out);
    case Where::tag: return in_tag(out);
    case Where::value: return in_value(out);
    case Where::cdata: return in_cdata(out);
    case Where::comment: return until("-->", out);
    case Where::instruction: return until("?>", out);
    case Where::as_is: break;
  }
  copy(rest().size(), out);
  return Step::done;
}

XmlRepair::Step XmlRepair::in_prolog(std::string& out) {
  constexpr std::size_t kDeclarationBytes = 256;
  const std::string_view head = window(kDeclarationBytes);
  if (head.find("?>") == std::string_view::npos && can_wait(kDeclarationBytes)) return Step::wait;
  if (head.starts_with("\xEF\xBB\xBF")) {
    copy(3, out);
    return Step::done;
  }
  const std::string encoding = declared_encoding(head.substr(0, head.find("?>")));
  const bool utf16 = head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE");
  const bool utf8 = encoding == "UTF-8" || encoding == "UTF8";
  where_ = utf8 && !utf16 ? Where::text : Where::as_is;
  return Step::done;
}

XmlRepair::Step XmlRepair::in_text(std::string& out) {
  const char c = rest().front();
  if (c == '<') return markup(out);
  if (c == '&') return reference(out);
  if (c == ']') {
    if (can_wait(kCdataEnd.size())) return Step::wait;
    if (rest().starts_with(kCdataEnd)) {
      mend(kCdataEnd.size(), "]]&gt;", "]]>", "]]&gt;", out);
      return Step::done;
    }
  }
  return ordinary(out);
}

XmlRepair::Step XmlRepair::markup(std::string& out) {
  if (can_wait(kCdataStart.size())) return Step::wait;
  const std::string_view here = rest();
  const auto enter = [&](Where where, std::size_t size_bytes) {
    where_ = where;
    copy(size_bytes, out);
    return Step::done;
  };
  if (here.starts_with("<!--")) return enter(Where::comment, 4);
  if (here.starts_with(kCdataStart)) return enter(Where::cdata, kCdataStart.size());
  if (here.starts_with("<?")) return enter(Where::instruction, 2);
  if (here.starts_with("<!")) return enter(Where::as_is, 0);
  return start_or_end_tag(out);
}

XmlRepair::Step XmlRepair::start_or_end_tag(std::string& out) {
  const std::size_t head = rest().starts_with("</") ? 2 : 1;
  const std::size_t length = name_length(window(limits::kNameSizeBytes).substr(head));
  if (head + length == rest().size() && can_wait(limits::kNameSizeBytes)) return Step::wait;
  where_ = Where::tag;
  if (head == 1) {
    open_.emplace_back(rest().substr(head, length));
  } else if (!open_.empty()) {
    open_.pop_back();
  }
  if (open_.size() > limits::kXmlDepth) where_ = Where::as_is;
  copy(head + length, out);
  return Step::done;
}

XmlRepair::Step XmlRepair::in_tag(std::string& out) {
  const char c = rest().front();
  if (c == '"' || c == '\'') return open_value(out);
  if (c == '/' && can_wait(2)) return Step::wait;
  if (rest().starts_with("/>") && !open_.empty()) open_.pop_back();
  if (c == '/' || c == '>') {
    const std::size_t size = rest().starts_with("/>") ? 2 : 1;
    if (c == '>' || size == 2) where_ = Where::text;
    copy(size, out);
    return Step::done;
  }
  copy(1, out);
  return Step::done;
}

/// A "<" in the value may be mended only if the value ends as a value must: the quote that would
/// close it is followed by a blank, or by the end of the tag. Otherwise a quote is missing
/// somewhere.
XmlRepair::Step XmlRepair::open_value(std::string& out) {
  const std::string_view ahead = window(limits::kRepairLookaheadBytes);
  const auto close = ahead.find(ahead.front(), 1);
  const bool known = close != std::string_view::npos && close + 1 < ahead.size();
  if (!known && can_wait(limits::kRepairLookaheadBytes)) return Step::wait;
  quote_ = rest().front();
  const char after = known ? ahead[close + 1] : '\0';
  value_may_hold_less_than_ = is_blank(after) || after == '/' || after == '>';
  where_ = Where::value;
  copy(1, out);
  return Step::done;
}

XmlRepair::Step XmlRepair::in_value(std::string& out) {
  const char c = rest().front();
  if (c == '&') return reference(out);
  if (c == '<' && value_may_hold_less_than_) {
    mend(1, "&lt;", "<", "&lt;", out);
    return Step::done;
  }
  if (c == quote_) where_ = Where::tag;
  return ordinary(out);
}

XmlRepair::CdataEnd XmlRepair::cdata_ends_here() const {
  const bool may_wait = can_wait(limits::kRepairLookaheadBytes);
  const std::string_view after = window(limits::kRepairLookaheadBytes).substr(kCdataEnd.size());
  const auto less = after.find('<');
  if (after.find(kCdataEnd) < less) return CdataEnd::no;
  if (less == std::string_view::npos) return may_wait ? CdataEnd::unknown : CdataEnd::yes;
  const std::string_view next = after.substr(less);
  const std::size_t head = next.starts_with("</") ? 2 : 1;
  const std::size_t length = name_length(next.substr(head));
  // What follows is known once its name has ended, or is too short to be one.
  const bool short_of_name = next.size() < kCdataStart.size() || head + length == next.size();
  if (short_of_name && may_wait) return CdataEnd::unknown;
  if (head == 2)
    return !open_.empty() && next.substr(2, length) == open_.back() ? CdataEnd::yes : CdataEnd::no;
  const bool ends =
      next.starts_with(kCdataStart) || next.starts_with("<!--") || starts_junit_element(next);
  return ends ? CdataEnd::yes : CdataEnd::no;
}

XmlRepair::Step XmlRepair::in_cdata(std::string& out) {
  if (rest().front() != ']') return ordinary(out);
  if (can_wait(kCdataEnd.size())) return Step::wait;
  if (!rest().starts_with(kCdataEnd)) return ordinary(out);
  switch (cdata_ends_here()) {
    case CdataEnd::unknown: return Step::wait;
    case CdataEnd::no:
      mend(kCdataEnd.size(), "]]]]><![CDATA[>", "]]>", "]]]]><![CDATA[>", out);
      return Step::done;
    case CdataEnd::yes: break;
  }
  where_ = Where::text;
  copy(kCdataEnd.size(), out);
  return Step::done;
}

XmlRepair::Step XmlRepair::until(std::string_view end, std::string& out) {
  if (rest().front() != end.front()) return ordinary(out);
  if (can_wait(end.size())) return Step::wait;
  if (!rest().starts_with(end)) return ordinary(out);
  where_ = Where::text;
  copy(end.size(), out);
  return Step::done;
}

XmlRepair::Step XmlRepair::reference(std::string& out) {
  constexpr std::size_t kReferenceBytes = 64;
  const bool numeric = rest().size() > 1 && rest()[1] == '#';
  const std::size_t head = numeric ? 2 : 1;
  const std::string_view ahead = window(kReferenceBytes);
  const std::size_t length = head + name_length(ahead.substr(std::min(head, ahead.size())));
  if (length >= ahead.size() && can_wait(kReferenceBytes)) return Step::wait;
  const bool closed = length > head && length < ahead.size() && ahead[length] == ';';
  if (!closed) {
    mend(1, "&amp;", "&", "&amp;", out);
    return Step::done;
  }
  std::uint32_t code = 0;
  if (character_reference(rest().substr(0, length + 1), code) && is_forbidden(code)) {
    mend_character(length + 1, code, out);
  } else {
    copy(length + 1, out);
  }
  return Step::done;
}

/// One byte that needs no thought, or a character that XML forbids.
XmlRepair::Step XmlRepair::ordinary(std::string& out) {
  const auto c = static_cast<unsigned char>(rest().front());
  if (is_forbidden(c)) {
    mend_character(1, c, out);
    return Step::done;
  }
  if (c == 0xEF) {
    if (can_wait(3)) return Step::wait;
    const std::string_view here = rest().substr(0, 3);
    if (here == "\xEF\xBF\xBE" || here == "\xEF\xBF\xBF") {
      mend_character(3, here.back() == '\xBE' ? 0xFFFE : 0xFFFF, out);
      return Step::done;
    }
  }
  copy(1, out);
  return Step::done;
}

void XmlRepair::mend_character(std::size_t size_bytes, std::uint32_t code, std::string& out) {
  std::string put = "\xEF\xBF\xBD";
  if (code < 0x20) put = {'\xE2', '\x90', static_cast<char>(0x80 + code)};
  const bool reference = rest().front() == '&';
  std::string found =
      reference ? std::string(rest().substr(0, size_bytes)) : fmt::format("U+{:04X}", code);
  mend(size_bytes, put, std::move(found),
       fmt::format("U+{:04X}", code < 0x20 ? 0x2400 + code : 0xFFFD), out);
}

void XmlRepair::copy(std::size_t size_bytes, std::string& out) {
  const std::string_view bytes = rest().substr(0, size_bytes);
  for (const char c : bytes) {
    if (c == '\n') {
      ++in_.line;
      in_.column = 1;
      out_column_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80) {
      ++in_.column;
      ++out_column_;
    }
  }
  in_.offset_bytes += bytes.size();
  out_offset_bytes_ += bytes.size();
  out += bytes;
  next_ += bytes.size();
}

void XmlRepair::mend(std::size_t size_bytes, std::string_view put, std::string found,
                     std::string shown, std::string& out) {
  mends_.push_back({in_, std::move(found), std::move(shown)});
  const auto characters = [](std::string_view bytes) {
    return static_cast<std::uint64_t>(std::ranges::count_if(
        bytes, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
  };
  in_.offset_bytes += size_bytes;
  in_.column += characters(rest().substr(0, size_bytes));
  out_offset_bytes_ += put.size();
  out_column_ += characters(put);
  out += put;
  next_ += size_bytes;
  shifts_.push_back(
      {out_offset_bytes_, in_.line, out_column_,
       static_cast<std::int64_t>(out_offset_bytes_ - in_.offset_bytes),
       static_cast<std::int64_t>(out_column_) - static_cast<std::int64_t>(in_.column)});
}

Position XmlRepair::original(const Position& mended) const noexcept {
  const auto after =
      std::ranges::upper_bound(shifts_, mended.offset_bytes, {}, &Shift::mended_offset_bytes);
  if (after == shifts_.begin()) return mended;
  const Shift& shift = *std::prev(after);
  Position original = mended;
  original.offset_bytes =
      static_cast<std::uint64_t>(static_cast<std::int64_t>(mended.offset_bytes) - shift.bytes);
  if (shift.line == mended.line)
    original.column =
        static_cast<std::uint64_t>(static_cast<std::int64_t>(mended.column) - shift.columns);
  return original;
}

}  // namespace assay::import
