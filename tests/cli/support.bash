# Helpers of the command-line tests. A test file loads this, makes a ledger once in setup_file (key files
# stretch their passphrases, so every opening takes a while), and copies it where a test changes it.
#
# A "home" is a folder with `keys`, `ledger` and `passphrase` in it; `use HOME` makes it the one that
# the program works with. ASSAY_BIN is the program under test. Everything recorded is invented.

bats_require_minimum_version 1.5.0

# shellcheck source=tests/cli/at_time.bash
source "$(dirname "${BASH_SOURCE[0]}")/at_time.bash"

# Nothing of the caller's surroundings may reach the program.
isolate() {
  ASSAY_BIN=${ASSAY:?names the program under test}
  DAMAGE=${ASSAY_DAMAGE:?names the program that damages entries}
  ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  export ASSAY_BIN DAMAGE ROOT
  local name
  for name in ${!ASSAY_@}; do [[ $name == ASSAY_BIN ]] || unset "$name"; done
  unset HOME NO_COLOR XDG_CONFIG_HOME
  export LC_ALL=C.UTF-8 TZ=UTC TERM=xterm
  cd "$BATS_FILE_TMPDIR" || return 1
}

assay() { "$ASSAY_BIN" "$@"; }

use() { # home
  export ASSAY_LEDGER=$1/ledger ASSAY_KEYS=$1/keys ASSAY_PASSPHRASE_FROM=file:$1/passphrase
}

# Works on a copy of its own from here on.
use_copy_of() { # home
  local copy=$BATS_TEST_TMPDIR/home
  cp -a "$1" "$copy"
  use "$copy"
}

new_home() { # home
  mkdir -p "$1"
  (umask 077 && echo 'only for tests' >"$1/passphrase")
  use "$1"
}

# A ledger with one root key and no party.
make_bare_ledger() { # home
  new_home "$1"
  assay init "$1/ledger" --origin bare.invented.example/ledger --programme 'Bare (invented)' --root root:DCC
}

# A ledger with parties, keys and roles, two planned entries and a phase that has begun.
make_programme() { # home
  new_home "$1"
  assay init "$1/ledger" --origin sample.invented.example/ledger --programme 'Sample (invented)' --root root:DCC
  assay key new dcc
  assay key new harness
  assay key new tag
  assay record --stream --key root <<'JSON'
{"type":"party_registered","data":{"party":"DCC","name":"DCC (invented)","class":"DCC"}}
{"type":"party_registered","data":{"party":"SP-A","name":"Provider A (invented)","class":"SERVICE_PROVIDER"}}
{"type":"party_registered","data":{"party":"SECAS","name":"SECAS (invented)","class":"SECAS"}}
JSON
  assay key register dcc --party DCC --key root
  assay key register harness --party SP-A --key root
  assay key register tag --party SECAS --key root
  assay record --stream --key root <<'JSON'
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-RM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-TM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-IM"}}
{"type":"role_granted","data":{"party":"SP-A","holder":"harness","role":"HARNESS"}}
{"type":"role_granted","data":{"party":"SP-A","holder":"harness","role":"SP-TL"}}
{"type":"role_granted","data":{"party":"SECAS","holder":"tag","role":"TAG-SEC"}}
JSON
  assay record --stream --key dcc <<'JSON'
{"type":"release_declared","data":{"release":"MOC","title":"Release (invented)","cohorts":["MDS"]}}
{"type":"group_declared","data":{"group":"ZA","releases":["MOC"],"smso":"MDS"}}
{"type":"device_model_registered","data":{"device_model":"M1","device_type":"ESME","manufacturer":"Invented","model":"I-1","hardware_version":"H1","firmware_version":"1.07"}}
{"type":"device_model_registered","data":{"device_model":"M2","device_type":"CHF","manufacturer":"Invented","model":"I-2","hardware_version":"H2","firmware_version":"3.02"}}
{"type":"dmc_defined","data":{"dmc":"DMC-001","device_models":["M1","M2"],"comms_provider":"INV-CSP-1"}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-001","release":"MOC","smso":"MDS","dmc":"DMC-001","category":"DORMANT","groups":["ZA"],"required_kinds":["MT","SIT"]}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-002","release":"MOC","smso":"MDS","dmc":"DMC-001","category":"ACTIVE","groups":["ZA"],"required_kinds":["MT","SIT"]}}
{"type":"phase_planned","data":{"phase":"SIT-01","kind":"SIT","stage":"SIT","name":"SIT (invented)","planned_entries":["PEE-001","PEE-002"],"groups":["ZA"]}}
{"type":"entry_decided","data":{"phase":"SIT-01","outcome":"enter","planned_entries":["PEE-001","PEE-002"]}}
{"type":"phase_started","data":{"phase":"SIT-01","planned_entries":["PEE-001","PEE-002"]}}
JSON
}

# Where the last event of this type stands.
last_event() { # type
  assay log --json | jq -r --arg type "$1" '[.events[] | select(.type == $type)][-1].event'
}

# A JUnit report of `count` cases; further arguments are put into its <properties>.
make_report() { # file count [name=value …]
  local file=$1 count=$2 pair
  shift 2
  {
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo "<testsuites><testsuite name=\"invented\" tests=\"$count\" failures=\"0\" timestamp=\"2019-11-12T10:00:00Z\">"
    echo '<properties>'
    for pair in "$@"; do echo "<property name=\"${pair%%=*}\" value=\"${pair#*=}\"/>"; done
    echo '</properties>'
    seq -f '<testcase classname="migration" name="case_%06g" time="0.01"/>' "$count"
    echo '</testsuite></testsuites>'
  } >"$file"
}

entry_count() { assay log --json | jq -r .ledger.size; }

# What the ledger says, in one line: its size and a hash over everything in it.
fingerprint() {
  local log
  log=$(assay log --json) || return 1
  jq -r .ledger.size <<<"$log"
  jq -c '.ledger, .events' <<<"$log" | sha256sum
}

# Runs assay with these arguments: it must exit with `code`, and every line of standard input must
# stand in what it says on standard error.
refuses() { # code arguments…   <<< "text that the message must hold"
  local code=$1 line error=$BATS_TEST_TMPDIR/error actual=0
  shift
  assay "$@" >"$BATS_TEST_TMPDIR/out" 2>"$error" </dev/null || actual=$?
  if ((actual != code)); then
    echo "exit code $actual, not $code, of: assay $*"
    cat "$error" "$BATS_TEST_TMPDIR/out"
    return 1
  fi
  while IFS= read -r line; do
    grep -qF -- "$line" "$error" || {
      echo "the message of: assay $*"
      cat "$error"
      echo "does not say: $line"
      return 1
    }
  done
}

# The same, and the ledger must be as it was.
refuses_and_leaves() { # code arguments…
  local before after
  before=$(fingerprint)
  refuses "$@" || return 1
  after=$(fingerprint)
  [[ $before == "$after" ]] || {
    echo "the ledger changed: $before, now $after"
    return 1
  }
}
