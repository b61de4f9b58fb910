// Logs that a newer program wrote: what this build does not understand leaves claims open, and the
// run incomplete, but excuses nothing that can still be checked.

#include <catch2/catch.hpp>

#include "ledger/format/dsse.hpp"
#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_unknown_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

class AcceptAll final : public Rules {
 public:
  std::vector<Objection> admit(const EntryView&, OnObjection) override { return {}; }
  [[nodiscard]] bool clock_was_reset() const override { return false; }
};

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder, false);
  std::vector<Pieces> pieces = take_apart(builder.log());

  /// The last submission of "sp-tl", with `from` in it changed, signed anew by `signers`.
  void change_last(std::string_view from, std::string_view to,
                   const std::vector<const char*>& signers) {
    Pieces& last = pieces.back();
    last.submission = replaced(last.submission, from, to);
    sign(last, signers);
  }
  void sign(Pieces& piece, const std::vector<const char*>& signers) {
    std::string message;
    append_pae(message, kSubmissionPayloadType, piece.submission);
    piece.signatures.clear();
    for (const char* const name : signers) {
      Author& author = builder.author(name);
      piece.signatures.push_back({author.key(), author.signer->sign(message).value()});
    }
  }
  [[nodiscard]] Report check(Rules* rules = nullptr) {
    const MemoryLog log = relinked(builder.log(), pieces);
    return verify_log(MemorySource(log), remembering_verifiers(), {}, rules);
  }
};

constexpr std::string_view kType = R"("type":"heartbeat")";
constexpr std::string_view kNewType = R"("type":"heartbeat_of_tomorrow")";

}  // namespace

TEST_CASE("An event of a type from tomorrow leaves refolded claims open and the run incomplete") {
  Programme programme;
  programme.change_last(kType, kNewType, {"sp-tl"});
  const Report plain = programme.check();
  CHECK(plain.nothing_failed());
  CHECK(exit_code(plain) == 0);  // steps 1 to 9 still hold
  CHECK(plain[Claim::author_signatures].verdict == Verdict::proved);
  CHECK(plain[Claim::evidence_files].verdict == Verdict::not_checked);  // it may name some
  AcceptAll rules;
  const Report refolded = programme.check(&rules);
  CHECK(refolded.nothing_failed());
  CHECK(refolded[Claim::authority].verdict == Verdict::not_checked);
  CHECK(refolded[Claim::invariants].verdict == Verdict::not_checked);
  CHECK(exit_code(refolded) == 16);
}

TEST_CASE("A version from tomorrow is as unknown as a type") {
  Programme programme;
  programme.change_last(R"("version":1)", R"("version":2)", {"sp-tl"});
  AcceptAll rules;
  CHECK(exit_code(programme.check(&rules)) == 16);
  CHECK(exit_code(programme.check()) == 0);
}

TEST_CASE("An event from tomorrow excuses no bad signature of its own author") {
  Programme programme;
  programme.change_last(kType, kNewType, {"dcc-tm"});
  CHECK(failed_claims(programme.check()) == std::set{Claim::author_signatures});
  programme.sign(programme.pieces.back(), {"sp-tl"});
  std::string& signature = programme.pieces.back().signatures[0].signature;
  signature = flipped(signature, 9);
  CHECK(failed_claims(programme.check()) == std::set{Claim::author_signatures});
}

TEST_CASE("A key that an event from tomorrow may have introduced leaves the run incomplete") {
  Programme programme;
  // Signed by a stranger too, as the new type may ask for.
  programme.change_last(kType, kNewType, {"sp-tl", "stranger"});
  Report report = programme.check();
  CHECK(report.nothing_failed());
  CHECK(report[Claim::author_signatures].verdict == Verdict::not_checked);
  CHECK(exit_code(report) == 16);
  // A known key that signs what it need not must sign well.
  programme.sign(programme.pieces.back(), {"sp-tl", "dcc-tm"});
  CHECK(programme.check().nothing_failed());
  for (EntrySignature& signature : programme.pieces.back().signatures) {
    if (signature.key == programme.builder.author("dcc-tm").key()) {
      signature.signature = flipped(signature.signature, 9);
    }
  }
  CHECK(failed_claims(programme.check()) == std::set{Claim::author_signatures});
}

TEST_CASE("After an event from tomorrow, a known key's bad signature still fails") {
  Programme programme;
  programme.change_last(kType, kNewType, {"sp-tl"});
  programme.builder.log() = relinked(programme.builder.log(), programme.pieces);
  const std::string last = programme.builder.log().entries.back();
  LogBuilder& builder = programme.builder;
  Pieces more = take_apart(last);
  // The next of the author's stream, not signed by them.
  SubmissionView view;
  REQUIRE(parse_submission(more.submission, view));
  SubmissionDraft draft;
  draft.key = view.key;
  draft.sequence = view.sequence + 1;
  draft.previous = submission_digest(more.submission);
  draft.log = builder.log_id().hex();
  draft.id = "00000000-0000-4000-8000-00000000ffff";
  draft.events = {encode_event(events::Heartbeat{}, builder.now())};
  more.submission = format_submission(draft).value();
  programme.pieces.push_back(more);
  CHECK(failed_claims(programme.check()) == std::set{Claim::author_signatures});
  // By a key that nobody knows, it cannot be said.
  Author& stranger = builder.author("stranger");
  draft.key = stranger.key();
  draft.sequence = 0;
  draft.previous = {};
  programme.pieces.back().submission = format_submission(draft).value();
  programme.sign(programme.pieces.back(), {"stranger"});
  const Report report = programme.check();
  CHECK(report.nothing_failed());
  CHECK(exit_code(report) == 16);
}

TEST_CASE("A known event that does not decode fails, whether the log is refolded or not") {
  Programme programme;
  Pieces& added = programme.pieces[programme.places.evidence_added];
  added.submission = replaced(added.submission, R"("size_bytes":)", R"("size_byte":)");
  programme.sign(added, {"harness"});
  const Report report = programme.check();
  CHECK(report[Claim::invariants].verdict == Verdict::failed);
  CHECK(report[Claim::invariants].first->error.entry == programme.places.evidence_added);
}

TEST_CASE("An event that should name files and does not decode leaves open what it names") {
  Programme programme;
  Pieces& finished = programme.pieces[programme.places.run_finished];
  finished.submission = replaced(finished.submission, R"("outcome":)", R"("outcom":)");
  programme.sign(finished, {"harness"});
  const Report report = programme.check();
  CHECK(report[Claim::invariants].verdict == Verdict::failed);
  CHECK(report[Claim::invariants].first->error.entry == programme.places.run_finished);
  CHECK(report[Claim::evidence_files].verdict == Verdict::not_checked);
}

}  // namespace verify_unknown_test
