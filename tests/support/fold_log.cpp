#include "tests/support/fold_log.hpp"

#include <algorithm>
#include <cstdio>

#include "ledger/merkle/tree.hpp"

namespace assay::testing {
namespace {

constexpr std::int64_t kStepUs = 60'000'000;

std::string uuid(std::uint64_t number) {
  char text[40];
  std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012llx",
                static_cast<unsigned long long>(number));
  return text;
}

}  // namespace

Base64Bytes public_key_of(const std::string& name) { return {"the public key of " + name}; }
Hash key_of(const std::string& name) { return sha256(public_key_of(name).bytes); }

std::string FoldLog::entry_of(const std::string& author, const std::vector<std::string>& events,
                              const Terms& terms, const Timestamp& at) {
  SubmissionDraft draft;
  draft.key = key_of(author);
  draft.sequence = sequences_[author];
  draft.previous = draft.sequence == 0 ? Hash{} : sha256(author);
  draft.events = events;
  draft.expect = terms.expect;
  draft.seen = terms.seen;
  draft.log = terms.log.value_or(size_ == 0 ? kOrigin : log_id_.hex());
  draft.id = uuid(++submissions_);
  const Hash previous = size_ == 0 ? origin_hash(kOrigin) : last_leaf_;
  return format_entry(size(), previous, at, {{draft.key, std::string(64, 's')}},
                      format_submission(draft).value())
      .value();
}

Timestamp FoldLog::next_time() const { return {now_.us + kStepUs}; }

void FoldLog::take(const std::string& author, const std::string& bytes, const Timestamp& at) {
  last_leaf_ = merkle::leaf_hash(bytes);
  if (size_++ == 0) log_id_ = last_leaf_;
  ++sequences_[author];
  now_ = at;
}

std::string FoldLog::form(const std::string& author, const std::vector<EventData>& data) {
  std::vector<std::string> events;
  for (const EventData& event : data) events.push_back(encode_event(event, now_));
  const Timestamp at = next_time();
  std::string bytes = entry_of(author, events, {}, at);
  take(author, bytes, at);
  return bytes;
}

std::vector<verify::Objection> FoldLog::say_text(const std::string& author,
                                                 const std::vector<std::string>& events,
                                                 const Terms& terms) {
  const Timestamp at = terms.recorded_at.value_or(next_time());
  std::string bytes = entry_of(author, events, terms, at);
  EntryView entry;
  ASSAY_ASSERT(parse_entry(bytes, entry).has_value());
  std::vector<verify::Objection> objections = rules_.admit(entry, terms.mode);
  if (objections.empty() || terms.mode == verify::OnObjection::keep_on) {
    take(author, bytes, at);
    entries_.push_back(std::move(bytes));
  }
  return objections;
}

std::vector<verify::Objection> FoldLog::say(const std::string& author,
                                            const std::vector<EventData>& data,
                                            const Terms& terms) {
  std::vector<std::string> events;
  for (const EventData& event : data) events.push_back(encode_event(event, now_));
  return say_text(author, events, terms);
}

std::vector<verify::Objection> FoldLog::endorse(const std::string& author, std::uint64_t index,
                                                const Terms& terms) {
  EntryView entry;
  ASSAY_ASSERT(parse_entry(entries_.at(index), entry).has_value());
  events::DecisionEndorsed event;
  event.digest = sha256(entry.submission.events.front().bytes);
  event.target = {index, 0};
  Terms seeing = terms;
  if (!seeing.seen) seeing.seen = seen();
  return say(author, {event}, seeing);
}

events::LedgerCreated FoldLog::genesis(const std::vector<std::string>& parties,
                                       std::uint64_t threshold) const {
  events::LedgerCreated event;
  event.log_key = {key_of("log-0"), public_key_of("log-0")};
  event.next_log_key = key_of("log-1");
  event.origin = kOrigin;
  event.programme = "SMETS1 testing";
  event.root_threshold = threshold;
  for (const std::string& party : parties) {
    event.roots.push_back({key_of("root-" + party), party, public_key_of("root-" + party)});
  }
  std::sort(event.roots.begin(), event.roots.end(),
            [](const auto& a, const auto& b) { return a.key < b.key; });
  return event;
}

std::vector<verify::Objection> FoldLog::begin(const std::vector<std::string>& parties,
                                              std::uint64_t threshold) {
  return say("root-" + parties.front(), {genesis(parties, threshold)});
}

void FoldLog::begin_programme() {
  const auto admitted = [](const std::vector<verify::Objection>& objections) {
    if (!objections.empty()) std::fprintf(stderr, "%s\n", objections[0].error.message.c_str());
    ASSAY_ASSERT(objections.empty());
  };
  struct Holder {
    const char* name;
    const char* party;
    Role role;
  };
  constexpr Holder kHolders[] = {
      {"dcc-tm", "DCC", Role::dcc_tm},    {"dcc-rm", "DCC", Role::dcc_rm},
      {"dcc-im", "DCC", Role::dcc_im},    {"dcc-reg", "DCC", Role::dcc_reg},
      {"sp-tl", "S1SP-A", Role::sp_tl},   {"harness", "S1SP-A", Role::harness},
      {"tag-sec", "SECAS", Role::tag_sec}};
  admitted(begin({"DCC", "SECAS"}, 2));
  admitted(say("root-DCC", {party_registered("DCC", events::PartyClass::dcc),
                            party_registered("SECAS", events::PartyClass::secas),
                            party_registered("SMSO-MDS", events::PartyClass::smso),
                            party_registered("S1SP-A", events::PartyClass::service_provider)}));
  std::vector<EventData> keys;
  for (const Holder& holder : kHolders)
    keys.emplace_back(key_registered(holder.name, holder.party));
  admitted(say("root-DCC", keys));
  for (const Holder& holder : kHolders) {
    admitted(say("root-DCC", {role_granted(holder.name, holder.party, holder.role)}));
    admitted(endorse("root-SECAS", size() - 1));
  }
}

events::KeyRegistered key_registered(const std::string& name, const std::string& party) {
  events::KeyRegistered event;
  event.holder = name;
  event.key = key_of(name);
  event.party = party;
  event.public_key = public_key_of(name);
  event.valid_from = Timestamp::parse("2019-01-01T00:00:00.000000Z").value();
  event.valid_to = Timestamp::parse("2021-01-01T00:00:00.000000Z").value();
  return event;
}

events::PartyRegistered party_registered(const std::string& party, events::PartyClass kind) {
  events::PartyRegistered event;
  event.class_ = kind;
  event.name = "Party " + party;
  event.party = party;
  return event;
}

events::RoleGranted role_granted(const std::string& holder, const std::string& party, Role role) {
  events::RoleGranted event;
  event.holder = holder;
  event.party = party;
  event.role = role;
  return event;
}

}  // namespace assay::testing
