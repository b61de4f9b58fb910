#include "ledger/format/entry.hpp"

#include <algorithm>

#include "ledger/base/encoding.hpp"
#include "ledger/format/canonical_writer.hpp"
#include "ledger/format/members.hpp"

namespace assay {
namespace {

void read_signatures(CanonicalReader& in, std::vector<EntrySignature>& out) {
  out.clear();
  if (!in.enter_array()) return;
  while (in.next_element()) {
    if (out.size() == limits::kSignaturesPerEntry) {
      in.refuse("more than 32 signatures");
      return;
    }
    EntrySignature& signature = out.emplace_back();
    Members members(in);
    if (members.required("key")) read_hash(in, signature.key);
    if (members.required("signature")) {
      auto bytes = from_base64(read_plain(in));
      if (in.ok() && (!bytes || bytes->empty())) in.refuse("a signature must be base64");
      if (in.ok()) signature.signature = *std::move(bytes);
    }
    members.end();
    if (in.ok() && out.size() > 1 && !(out[out.size() - 2].key < signature.key)) {
      in.refuse("signatures are sorted by key, each key once");
    }
  }
  if (in.ok() && out.empty()) in.refuse("an entry has at least one signature");
}

Error too_large(std::size_t size_bytes) {
  return Error{Errc::limit,
               "an entry of " + std::to_string(size_bytes) + " bytes; at most 65535 fit a tile",
               "split the events over several submissions", std::nullopt};
}

}  // namespace

Status parse_entry(std::string_view bytes, EntryView& out) {
  if (bytes.size() > limits::kEntrySizeBytes) return std::unexpected(too_large(bytes.size()));
  CanonicalReader in(bytes);
  out.bytes = bytes;
  Members members(in);
  if (members.required("index")) read_count(in, out.index);
  if (members.required("previous")) read_hash(in, out.previous);
  if (members.required("recorded_at")) {
    const auto time = Timestamp::parse(read_plain(in));
    if (in.ok() && !time) in.refuse("recorded_at must look like 2019-11-12T10:05:00.000000Z");
    if (in.ok()) out.recorded_at = *time;
  }
  if (members.required("signatures")) read_signatures(in, out.signatures);
  if (members.required("submission")) read_submission(in, out.submission);
  members.end();
  if (!in.finish()) return std::unexpected(in.error());
  return {};
}

Result<std::string> format_entry(std::uint64_t index, const Hash& previous,
                                 const Timestamp& recorded_at,
                                 std::vector<EntrySignature> signatures,
                                 std::string_view submission) {
  std::sort(signatures.begin(), signatures.end(),
            [](const EntrySignature& a, const EntrySignature& b) { return a.key < b.key; });
  CanonicalWriter out;
  out.begin_object();
  out.name("index").integer(static_cast<std::int64_t>(index));
  out.name("previous").string(previous.hex());
  out.name("recorded_at").string(recorded_at.text());
  out.name("signatures").begin_array();
  for (const EntrySignature& signature : signatures) {
    out.begin_object();
    out.name("key").string(signature.key.hex());
    out.name("signature").string(to_base64(signature.signature));
    out.end_object();
  }
  out.end_array();
  out.name("submission").raw(submission);
  out.end_object();
  std::string bytes = std::move(out).take();
  if (bytes.size() > limits::kEntrySizeBytes) return std::unexpected(too_large(bytes.size()));
  return bytes;
}

Hash origin_hash(std::string_view origin) { return sha256(origin); }

}  // namespace assay
