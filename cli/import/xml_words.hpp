#pragma once

/// The reasons for which the XML reader refuses a file, in words that a reader of reports can act
/// on. Pure.

#include <string_view>

#include "cli/import/position.hpp"
#include "ledger/base/error.hpp"

namespace assay::import {

/// What expat knows when it stops.
struct XmlFault {
  int code = 0;             ///< enum XML_Error
  Position at;              ///< where
  std::string_view bytes;   ///< the input from there on, as far as it is at hand
  std::string_view before;  ///< the input up to there, likewise
  std::string_view head;    ///< the first bytes of the file
  bool root_seen = false;   ///< false while no element has begun
};

/// Errors of one line: "not well-formed XML at line 12, column 14 (byte 345): …".
[[nodiscard]] Error describe(const XmlFault& fault);

[[nodiscard]] Status doctype_refused(std::string_view name, const Position& at);
[[nodiscard]] Status encoding_refused(std::string_view name, const Position& at);

/// True for the four encodings that are read. UTF-16 only with a byte order mark.
[[nodiscard]] bool encoding_is_read(std::string_view name, bool byte_order_mark);

}  // namespace assay::import
