#!/usr/bin/env bats
# The timeline of the invented programme, day by day: what the log answers for each day, and that
# nothing recorded later changes it. Reads the ledger that play_timeline.sh has made.

load support
load timeline

setup_file() { stand_on_timeline; }

setup() { use "$BATS_FILE_TMPDIR/base"; }

verdicts_on() { # day phase
  assay state thresholds --at "$1" --phase "$2" --json | jq -c '[.thresholds[].view | [.planned_entry, .verdict]]'
}

@test "every claim about the whole log is proved" {
  run -0 assay verify --json
  [[ $(jq '[.claims[] | select(.verdict == "failed")] | length' <<<"$output") == 0 ]]
  [[ $(jq -r '.claims[] | select(.claim == "authority") | .verdict' <<<"$output") == proved ]]
}

@test "2019-09-23: the plan stands, and nothing is tested" {
  run -0 assay state phase --at 2019-09-23 --json
  [[ $(jq -c '[.planned_entries[] | [.planned_entry, .state]]' <<<"$output") == '[["PEE-001","PLANNED"],["PEE-002","PLANNED"],["PEE-003","PLANNED"],["PEE-004","PLANNED"]]' ]]
}

@test "2019-10-21: the entry criteria of both kinds are met, each by itself" {
  run -0 assay state criteria --at 2019-10-21 --json
  [[ $(jq -c '[.assessed[].entry.verdict] | unique' <<<"$output") == '["MET"]' ]]
  [[ $(jq '.assessed | length' <<<"$output") == 12 ]]
}

@test "2019-10-31: a build after the baseline makes every pass STALE until the cycle is through" {
  # But for one, which had failed and is no pass to be stale.
  [[ $(assay state regression --at 2019-10-31 --json | jq -c '[.places[].items[].outcome] | group_by(.) | map([.[0], length])') == '[["FAILED",1],["STALE",23]]' ]]
  [[ $(assay state regression --at 2019-10-31 --json | jq '.open') == 8 ]]
  [[ $(assay state regression --at 2019-11-12 --json | jq -c '[.places[].items[].outcome] | unique') == '["PASSED"]' ]]
  [[ $(assay state regression --at 2019-11-12 --json | jq '.open') == 0 ]]
}

@test "2019-11-14: the downgrade of TI-0009 is found once a cut-off rests on it" {
  [[ $(assay findings --at 2019-11-14 --rule Q-DOWN --json | jq '.findings | length') == 0 ]]
  [[ $(assay findings --at 2019-11-15 --rule Q-DOWN --json | jq -r '.findings[].subject') == issue/TI-0009 ]]
}

@test "2019-11-15: the cut-off fails on the numbers of the vector" {
  [[ $(verdicts_on 2019-11-15 MOC-MDS-SIT-01) == '[["PEE-001","NOT_MET"],["PEE-002","NOT_MET"],["PEE-003","NOT_MET"],["PEE-004","NOT_MET"]]' ]]
  run -0 assay state thresholds --at 2019-11-15 --entry PEE-001 --phase MOC-MDS-SIT-01 --json
  [[ $(jq -c '[.thresholds[0].view.parts[] | select(.part == "part2_aggregate") | .scopes[0].limits[] | .count]' <<<"$output") == '[6,2,8]' ]]
  [[ $(jq -c '.thresholds[0].view.parts[] | select(.part == "part2_aggregate") | .scopes[0].limits[0] | [.per_entry, .distance]' <<<"$output") == '[7,-1]' ]]
  # That the limit is not kept says nothing against how it was computed.
  [[ $(assay state claims MOC-MDS-SIT-01 --entry PEE-001 --at 2019-11-15 --json | jq -r '.assessed[0].claims[] | select(.claim == "C8") | .verdict') == MET ]]
  # MT goes its own way: nothing was found there.
  [[ $(verdicts_on 2019-11-15 MOC-MDS-MT-01 | jq -c '[.[][1]] | unique') == '["MET"]' ]]
}

