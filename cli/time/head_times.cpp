#include "cli/time/head_times.hpp"

#include <set>

#include <fmt/format.h>

#include "cli/session/file_io.hpp"
#include "cli/time/kept_timestamps.hpp"
#include "cli/witness/policy_file.hpp"
#include "keys/verifier.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/events/integrity.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/cosignature.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::cli {
namespace {

using Witnesses = std::vector<std::unique_ptr<NoteVerifier>>;

/// Times after the year 9999 have no text, and are nobody's.
constexpr std::uint64_t kLastSecond = 253'402'300'799;

Result<Witnesses> read_witnesses(const std::vector<std::string>& given) {
  Witnesses witnesses;
  for (const std::string& text : given) {
    auto key = vkey_from(text);
    if (!key) return std::unexpected(std::move(key).error().in("--witness"));
    if (key->type != NoteKeyType::cosignature_v1) {
      return fail(Errc::invalid_argument,
                  "the key of " + key->name + " is not one for cosignatures",
                  "a witness's verifier key has type 04");
    }
    ASSAY_TRY(auto verifier, make_note_verifier(*key, keys::make_verifier));
    witnesses.push_back(std::move(verifier));
  }
  return witnesses;
}

/// Nothing for a line that is no cosignature, or that a known witness did not make.
std::optional<verify::HeadTime> cosigned(const NoteSignature& line, const std::string& text,
                                         std::uint64_t size, const Witnesses& witnesses) {
  const auto cosignature = decode_cosignature(line.signature);
  if (!cosignature || cosignature->time_s > kLastSecond) return std::nullopt;
  verify::HeadTime head{size,
                        {static_cast<std::int64_t>(cosignature->time_s) * 1'000'000},
                        verify::TimeWord::witness,
                        line.name,
                        false};
  for (const auto& witness : witnesses) {
    if (!witness->made(line)) continue;
    if (!witness->verify(text, line.signature)) return std::nullopt;
    head.believed = true;
  }
  return head;
}

/// A head that is not the log's has no times to give: it is a fork, which `verify` names.
bool is_head_of(const store::Store& store, const std::string& text, std::uint64_t size) {
  const auto stated = parse_checkpoint(text);
  if (!stated || stated->size != size || size > store.size()) return false;
  const auto root = merkle::root_at(size, store.nodes());
  return root && *root == stated->root;
}

Result<std::vector<verify::HeadTime>> cosigned_heads(const store::Store& store,
                                                     const Witnesses& witnesses, std::uint64_t from,
                                                     std::uint64_t size) {
  std::vector<verify::HeadTime> heads;
  ASSAY_CHECK(store.scan_checkpoints(from + 1, [&](const store::StoredCheckpoint& kept) -> Status {
    if (kept.size > size) return {};
    const auto note = parse_note(kept.note);
    if (!note) return {};
    std::vector<verify::HeadTime> here;
    for (const NoteSignature& line : note->signatures) {
      if (auto head = cosigned(line, note->text, kept.size, witnesses)) here.push_back(*head);
    }
    if (!here.empty() && is_head_of(store, note->text, kept.size)) {
      heads.insert(heads.end(), here.begin(), here.end());
    }
    return {};
  }));
  return heads;
}

/// The times before which nobody could have named these timestamps: their bytes were not there yet.
Result<std::vector<verify::Anchor>> anchors_in(const store::Store& store,
                                               const std::vector<JudgedTimestamp>& judged) {
  std::vector<verify::Anchor> anchors;
  if (judged.empty()) return anchors;
  ASSAY_TRY(const auto about, store.events_about("log/checkpoint"));
  EntryView entry;
  for (const EventId& id : about) {
    ASSAY_TRY(const std::string bytes, store.entry(id.entry));
    ASSAY_CHECK(parse_entry(bytes, entry));
    if (id.position >= entry.submission.events.size()) continue;
    const EventView& event = entry.submission.events[id.position];
    if (event.type != events::ExternalAnchorRecorded::kType) continue;
    const auto data = decode_event(event.type, event.version, event.data);
    const auto* const anchor = data ? event_if<events::ExternalAnchorRecorded>(&*data) : nullptr;
    if (anchor == nullptr || !anchor->evidence) continue;
    for (const JudgedTimestamp& stamp : judged) {
      if (stamp.digest != *anchor->evidence || !stamp.stamp) continue;
      const auto accuracy = static_cast<std::int64_t>(stamp.stamp->token.accuracy_us);
      anchors.push_back({id.entry,
                         {stamp.stamp->token.time.us - accuracy},
                         stamp.stamp->authority,
                         stamp.verdict == verify::Verdict::proved});
    }
  }
  return anchors;
}

}  // namespace

