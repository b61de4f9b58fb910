#!/usr/bin/env bats
# A test for every line of the consultation briefing of 29 August 2019, named after it. They read the
# ledger that play_timeline.sh has made; everything in it is invented.

load support
load timeline

setup_file() { stand_on_timeline; }

setup() { use "$BATS_FILE_TMPDIR/base"; }

find_rule() { assay findings --rule "$1" --json "${@:2}" | jq -c '[.findings[].sentence]'; }

@test "external audit removed (MTAD 12, SVTAD 19)" {
  # The regime is data with a date, and the clauses that it does without were still in force.
  run -0 assay rulebook list --json
  [[ $(jq -c '[.policies[] | select(.policy == "AUDIT") | [.version, .status]]' <<<"$output") == '[[1,"overtaken"],[2,"in_force"]]' ]]
  [[ $(find_rule P-PROPOSED) == *'AUDIT version 2 does without the audit of clause 12 of the MTAD, which is \"removal_proposed\"'* ]]
  [[ $(find_rule P-PROPOSED) == *'clause 19 of the SMETS1 SVTAD'* ]]
  # What the auditor would have attested is answered claim by claim.
  run -0 assay state claims MOC-MDS-SIT-01 --entry PEE-001 --json
  [[ $(jq -c '[.assessed[0].claims[].claim]' <<<"$output") == '["C1","C2","C3","C4","C5","C6","C7","C8","C9","C10","C11","C12","C13"]' ]]
  [[ $(assay state criteria MOC-MDS-SIT-01 --entry PEE-001 --json | jq -r '.assessed[0].exit.answers[] | select(.criterion == "V7") | .verdict') == NOT_APPLICABLE ]]
}

@test "external audit required in the older regime, and its report is recorded" {
  make_programme "$BATS_TEST_TMPDIR/older"
  assay record release_declared release=IOC 'title=Initial (invented)' cohorts=MDS --key dcc
  assay key new auditor
  assay record party_registered party=AUD-X 'name=Auditor (invented)' class=AUDITOR --key root
  assay key register auditor --party AUD-X --key root
  assay record role_granted party=AUD-X holder=auditor role=AUD --key root
  assay rulebook publish "$ROOT/docs/rulebooks/before-consultation.json" --key root
  v7() { assay state criteria SIT-01 --entry PEE-001 --json | jq -r '.assessed[0].exit.answers[] | select(.criterion == "V7") | .verdict'; }
  [[ $(v7) == NOT_MET ]]
  echo 'the report of an auditor (invented)' >audit.txt
  assay evidence add audit.txt --media-type text/plain --key auditor
  assay record external_audit_report_registered report=AR-1 auditor=AUD-X opinion=unqualified phases=SIT-01 \
    "document=$(sha256sum audit.txt | cut -d' ' -f1)" --key auditor
  [[ $(v7) == MET ]]
}

@test "entry and exit aligned to the planned EPCL entry: Active, Dormant and Mixed per DMC" {
  run -0 assay state phase --json
  [[ $(jq -c '[.planned_entries[] | select(.dmc == "DMC-MDS-001") | [.category, .state]]' <<<"$output") == '[["DORMANT","TESTED"],["ACTIVE","TESTED"],["MIXED","TESTED"]]' ]]
  # Inside one phase one entry goes on while three have left it.
  run -0 assay state phase MOC-MDS-SIT-01 --json
  [[ $(jq -c '[.phase.entries[] | .state]' <<<"$output") == '["COMPLETED","COMPLETED","COMPLETED","EXIT_PENDING"]' ]]
  run -0 assay state decisions --type exit_decided --json
  [[ $(jq -c '[.decisions[].planned_entries] | unique' <<<"$output") == '[["PEE-001","PEE-002","PEE-003"]]' ]]
}

@test "SIT and MT in parallel" {
  # On one planned entry both are open on the same day, and the numbers of one are not those of the other.
  run -0 assay state phase --at 2019-10-22 --json
  [[ $(jq -c '[.planned_entries[0].cells[] | [.kind, (.phases[] | .state)]]' <<<"$output") == '[["MT","EXECUTING","EXECUTING"],["SIT","EXECUTING"]]' ]]
  run -0 assay state thresholds --at 2019-11-15 --entry PEE-001 --json
  [[ $(jq -c '[.thresholds[].view | [.phase, .verdict]]' <<<"$output") == '[["MOC-MDS-MT-01","MET"],["MOC-MDS-MT-02","MET"],["MOC-MDS-SIT-01","NOT_MET"]]' ]]
}

