#include "cli/demo/script.hpp"

#include "ledger/base/hash.hpp"

namespace assay::cli {

const char* const kDemoMinutes =
    "Invented minutes of the invented meeting TAG-INV-01.\n"
    "The phase MOC-MDS-SIT-01 was presented. TAG endorses it, with comments.\n";

namespace {

// clang-format off
constexpr const char* kParties = R"json({"type":"party_registered","data":{"party":"DCC","name":"DCC (invented sample)","class":"DCC"}}
{"type":"party_registered","data":{"party":"S1SP-A","name":"Service provider A (invented)","class":"SERVICE_PROVIDER"}}
{"type":"party_registered","data":{"party":"SECAS","name":"SECAS (invented sample)","class":"SECAS"}}
{"type":"party_registered","data":{"party":"SUP-ALPHA","name":"Supplier Alpha (invented)","class":"SUPPLIER"}}
)json";

constexpr const char* kRoles = R"json({"type":"role_granted","data":{"party":"DCC","holder":"dcc-rm","role":"DCC-RM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc-tm","role":"DCC-TM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc-im","role":"DCC-IM"}}
{"type":"role_granted","data":{"party":"S1SP-A","holder":"s1sp-tl","role":"SP-TL"}}
{"type":"role_granted","data":{"party":"S1SP-A","holder":"harness","role":"HARNESS"}}
{"type":"role_granted","data":{"party":"SECAS","holder":"tag-sec","role":"TAG-SEC"}}
{"type":"role_granted","data":{"party":"SUP-ALPHA","holder":"tag-alpha","role":"TAG-MEM"}}
)json";

constexpr const char* kProgramme = R"json({"type":"release_declared","data":{"release":"MOC","title":"Middle Operating Capability (invented sample)","cohorts":["MDS"]}}
{"type":"group_declared","data":{"group":"ZA","releases":["MOC"],"smso":"MDS"}}
{"type":"device_model_registered","data":{"device_model":"M1","device_type":"ESME","manufacturer":"Landis+Gyr","model":"E470","hardware_version":"INV-H1","firmware_version":"INV-1.07"}}
{"type":"device_model_registered","data":{"device_model":"M3","device_type":"GSME","manufacturer":"Landis+Gyr","model":"Libra 310","hardware_version":"INV-H2","firmware_version":"INV-2.31"}}
{"type":"device_model_registered","data":{"device_model":"M4","device_type":"CHF","manufacturer":"Landis+Gyr","model":"INV-CH-A","hardware_version":"INV-H3","firmware_version":"INV-3.02"}}
{"type":"dmc_defined","data":{"dmc":"DMC-MDS-001","device_models":["M1","M3","M4"],"comms_provider":"INV-CSP-1"}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-001","release":"MOC","smso":"MDS","dmc":"DMC-MDS-001","category":"DORMANT","groups":["ZA"],"required_kinds":["MT","SIT"]}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-002","release":"MOC","smso":"MDS","dmc":"DMC-MDS-001","category":"ACTIVE","groups":["ZA"],"required_kinds":["MT","SIT"]}}
)json";

constexpr const char* kPhases = R"json({"type":"phase_planned","data":{"phase":"MOC-MDS-SIT-01","kind":"SIT","stage":"SIT","name":"SIT of MDS (invented)","planned_entries":["PEE-001","PEE-002"],"groups":["ZA"]}}
{"type":"phase_planned","data":{"phase":"MOC-MDS-MT-01","kind":"MT","stage":"MIG_ST","name":"Migration ST of MDS (invented)","planned_entries":["PEE-001"],"groups":["ZA"]}}
{"type":"scope_items_listed","data":{"scope":"SCOPE-SIT-1","phase":"MOC-MDS-SIT-01","items":[{"item":"JoinsHan","planned_entry":"PEE-001","test_case":"JoinsHan"},{"item":"SeveralFailures","planned_entry":"PEE-001","test_case":"SeveralFailures"},{"item":"RotateKeys","planned_entry":"PEE-001","test_case":"RotateKeys"},{"item":"test_tc_install_esme_001_joins_han","planned_entry":"PEE-002","test_case":"test_tc_install_esme_001_joins_han"}]}}
)json";
// clang-format on

