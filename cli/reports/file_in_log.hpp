#pragma once

/// A report, or any other file, that somebody was handed: whether a log names these very bytes, in
/// which event and by whom, and what was said of it later. The words of the file itself are not
/// read. Thread word: thread-compatible.

#include <string>
#include <vector>

#include "cli/app.hpp"
#include "ledger/format/values.hpp"
#include "ledger/verify/source.hpp"
#include "projections/register/register.hpp"

namespace assay::cli {

struct GivenFile {
  std::string name;  ///< as it was given
  Hash digest;
  std::uint64_t size_bytes = 0;
};
/// Errors: those of reading.
[[nodiscard]] Result<GivenFile> read_given_file(const std::string& name);

/// True for an ordinary file that is no zip: nothing that `assay bundle` made.
[[nodiscard]] bool looks_reported(const std::string& path);

/// How an event has to do with a file.
enum class Mention : std::uint8_t {
  names,       ///< it states the file's digest
  again,       ///< the same type of event on the same subject, later, with other files
  supersedes,  ///< `document_superseded` on the same document
  refers,      ///< it points to an event that names the file: an endorsement, a correction
};

struct FileMention {
  Mention mention = Mention::names;
  EventId event;
  std::string type;
  std::string subject;
  Timestamp recorded_at;
  Hash key;  ///< of the author
};

/// In the order of the log, among its first `size` entries. Events that are not understood name
/// nothing. Errors: those of the source.
[[nodiscard]] Result<std::vector<FileMention>> mentions_of(const verify::Source& source,
                                                           std::uint64_t size,
                                                           const GivenFile& file);

/// Says it, for people and for --json.
void show_given_file(const Run& run, const projections::Register& programme, const GivenFile& file,
                     const std::vector<FileMention>& mentions);

}  // namespace assay::cli
namespace assay {
template <>
inline constexpr std::string_view kEnumTexts<cli::Mention>[] = {"names", "again", "supersedes",
                                                                "refers"};
}  // namespace assay