@test "combined approach to regression testing (MTAD 7, SVTAD 7)" {
  run -0 assay state regression --json
  [[ $(jq -c '[.cycles[] | [.regression, .state, .kinds]]' <<<"$output") == '[["REG-1","COMPLETED",["MT","SIT"]]]' ]]
  # One cycle discharges the change once for either kind of each entry.
  [[ $(jq -c '[.obligations[] | select(.change_kind != "firmware") | .state] | unique' <<<"$output") == '["DISCHARGED"]' ]]
  # A change that nobody assessed stays open, and is found.
  [[ $(jq -c '[.obligations[] | select(.state == "UNASSESSED") | .planned_entry] | unique' <<<"$output") == '["PEE-004"]' ]]
}

@test "DMC selection of SIT also covers MT (MTAD 4.2)" {
  run -0 assay state selection DMC-MDS-001 --json
  [[ $(jq -c '.dmc.selections[0] | [.verdict, .kinds_served]' <<<"$output") == '["MET",["MT","SIT"]]' ]]
  # The policy of the older regime shares nothing.
  [[ $(assay rulebook show DMC-SEL-SAMPLE --version 1 --json | jq -c .policy.content.body.dmc_selection.shared_by_kinds) == '["SIT"]' ]]
  # Differences between the old DMC and the new one are computed, not believed.
  [[ $(assay state selection DMC-MDS-002 --json | jq -c '.dmc.replaced_by[0].differing_fields') == '["ESME.firmware_ver"]' ]]
}

@test "clause 13.11 withdrawn" {
  [[ $(assay state clauses --on 2019-11-20 --json | jq -r '.clauses[] | select(.document == "SVTAD" and .clause == "13.11") | .status') == withdrawn_before_effect ]]
  [[ $(assay state selection DMC-MDS-002 --json | jq -c '.dmc.replaced_by[0].route.obstacles') == '["disabled","release_outside"]' ]]
  [[ $(find_rule D-13.11) == *'13.11, withdrawn_before_effect'* ]]
}

@test "combined MT and SIT completion (MTAD 10.2, SVTAD 9.7)" {
  # One report for both kinds; permitted by a policy, and the criteria of each phase answered apart.
  [[ $(assay state decisions --about report/CR-1 --type completion_report_issued --json | jq -r '.decisions[0].outcome') == COMBINED ]]
  [[ $(assay rulebook show COMBINED --json | jq .policy.content.body.combined_completion.allowed) == true ]]
  run -0 assay state criteria --entry PEE-001 --json
  [[ $(jq -c '[.assessed[].exit | [.phase, (.answers | length > 10), .verdict]]' <<<"$output") == '[["MOC-MDS-MT-01",true,"MET"],["MOC-MDS-MT-02",true,"MET"],["MOC-MDS-SIT-01",true,"MET"]]' ]]
  [[ $(find_rule C-COMB) == '[]' ]]
}

@test "combined completion where nothing permits it is found" {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR"
  on '2019-11-25 10:00'
  # Nothing is implied: without the policy, the same report is one that was not allowed.
  assay record policy_superseded policy=COMBINED old_version=2 new_version=1 effective_from=2019-09-20T12:00:00.000000Z \
    'reason=back to apart (invented)' --key reg
  [[ $(find_rule C-COMB) == *'CR-1'* ]]
}

@test "Migration ST for each GroupID (MTAD 5.5), and clause 5.7 withdrawn" {
  run -0 assay state migration MOC --json
  [[ $(jq -c '.releases[0] | [.verdict, (.cells | length), ([.cells[].group] | unique), ([.cells[].tmad_step] | unique | length), ([.cells[].side] | unique)]' <<<"$output") == '["MET",12,["ZA","ZB"],3,["dcc_systems","smso_systems"]]' ]]
  [[ $(jq -c '.releases[0] | [.security_features_required, .security_features]' <<<"$output") == '[false,[]]' ]]
  [[ $(assay state clauses --on 2019-11-20 --json | jq -r '.clauses[] | select(.document == "MTAD" and .clause == "5.7") | .status') == withdrawn_before_effect ]]
  # Before anything had run, no cell was met.
  [[ $(assay state migration MOC --at 2019-10-21 --json | jq -c '[.releases[0].cells[].verdict] | unique') == '["NOT_MET"]' ]]
}