const char* const kSeveralFailures = "SeveralFailures";

using Steps = std::vector<DemoStep>;

void add_keys(Steps& steps) {
  bool first = true;
  for (const char* name : {"dcc-rm", "dcc-tm", "dcc-im", "s1sp-tl", "tag-sec", "tag-alpha"}) {
    steps.push_back(
        {first ? "Everybody makes a key of their own." : "", {"key", "new", name}, {}, 0});
    first = false;
  }
  steps.push_back({"So does the test harness. It records in bulk, which ECDSA P-256 makes faster.",
                   {"key", "new", "harness", "--algorithm", "ecdsa-p256"},
                   {},
                   0});
}

void add_beginning(Steps& steps, const std::string& ledger) {
  steps.push_back({"A ledger begins: two root parties, both needed for roles and roots.",
                   {"init", ledger, "--origin", "moc-sample.invented.example/ledger", "--programme",
                    "MOC/MDS sample (everything in it is invented)", "--root", "root-dcc:DCC",
                    "--root", "root-secas:SECAS", "--threshold", "2"},
                   {},
                   0});
  add_keys(steps);
  steps.push_back({"Parties are registered, and keys with proof of possession.",
                   {"record", "--stream", "--key", "root-dcc"},
                   kParties,
                   0});
  const std::vector<std::pair<const char*, std::vector<std::string>>> owners{
      {"DCC", {"dcc-rm", "dcc-tm", "dcc-im"}},
      {"S1SP-A", {"s1sp-tl", "harness"}},
      {"SECAS", {"tag-sec"}},
      {"SUP-ALPHA", {"tag-alpha"}}};
  for (const auto& [party, names] : owners) {
    std::vector<std::string> arguments{"key", "register", "--party", party, "--key", "root-dcc"};
    arguments.insert(arguments.begin() + 2, names.begin(), names.end());
    steps.push_back({"", arguments, {}, 0});
  }
  steps.push_back({"Roles take two root parties: one proposes, the other endorses.",
                   {"record", "--stream", "--key", "root-dcc"},
                   kRoles,
                   0});
  steps.push_back({"", {"endorse", "--all-pending", "--key", "root-secas"}, {}, 0});
}

void add_plan(Steps& steps) {
  steps.push_back({"The programme: release, device models, a DMC, planned EPCL entries.",
                   {"record", "--stream", "--key", "dcc-rm"},
                   kProgramme,
                   0});
  steps.push_back(
      {"SIT and MT are planned side by side; a scope is committed to before anything runs.",
       {"record", "--stream", "--key", "dcc-tm"},
       kPhases,
       0});
  steps.push_back(
      {"",
       {"record", "environment_baselined", "environment=ENV-1",
        "phases=MOC-MDS-MT-01,MOC-MDS-SIT-01",
        R"json(components=[{"build":"S1SP-INV-2.4.1","name":"s1sp"}])json", "--key", "s1sp-tl"},
       {},
       0});
  steps.push_back({"The provider endorses the scope; it is in effect from here on.",
                   {"record", "scope_baselined", "scope=SCOPE-SIT-1", "phase=MOC-MDS-SIT-01",
                    "version=1", "--key", "dcc-tm"},
                   {},
                   0});
  steps.push_back({"", {"endorse", "--all-pending", "--key", "s1sp-tl"}, {}, 0});
  for (const char* phase : {"MOC-MDS-SIT-01", "MOC-MDS-MT-01"}) {
    const std::string entries =
        std::string(phase) == "MOC-MDS-SIT-01" ? "PEE-001,PEE-002" : "PEE-001";
    const std::string about = std::string("phase=") + phase;
    steps.push_back({"",
                     {"record", "entry_decided", about, "outcome=enter",
                      "planned_entries=" + entries, "--key", "dcc-tm"},
                     {},
                     0});
    steps.push_back(
        {"",
         {"record", "phase_started", about, "planned_entries=" + entries, "--key", "dcc-tm"},
         {},
         0});
  }
}

