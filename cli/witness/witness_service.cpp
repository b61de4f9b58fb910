#include "cli/witness/witness_service.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "keys/verifier.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/format/fork_evidence.hpp"

namespace assay::cli {
namespace {

constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
constexpr std::string_view kCheckpointPath = "/checkpoint";
constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kConflict = 409;
constexpr int kFailed = 500;
constexpr std::int64_t kSecondUs = 1'000'000;

WitnessAnswer plain(int status, std::string body, std::string told) {
  return {{status, std::string(kPlainText), std::move(body)}, std::move(told), false};
}

WitnessAnswer refused(const WitnessRefusal& why, std::uint64_t latest_size) {
  if (why.status == kConflict) {
    return {{why.status, std::string(kTreeSizeContentType), format_tree_size(latest_size)},
            fmt::format("{}: {}", why.reason, latest_size),
            false};
  }
  WitnessAnswer answer = plain(why.status, why.reason + "\n", why.reason);
  answer.fork = why.fork;
  return answer;
}

/// What went wrong here is nobody's business but the operator's.
WitnessAnswer failed(const Error& error) {
  return plain(kFailed, "the witness cannot answer now\n", error.message);
}

/// The signature line as it stands in a note.
Result<std::string> line_text(const std::string& text, const NoteSignature& line) {
  ASSAY_TRY(const std::string note, format_note({text, {line}}));
  return note.substr(text.size() + 1);
}

}  // namespace

Result<StoredHead> stored_head(const std::string& note, const std::string& witness) {
  ASSAY_TRY(const Note parsed, parse_note(note));
  ASSAY_TRY(const Checkpoint checkpoint, parse_checkpoint(parsed.text));
  // The witness's own line is the last one.
  const NoteSignature& line = parsed.signatures.back();
  if (line.name != witness) {
    return fail(Errc::malformed, "what is stored does not end with this witness's cosignature");
  }
  ASSAY_TRY(const Cosignature cosignature, decode_cosignature(line.signature));
  return StoredHead{checkpoint.head(), cosignature.time_s};
}

Result<WatchedLogs> WatchedLogs::from(const std::vector<VKey>& keys) {
  WatchedLogs watched;
  for (const VKey& key : keys) {
    if (key.type != NoteKeyType::ed25519) {
      return fail(Errc::malformed, "the key of " + key.name + " is a witness's, not a log's");
    }
    if (std::ranges::find(watched.vkeys_, key) != watched.vkeys_.end()) continue;
    ASSAY_TRY(auto verifier, make_note_verifier(key, keys::make_verifier));
    auto log = std::ranges::find(watched.logs_, key.name, &CheckpointKeys::origin);
    if (log == watched.logs_.end()) {
      log = watched.logs_.insert(watched.logs_.end(), {key.name, {}, {}});
    }
    log->log.push_back(verifier.get());
    watched.owned_.push_back(std::move(verifier));
    watched.vkeys_.push_back(key);
  }
  return watched;
}

std::vector<VKey> WatchedLogs::vkeys_of(const std::string& origin) const {
  std::vector<VKey> found;
  std::ranges::copy_if(vkeys_, std::back_inserter(found),
                       [&](const VKey& key) { return key.name == origin; });
  return found;
}

WitnessAnswer WitnessService::answer(const HttpRequest& request) const {
  if (request.method == "POST" && request.path == "/add-checkpoint") {
    return add_checkpoint(request.body);
  }
  if (request.method == "GET" && request.path.ends_with(kCheckpointPath)) {
    return latest_checkpoint(request.path);
  }
  return plain(kNotFound, "there is nothing here\n", "nothing is there");
}

WitnessAnswer WitnessService::latest_checkpoint(const std::string& path) const {
  const std::size_t digits = path.size() - kCheckpointPath.size();
  const auto origin_hash = path.starts_with('/')
                               ? Hash::from_hex(path.substr(1, digits == 0 ? 0 : digits - 1))
                               : fail(Errc::malformed, "no path");
  if (!origin_hash) return plain(kNotFound, "there is nothing here\n", "nothing is there");
  auto note = parts_.store.checkpoint(*origin_hash);
  if (note) return plain(kOk, *std::move(note), "read");
  if (note.error().code != Errc::not_found) return failed(note.error());
  return plain(kNotFound, note.error().message + "\n", note.error().message);
}

Result<std::string> WitnessService::cosigned(const OpenedCheckpoint& opened,
                                             std::uint64_t not_before_s, std::string& line) const {
  const std::int64_t now_us = parts_.now().us;
  const auto now_s = static_cast<std::uint64_t>(std::max<std::int64_t>(now_us, 0) / kSecondUs);
  // "As of that time, the largest that I have seen": an earlier time beside a larger tree would
  // contradict what was cosigned before.
  if (now_s == 0 || now_s < not_before_s) {
    return fail(Errc::clock, fmt::format("the clock says {} s, and {} s was cosigned before", now_s,
                                         not_before_s));
  }
  ASSAY_TRY(NoteSignature own,
            cosign_text(opened.text, now_s, parts_.store.identity().name, parts_.signer));
  ASSAY_TRY(line, line_text(opened.text, own));
  Note note{opened.text, opened.log_signatures};
  note.signatures.push_back(std::move(own));
  return format_note(note);
}

WitnessAnswer WitnessService::add_checkpoint(const std::string& body) const {
  const auto examined = examine_witness_request(body, parts_.logs.keys());
  if (!examined) return refused(examined.error(), 0);
  std::optional<WitnessRefusal> refusal;
  std::string latest_note;
  StoredHead latest;
  std::string line;
  const Checkpoint& checkpoint = examined->opened.checkpoint;
  const Status stored = parts_.store.replace(
      checkpoint.origin, [&](const std::optional<std::string>& note) -> Result<std::string> {
        if (note) {
          latest_note = *note;
          ASSAY_TRY(latest, stored_head(*note, parts_.store.identity().name));
        }
        const auto judged = judge_witness_request(*examined, latest.head);
        if (judged) return cosigned(examined->opened, latest.time_s, line);
        refusal = judged.error();
        return fail(Errc::rejected, refusal->reason);
      });
  if (stored) {
    return plain(kOk, std::move(line),
                 fmt::format("cosigned {} at size {}", checkpoint.origin, checkpoint.size));
  }
  if (!refusal) return failed(stored.error());
  WitnessAnswer answer = refused(*refusal, latest.head.size);
  if (answer.fork) keep_evidence(latest_note, *examined, answer);
  return answer;
}

void WitnessService::keep_evidence(const std::string& latest, const ExaminedRequest& examined,
                                   WitnessAnswer& answer) const {
  for (const VKey& key : parts_.logs.vkeys_of(examined.opened.checkpoint.origin)) {
    const auto evidence =
        make_fork_evidence(latest, examined.request.checkpoint, key, keys::make_verifier, nullptr);
    if (!evidence) continue;
    const auto text = format_fork_evidence(*evidence);
    const Status kept =
        text ? parts_.store.keep_fork_evidence(key.name, *text) : std::unexpected(text.error());
    answer.told += kept ? "; the evidence is kept: see `assay witness status`"
                        : "; the evidence could not be kept: " + kept.error().message;
    return;
  }
}

}  // namespace assay::cli
