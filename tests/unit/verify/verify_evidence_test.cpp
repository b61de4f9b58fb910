#include <catch2/catch.hpp>

#include "tests/support/programme_log.hpp"
#include "tests/support/tamper.hpp"

namespace verify_evidence_test {

using namespace assay;
using namespace assay::testing;
using namespace assay::verify;

namespace {

struct Programme {
  LogBuilder builder;
  ProgrammeLog places = record_programme(builder);

  MemoryLog& log() { return builder.log(); }
  void say(EventData event) {
    builder.append(builder.author("dcc-reg"), {std::move(event)});
    builder.checkpoint();
  }
};

}  // namespace

TEST_CASE("An evidence file with a bit the other way fails, at the entry that names it") {
  Programme programme;
  std::string& bytes = programme.log().evidence.at(programme.places.run_log);
  bytes = flipped(bytes, 8'000);
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::evidence_files});
  CHECK(exit_code(report) == 15);
  const Objection& found = *report[Claim::evidence_files].first;
  CHECK(found.error.entry == programme.places.evidence_added);
  CHECK(found.expected == programme.places.run_log.hex());
  CHECK(found.actual == sha256(bytes).hex());
}

TEST_CASE("A file that is missing fails where all files should be, and not where some may be") {
  Programme programme;
  programme.log().evidence.erase(programme.places.run_log);
  CHECK(exit_code(verified(programme.log())) == 15);
  MemorySource source(programme.log());
  source.held = EvidenceHeld::some;
  const Report some = verify_log(source, remembering_verifiers());
  CHECK(some.nothing_failed());
  CHECK(some[Claim::evidence_files].verdict == Verdict::not_checked);
  CHECK(some.checked.evidence_files == 4);
  source.held = EvidenceHeld::none;
  const Report none = verify_log(source, remembering_verifiers());
  CHECK(none[Claim::evidence_files].verdict == Verdict::not_checked);
  CHECK_FALSE(none[Claim::evidence_files].could_not_look);
  CHECK(none.checked.evidence_files == 0);
}

TEST_CASE("Evidence that nobody asked for is not checked") {
  Programme programme;
  programme.log().evidence.clear();
  const Report report = verified(programme.log(), {.evidence = false});
  CHECK(report.nothing_failed());
  CHECK(report[Claim::evidence_files].verdict == Verdict::not_checked);
  CHECK(exit_code(report) == 0);
  CHECK(exit_code(report, std::vector<Claim>{Claim::evidence_files}) == 16);
}

TEST_CASE("An erased file is not checked, and the entry that says so is named") {
  Programme programme;
  events::EvidenceErased erased;
  erased.digest = programme.places.run_log;
  erased.legal_basis = "personal data";
  erased.reason = "asked for";
  programme.say(erased);
  // While the file is still there, it is checked like any other.
  CHECK(verified(programme.log())[Claim::evidence_files].verdict == Verdict::proved);
  programme.log().evidence.erase(programme.places.run_log);
  const Report report = verified(programme.log());
  CHECK(report.nothing_failed());
  CHECK(report[Claim::evidence_files].verdict == Verdict::not_checked);
  CHECK(report[Claim::evidence_files].sentence.find(
            "was erased by entry " + std::to_string(programme.builder.head().size - 1)) !=
        std::string::npos);
  CHECK(exit_code(report) == 0);
  // An erasure of one file excuses no other.
  programme.log().evidence.erase(programme.places.report);
  CHECK(exit_code(verified(programme.log())) == 15);
}

TEST_CASE("A declaration that a file is unavailable is named, and excuses nothing") {
  Programme programme;
  events::EvidenceUnavailable gone;
  gone.about = "run/R-0001";
  gone.digest = programme.places.run_log;
  gone.reason = "the disk of the bench failed";
  programme.say(gone);
  programme.log().evidence.erase(programme.places.run_log);
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::evidence_files});
  CHECK(exit_code(report) == 15);
  CHECK(report[Claim::evidence_files].first->error.entry == programme.places.evidence_added);
  CHECK(report[Claim::evidence_files].sentence.find(
            "is not there; entry " + std::to_string(programme.builder.head().size - 1) +
            " declares it unavailable") != std::string::npos);
}

TEST_CASE("A size or SHA-512 that the file does not have fails") {
  for (const bool size : {true, false}) {
    CAPTURE(size);
    Programme programme;
    const std::string bytes = "measured values";
    events::EvidenceAdded added;
    added.digest = programme.builder.add_evidence(bytes);
    Digest sha512 = Digest::sha512();
    sha512.update(size ? bytes : "other values");
    added.digest_sha512 = sha512.finish_hex();
    added.media_type = "text/plain";
    added.name = "values.txt";
    added.size_bytes = bytes.size() + (size ? 1 : 0);
    programme.say(added);
    const Report report = verified(programme.log());
    CHECK(failed_claims(report) == std::set{Claim::evidence_files});
    CHECK(report[Claim::evidence_files].objection_count == 1);
    CHECK(report[Claim::evidence_files].first->error.message.find(
              size ? "another size" : "another SHA-512") != std::string::npos);
  }
}

TEST_CASE("Two entries that state different things of one file cannot both be right") {
  Programme programme;
  const std::string bytes = "measured values";
  events::EvidenceAdded added;
  added.digest = programme.builder.add_evidence(bytes);
  Digest sha512 = Digest::sha512();
  sha512.update(bytes);
  added.digest_sha512 = sha512.finish_hex();
  added.media_type = "text/plain";
  added.name = "values.txt";
  added.size_bytes = bytes.size();
  programme.say(added);
  added.name = "again.txt";
  programme.say(added);
  CHECK(verified(programme.log()).nothing_failed());
  added.size_bytes += 1;
  programme.say(added);
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::evidence_files});
  // The file is as the first of them says, so the one that contradicts it is named.
  CHECK(report[Claim::evidence_files].objection_count == 1);
  CHECK(report[Claim::evidence_files].first->error.entry == programme.builder.head().size - 1);
}

