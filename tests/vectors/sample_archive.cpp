#include "tests/vectors/sample_archive.hpp"

#include <map>

namespace assay::testing {
namespace {

using Texts = std::map<std::string, const char*, std::less<>>;

const Texts& identifiers() {
  static const Texts kTexts{{"agreed_with", "SMSO-MDS"},
                            {"code", "entity-unknown"},
                            {"comms_provider", "INV-CSP-1"},
                            {"consultation", "CONS-2019-03"},
                            {"criteria", "SUSPEND-1"},
                            {"criterion", "N6"},
                            {"date", "2019-10-09"},
                            {"determined_by", "PANEL"},
                            {"device_model", "M1"},
                            {"device_models", "M1"},
                            {"dmc", "DMC-MDS-001"},
                            {"document", "DNB-SIT"},
                            {"due", "2019-11-29"},
                            {"environment", "ENV-1"},
                            {"format", "junit"},
                            {"group", "ZA"},
                            {"groups", "ZA"},
                            {"holder", "person-17"},
                            {"import", "IMP-0001"},
                            {"issue", "TI-0001"},
                            {"item", "ITEM-0001"},
                            {"mapping", "names-1"},
                            {"meeting", "TAG-12"},
                            {"new_version", "1.0"},
                            {"of", "TI-0002"},
                            {"old_version", "0.9"},
                            {"operator", "person-18"},
                            {"owner", "S1SP-A"},
                            {"parser", "assay-junit-1"},
                            {"party", "S1SP-A"},
                            {"phase", "MOC-MDS-SIT-01"},
                            {"phases", "MOC-MDS-SIT-01"},
                            {"planned_entries", "PEE-001"},
                            {"planned_entry", "PEE-001"},
                            {"release", "MOC"},
                            {"releases", "MOC"},
                            {"replaced_by", "R-0008"},
                            {"run", "R-0007"},
                            {"runs", "R-0007"},
                            {"scope", "SCOPE-1"},
                            {"smso", "SMSO-MDS"},
                            {"stage", "SIT"},
                            {"target", "2019-12-20"},
                            {"target_date", "2019-11-22"},
                            {"test_case", "TC-INSTALL-ESME"},
                            {"test_case_version", "1.2"},
                            {"variant", "prepayment"},
                            {"version", "0.9"},
                            {"work_off_item", "WO-1"}};
  return kTexts;
}

const Texts& texts() {
  static const Texts kTexts{
      {"about", "phase/MOC-MDS-SIT-01"},
      {"build", "S1SP-INV-2.4.1"},
      {"builds", "S1SP-INV-2.4.1"},
      {"classification", "DCC Public"},
      {"devices", "70-B3-D5-1F-30-F1-00-02"},
      {"dialect", "pytest"},
      {"duration_text", "1,812.4"},
      {"eui64", "70-B3-D5-1F-30-F1-00-01"},
      {"file_name", "MOC-MDS-SIT-01.PEE-001.xml"},
      {"from_build", "S1SP-INV-2.4.0"},
      {"media_type", "application/xml"},
      {"message", "expected \"0x01\", got \"0x00\"\n\tat C:\\bench\\run.py:17 \x1f"},
      {"obligations", "SVTAD 12"},
      {"origin", "ledger.example/smets1-testing"},
      {"source", "inv-harness-01"},
      {"time_zone", "Europe/London"},
      {"title", "Größe – naïve ☂ 𝔘nicode"},
      {"to_build", "S1SP-INV-2.4.1"},
      {"url", "https://documents.invalid/DNB-SIT"}};
  return kTexts;
}

constexpr std::string_view kPublicKey = "a sample of a DER SubjectPublicKeyInfo";
constexpr std::int64_t kStart = 1'573'553'100'000'000;  // 2019-11-12T10:05:00Z

}  // namespace

void SampleArchive::fill(std::string& value) const {
  const auto found = texts().find(member_);
  value = found == texts().end() ? "some " + member_ : found->second;
}

void SampleArchive::fill(Identifier& value) const {
  if (member_ == "digest_sha512") {
    value = std::string(64, 'a') + std::string(64, '5');
    return;
  }
  const auto found = identifiers().find(member_);
  value = found == identifiers().end() ? Identifier("ID." + member_) : Identifier(found->second);
}

void SampleArchive::fill(IdentifierSet& value) const {
  Identifier one;
  fill(one);
  value = IdentifierSet::of({one, one.text + "-2"});
}

void SampleArchive::fill(Hash& value) const {
  value = sha256(member_ == "key" ? kPublicKey : std::string_view(member_));
}

void SampleArchive::fill(Timestamp& value) const {
  const bool end = member_ == "ended_at" || member_ == "valid_to";
  value.us = kStart + (end ? 812'400'000 : 0);
}

void SampleArchive::fill(Base64Bytes& value) const { value.bytes = kPublicKey; }

void SampleArchive::fill(std::uint64_t& value) const {
  static const std::map<std::string, std::uint64_t, std::less<>> kNumbers{
      {"blocked", 1},         {"cases", 3},
      {"cutoff_size", 4'711}, {"duration_ns", 9'007'199'254'740'991},
      {"error", 1},           {"errors", 0},
      {"failed", 1},          {"from_counter", 105},
      {"from_severity", 2},   {"items", 10},
      {"not_completed", 1},   {"not_run", 1},
      {"ordinal", 0},         {"passed", 1},
      {"result_count", 3},    {"root_threshold", 1},
      {"running", 1},         {"severity", 2},
      {"skipped", 1},         {"stale", 1},
      {"to_counter", 107},    {"to_severity", 3},
      {"waived", 1}};
  const auto found = kNumbers.find(member_);
  value = found == kNumbers.end() ? 7 : found->second;
}

}  // namespace assay::testing