@test "2019-11-15: an evaluation that says otherwise than the log is found" {
  cp -a base lied
  use "$BATS_FILE_TMPDIR/lied"
  on '2019-11-25 10:00'
  local size root verdict
  size=$(assay state programme --at 2019-11-15 --json | jq .at_size)
  root=$(assay checkpoint --at "$size" | sed -n 3p | base64 -d | od -An -tx1 | tr -d ' \n')
  for verdict in NOT_MET MET; do
    jq -n --arg root "$root" --argjson size "$size" --arg verdict "$verdict" '{phase: "MOC-MDS-SIT-01", planned_entries: ["PEE-001"],
      engine: {name: "other", version: "1", digest: $root}, inputs: {$root, $size}, policies: [],
      verdicts: [{criterion: "V2", planned_entry: "PEE-001", $verdict}]}' >evaluation.json
    assay record exit_evaluated -f evaluation.json --key tag --quiet
  done
  run -0 assay findings --rule V-DIFF --json
  [[ $(jq '.findings | length' <<<"$output") == 1 ]]
  [[ $(jq -r '.findings[0].sentence' <<<"$output") == *'V2 of PEE-001 is NOT_MET, not MET'* ]]
  [[ $(assay state claims MOC-MDS-SIT-01 --entry PEE-001 --json | jq -r '.assessed[0].claims[] | select(.claim == "C8") | .verdict') == NOT_MET ]]
  rm clock
}

@test "2019-11-18: one issue closed and one triaged turn all four, and the downgrade stays disclosed" {
  [[ $(verdicts_on 2019-11-18 MOC-MDS-SIT-01 | jq -c '[.[][1]] | unique') == '["MET"]' ]]
  [[ $(assay findings --at 2019-11-18 --rule Q-DOWN --json | jq '.findings | length') == 1 ]]
  run -0 assay state thresholds --at 2019-11-18 --entry PEE-002 --phase MOC-MDS-SIT-01 --json
  [[ $(jq -c '.thresholds[0].counterfactuals | [.as_it_is, .severity_at_max_ever, .would_change]' <<<"$output") == '["MET","NOT_MET",true]' ]]
}

@test "2019-11-19: TAG's position on the combined report names the log that it saw" {
  run -0 assay state decisions --about report/CR-1 --type tag_position_recorded --at 2019-11-19 --json
  [[ $(jq -r '.decisions[0].outcome' <<<"$output") == endorsed_with_comments ]]
  [[ $(jq -r '.decisions[0].dissents | length' <<<"$output") == 1 ]]
  local size root
  size=$(jq -r '.decisions[0].seen.size' <<<"$output")
  root=$(jq -r '.decisions[0].seen.root' <<<"$output")
  [[ $(assay checkpoint --at "$size" | sed -n 3p | base64 -d | od -An -tx1 | tr -d ' \n') == "$root" ]]
}

@test "2019-11-20: the DMC is replaced by a closed route, for two reasons; its results and its issue stay" {
  run -0 assay findings --rule D-13.11 --json
  [[ $(jq -r '.findings[0].sentence' <<<"$output") == *'has the route disabled'*'applies to FOC only, not to MOC'* ]]
  [[ $(assay findings --at 2019-11-19 --rule D-13.11 --json | jq '.findings | length') == 0 ]]
  [[ $(assay state issues --json | jq -r '.issues[] | select(.issue == "TI-0008") | .state') == ASSIGNED ]]
  run -0 assay state thresholds --entry PEE-001 --phase MOC-MDS-SIT-01 --json
  [[ $(jq -c '.thresholds[0].view.parts[] | select(.part == "part2_aggregate") | .scopes[0].limits[0] | [.with_deselected, .without_deselected]' <<<"$output") == '[5,4]' ]]
}

@test "2019-11-22: exit is decided on met criteria, and the EPCL rests on both kinds of test" {
  run -0 assay state criteria --json
  [[ $(jq -c '[.assessed[].exit | select(.planned_entry != "PEE-004") | .verdict] | unique' <<<"$output") == '["MET"]' ]]
  run -0 assay state epcl --json
  [[ $(jq -c '[.entries[] | select(.listings != []) | [.life.planned_entry, .listings[0].verdict]]' <<<"$output") == '[["PEE-001","MET"],["PEE-002","MET"],["PEE-003","MET"]]' ]]
  [[ $(assay state epcl --at 2019-11-20 --json | jq -c '[.entries[].listings[]]') == '[]' ]]
}