TEST_CASE("Files that imports and documents name must be there too") {
  Programme programme;
  Author& harness = programme.builder.author("harness");
  events::ImportRefused refused;
  refused.evidence = sha256("a file that nobody kept");
  refused.file_name = "broken.xml";
  refused.format = "junit";
  refused.reason = "no XML";
  const std::uint64_t index = programme.builder.append(harness, {refused});
  const Report report = verified(programme.log());
  CHECK(report[Claim::evidence_files].objection_count == 1);
  CHECK(report[Claim::evidence_files].first->error.entry == index);
  programme.log().evidence.clear();
  CHECK(verified(programme.log())[Claim::evidence_files].objection_count == 6);
}

TEST_CASE("Every event that names evidence has its files checked") {
  const Hash lost = sha256("a file that nobody kept");
  events::RunFinished run;
  run.evidence = {sha256("rulebook"), lost};
  run.run = "R-0001";
  events::EntryCriterionEvidenced criterion;
  criterion.criterion = "C1";
  criterion.evidence = {lost};
  criterion.phase = "MOC-MDS-SIT-01";
  events::EntryDecided decision;
  decision.evaluation = lost;
  decision.phase = criterion.phase;
  decision.planned_entries = IdentifierSet::of({"PEE-001"});
  events::TagPositionRecorded position;
  position.about = "phase/MOC-MDS-SIT-01";
  position.meeting = "TAG-1";
  position.minutes = lost;
  events::ResultImported result;
  result.evidence = lost;
  result.import = "IMP-0001";
  result.name = "reads a register";
  for (const EventData& event :
       std::vector<EventData>{run, criterion, decision, position, result}) {
    CAPTURE(type_of(event).name);
    Programme programme;
    programme.say(event);
    const Report report = verified(programme.log());
    CHECK(failed_claims(report) == std::set{Claim::evidence_files});
    CHECK(report[Claim::evidence_files].first->error.entry == programme.builder.head().size - 1);
    CHECK(report[Claim::evidence_files].first->error.message.find(lost.hex()) != std::string::npos);
  }
}

TEST_CASE("A result that names another file than those before it is not passed over") {
  Programme programme;
  std::vector<EventData> results;
  for (const char* const file : {"rulebook", "rulebook", "lost", "rulebook"}) {
    events::ResultImported result;
    result.evidence = sha256(file);
    result.import = "IMP-0001";
    result.message = R"(says "evidence":")" + sha256("rulebook").hex() + '"';
    result.name = "reads a register";
    results.emplace_back(result);
  }
  programme.builder.append(programme.builder.author("harness"), results);
  CHECK(verified(programme.log())[Claim::evidence_files].objection_count == 1);
}

TEST_CASE("Digests of what is kept elsewhere ask for no file") {
  Programme programme;
  events::TestCaseRegistered test_case;
  test_case.digest = sha256("the text of a test case");
  test_case.test_case = "TC-1";
  test_case.version = "1";
  programme.say(test_case);
  events::EnvironmentBaselined environment;
  environment.components = {{"B1", sha256("a configuration"), "s1sp"}};
  environment.environment = "ENV-1";
  programme.say(environment);
  CHECK(verified(programme.log())[Claim::evidence_files].verdict == Verdict::proved);
}

TEST_CASE("The rulebook that entry 0 names must be there") {
  Programme programme;
  programme.log().evidence.erase(sha256("rulebook"));
  const Report report = verified(programme.log());
  CHECK(failed_claims(report) == std::set{Claim::evidence_files});
  CHECK(report[Claim::evidence_files].first->error.entry == 0);
}

TEST_CASE("An evidence file that could not be read leaves the run incomplete") {
  Programme programme;
  MemorySource source(programme.log());
  source.evidence_errors[programme.places.run_log] =
      Error{Errc::io, "disk is away", {}, std::nullopt};
  const Report report = verify_log(source, remembering_verifiers());
  CHECK(report.nothing_failed());
  CHECK(report[Claim::evidence_files].verdict == Verdict::not_checked);
  CHECK(report[Claim::evidence_files].could_not_look);
  CHECK(exit_code(report) == 16);
  source.evidence_errors[programme.places.run_log] =
      Error{Errc::tampered_hash, "a chunk is damaged", {}, std::nullopt};
  CHECK(exit_code(verify_log(source, remembering_verifiers())) == 15);
}

TEST_CASE("A file of which a piece is missing was looked at, and fails") {
  Programme programme;
  MemorySource source(programme.log());
  source.evidence_errors[programme.places.run_log] =
      Error{Errc::evidence_damaged, "there are 5 bytes instead of 8", {}, std::nullopt};
  const Report report = verify_log(source, remembering_verifiers());
  CHECK(failed_claims(report) == std::set{Claim::evidence_files});
  CHECK_FALSE(report[Claim::evidence_files].could_not_look);
  CHECK(report[Claim::evidence_files].first->error.entry == programme.places.evidence_added);
  CHECK(exit_code(report) == 15);
}

TEST_CASE("Evidence is counted in files and bytes, on any number of threads") {
  Programme programme;
  std::uint64_t size_bytes = 0;
  for (const auto& [digest, bytes] : programme.log().evidence) size_bytes += bytes.size();
  for (const std::size_t threads : {1U, 4U}) {
    const Report report = verified(programme.log(), {.threads = threads});
    CHECK(report.checked.evidence_files == 5);
    CHECK(report.checked.evidence_size_bytes == size_bytes);
  }
}

}  // namespace verify_evidence_test
