#pragma once

/// Mends the slips that real test tools make when they write XML, where there is no doubt what was
/// meant, and lists every mend. A byte filter in front of the XML parser; never used on a file that
/// is well-formed as it stands. Pure, thread-compatible, memory bounded by a look-ahead of 64 KiB.
///
///   found                                        written by            put instead
///   a control character, raw or as a reference   bats, node, behave    its picture: U+001B →
///   U+241B U+FFFE, U+FFFF                                                     U+FFFD
///   "]]>" in text                                node                  "]]&gt;"
///   "]]>" in CDATA that is not its end           behave, Boost, cmocka "]]]]><![CDATA[>"
///   "<" in an attribute's value                  cmocka                "&lt;"
///   "&" that starts no reference                                       "&amp;"
///
/// "]]>" in CDATA is its end only where the next markup is the end tag of the element around it, a
/// further CDATA section, a comment or a JUnit element, and no other "]]>" comes first. "<" in a
/// value is mended only where the value's quote is followed as a value's quote must be.
///
/// Everything else (a file cut short, two roots, an attribute twice, wrong bytes, a DOCTYPE, an
/// undeclared entity) passes through unchanged, for the parser to refuse. So does a file that is
/// not UTF-8.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/import/position.hpp"
#include "ledger/base/error.hpp"

namespace assay::import {

struct XmlMend {
  Position at;        ///< in the original bytes
  std::string found;  ///< in visible characters: "U+001B", "]]>"
  std::string put;    ///< likewise: "U+241B", "]]&gt;"
};

class XmlRepair {
 public:
  /// Appends to `out` what can be decided so far. Errors: limit (more than kRepairs places).
  [[nodiscard]] Status feed(std::string_view bytes, std::string& out);
  /// The input has ended: appends the rest.
  [[nodiscard]] Status finish(std::string& out);

  [[nodiscard]] const std::vector<XmlMend>& mends() const noexcept { return mends_; }
  /// Where a place of the mended bytes stands in the original ones.
  [[nodiscard]] Position original(const Position& mended) const noexcept;

 private:
  enum class Where : std::uint8_t { prolog, text, tag, value, cdata, comment, instruction, as_is };
  enum class Step : std::uint8_t { done, wait };
  /// The running difference between mended and original bytes, after one mend.
  struct Shift {
    std::uint64_t mended_offset_bytes;
    std::uint64_t line;
    std::uint64_t mended_column;
    std::int64_t bytes;
    std::int64_t columns;
  };

  Status run(std::string& out);
  Step step(std::string& out);
  Step in_prolog(std::string& out);
  Step in_text(std::string& out);
  Step in_tag(std::string& out);
  Step in_value(std::string& out);
  Step in_cdata(std::string& out);
  Step until(std::string_view end, std::string& out);
  Step markup(std::string& out);
  Step start_or_end_tag(std::string& out);
  Step open_value(std::string& out);
  Step reference(std::string& out);
  Step ordinary(std::string& out);
  [[nodiscard]] std::string_view rest() const noexcept;
  [[nodiscard]] std::string_view window(std::size_t size_bytes) const noexcept;
  [[nodiscard]] bool can_wait(std::size_t wanted_bytes) const noexcept;
  enum class CdataEnd : std::uint8_t { yes, no, unknown };
  [[nodiscard]] CdataEnd cdata_ends_here() const;
  void copy(std::size_t size_bytes, std::string& out);
  void mend(std::size_t size_bytes, std::string_view put, std::string found, std::string shown,
            std::string& out);
  void mend_character(std::size_t size_bytes, std::uint32_t code, std::string& out);

  std::string buffer_;
  std::size_t next_ = 0;  ///< the first byte of buffer_ that is not dealt with
  bool final_ = false;
  Where where_ = Where::prolog;
  char quote_ = '"';
  bool value_may_hold_less_than_ = false;
  std::vector<std::string> open_;
  Position in_;
  std::uint64_t out_offset_bytes_ = 0;
  std::uint64_t out_column_ = 1;
  std::vector<XmlMend> mends_;
  std::vector<Shift> shifts_;
};

}  // namespace assay::import