void add_reports(Steps& steps, const std::string& reports) {
  const auto import = [&](const char* title, const char* file, const char* phase, const char* entry,
                          std::vector<std::string> more, int exit_code) {
    std::vector<std::string> arguments{
        "import",  reports + "/" + file, "--phase", phase,           "--entry", entry,
        "--build", "S1SP-INV-2.4.1",     "--tz",    "Europe/London", "--key",   "harness"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    steps.push_back({title, arguments, {}, exit_code});
  };
  import("Real reports of real tools come in; the tests in them are invented.",
         "googletest-1.12.1.xml", "MOC-MDS-SIT-01", "PEE-001", {"--run-counter", "101"}, 0);
  import("", "pytest-7.2.1-xunit2.xml", "MOC-MDS-SIT-01", "PEE-002", {}, 0);
  import("", "playwright-1.65.1.xml", "MOC-MDS-MT-01", "PEE-001", {}, 0);
  import("This one is not well-formed XML: refused, kept, and the refusal is recorded.",
         "node-test-20.20.2.xml", "MOC-MDS-MT-01", "PEE-001", {}, 5);
  import("With --repair it is read, and every repair is listed.", "node-test-20.20.2.xml",
         "MOC-MDS-MT-01", "PEE-001", {"--repair"}, 0);
  import("The same file again adds nothing.", "googletest-1.12.1.xml", "MOC-MDS-SIT-01", "PEE-001",
         {"--run-counter", "101"}, 0);
}

void add_issues(Steps& steps, const std::string& minutes) {
  steps.push_back(
      {"A failure becomes a Testing Issue, and is triaged.",
       {"record", "issue_raised", "issue=TI-0001", "phase=MOC-MDS-SIT-01",
        "kind=unexpected_outcome", "planned_entries=PEE-001",
        std::string("title=") + kSeveralFailures + " fails (invented)", "--key", "s1sp-tl"},
       {},
       0});
  steps.push_back({"",
                   {"record", "issue_triaged", "issue=TI-0001", "severity=2", "priority=1",
                    "attribution=dcc_systems", "owner=S1SP-A", "planned_entries=PEE-001",
                    "rationale=no workaround (invented)", "--key", "dcc-im"},
                   {},
                   0});
  steps.push_back({"",
                   {"record", "issue_raised", "issue=TI-0002", "phase=MOC-MDS-SIT-01",
                    "kind=preventing_execution", "planned_entries=PEE-002",
                    "title=rig was offline (invented)", "--key", "s1sp-tl"},
                   {},
                   0});
  steps.push_back({"The minutes of a meeting are kept as evidence, before an event names them.",
                   {"evidence", "add", minutes, "--media-type", "text/plain", "--key", "tag-sec"},
                   {},
                   0});
  steps.push_back(
      {"TAG takes a position on the phase, with the log state that it saw.",
       {"record", "tag_position_recorded", "about=phase/MOC-MDS-SIT-01",
        "position=endorsed_with_comments", "meeting=TAG-INV-01",
        "minutes=" + sha256(kDemoMinutes).hex(),
        R"json(conditions=[{"due":"2019-11-29","text":"retest TI-0001 (invented)"}])json", "--key",
        "tag-sec"},
       {},
       0});
}

void add_answers(Steps& steps) {
  steps.push_back({"Everything is verified, claim by claim.", {"verify"}, {}, 0});
  steps.push_back({"The states, rebuilt from the log alone.", {"state", "phase"}, {}, 0});
  steps.push_back({"", {"state", "phase", "MOC-MDS-SIT-01"}, {}, 0});
  steps.push_back({"", {"state", "issues"}, {}, 0});
}

}  // namespace

std::vector<DemoStep> demo_script(const std::string& ledger, const std::string& reports,
                                  const std::string& minutes) {
  Steps steps;
  add_beginning(steps, ledger);
  add_plan(steps);
  add_reports(steps, reports);
  add_issues(steps, minutes);
  add_answers(steps);
  return steps;
}

}  // namespace assay::cli
