#include "tests/vectors/golden_story.hpp"

#include "keys/signer.hpp"
#include "ledger/base/encoding.hpp"
#include "ledger/events/catalogue.hpp"
#include "ledger/format/commitment.hpp"
#include "ledger/format/dsse.hpp"
#include "ledger/format/entry.hpp"
#include "ledger/merkle/tree.hpp"

namespace assay::testing {
namespace {

constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr std::int64_t kClaimUs = 1'250'000;  // from an event to its entry

Timestamp recorded_at(std::uint64_t index) {
  const Timestamp start = Timestamp::parse("2019-11-04T09:00:00.123456Z").value();
  return {start.us + kMinuteUs * static_cast<std::int64_t>(index)};
}

std::string uuid(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string signed_bytes(std::string_view submission) {
  std::string message;
  append_pae(message, kSubmissionPayloadType, submission);
  return message;
}

std::string event_bytes(const std::pair<std::string, std::string>& event, Timestamp at) {
  const auto data = decode_event(event.first, 1, event.second);
  ASSAY_ASSERT(data.has_value());
  return encode_event(*data, at);
}

std::string sha512(std::string_view bytes) {
  Digest digest = Digest::sha512();
  digest.update(bytes);
  return digest.finish_hex();
}

}  // namespace

std::string GoldenKey::public_key() const { return to_base64(signer->verifier().spki()); }

std::string GoldenStory::seed_of(const std::string& name) {
  return std::string(sha256("assay golden log/" + name).view());
}

GoldenStory::GoldenStory(std::unique_ptr<Signer> dcc_tm) : salt(sha256("assay golden log/salt")) {
  for (const char* name : {"root-dcc", "root-secas", "log-0", "log-1", "log-2", "dcc-rm", "harness",
                           "tag-sec", "witness"}) {
    keys[name].signer = keys::signer_from_seed(seed_of(name)).value();
  }
  keys["dcc-tm"].signer = std::move(dcc_tm);
  heads.push_back(range_.head());
}

void GoldenStory::tell() {
  begin();
  govern();
  plan();
  run();
  decide();
  hand_over();
}

std::string GoldenStory::draft(const GoldenKey& by, const std::vector<Event>& events,
                               const Terms& terms) {
  SubmissionDraft draft;
  draft.key = by.id();
  draft.previous = by.last;
  draft.sequence = by.sequence;
  draft.voids = terms.voids;
  draft.expect = terms.expect;
  draft.log = entries.empty() ? std::string(kGoldenOrigin) : leaves[0].hex();
  if (terms.see) draft.seen = Seen{range_.root(), entries.size()};
  draft.id = uuid(++submissions_);
  for (const Event& event : events) {
    draft.events.push_back(event_bytes(event, {recorded_at(entries.size()).us - kClaimUs}));
  }
  return format_submission(draft).value();
}

void GoldenStory::record(const std::string& by, const std::vector<Event>& events,
                         const Terms& terms) {
  GoldenKey& author = key(by);
  const std::string submission = draft(author, events, terms);
  const std::string message = signed_bytes(submission);
  std::vector<EntrySignature> signatures{{author.id(), author.signer->sign(message).value()}};
  for (const std::string& name : terms.possession) {
    signatures.push_back({key(name).id(), key(name).signer->sign(message).value()});
  }
  const std::uint64_t index = entries.size();
  const Hash previous = index == 0 ? origin_hash(kGoldenOrigin) : leaves.back();
  entries.push_back(
      format_entry(index, previous, recorded_at(index), signatures, submission).value());
  leaves.push_back(merkle::leaf_hash(entries.back()));
  range_.append(leaves.back());
  heads.push_back(range_.head());
  ++author.sequence;
  author.last = submission_digest(submission);
}

void GoldenStory::endorse(const std::string& by, std::uint64_t entry, const std::string& comment) {
  EntryView view;
  ASSAY_ASSERT(parse_entry(entries[entry], view).has_value());
  std::vector<Event> events;
  for (std::size_t i = 0; i < view.submission.events.size(); ++i) {
    const std::string digest = sha256(view.submission.events[i].bytes).hex();
    const std::string begin = comment.empty() ? "{" : R"({"comment":)" + quoted(comment) + ",";
    events.emplace_back("decision_endorsed", begin + R"("digest":)" + quoted(digest) +
                                                 R"(,"target":")" + EventId{entry, i}.text() +
                                                 "\"}");
  }
  record(by, events, {.see = true});
}

std::string GoldenStory::root(const std::string& name, const std::string& party) {
  return R"({"key":")" + key(name).hex() + R"(","party":)" + quoted(party) + R"(,"public_key":")" +
         key(name).public_key() + "\"}";
}

