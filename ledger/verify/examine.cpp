#include "ledger/verify/examine.hpp"

#include "ledger/format/dsse.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::verify {
namespace {

void begin(std::uint64_t index, Examined& out) {
  out.index = index;
  out.absent = false;
  out.unreadable.reset();
  out.bytes.clear();
  out.event_count = 0;
  out.size_bytes = 0;
  out.log.clear();
  out.notables.clear();
  out.files.digests.clear();
  out.files.undecodable.reset();
  out.undecodable.reset();
  out.signatures = Signatures::waiting;
  out.signature_error.reset();
  out.message.clear();
}

bool introduces_keys(const std::vector<Notable>& notables) {
  for (const Notable& notable : notables) {
    if (verify::introduces_keys(type_of(notable.data).name)) return true;
  }
  return false;
}

void check_signatures(const SharedKeyring& keys, std::string& scratch, Examined& out) {
  scratch.clear();
  append_pae(scratch, kSubmissionPayloadType, out.entry.submission.bytes);
  // Keys that the entry itself introduces have to be learnt first, in the order of the log.
  if (!introduces_keys(out.notables) && !out.undecodable) {
    const KeyFinder find = [&](const Hash& key) { return keys.find(key); };
    if (Status status = check_signers(out.entry, {}, find, scratch); status) {
      out.signatures = Signatures::good;
      return;
    } else if (status.error().code != Errc::not_found) {
      out.signatures = Signatures::bad;
      out.signature_error = std::move(status).error();
      return;
    }
  }
  out.message = scratch;
}

/// Views into bytes that are gone must not be left where somebody could follow them.
void forget_views(EntryView& entry) {
  entry.bytes = {};
  SubmissionView& submission = entry.submission;
  submission.bytes = submission.events_bytes = submission.log = submission.id = {};
  submission.events.clear();
  submission.expect.clear();
}

}  // namespace

void examine(std::uint64_t index, std::string_view bytes, const SharedKeyring& keys, Keep keep,
             std::string& scratch, Examined& out) {
  begin(index, out);
  if (keep == Keep::bytes) bytes = out.bytes.assign(bytes);
  out.size_bytes = bytes.size();
  out.leaf = merkle::leaf_hash(bytes);
  if (Status status = parse_entry(bytes, out.entry); !status) {
    out.unreadable = std::move(status).error().at_entry(index);
    forget_views(out.entry);
    return;
  }
  SubmissionView& submission = out.entry.submission;
  out.event_count = submission.events.size();
  out.digest = submission_digest(submission.bytes);
  submission.digest = out.digest;
  out.log = submission.log;
  if (Status status = collect_notables(submission, out.notables, out.files); !status) {
    out.undecodable = std::move(status).error().at_entry(index);
  }
  check_signatures(keys, scratch, out);
  if (keep == Keep::values) forget_views(out.entry);
}

void examine_absent(std::uint64_t index, Error error, Examined& out) {
  begin(index, out);
  out.absent = true;
  out.unreadable = std::move(error).at_entry(index);
}

}  // namespace assay::verify
