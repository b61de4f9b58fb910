#include "cli/time/kept_timestamps.hpp"

#include <fmt/format.h>

#include "cli/session/file_io.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/note.hpp"
#include "ledger/verify/outside.hpp"

namespace assay::cli {
namespace {

void fail_timestamp(JudgedTimestamp& judged, std::string why) {
  judged.verdict = verify::Verdict::failed;
  judged.sentence = std::move(why);
}

std::string proved_sentence(const JudgedTimestamp& judged) {
  const keys::VerifiedTimestamp& stamp = *judged.stamp;
  return fmt::format(
      "{} entries were there by {}{}: {}", judged.size, stamp.token.time.text(),
      stamp.token.accuracy_us == 0
          ? std::string()
          : fmt::format(" (± {} s)", static_cast<double>(stamp.token.accuracy_us) / 1e6),
      stamp.authority);
}

/// Held against a note of that size.
void judge(JudgedTimestamp& judged, const std::string& response, const std::string& note,
           const keys::TrustAnchors* anchors) {
  const auto text = parse_note(note);
  const auto stated = text ? parse_checkpoint(text->text) : std::unexpected(text.error());
  if (!stated || stated->size != judged.size) {
    return fail_timestamp(judged, "what lies there as its checkpoint is none of that size");
  }
  auto verified = keys::verify_timestamp(response, {sha256(text->text), std::nullopt, anchors});
  if (!verified) {
    const Errc code = verified.error().code;
    judged.sentence = std::move(verified).error().message;
    const bool could_not_look = code == Errc::incomplete || code == Errc::unsupported;
    if (!could_not_look) judged.verdict = verify::Verdict::failed;
    return;
  }
  judged.stamp = *std::move(verified);
  judged.sentence = judged.stamp->trusted
                        ? proved_sentence(judged)
                        : fmt::format("{} by {}: {}", judged.stamp->token.time.text(),
                                      judged.stamp->authority, judged.stamp->why_not);
  if (judged.stamp->trusted) judged.verdict = verify::Verdict::proved;
}

/// One of the two clocks is wrong then, and nothing says which.
void doubt_future(JudgedTimestamp& judged, const Timestamp& now) {
  if (judged.verdict != verify::Verdict::proved) return;
  if (judged.stamp->token.time.us <= now.us + verify::kClockAheadUs) return;
  judged.verdict = verify::Verdict::not_checked;
  judged.sentence =
      fmt::format("{} by {}, which is to come by the clock here, {}",
                  judged.stamp->token.time.text(), judged.stamp->authority, now.text());
}

}  // namespace

TimestampSource timestamps_of(const store::Store& store) {
  return {[&store](const TimestampSource::Visit& visit) { return store.scan_timestamps(0, visit); },
          [&store](std::uint64_t size) -> Result<std::string> {
            ASSAY_TRY(store::StoredCheckpoint checkpoint, store.checkpoint(size));
            return std::move(checkpoint.note);
          }};
}

Result<Hash> timestamp_imprint(const std::string& note) {
  ASSAY_TRY(const Note parsed, parse_note(note));
  return sha256(parsed.text);
}

Result<std::vector<JudgedTimestamp>> judge_timestamps(const TimestampSource& source,
                                                      const keys::TrustAnchors* anchors,
                                                      std::uint64_t size, const Timestamp& now) {
  std::vector<JudgedTimestamp> all;
  ASSAY_CHECK(source.scan([&](const store::StoredTimestamp& stored) -> Status {
    if (stored.size > size) return {};
    JudgedTimestamp judged{stored.size, stored.digest, verify::Verdict::not_checked, {}, {}, {}};
    if (sha256(stored.response) != stored.digest) {
      fail_timestamp(judged, "its bytes are not those that it was kept with");
    } else if (const auto note = source.note(stored.size); note) {
      judge(judged, stored.response, *note, anchors);
      doubt_future(judged, now);
    } else if (note.error().code == Errc::not_found) {
      judged.sentence = "the checkpoint that it is over is not kept";
    } else {
      return std::unexpected(note.error());
    }
    all.push_back(std::move(judged));
    return {};
  }));
  return all;
}

Result<std::optional<keys::TrustAnchors>> read_anchors(const std::string& path) {
  if (path.empty()) return std::optional<keys::TrustAnchors>();
  ASSAY_TRY(const std::string text, read_file(path, keys::kTrustAnchorFileSizeBytes));
  auto anchors = keys::TrustAnchors::parse(text);
  if (!anchors) return std::unexpected(std::move(anchors).error().in(path));
  return std::optional<keys::TrustAnchors>(*std::move(anchors));
}

}  // namespace assay::cli
