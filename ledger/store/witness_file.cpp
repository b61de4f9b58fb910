#include "ledger/store/witness_file.hpp"

#include "ledger/format/canonical_writer.hpp"
#include "ledger/format/members.hpp"
#include "ledger/format/vkey.hpp"

namespace assay::store {
namespace {

constexpr std::string_view kWitnessKind = "assay_witness";

}  // namespace

std::string format_witness_file(const WitnessIdentity& who) {
  CanonicalWriter out;
  out.begin_object();
  out.name("format").integer(static_cast<std::int64_t>(kWitnessFormatVersion));
  out.name("key").string(who.key.hex());
  out.name("kind").string(kWitnessKind);
  out.name("name").string(who.name);
  out.end_object();
  return std::move(out).take() + "\n";
}

Result<WitnessIdentity> parse_witness_file(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  CanonicalReader in(text);
  WitnessIdentity who;
  std::uint64_t format = 0;
  Members members(in);
  if (members.required("format")) read_count(in, format);
  if (in.ok() && format > kWitnessFormatVersion) {
    return fail(Errc::unsupported,
                "the witness's directory has format " + std::to_string(format) +
                    "; this program reads up to " + std::to_string(kWitnessFormatVersion),
                "use the program that wrote it, or a newer one");
  }
  if (in.ok() && format == 0) in.refuse("formats count from 1");
  if (members.required("key")) read_hash(in, who.key);
  if (members.required("kind") && read_plain(in) != kWitnessKind) {
    in.refuse("this is no witness's file");
  }
  if (members.required("name")) {
    std::string_view name;
    std::string scratch;
    in.read_string(name, scratch);
    who.name = name;
    if (in.ok() && !is_key_name(name)) in.refuse("no key can have this name");
  }
  members.end();
  if (!in.finish()) return std::unexpected(in.error().in(kWitnessFileName));
  return who;
}

}  // namespace assay::store
