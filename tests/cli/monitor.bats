#!/usr/bin/env bats
# assay monitor: follows a published log from a saved pin, as cron or a timer runs it.

# shellcheck disable=SC2154 # `run --separate-stderr` sets stderr

load support

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
}

setup() {
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cd "$BATS_TEST_TMPDIR" || return 1
  LOG_ID=$(assay verify --json | jq -r .ledger.log_id)
  assay publish "$ASSAY_LEDGER" -o site >/dev/null
  assay monitor site --pin log.pin --log-id "$LOG_ID" --json >first
}

# More for the log, published.
grow() {
  assay record heartbeat --key harness >/dev/null
  assay publish "$ASSAY_LEDGER" -o site >/dev/null
}

metric() { sed -n "s/^$1{[^}]*} //p" "${2:-assay.prom}"; }

@test "the first run verifies all of the log and keeps a pin; the next only what is new" {
  local size
  size=$(jq .ledger.size first)
  [[ $(wc -l <first) == 1 && $(jq .monitor.new_entries first) == "$size" && -f log.pin && -f log.pin.state ]]
  run -0 assay monitor site --pin log.pin --json
  [[ $(jq .checked.entries <<<"$output") == 0 && $(jq .monitor.new_entries <<<"$output") == 0 ]]
  grow
  run -0 assay monitor site --pin log.pin --json
  [[ $(jq .checked.entries <<<"$output") == 1 && $(jq .monitor.new_entries <<<"$output") == 1 ]]
  [[ $(jq .monitor.entries <<<"$output") == $((size + 1)) ]]
}

@test "it says the findings that assay findings says, without reading a log twice that did not grow" {
  local rules
  rules=$(assay findings --json | jq -c '[.findings[] | select(.waived_by == null) | .rule] | group_by(.) | map({(.[0]): length}) | add')
  [[ $rules != null ]]
  [[ $(jq -c '[.monitor.findings[] | {(.rule): .standing}] | add' first) == "$rules" ]]
  run -0 assay monitor site --pin log.pin --json
  [[ $(jq -c '[.monitor.findings[] | {(.rule): .standing}] | add' <<<"$output") == "$rules" ]]
  run -8 --separate-stderr assay monitor site --pin log.pin --fail-on minor
  [[ $stderr == *'findings that are minor or worse and not waived'* ]]
}

@test "without a pin it wants to know which log is meant, and another log is not taken for it" {
  run -2 --separate-stderr assay monitor site --pin other.pin
  [[ $stderr == *'--log-id the first time'* ]]
  run -13 assay monitor site --pin other.pin --log-id "$(printf '%064d' 1)"
  [[ ! -e other.pin ]]
}

@test "silence is an alarm, and a heartbeat ends it" {
  have_faketime || skip 'faketime is not installed'
  run -0 assay monitor site --pin log.pin --max-age 26h
  run -8 --separate-stderr at_time +27h "$ASSAY_BIN" monitor site --pin log.pin --max-age 26h
  [[ $stderr == *'nothing new, not even a heartbeat, since'*'26.0 h are allowed'* ]]
  grow
  run -0 assay monitor site --pin log.pin --max-age 26h
  run -2 assay monitor site --pin log.pin --max-age 26
}

@test "what was rewritten since the pin is found, the pin stays, and the metrics say so" {
  cp log.pin before
  rm -rf site
  # Another history of the last entry, as whoever holds the store could make it.
  assay drill --in . --keep >/dev/null
  run -13 assay monitor assay-drill-*/rollback --pin log.pin --metrics assay.prom
  cmp before log.pin
  [[ $(metric assay_exit_code) == 13 && $(metric assay_verify_ok) == 0 ]]
  grep -q 'claim="pin",verdict="failed"} 1' assay.prom
}

@test "where nobody answers it could not look, which is never good" {
  run -16 assay monitor http://127.0.0.1:9/ --pin log.pin --metrics assay.prom --json
  [[ $(jq .exit_code <<<"${lines[-1]}") == 16 && $(metric assay_exit_code) == 16 ]]
  [[ $(metric assay_last_success_timestamp_seconds) =~ ^[0-9]{9,} ]]
  run ! grep -q assay_claim assay.prom
}