Result<Intervals> Intervals::gather(const store::Store& store, const TimeOptions& options,
                                    std::uint64_t from, std::uint64_t size, const Timestamp& now) {
  ASSAY_TRY(const Witnesses witnesses, read_witnesses(options.witnesses));
  ASSAY_TRY(const auto trusted, read_anchors(options.tsa_file));
  ASSAY_TRY(std::vector<verify::HeadTime> heads, cosigned_heads(store, witnesses, from, size));
  ASSAY_TRY(const auto judged,
            judge_timestamps(timestamps_of(store), trusted ? &*trusted : nullptr, size, now));
  for (const JudgedTimestamp& stamp : judged) {
    if (!stamp.stamp) continue;
    heads.push_back({stamp.size, stamp.stamp->token.latest(), verify::TimeWord::authority,
                     stamp.stamp->authority, stamp.verdict == verify::Verdict::proved});
  }
  ASSAY_TRY(std::vector<verify::Anchor> anchors, anchors_in(store, judged));
  return Intervals(store, verify::HeadTimes(std::move(heads), std::move(anchors)));
}

Result<verify::EventInterval> Intervals::of(const EntryView& entry) {
  const verify::EventPlace place{entry.index,
                                 entry.submission.seen ? entry.submission.seen->size : 0};
  const std::uint64_t head = verify::head_before(place);
  Timestamp recorded_at;
  if (head > 0) {
    const auto known = recorded_at_.find(head);
    if (known == recorded_at_.end()) {
      ASSAY_TRY(const std::string bytes, store_->entry(head - 1));
      EntryView last;
      ASSAY_CHECK(parse_entry(bytes, last));
      recorded_at_.emplace(head, last.recorded_at);
      recorded_at = last.recorded_at;
    } else {
      recorded_at = known->second;
    }
  }
  return times_.interval(place, recorded_at);
}

std::string bound_text(const std::optional<verify::TimeBound>& bound) {
  if (!bound) return "none yet";
  const std::string over =
      fmt::format("{} {}", bound->size, bound->size == 1 ? "entry" : "entries");
  if (bound->by == verify::TimeWord::log) {
    return fmt::format("{}  its author knew the head of {}; by the log's own clock",
                       bound->at.text(), over);
  }
  return fmt::format("{}  {} {} over {}{}", bound->at.text(), enum_text(bound->by), bound->who,
                     over, bound->believed ? "" : " (only claimed)");
}

bool is_empty(const verify::EventInterval& interval) {
  return interval.not_before && interval.not_after &&
         interval.not_after->at.us < interval.not_before->at.us;
}

namespace {

Json bound_json(const std::optional<verify::TimeBound>& bound) {
  if (!bound) return nullptr;
  Json json = {{"time", bound->at.text()},
               {"by", enum_text(bound->by)},
               {"size", bound->size},
               {"believed", bound->believed}};
  if (!bound->who.empty()) json["who"] = bound->who;
  return json;
}

}  // namespace

Json interval_json(const verify::EventInterval& interval) {
  return {{"not_before", bound_json(interval.not_before)},
          {"not_after", bound_json(interval.not_after)},
          {"empty", is_empty(interval)}};
}

void add_time_options(CLI::App* command, TimeOptions& options) {
  command
      ->add_option("--witness", options.witnesses,
                   "Believe the times of this witness: a C2SP verifier key, or a file of it")
      ->type_name("KEY");
  command
      ->add_option("--tsa", options.tsa_file,
                   "Believe timestamps of authorities that these certificates vouch for (PEM)")
      ->type_name("FILE");
}

}  // namespace assay::cli
