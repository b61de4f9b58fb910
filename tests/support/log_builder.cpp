#include "tests/support/log_builder.hpp"

#include <algorithm>

#include "keys/signer.hpp"
#include "keys/verifier.hpp"
#include "ledger/format/checkpoint.hpp"
#include "ledger/format/dsse.hpp"
#include "ledger/merkle/tree.hpp"
#include "ledger/verify/keyring.hpp"

namespace assay::testing {
namespace {

constexpr std::int64_t kStepUs = 1'500'000;  // between entries
constexpr std::int64_t kClaimUs = 250'000;   // from an event to its entry

std::string uuid(std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "00000000-0000-4000-8000-000000000000";
  for (std::size_t at = text.size(); number > 0; number /= 16) text[--at] = kDigits[number % 16];
  return text;
}

}  // namespace

VerifierFactory real_verifiers() { return keys::make_verifier; }

LogBuilder::LogBuilder(std::uint64_t seed, std::string origin)
    : seed_(seed),
      origin_(std::move(origin)),
      last_leaf_(origin_hash(origin_)),
      now_(Timestamp::parse("2019-10-01T09:00:00.000000Z").value()) {}

Author& LogBuilder::author(std::string_view name, KeyAlgorithm algorithm) {
  const auto found = authors_.find(name);
  if (found != authors_.end()) return *found->second;
  const std::string named = std::to_string(seed_) + "/" + std::string(name);
  const Hash seed = sha256(named);
  auto made = std::make_unique<Author>();
  made->name = name;
  made->signer = algorithm == KeyAlgorithm::ed25519 ? keys::signer_from_seed(seed.view()).value()
                                                    : keys::generate(algorithm).value();
  return *authors_.emplace(std::string(name), std::move(made)).first->second;
}

void LogBuilder::begin(const std::vector<std::string>& root_parties, std::uint64_t threshold) {
  events::LedgerCreated genesis;
  genesis.origin = origin_;
  genesis.programme = "SMETS1 Migration Testing and Systems Integration Testing";
  genesis.root_threshold = threshold;
  genesis.rulebook = add_evidence("rulebook");
  genesis.log_key = {log_key(0).key(), log_key(0).public_key()};
  genesis.next_log_key = log_key(1).key();
  for (const std::string& party : root_parties) {
    Author& root = author("root-" + party);
    genesis.roots.push_back({root.key(), party, root.public_key()});
  }
  std::ranges::sort(genesis.roots, {}, &events::RootKey::key);
  append(author("root-" + root_parties.front()), {genesis});
}

std::string LogBuilder::draft(Author& by, const std::vector<EventData>& events,
                              const Terms& terms) {
  SubmissionDraft draft;
  draft.key = by.key();
  draft.previous = by.last;
  draft.sequence = by.sequence;
  draft.log = log_.entries.empty() ? origin_ : log_id_.hex();
  draft.id = uuid(++submissions_);
  draft.expect = terms.expect;
  if (terms.see) draft.seen = Seen{head().root, head().size};
  if (terms.seen) draft.seen = terms.seen;
  for (const EventData& event : events) {
    draft.events.push_back(encode_event(event, Timestamp{now_.us - kClaimUs}));
  }
  return format_submission(draft).value();
}

std::vector<EntrySignature> LogBuilder::sign(std::string_view submission) {
  SubmissionView view;
  ASSAY_ASSERT(parse_submission(submission, view).has_value());
  std::vector<Hash> keys{view.key};
  const auto introduced = verify::Keyring::introduced(view);
  ASSAY_ASSERT(introduced.has_value());
  for (const auto& [key, spki] : *introduced) keys.push_back(key);
  std::string message;
  append_pae(message, kSubmissionPayloadType, submission);
  std::vector<EntrySignature> signatures;
  for (const auto& [name, author] : authors_) {
    if (std::ranges::find(keys, author->key()) == keys.end()) continue;
    signatures.push_back({author->key(), author->signer->sign(message).value()});
  }
  return signatures;
}

void LogBuilder::put(std::string entry) {
  last_leaf_ = merkle::leaf_hash(entry);
  if (log_.entries.empty()) log_id_ = last_leaf_;
  range_.append(last_leaf_);
  log_.entries.push_back(std::move(entry));
}

std::uint64_t LogBuilder::append(Author& by, const std::vector<EventData>& events,
                                 const Terms& terms) {
  now_.us += kStepUs;
  const std::string submission = draft(by, events, terms);
  const std::uint64_t index = log_.entries.size();
  put(format_entry(index, last_leaf_, terms.recorded_at.value_or(now_), sign(submission),
                   submission)
          .value());
  ++by.sequence;
  by.last = submission_digest(submission);
  return index;
}

std::uint64_t LogBuilder::endorse(Author& by, std::uint64_t index) {
  EntryView entry;
  ASSAY_ASSERT(parse_entry(log_.entries[index], entry).has_value());
  std::vector<EventData> endorsements;
  for (std::size_t i = 0; i < entry.submission.events.size(); ++i) {
    events::DecisionEndorsed endorsed;
    endorsed.target = {index, i};
    endorsed.digest = sha256(entry.submission.events[i].bytes);
    endorsements.emplace_back(endorsed);
  }
  return append(by, endorsements, {.see = true});
}

std::string LogBuilder::sign_head(const merkle::TreeHead& head,
                                  const std::vector<const Signer*>& signers) const {
  return sign_checkpoint({origin_, head.size, head.root, {}}, signers).value();
}

std::string LogBuilder::checkpoint(std::size_t number) {
  log_.notes.push_back(sign_head(head(), {log_key(number).signer.get()}));
  return log_.notes.back();
}

Hash LogBuilder::add_evidence(std::string bytes) {
  const Hash digest = sha256(bytes);
  log_.evidence.insert_or_assign(digest, std::move(bytes));
  return digest;
}

}  // namespace assay::testing