@test "metrics are in Prometheus' format" {
  assay monitor site --pin log.pin --metrics assay.prom
  # Every line is a comment, or a name, labels and a number.
  run ! grep -vE '^(# (HELP|TYPE) assay_[a-z_]+ .+|assay_[a-z_]+\{([a-z]+="[^"]*",?)+\} [-+0-9.e]+)$' assay.prom
  [[ $(metric assay_verify_ok) == 1 && $(metric assay_entries) == "$(jq .ledger.size first)" ]]
  if command -v promtool >/dev/null; then promtool check metrics <assay.prom; fi
}

@test "the unit files that ship are ones that systemd takes" {
  local unit
  for unit in service timer; do
    grep -q '^\[Unit\]$' "$ROOT/docs/monitoring/assay-monitor.$unit"
  done
  grep -q 'assay monitor .*--pin' "$ROOT/docs/monitoring/assay-monitor.service"
  if command -v systemd-analyze >/dev/null; then
    sed "s,ExecStart=assay,ExecStart=$ASSAY_BIN," "$ROOT/docs/monitoring/assay-monitor.service" >assay-monitor.service
    cp "$ROOT/docs/monitoring/assay-monitor.timer" .
    SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no ./assay-monitor.service ./assay-monitor.timer
  fi
}

@test "what it found is the answer, also where the metrics cannot be written" {
  assay drill --in . --keep >/dev/null
  run -13 --separate-stderr assay monitor assay-drill-*/rollback --pin log.pin --metrics /nonexistent/assay.prom
  [[ $stderr == *'the metrics were not written'* ]]
  run -3 assay monitor site --pin log.pin --metrics /nonexistent/assay.prom
  refuses 2 monitor site --pin log.pin --metrics log.pin.state <<<"would replace the pin's"
}

@test "a time to come buys no silence" {
  have_faketime || skip 'faketime is not installed'
  run -8 --separate-stderr at_time '2019-11-30 12:00:00' "$ASSAY_BIN" monitor site --pin log.pin --max-age 26h
  [[ $stderr == *'ahead of the clock here'* ]]
  refuses 2 monitor site --pin log.pin --max-age 0s <<<'from 1 s to 100 years'
  refuses 2 monitor site --pin log.pin --max-age 18446744073709551615s <<<'from 1 s to 100 years'
}

@test "a pin that went missing is missed, and two runs do not move one pin" {
  mv log.pin away
  refuses 16 monitor site --pin log.pin --log-id "$LOG_ID" <<<'the pin log.pin is gone'
  mv away log.pin
  exec 9>log.pin.lock
  flock 9
  refuses 6 monitor site --pin log.pin <<<'another run of the monitor has this pin'
  exec 9>&-
  run -0 assay monitor site --pin log.pin
}

@test "a log whose entries are gone is not good because nothing is new; a full run reads them all" {
  local size
  size=$(jq .ledger.size first)
  cp "site/tile/entries/000.p/$size" kept
  python3 - "site/tile/entries/000.p/$size" <<'PY'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[3000] ^= 1
open(sys.argv[1], "wb").write(data)
PY
  run -10 assay monitor site --pin log.pin
  run -10 assay monitor site --pin log.pin --full
  rm "site/tile/entries/000.p/$size"
  run -11 assay monitor site --pin log.pin
  cp kept "site/tile/entries/000.p/$size"
  run -0 assay monitor site --pin log.pin --full --json
  [[ $(jq -c '[.checked.entries, .monitor.new_entries]' <<<"$output") == "[$size,0]" ]]
  # One that is not mounted could not be looked at either.
  mv site elsewhere
  run -16 assay monitor site --pin log.pin
}

@test "an empty value is no value that was left out" {
  local option
  for option in --pin --pin-text --pin-words --policy --tsa --log-id --witness; do
    refuses 2 verify "$option" '' <<<"$option was given an empty value"
  done
  refuses 2 monitor '' --pin log.pin <<<'log was given an empty value'
  refuses 2 pin kept.pin --from '' <<<'--from was given an empty value'
}

@test "a server that answers a byte now and then, for ever, has a time to end in" {
  python3 "$ROOT/tests/cli/bad_witness.py" drip >port 2>drip.log 3>&- &
  local server=$! began
  until [[ -s port ]]; do sleep 0.05; done
  began=$SECONDS
  run -16 assay monitor "http://127.0.0.1:$(<port)/" --pin log.pin --timeout 2
  kill "$server"
  ((SECONDS - began < 12))
  refuses 2 verify site --timeout 0 <<<'--timeout'
}
