#include "projections/register/register.hpp"

#include <algorithm>

#include "ledger/format/json_archive.hpp"
#include "ledger/merkle/tree.hpp"
#include "projections/register/invariant_check.hpp"
#include "projections/register/judge.hpp"
#include "projections/register/key_purpose.hpp"

namespace assay::projections {
namespace {

using verify::Claim;
using verify::Objection;

Objection objection(Claim claim, Errc code, std::uint64_t entry, std::string message,
                    std::string hint = {}) {
  return {claim, Error{code, std::move(message), std::move(hint), entry}};
}

std::string shown(const Hash& key) { return "key " + key.hex().substr(0, 16) + "…"; }

std::string names_of(RoleSet roles) {
  std::string text;
  for (std::size_t i = 0; i < std::size(kEnumTexts<Role>); ++i) {
    if (!roles.contains(static_cast<Role>(i))) continue;
    text.append(text.empty() ? "" : " or ").append(kEnumTexts<Role>[i]);
  }
  return text;
}

std::string rule_of(const Signers& signers) {
  switch (signers.authority) {
    case Authority::genesis: return "only entry 0 may say this";
    case Authority::root_threshold: return "only a root key may say this";
    case Authority::roles_or_root:
      return "this takes a root key or " + names_of(signers.recorded_by);
    case Authority::roles: return "this takes " + names_of(signers.recorded_by);
    case Authority::any_key: return "this takes a registered key";
  }
  return {};
}

}  // namespace

RoleSet Register::roles_of(const Hash& key) const {
  RoleSet roles;
  const auto found = state_.keys.find(key);
  if (found == state_.keys.end()) return roles;
  const auto granted = state_.roles.find({found->second.holder, found->second.party});
  if (granted == state_.roles.end()) return roles;
  for (const Role role : granted->second) roles.insert(role);
  return roles;
}

const Identifier* Register::party_of(const Hash& key) const {
  for (const events::RootKey& root : state_.roots) {
    if (root.key == key) return &root.party;
  }
  const auto found = state_.keys.find(key);
  return found == state_.keys.end() ? nullptr : &found->second.party;
}

std::uint64_t Register::touched_size(std::string_view subject) const {
  const IdEntry* const entry = state_.ids.find(subject);
  return entry == nullptr ? 0 : entry->touched_size;
}

std::vector<Objection> Register::admit(const EntryView& entry, verify::OnObjection mode) {
  ASSAY_ASSERT(entry.index == state_.size);
  Objections objections;
  completed_.clear();
  decode(entry, objections);
  const std::size_t before = objections.size();
  judge_author(entry, objections);
  judge_envelope(entry, objections);
  sound_.assign(decoded_.size(), objections.size() == before);
  for (std::size_t i = 0; i < decoded_.size(); ++i) {
    const std::size_t so_far = objections.size();
    judge_event(entry, i, objections);
    if (objections.size() > so_far) sound_[i] = false;
  }
  if (!objections.empty() && mode == verify::OnObjection::refuse) {
    state_.ids.roll_back();
    return objections;
  }
  state_.ids.commit();
  fold(entry);
  return objections;
}

void Register::decode(const EntryView& entry, Objections& objections) {
  const std::vector<EventView>& views = entry.submission.events;
  decoded_.resize(views.size());
  for (std::size_t i = 0; i < views.size(); ++i) {
    const EventType* const type = find_event_type(views[i].type, views[i].version);
    if (type == nullptr) {
      decoded_[i].reset();
      const auto unknown = decode_event(views[i].type, views[i].version, views[i].data);
      objections.push_back({Claim::invariants, Error(unknown.error()).at_entry(entry.index)});
      continue;
    }
    // An event of the same type as the one that stood here before takes over its memory.
    if (!decoded_[i]) decoded_[i].emplace();
    const Status status = decode_event(*type, views[i].data, *decoded_[i]);
    if (!status) {
      decoded_[i].reset();
      objections.push_back({Claim::invariants, Error(status.error()).at_entry(entry.index)});
    }
  }
}

void Register::judge_author(const EntryView& entry, Objections& objections) {
  const Hash& key = entry.submission.key;
  author_ = {};
  if (entry.index == 0) {
    const auto* genesis = decoded_[0] ? event_if<events::LedgerCreated>(&*decoded_[0]) : nullptr;
    if (genesis == nullptr) {
      objections.push_back(objection(Claim::authority, Errc::unauthorised, 0,
                                     "entry 0 must begin with ledger_created"));
      return;
    }
    for (const events::RootKey& root : genesis->roots) {
      if (root.key == key) author_ = {root.party, {}, true, true};
    }
  } else {
    for (const events::RootKey& root : state_.roots) {
      if (root.key == key) author_ = {root.party, {}, true, true};
    }
    if (const auto found = state_.keys.find(key); !author_.known && found != state_.keys.end()) {
      author_ = {found->second.party, roles_of(key), false, true};
      const RegisteredKey& registered = found->second;
      const auto refuse = [&](std::string why, std::string hint) {
        objections.push_back(objection(Claim::authority, Errc::unauthorised, entry.index,
                                       shown(key) + " " + std::move(why), std::move(hint)));
      };
      if (registered.status != KeyStatus::active) {
        refuse("is " + std::string(enum_text(registered.status)), "sign with a key that is active");
      } else if (entry.recorded_at < registered.valid_from) {
        refuse("is not valid before " + registered.valid_from.text(), "wait, or use another key");
      } else if (!(entry.recorded_at < registered.valid_to)) {
        refuse("expired on " + registered.valid_to.text(), "register a new key and use that");
      }
    }
  }
  if (!author_.known) {
    objections.push_back(objection(Claim::authority, Errc::unauthorised, entry.index,
                                   shown(key) + " is not registered in this log",
                                   "have a key_registered event recorded for it first"));
  }
}

void Register::judge_envelope(const EntryView& entry, Objections& objections) const {
  const SubmissionView& submission = entry.submission;
  if (entry.index > 0 && submission.log != state_.log_id.hex()) {
    objections.push_back(objection(Claim::invariants, Errc::rejected, entry.index,
                                   "signed for another log: " + std::string(submission.log),
                                   "this log is " + state_.log_id.hex()));
  }
  for (const Expectation& expectation : submission.expect) {
    const std::uint64_t touched = touched_size(expectation.subject);
    if (touched == expectation.size) continue;
    objections.push_back(objection(Claim::invariants, Errc::conflict, entry.index,
                                   std::string(expectation.subject) + " was last touched at size " +
                                       std::to_string(touched) + ", not " +
                                       std::to_string(expectation.size),
                                   "read what happened since, decide again, and submit anew"));
  }
}

bool Register::may_say(const EntryView& entry, const EventType& type) const {
  const Signers& signers = type.signers;
  // Everything in entry 0 is signed by all root keys.
  if (entry.index == 0) return true;
  switch (signers.authority) {
    case Authority::genesis: return false;
    case Authority::root_threshold: return author_.root;
    case Authority::roles_or_root:
      return author_.root || author_.roles.intersects(signers.recorded_by);
    case Authority::roles: return author_.roles.intersects(signers.recorded_by);
    case Authority::any_key: return true;
  }
  return false;
}

/// A new key inherits the roles of its holder. So nobody but the holder's own party may give one to
/// a holder who has roles: otherwise one registrar could speak for every party.
void Register::judge_holder(const EntryView& entry, const events::KeyRegistered& key,
                            const std::string& where, Objections& objections) const {
  const bool has_roles = state_.roles.contains({key.holder, key.party});
  if (entry.index == 0 || !has_roles || !author_.known || author_.party == key.party) return;
  objections.push_back(
      objection(Claim::authority, Errc::unauthorised, entry.index,
                where + key.holder.text + " of " + key.party.text +
                    " holds roles; only a key of that party may register another one for them",
                "or withdraw the roles, register the key, and grant them again by root threshold"));
}

void Register::judge_event(const EntryView& entry, std::size_t position, Objections& objections) {
  if (!decoded_[position]) return;
  const EventData& data = *decoded_[position];
  const EventView& view = entry.submission.events[position];
  const EventType& type = type_of(data);
  const auto where = [&] {
    return "event " + std::to_string(position) + " (" + std::string(type.name) + "): ";
  };
  const bool second_genesis = entry.index == 0 && position > 0 && data.index() == 0;
  if (author_.known && (!may_say(entry, type) || second_genesis)) {
    objections.push_back(objection(
        Claim::authority, Errc::unauthorised, entry.index, where() + rule_of(type.signers),
        author_.party.text + "'s key holds " +
            (author_.roles.empty() ? "no role" : names_of(author_.roles))));
  }
  if (const auto* key = event_if<events::KeyRegistered>(&data)) {
    judge_holder(entry, *key, where(), objections);
  }
  InvariantCheck check(state_.ids, state_.events, {entry.index, position});
  const std::string subject = subject_of(data);
  if (view.subject != subject) check.require(false, "its subject must be \"" + subject + "\"");
  check.require(entry.index == 0 || !type.signers.decision || entry.submission.seen.has_value(),
                "a decision must name the head of the log that its author had seen");
  check_invariants(data, check);
  std::string broken = check.broken();
  if (broken.empty()) broken = broken_state_rule(data, author_.party, state_);
  if (broken.empty()) broken = take_purposes(data, state_.ids);
  if (!broken.empty()) {
    objections.push_back(
        objection(Claim::invariants, Errc::rejected, entry.index, where() + broken));
  }
  state_.ids.change(view.subject).touched_size = entry.index + 1;
}

void Register::fold(const EntryView& entry) {
  if (entry.index == 0) state_.log_id = merkle::leaf_hash(entry.bytes);
  state_.clock_reset = false;
  if (const auto found = state_.keys.find(entry.submission.key); found != state_.keys.end()) {
    // The largest integer stays what it is: a state with a larger one could not be written.
    found->second.submissions =
        std::min(entry.submission.sequence + 1, std::uint64_t{limits::kIntegerMax});
    found->second.last_submission = submission_digest(entry.submission);
  }
  at_once_.assign(decoded_.size(), true);
  ready_.clear();
  for (std::size_t i = 0; i < decoded_.size(); ++i) {
    if (decoded_[i]) {
      fold_event(entry, i);
    } else {
      ++state_.unknown_events;
    }
  }
  // Only now does anything change who may say what and how many voices it takes: the state before
  // the entry judges all of it.
  for (const Ready& ready : ready_) take_effect(ready);
  state_.recorded_at = entry.recorded_at;
  state_.events.add(decoded_.size());
  state_.size = entry.index + 1;
}

void Register::fold_event(const EntryView& entry, std::size_t position) {
  const EventData& data = *decoded_[position];
  const EventType& type = type_of(data);
  const EventId id{entry.index, position};
  const Hash& key = entry.submission.key;
  // A log may hold what it should never have admitted. Nobody gains a key, a role or a voice by it:
  // every later entry is judged by the rules that were rightly in force.
  if (!sound_[position]) {
    at_once_[position] = !needs_voices(type);
    return;
  }
  if (const auto* endorsed = event_if<events::DecisionEndorsed>(&data)) {
    fold_voice(endorsed->target, {id, key, author_.party, author_.root, endorsed->comment}, true);
  } else if (const auto* dissented = event_if<events::DecisionDissented>(&data)) {
    fold_voice(dissented->target, {id, key, author_.party, author_.root, dissented->reason}, false);
  }
  if (!takes_voices(type)) return ready_.push_back({id, id});

  const std::string_view bytes = entry.submission.events[position].bytes;
  Decision& decision = state_.decisions[id];
  decision = {key,
              sha256(bytes),
              {},
              std::nullopt,
              {},
              std::nullopt,
              author_.party,
              subject_of(data),
              Identifier(std::string(type.name)),
              type.version};
  if (needs_voices(type)) decision.event = std::string(bytes);
  // All root keys have signed entry 0, so nothing in it waits for voices.
  if (entry.index == 0 || has_voices(decision, type.signers, nullptr)) {
    ready_.push_back({id, id});
  } else {
    at_once_[position] = false;
  }
}

void Register::fold_voice(const EventId& target, Voice voice, bool endorses) {
  const auto found = state_.decisions.find(target);
  if (found == state_.decisions.end()) return;
  Decision& decision = found->second;
  const EventId by = voice.event;
  if (!endorses) {
    decision.dissents.push_back(std::move(voice));
    return;
  }
  decision.endorsements.push_back(std::move(voice));
  const EventType* const type = find_event_type(decision.type.text, decision.version);
  if (!decision.effective && type != nullptr &&
      has_voices(decision, type->signers, &decision.endorsements.back())) {
    ready_.push_back({target, by});
  }
}

/// `present` is the endorsement that has just come. A role counts as it is held when its holder
/// speaks, so an earlier endorsement never gains weight from a role that was granted later.
bool Register::has_voices(const Decision& decision, const Signers& signers,
                          const Voice* present) const {
  if (signers.authority == Authority::root_threshold) {
    std::set<Identifier> parties;
    const auto count = [&](const Hash& key) {
      for (const events::RootKey& root : state_.roots) {
        if (root.key == key) parties.insert(root.party);
      }
    };
    count(decision.author);
    if (present != nullptr && !present->root) return false;
    // A key that was no root when it spoke never becomes one: a key has one purpose for ever.
    for (const Voice& voice : decision.endorsements) count(voice.key);
    return parties.size() >= state_.root_threshold;
  }
  if (signers.endorsed_by.empty()) return true;
  return present != nullptr && is_another_voice(decision, *present, signers) &&
         roles_of(present->key).intersects(signers.endorsed_by);
}

/// Four eyes: another party, or, where the type allows that, another holder of the same party.
bool Register::is_another_voice(const Decision& decision, const Voice& voice,
                                const Signers& signers) const {
  if (voice.party != decision.party) return true;
  if (!signers.own_party_endorses) return false;
  const auto author = state_.keys.find(decision.author);
  const auto speaker = state_.keys.find(voice.key);
  return author != state_.keys.end() && speaker != state_.keys.end() &&
         author->second.holder != speaker->second.holder;
}

void Register::take_effect(const Ready& ready) {
  const bool is_own = ready.id.entry == state_.size;
  const auto found = state_.decisions.find(ready.id);
  if (found == state_.decisions.end()) {
    return apply(*decoded_[ready.id.position], ready.id, author_.party);
  }
  Decision& decision = found->second;
  if (decision.effective) return;  // endorsed twice in one entry
  const EventData data = is_own ? *decoded_[ready.id.position] : decode_waiting(decision);
  // What held when it was said may have been overtaken since: a second rotation of the log's key,
  // to the key that the first one has used up, comes to nothing.
  if (decision.event && !broken_state_rule(data, decision.party, state_).empty()) {
    if (is_own) at_once_[ready.id.position] = false;
    return;
  }
  decision.effective = ready.by;
  decision.event.reset();
  if (!is_own) completed_.push_back({ready.id, data, decision.author, decision.party});
  apply(data, ready.id, decision.party);
}

/// The stored bytes were accepted when they were recorded, so they read and decode again.
EventData Register::decode_waiting(const Decision& decision) {
  ASSAY_ASSERT(decision.event.has_value());
  CanonicalReader in(*decision.event);
  EventView view;
  ASSAY_ASSERT(read_event(in, view));
  auto data = decode_event(view.type, view.version, view.data);
  ASSAY_ASSERT(data.has_value());
  return *std::move(data);
}

}  // namespace assay::projections
