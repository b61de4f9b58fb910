#include "ledger/store/ledger_file.hpp"

#include "ledger/format/canonical_writer.hpp"
#include "ledger/format/members.hpp"
#include "ledger/store/schema_internal.hpp"

namespace assay::store {
namespace {

constexpr std::string_view kKind = "assay_ledger";

}  // namespace

std::string format_ledger_file(const LedgerFile& file) {
  CanonicalWriter out;
  out.begin_object();
  out.name("format").integer(static_cast<std::int64_t>(file.format));
  out.name("kind").string(kKind);
  out.name("origin").string(file.origin);
  out.end_object();
  return std::move(out).take() + "\n";
}

Result<LedgerFile> parse_ledger_file(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  CanonicalReader in(text);
  LedgerFile file;
  Members members(in);
  if (members.required("format")) read_count(in, file.format);
  // What follows may mean anything in a newer format, so the version decides first.
  if (in.ok() && file.format > kFormatVersion) {
    return fail(Errc::unsupported,
                "the ledger has store format " + std::to_string(file.format) +
                    "; this program reads up to " + std::to_string(kFormatVersion),
                "use the program that wrote it, or a newer one");
  }
  if (in.ok() && file.format == 0) in.refuse("store formats count from 1");
  if (members.required("kind") && read_plain(in) != kKind) in.refuse("this is no ledger's file");
  if (members.required("origin")) {
    std::string_view value;
    std::string scratch;
    in.read_string(value, scratch);
    file.origin = value;
    if (in.ok() && (value.empty() || value.size() > 255)) in.refuse("an origin is 1 to 255 bytes");
  }
  members.end();
  if (!in.finish()) return std::unexpected(in.error().in(kLedgerFileName));
  return file;
}

}  // namespace assay::store
