#include "cli/import/xml_words.hpp"

#include <algorithm>
#include <string>

#include <expat.h>
#include <fmt/format.h>

#include "cli/import/visible.hpp"
#include "ledger/base/utf8.hpp"

namespace assay::import {
namespace {

constexpr std::string_view kRepairHint =
    "tools are known to write this; with repair switched on the reader mends it and lists every "
    "place";
constexpr std::string_view kCutHint =
    "the file is cut short: ask for it again, or find where it was cut";

struct Words {
  std::string what;
  std::string_view hint;
};

/// What stands at the place where the parser found no token that may stand there.
Words invalid_token(std::string_view bytes, std::string_view before) {
  // The parser points behind what it could still read as a beginning.
  if (bytes.starts_with('>') && before.ends_with("]]"))
    return {"\"]]>\" in text, which XML forbids", kRepairHint};
  if (before.ends_with('&')) return {"\"&\" that begins no reference", kRepairHint};
  if (bytes.empty()) return {"something that is not XML", {}};
  const auto c = static_cast<unsigned char>(bytes.front());
  if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
    return {fmt::format("a raw control character, U+{:04X}, which XML forbids", c), kRepairHint};
  if (bytes.starts_with("\xEF\xBF\xBE") || bytes.starts_with("\xEF\xBF\xBF"))
    return {"U+FFFE or U+FFFF, which XML forbids", kRepairHint};
  if (c >= 0x80 && utf8_length(bytes) == 0)
    return {fmt::format("the byte 0x{:02X} is not UTF-8 here", c),
            "the file's encoding is not the one it declares: ask for it in UTF-8"};
  if (c == '<') return {"\"<\" where no tag may begin", kRepairHint};
  if (c == '&') return {"\"&\" that begins no reference", kRepairHint};
  return {fmt::format("{} cannot stand here", quoted(bytes.substr(0, utf8_length(bytes)))), {}};
}

/// "&#27;" and its like can be mended; "&#x110000;" is no character at all.
Words bad_reference(std::string_view bytes) {
  const std::string_view digits = bytes.substr(0, bytes.find(';'));
  const bool small = digits.size() <= std::string_view("&#x1F").size();
  return {fmt::format("{}, a reference to a character that XML forbids", quoted(digits, 20)),
          small ? kRepairHint : std::string_view{}};
}

Words nothing_there(std::string_view head) {
  if (head.empty()) return {"the file is empty", {}};
  const bool blank = head.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (blank) return {"the file holds white space only, and no element", {}};
  return {"the file ends before its first element", kCutHint};
}

Words words_of(const XmlFault& fault) {
  switch (fault.code) {
    case XML_ERROR_NO_ELEMENTS:
      if (fault.root_seen) return {"the file ends inside an element", kCutHint};
      return nothing_there(fault.head);
    case XML_ERROR_UNCLOSED_TOKEN: return {"the file ends inside a tag", kCutHint};
    case XML_ERROR_PARTIAL_CHAR: return {"the file ends inside a character", kCutHint};
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
      return {"the file ends inside a CDATA section", kCutHint};
    case XML_ERROR_INVALID_TOKEN: return invalid_token(fault.bytes, fault.before);
    case XML_ERROR_TAG_MISMATCH: return {"an end tag that closes another element", {}};
    case XML_ERROR_DUPLICATE_ATTRIBUTE: return {"one attribute stands twice in a tag", {}};
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
      return {"the root element has ended, and more follows", {}};
    case XML_ERROR_UNDEFINED_ENTITY: return {"an entity that nothing declares", {}};
    case XML_ERROR_BAD_CHAR_REF: return bad_reference(fault.bytes);
    case XML_ERROR_MISPLACED_XML_PI:
      return {"the XML declaration is not at the start of the file", {}};
    case XML_ERROR_INCORRECT_ENCODING:
      return {"the bytes are not in the encoding that the file declares", {}};
    case XML_ERROR_SYNTAX:
      if (!fault.root_seen) return {"text stands before the first element", {}};
      return {"a syntax error", {}};
    default: return {XML_ErrorString(static_cast<XML_Error>(fault.code)), {}};
  }
}

}  // namespace

Error describe(const XmlFault& fault) {
  const Words words = words_of(fault);
  return Error{Errc::malformed,
               fmt::format("not well-formed XML at {}: {}", place(fault.at), words.what),
               std::string(words.hint), std::nullopt};
}

Status doctype_refused(std::string_view name, const Position& at) {
  if (name == "html" || name == "HTML")
    return fail(Errc::malformed,
                fmt::format("an HTML page, not a test report (DOCTYPE html at {})", place(at)),
                "a download that failed often leaves an error page: fetch the report again");
  return fail(Errc::malformed,
              fmt::format("a DOCTYPE at {}; entities are never expanded or fetched", place(at)),
              "no test tool writes a DOCTYPE into a report: find out where this one comes from");
}

Status encoding_refused(std::string_view name, const Position& at) {
  return fail(Errc::malformed,
              fmt::format("the encoding {} is not read, at {}", quoted(name, 40), place(at)),
              "UTF-8, UTF-16 with a byte order mark, US-ASCII and ISO-8859-1 are");
}

bool encoding_is_read(std::string_view name, bool byte_order_mark) {
  std::string upper(name);
  std::ranges::transform(upper, upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (upper == "UTF-16" || upper == "UTF-16LE" || upper == "UTF-16BE") return byte_order_mark;
  return upper == "UTF-8" || upper == "US-ASCII" || upper == "ISO-8859-1";
}

}  // namespace assay::import
