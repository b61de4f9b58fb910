#include "tests/support/programme_log.hpp"

#include <algorithm>

namespace assay::testing {
namespace {

using namespace events;

struct Holder {
  const char* name;
  const char* party;
  Role role;
};

constexpr Holder kHolders[] = {
    {"dcc-rm", "DCC", Role::dcc_rm},     {"dcc-tm", "DCC", Role::dcc_tm},
    {"dcc-im", "DCC", Role::dcc_im},     {"dcc-reg", "DCC", Role::dcc_reg},
    {"sp-tl", "S1SP-A", Role::sp_tl},    {"harness", "S1SP-A", Role::harness},
    {"tag-sec", "SECAS", Role::tag_sec},
};

struct PartyRow {
  PartyClass class_;
  const char* name;
};
constexpr PartyRow kParties[] = {{PartyClass::dcc, "DCC"},
                                 {PartyClass::smso, "SMSO-MDS"},
                                 {PartyClass::service_provider, "S1SP-A"},
                                 {PartyClass::secas, "SECAS"}};

class Recorder {
 public:
  Recorder(LogBuilder& builder, bool checkpoints) : builder_(builder), checkpoints_(checkpoints) {}

  ProgrammeLog record() {
    builder_.begin({"DCC", "SECAS", "SMSO-MDS"}, 2);
    seal();
    govern();
    plan();
    run();
    import();
    decide();
    places_.size = builder_.log().entries.size();
    return places_;
  }

 private:
  std::uint64_t add(std::string_view author, const std::vector<EventData>& events,
                    bool see = false) {
    const std::uint64_t index = builder_.append(builder_.author(author), events, {.see = see});
    seal();
    return index;
  }
  void seal() {
    if (checkpoints_) builder_.checkpoint();
  }

  KeyRegistered key_of(const Holder& holder) {
    Author& author = builder_.author(holder.name);
    KeyRegistered event;
    event.holder = holder.name;
    event.party = holder.party;
    event.key = author.key();
    event.public_key = author.public_key();
    event.valid_from = Timestamp::parse("2019-01-01T00:00:00.000000Z").value();
    event.valid_to = Timestamp::parse("2029-01-01T00:00:00.000000Z").value();
    return event;
  }

  void govern() {
    std::vector<EventData> events;
    for (const PartyRow& row : kParties) {
      PartyRegistered party;
      party.class_ = row.class_;
      party.name = std::string("Party ") + row.name;
      party.party = row.name;
      events.emplace_back(party);
    }
    places_.parties = add("root-DCC", events);
    events.clear();
    for (const Holder& holder : kHolders) events.emplace_back(key_of(holder));
    places_.first_keys = add("root-DCC", events);
    events.clear();
    for (const Holder& holder : kHolders) {
      RoleGranted role;
      role.holder = holder.name;
      role.party = holder.party;
      role.role = holder.role;
      events.emplace_back(role);
    }
    places_.roles = add("root-DCC", events, true);
    places_.roles_effective = builder_.endorse(builder_.author("root-SECAS"), places_.roles);
    seal();
  }

  void plan() {
    ReleaseDeclared release;
    release.cohorts = IdentifierSet::of({"MDS", "Secure"});
    release.release = "MOC";
    release.title = "Middle Operating Capability";
    GroupDeclared group;
    group.group = "ZA";
    group.releases = IdentifierSet::of({"MOC"});
    group.smso = "SMSO-MDS";
    add("dcc-rm", {release, group, model("M1", DeviceType::esme), model("M3", DeviceType::gsme)});
    DmcDefined dmc;
    dmc.comms_provider = "INV-CSP-1";
    dmc.device_models = IdentifierSet::of({"M1", "M3"});
    dmc.dmc = "DMC-MDS-001";
    PlannedEntryDeclared entry;
    entry.dmc = dmc.dmc;
    entry.groups = IdentifierSet::of({"ZA"});
    entry.planned_entry = "PEE-001";
    entry.release = "MOC";
    entry.required_kinds = {TestKind::sit};
    entry.smso = "SMSO-MDS";
    add("dcc-rm", {dmc, entry});
    PhasePlanned phase;
    phase.groups = entry.groups;
    phase.kind = TestKind::sit;
    phase.name = "SIT of the middle release";
    phase.phase = "MOC-MDS-SIT-01";
    phase.planned_entries = IdentifierSet::of({"PEE-001"});
    phase.stage = "SIT";
    PhaseStarted started;
    started.phase = phase.phase;
    started.planned_entries = phase.planned_entries;
    add("dcc-tm", {phase, started});
  }

  static DeviceModelRegistered model(const char* id, DeviceType type) {
    DeviceModelRegistered event;
    event.device_model = id;
    event.device_type = type;
    event.firmware_version = "INV-1.07";
    event.hardware_version = "INV-H1";
    event.manufacturer = "Invented Meters";
    event.model = std::string("INV-") + id;
    return event;
  }

  EvidenceAdded evidence(std::string name, std::string bytes) {
    EvidenceAdded event;
    Digest sha512 = Digest::sha512();
    sha512.update(bytes);
    event.digest_sha512 = sha512.finish_hex();
    event.size_bytes = bytes.size();
    event.digest = builder_.add_evidence(std::move(bytes));
    event.media_type = "text/plain";
    event.name = std::move(name);
    return event;
  }

