#pragma once

/// A strict, streaming XML 1.0 reader over expat, with the refusals that evidence needs.
///
/// Refused, always with line, column and byte: anything not well-formed, every DOCTYPE (so there is
/// no entity to expand and no file or address to fetch), XML 1.1, any encoding but UTF-8, UTF-16
/// with a byte order mark, US-ASCII and ISO-8859-1, and what is over a limit of junit_limits.hpp.
/// Names and text reach the sink as UTF-8. Thread word: thread-compatible. Memory: one token.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/position.hpp"
#include "cli/import/xml_repair.hpp"
#include "ledger/base/error.hpp"

namespace assay::import {

struct XmlAttribute {
  std::string_view name;
  std::string_view value;
};

/// Receives the document in order. An error stops the reader, which returns it unchanged. The views
/// live for the call.
class XmlSink {
 public:
  XmlSink() = default;
  XmlSink(const XmlSink&) = delete;
  XmlSink& operator=(const XmlSink&) = delete;
  virtual ~XmlSink() = default;

  /// `at` is the place of the tag's "<".
  virtual Status on_start(std::string_view name, std::span<const XmlAttribute> attributes,
                          const Position& at) = 0;
  virtual Status on_end(std::string_view name) = 0;
  /// Text and CDATA, in pieces that may be cut anywhere between two characters.
  virtual Status on_text(std::string_view text) = 0;
  virtual Status on_comment(std::string_view text) = 0;
};

class XmlReader {
 public:
  /// `sink` must outlive the reader. With `repair`, the bytes pass through XmlRepair first, and
  /// every position is that of the original bytes.
  XmlReader(XmlSink& sink, bool repair);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  /// Pieces of any size. Errors: malformed, limit, and whatever the sink answers. After an error
  /// every call returns it again.
  [[nodiscard]] Status feed(std::string_view bytes);
  /// The input has ended. Errors: as feed.
  [[nodiscard]] Status finish();

  /// What was mended, in order; empty without `repair`.
  [[nodiscard]] const std::vector<XmlMend>& mends() const noexcept;

 private:
  struct Callbacks;
  struct Parser;
  friend struct Callbacks;

  Status take_piece(std::string_view piece, bool last);
  Status parse_piece(std::string_view bytes, bool last);
  std::uint64_t note_event() noexcept;
  void stop(Status status);
  [[nodiscard]] Position here() const;
  [[nodiscard]] Position pending() const;
  [[nodiscard]] Error parse_error() const;
  Status check_declaration(const char* version, const char* encoding);

  XmlSink& sink_;
  std::unique_ptr<Parser> parser_;
  std::unique_ptr<XmlRepair> repair_;
  std::string mended_;
  std::string piece_;  ///< gathers what is taken at a time
  std::string head_;   ///< the first bytes, to name what is wrong with a file that is no XML
  Status status_;
  std::vector<XmlAttribute> attributes_;
  std::size_t depth_ = 0;
  bool root_seen_ = false;
  std::uint64_t fed_bytes_ = 0;
  std::uint64_t done_bytes_ = 0;  ///< up to here the parser has handed everything out
};

}  // namespace assay::import
