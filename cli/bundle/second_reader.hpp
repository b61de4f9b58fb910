#pragma once

/// Whether all who read a zip read the same in it. A zip says everything twice: before each file,
/// as libarchive believes it, and in a directory at its end, which libzip and most others believe.
/// So it is read with both. Thread word: pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "ledger/base/error.hpp"
#include "ledger/verify/bag.hpp"

namespace assay::cli {

/// The answer to a zip that is not read: whoever could not look has found nothing (incomplete).
[[nodiscard]] std::unexpected<Error> refuse_zip(std::string why);

/// What the first reader found in a zip. Borrowed.
struct FirstReading {
  const std::string& top;                     ///< the one directory that everything lies in
  const std::vector<verify::BagFile>& files;  ///< ascending by name, without it
};

/// Refuses a zip in which the second reader does not find exactly the same, and one that others
/// could not unpack: encrypted, compressed in another way than most know, or with files that are
/// marked as something else. CRC-32s are not looked at. Errors: incomplete, io.
[[nodiscard]] Status check_with_second_reader(const std::string& path, const FirstReading& first);
/// The same of a zip in memory.
[[nodiscard]] Status check_with_second_reader_of(std::string_view bytes, const FirstReading& first);

}  // namespace assay::cli