  void run() {
    RunStarted started;
    started.counts_for = {TestKind::sit};
    started.devices = {"70-B3-D5-1F-30-F1-00-01"};
    started.phase = "MOC-MDS-SIT-01";
    started.planned_entry = "PEE-001";
    started.run = "R-0001";
    started.test_case = "TC-INSTALL-ESME";
    started.tool = Tool{"bench-a", 1};
    places_.run_started = add("harness", {started});
    std::string log;
    for (int line = 0; line < 60; ++line) {
      log += "step " + std::to_string(line) + ": meter answers\n";
    }
    const EvidenceAdded added = evidence("run-0001.log", std::move(log));
    places_.run_log = added.digest;
    places_.evidence_added = add("harness", {added});
    RunFinished finished;
    finished.started_at = builder_.now();
    finished.ended_at = builder_.now();
    finished.evidence = {added.digest};
    finished.outcome = Outcome::failed;
    finished.run = "R-0001";
    finished.summary = "no acknowledgement of the \"install\" command";
    places_.run_finished = add("harness", {finished});
  }

  void import() {
    const EvidenceAdded report = evidence("nightly.xml", "<testsuite name=\"nightly\"/>\n");
    places_.report = report.digest;
    ImportStarted started;
    started.dialect = "plain";
    started.evidence = report.digest;
    started.file_name = "nightly.xml";
    started.format = "junit";
    started.import = "IMP-0001";
    started.kind = TestKind::sit;
    started.mapping = "by-name";
    started.parser = "junit-1";
    started.phase = "MOC-MDS-SIT-01";
    started.planned_entry = "PEE-001";
    started.result_count = 2;
    places_.import_started = add("harness", {report, started});
    std::vector<EventData> results;
    for (std::uint64_t i = 0; i < 2; ++i) {
      ResultImported result;
      result.evidence = report.digest;
      result.import = started.import;
      result.name = "reads register " + std::to_string(i) + " — gas";
      result.ordinal = i;
      result.outcome = Outcome::passed;
      results.emplace_back(result);
    }
    add("harness", results);
    ImportFinished finished;
    finished.counts = {2, 0, 0, 2, 0};
    finished.declared = finished.counts;
    finished.elements = finished.counts;
    finished.import = started.import;
    finished.result_count = 2;
    places_.import_finished = add("harness", {finished});
  }

  void decide() {
    DocumentRegistered document;
    document.classification = "public";
    document.digest = builder_.add_evidence("Depth and breadth of the SIT phase.\n");
    document.document = "DNB-SIT";
    document.document_type = DocumentType::dnb_sit;
    document.title = "SIT depth and breadth";
    document.version = "v1.0";
    add("dcc-tm", {document});
    TagPositionRecorded position;
    position.about = "document/DNB-SIT";
    position.meeting = "TAG-2019-10";
    position.minutes = builder_.add_evidence("Minutes of the meeting: no objections.\n");
    position.position = Position::endorsed;
    position.version = "v1.0";
    places_.decision = add("tag-sec", {position}, true);
    Heartbeat beat;
    beat.note = "nothing else today";
    add("sp-tl", {beat});
  }

  LogBuilder& builder_;
  bool checkpoints_;
  ProgrammeLog places_;
};

}  // namespace

ProgrammeLog record_programme(LogBuilder& builder, bool checkpoints) {
  return Recorder(builder, checkpoints).record();
}

events::ImportStarted bulk_import(const std::string& import, std::uint64_t result_count) {
  events::ImportStarted started;
  started.dialect = "plain";
  started.evidence = sha256("bulk");
  started.file_name = "bulk.xml";
  started.format = "junit";
  started.import = import;
  started.kind = TestKind::sit;
  started.mapping = "by-name";
  started.parser = "junit-1";
  started.phase = "MOC-MDS-SIT-01";
  started.planned_entry = "PEE-001";
  started.result_count = result_count;
  return started;
}

events::ResultImported bulk_result(const events::ImportStarted& import, std::uint64_t ordinal) {
  events::ResultImported result;
  result.class_name = "smets1.sit.esme.RegisterReads";
  result.duration_ns = 1'250'000 + ordinal;
  result.evidence = import.evidence;
  result.import = import.import;
  result.name = "reads register " + std::to_string(ordinal) + " of the electricity meter";
  result.ordinal = ordinal;
  result.outcome = ordinal % 97 == 0 ? Outcome::failed : Outcome::passed;
  result.position = {5, ordinal + 3, 120 * ordinal + 70};
  return result;
}

void record_results(LogBuilder& builder, std::uint64_t event_count, std::uint64_t per_submission) {
  Author& harness = builder.author("harness");
  ImportStarted started =
      bulk_import("BULK-" + std::to_string(builder.log().entries.size()), event_count);
  started.evidence = builder.add_evidence("<testsuite name=\"bulk\"/>\n");
  builder.append(harness, {started});
  for (std::uint64_t from = 0; from < event_count; from += per_submission) {
    std::vector<EventData> results;
    for (std::uint64_t i = from; i < std::min(event_count, from + per_submission); ++i) {
      results.emplace_back(bulk_result(started, i));
    }
    builder.append(harness, results);
  }
  builder.checkpoint();
}

}  // namespace assay::testing