GoldenStory::Event GoldenStory::registration(const std::string& name, const std::string& party,
                                             const std::string& more) {
  return {"key_registered", R"({"holder":)" + quoted(name) + more + R"(,"key":")" +
                                key(name).hex() + R"(","party":)" + quoted(party) +
                                R"(,"public_key":")" + key(name).public_key() +
                                R"(","valid_from":"2019-01-01T00:00:00.000000Z",)"
                                R"("valid_to":"2029-01-01T00:00:00.000000Z"})"};
}

void GoldenStory::begin() {
  std::string roots = root("root-dcc", "DCC");
  const std::string second = root("root-secas", "SECAS");
  roots =
      key("root-dcc").id() < key("root-secas").id() ? roots + "," + second : second + "," + roots;
  record(
      "root-dcc",
      {{"ledger_created", R"({"log_key":{"key":")" + key("log-0").hex() + R"(","public_key":")" +
                              key("log-0").public_key() + R"("},"next_log_key":")" +
                              key("log-1").hex() + R"(","origin":)" + quoted(kGoldenOrigin) +
                              R"(,"programme":"A golden log","root_threshold":2,"roots":[)" +
                              roots + R"(],"rulebook":")" + sha256(kGoldenRulebook).hex() + "\"}"}},
      {.possession = {"root-secas", "log-0"}});
}

void GoldenStory::govern() {
  record(
      "root-dcc",
      {{"party_registered", R"({"class":"DCC","name":"The company","party":"DCC"})"},
       {"party_registered", R"({"class":"SERVICE_PROVIDER","name":"A provider","party":"S1SP-A"})"},
       {"party_registered", R"({"class":"SECAS","name":"The administrator","party":"SECAS"})"}});
  const Hash commitment = make_commitment(salt.view(), kGoldenName).value().commitment;
  record("root-dcc",
         {registration("dcc-rm", "DCC"), registration("dcc-tm", "DCC"),
          registration("harness", "S1SP-A"),
          registration("tag-sec", "SECAS",
                       R"(,"holder_name":{"commitment":")" + commitment.hex() + "\"}")},
         {.possession = {"dcc-rm", "dcc-tm", "harness", "tag-sec"}});
  record("root-dcc",
         {{"role_granted", R"({"holder":"dcc-rm","party":"DCC","role":"DCC-RM"})"},
          {"role_granted", R"({"holder":"dcc-tm","party":"DCC","role":"DCC-TM"})"},
          {"role_granted", R"({"holder":"harness","party":"S1SP-A","role":"HARNESS"})"},
          {"role_granted", R"({"holder":"tag-sec","party":"SECAS","role":"TAG-SEC"})"}},
         {.see = true});
  endorse("root-secas", 3);
}