@test "Migration DMRT as the Depth and Breadth of MT document describes (MTAD 6.3(b), 8.3)" {
  run -0 assay state migration MOC --json
  [[ $(jq -c '[.releases[0].dmrt[] | [.planned_entry, .promised, .verdict]]' <<<"$output") == '[["PEE-001",1,"MET"],["PEE-002",1,"MET"],["PEE-003",1,"MET"],["PEE-004",1,"MET"],["PEE-006",0,"NOT_MET"]]' ]]
}

@test "Depth and Breadth documents presented to TAG (MTAD 8.3, SVTAD 12)" {
  run -0 assay state coverage --json
  [[ $(jq -c '[.cells[] | select(.planned_entry == "PEE-001") | [.kind, .verdict, .versions[0].document, .versions[0].version, .versions[0].presented, .versions[0].status]]' <<<"$output") == '[["MT","MET","DNB-MT","1.0",true,"PUBLISHED"],["SIT","MET","DNB-SIT","1.0",true,"PUBLISHED"]]' ]]
  [[ $(jq -r '.cells[] | select(.planned_entry == "PEE-001" and .kind == "SIT") | .versions[0].digest' <<<"$output") == "$(echo 'DNB-SIT 1.0 (invented)' | sha256sum | cut -d' ' -f1)" ]]
  [[ $(jq -c '[.promises[] | [.verdict, (.missing | length)]] | unique' <<<"$output") == '[["MET",0]]' ]]
  [[ $(jq -c '[.cells[] | select(.verdict == "NOT_MET") | .planned_entry] | unique' <<<"$output") == '["PEE-006"]' ]]
  # On the ninth of October only the version that was superseded later had been seen.
  [[ $(assay state coverage --at 2019-10-09 --json | jq -c '[.cells[] | select(.planned_entry == "PEE-001" and .kind == "SIT") | .versions[0].version]') == '["0.9"]' ]]
}

@test "two-part aggregate limit on Testing Issues (SVTAD 13, each MT Test Phase)" {
  run -0 assay state thresholds --at 2019-11-15 --json
  [[ $(jq -c '[.thresholds[].view.parts[].part] | unique' <<<"$output") == '["part1_per_entry","part2_aggregate"]' ]]
  [[ $(jq -c '[.thresholds[].view | select(.phase == "MOC-MDS-SIT-01") | [.planned_entry, (.parts[] | .verdict)]]' <<<"$output") == '[["PEE-001","MET","NOT_MET"],["PEE-002","MET","NOT_MET"],["PEE-003","NOT_MET","NOT_MET"],["PEE-004","MET","NOT_MET"]]' ]]
  [[ $(jq -c '[.thresholds[].view | select(.phase == "MOC-MDS-MT-01") | .verdict] | unique' <<<"$output") == '["MET"]' ]]
}

@test "faster entry on the EPCL" {
  # Three entries are listed while a fourth of the same cohort is still in test.
  run -0 assay state epcl --json
  [[ $(jq -c '[.entries[].life | [.planned_entry, .state]]' <<<"$output") == '[["PEE-001","ELIGIBLE"],["PEE-002","ELIGIBLE"],["PEE-003","ELIGIBLE"],["PEE-004","DESELECTED"],["PEE-006","SELECTED"]]' ]]
  [[ $(jq -c '[.entries[].listings[] | [.details.date_first_added, .verdict]] | unique' <<<"$output") == '[["2019-11-22","MET"]]' ]]
}

@test "consultation opened and closed, responses, and confidential parts" {
  run -0 assay state consultations
  [[ $output == *'opens 2019-09-30 09:00 BST, closes 2019-10-11 17:00 BST'* && $output == *'confidential in part, as a commitment'* ]]
  [[ $(assay state consultations --json | jq '.consultations[0].responses | length') == 1 ]]
  # The part is disclosed by handing over its opening, and no proof changes by it.
  run -0 assay commitment check "$TIMELINE/response.opening" --json
  [[ $(jq -r .value <<<"$output") == 'Our stock of one model is low (invented).' ]]
  local event
  event=$(assay log --json | jq -r '.events[] | select(.type == "consultation_response_recorded") | .event')
  [[ $(assay show "$event" --json) == *"$(jq -r .commitment <<<"$output")"* ]]
}