void GoldenStory::plan() {
  record("dcc-rm",
         {{"release_declared",
           R"({"cohorts":["MDS","Secure"],"release":"MOC","title":"Middle Operating Capability"})"},
          {"device_model_registered",
           R"({"device_model":"M1","device_type":"ESME","firmware_version":"1.07",)"
           R"("hardware_version":"H1","manufacturer":"Invented Meters","model":"E-1"})"},
          {"dmc_defined", R"({"comms_provider":"CSP-1","device_models":["M1"],"dmc":"DMC-001"})"},
          {"planned_entry_declared",
           R"({"category":"ACTIVE","dmc":"DMC-001","groups":[],"planned_entry":"PEE-001",)"
           R"("release":"MOC","required_kinds":["SIT","REGRESSION"],"smso":"SMSO-MDS",)"
           R"("target_date":"2019-12-20"})"}});
  record("dcc-tm",
         {{"phase_planned", R"({"groups":[],"kind":"SIT","name":"Integration","phase":"SIT-01",)"
                            R"("planned_entries":["PEE-001"],"stage":"SIT"})"},
          {"phase_started", R"({"phase":"SIT-01","planned_entries":["PEE-001"]})"}},
         {.see = true, .expect = {{"planned_entry/PEE-001", 6}, {"phase/SIT-01", 0}}});
}

void GoldenStory::run() {
  record("harness",
         {{"run_started",
           R"({"attempt":1,"builds":["B1"],"counts_for":["SIT"],"devices":[],"phase":"SIT-01",)"
           R"("planned_entry":"PEE-001","run":"R-0001","test_case":"TC-1",)"
           R"("tool":{"name":"bench-a","run_counter":1}})"}});
  const auto finished = [](const std::string& run, const std::string& evidence) {
    return Event{"run_finished", R"({"ended_at":"2019-11-04T09:07:40.000000Z","evidence":[)" +
                                     evidence + R"(],"outcome":"passed","run":)" + quoted(run) +
                                     R"(,"started_at":"2019-11-04T09:07:10.000000Z"})"};
  };
  // The tool names a run that was never started, so the log refuses, and the number is free again.
  const GoldenKey& harness = key("harness");
  refused = draft(harness, {finished("R-0002", "")}, {});
  refused_signature = harness.signer->sign(signed_bytes(refused)).value();
  refused_size = entries.size();
  const std::string digest = sha256(kGoldenRunLog).hex();
  record("harness",
         {{"evidence_added", R"({"digest":)" + quoted(digest) + R"(,"digest_sha512":")" +
                                 sha512(kGoldenRunLog) +
                                 R"(","media_type":"text/plain","name":"run.log","size_bytes":)" +
                                 std::to_string(kGoldenRunLog.size()) + "}"},
          finished("R-0001", quoted(digest))},
         {.voids = submission_digest(refused)});
}

void GoldenStory::decide() {
  record("tag-sec",
         {{"tag_position_recorded",
           R"({"about":"phase/SIT-01","conditions":[{"due":"2019-11-14",)"
           "\"text\":\"report it \\\"in full\\\",\\n\\u0001 \xE2\x80\x93 \xC2\xA7"
           "7/\x7F\"}],"
           R"("dissent":[],"meeting":"TAG-2019-11","minutes":")" +
               sha256(kGoldenMinutes).hex() + R"(","position":"endorsed_with_comments"})"}},
         {.see = true});
  endorse("dcc-tm", 9, "as the company sees it");
}

void GoldenStory::hand_over() {
  const GoldenKey& harness = key("harness");
  record("root-dcc", {{"key_retired", R"({"key":")" + harness.hex() + R"(","last_hash":")" +
                                          harness.last.hex() + R"(","last_sequence":)" +
                                          std::to_string(harness.sequence - 1) +
                                          R"(,"reason":"the bench is taken down"})"}});
  record(
      "root-dcc",
      {{"log_key_rotated", R"({"log_key":{"key":")" + key("log-1").hex() + R"(","public_key":")" +
                               key("log-1").public_key() + R"("},"next_log_key":")" +
                               key("log-2").hex() + R"(","reason":"a year has passed"})"}},
      {.see = true, .possession = {"log-1"}});
  endorse("root-secas", 12);
}

}  // namespace assay::testing
