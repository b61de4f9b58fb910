#!/usr/bin/env bats
# shellcheck disable=SC2030,SC2031 # each test has its own
# Witnesses (C2SP tlog-witness): being one, asking one, and what happens when either misbehaves. Every
# witness listens on a loopback port of its own.

load support
load witness_support

setup_file() {
  isolate
  make_bare_ledger "$BATS_FILE_TMPDIR/base"
  for name in w1 w2; do new_witness "$name"; done
}

setup() {
  command -v curl || skip 'curl is not installed'
  cd "$BATS_TEST_TMPDIR" || return 1
  use_copy_of "$BATS_FILE_TMPDIR/base"
  cp -a "$BATS_FILE_TMPDIR/w1" "$BATS_FILE_TMPDIR/w2" .
  assay checkpoint --vkey >log.vkey
  assay checkpoint -o note >/dev/null
}

teardown() { stop_all; }

grow() { # events
  local i
  for ((i = 0; i < $1; ++i)); do assay record heartbeat --key root -q >/dev/null; done
  assay checkpoint -o note >/dev/null
}

make_policy() { # quorum: both witnesses with their addresses
  for name in w1 w2; do echo "witness $name $(cat "$name/vkey") $(cat "$name/url" 2>/dev/null)"; done
  echo 'group both all w1 w2'
  echo "quorum $1"
}

@test "two witnesses cosign the latest checkpoint, and a verifier counts them by the policy" {
  start_witness w1
  start_witness w2
  run --separate-stderr -0 assay cosign "$(witness_option w1)" "$(witness_option w2)" --json
  [[ $(jq -r '.witnesses[].outcome' <<<"$output" | xargs) == 'cosigned cosigned' ]]
  [[ $(jq -c '[.quorum.met, .quorum.asked_for, (.quorum.cosigned | length)]' <<<"$output") == \
    '[true,"2 of 2 (w1.invented.example, w2.invented.example)",2]' ]]
  (($(assay checkpoint | grep -c '^—') == 3))
  # Who has cosigned is not asked again, so a witness that is gone does not matter.
  stop_witness w2
  run --separate-stderr -0 assay cosign "$(witness_option w1)" "$(witness_option w2)" --json
  [[ $(jq -r '.witnesses[].outcome' <<<"$output" | xargs) == 'already already' ]]

  make_policy both >policy
  run --separate-stderr -0 assay verify --policy policy --require witness_quorum --json
  [[ $(jq -r '.claims[] | select(.claim == "witness_quorum") | .verdict' <<<"$output") == proved ]]
  assay verify --policy policy | grep -F '2 witnesses cosigned the last checkpoint (w1, w2); the policy asks for 2 of 2 (w1, w2)'
  # The same without a file, and with a number.
  assay verify --witness w1/vkey --witness w2/vkey --require witness_quorum
  # What the witness shows to read is the log's checkpoint with its own line.
  curl -s "$(cat w1/url)/$(printf 'bare.invented.example/ledger' | sha256sum | cut -c1-64)/checkpoint" >shown
  (($(grep -c '^—' shown) == 2))
  grep -F "$(tail -1 shown)" <(assay checkpoint)

  grow 1
  run -16 assay verify --policy policy --require witness_quorum
  run --separate-stderr -8 assay cosign --policy policy --json --timeout 2
  [[ $(jq -r '.witnesses[].outcome' <<<"$output" | xargs) == 'cosigned unreachable' ]]
  [[ $(jq -c .quorum.missing <<<"$output") == '["w2"]' ]]
  make_policy w1 >policy
  run -0 assay verify --policy policy --require witness_quorum
  run -0 assay cosign --policy policy --timeout 2
}

@test "a witness answers each request with the status of the protocol" {
  grow 4
  start_witness w1
  for size in 1 2 3; do assay prove --consistency-from 1 --at "$size" -o "1-$size" >/dev/null; done
  { printf 'old 0\n\n' && sed '1,/^$/d' 1-2; } >0-2
  [[ $(post w1 0-2) == 200 ]]
  grep -q '^— w1.invented.example ' body
  [[ $(size_at_witness w1) == 2 ]]
  # The body alone, after the text, is a note that verifies.
  { sed '1,/^$/d; /^$/,$d' 0-2 && echo && cat body; } >alone
  [[ $(post w1 1-3) == 409 ]]
  grep -qix $'content-type: text/x.tlog.size\r' head
  [[ $(cat body) == 2 ]]
  sed 's/^old .*/old 9/' 1-3 >9-3
  [[ $(post w1 9-3) == 400 ]]
  echo 'old 2' >short
  [[ $(post w1 short) == 400 ]]
  sed 's/^old .*/old 2/' 1-3 >wrong-proof
  [[ $(post w1 wrong-proof) == 422 ]]
  assay prove --consistency-from 2 --at 3 -o 2-3 >/dev/null
  sed 's/bare.invented.example/other.invented.example/' 2-3 >other-log
  [[ $(post w1 other-log) == 404 ]]
  sed '/^—/s/....$/AAAA/' 2-3 >wrong-signature
  [[ $(post w1 wrong-signature) == 403 ]]
  sed '/^—/s/^— [^ ]*/— nobody/' 2-3 >nobody
  [[ $(post w1 nobody) == 403 ]]
  [[ $(size_at_witness w1) == 2 ]]
  [[ $(post w1 2-3) == 200 ]]
  [[ $(size_at_witness w1) == 3 ]]
  # What is too large or packed is not looked at.
  head -c 300000 /dev/zero >large
  [[ $(post w1 large) == 413 ]]
  gzip -c 2-3 >packed
  [[ $(curl -s -o body -w '%{http_code}' -H 'Content-Encoding: gzip' --data-binary @packed "$(cat w1/url)/add-checkpoint") == 415 ]]
  [[ $(curl -s -o body -w '%{http_code}' "$(cat w1/url)/$(printf '%064d' 0)/checkpoint") == 404 ]]
  [[ $(curl -s -o body -w '%{http_code}' "$(cat w1/url)/../../etc/passwd") == 404 ]]
  [[ $(curl -s -o body -w '%{http_code}' "$(cat w1/url)/$(printf 'x%.0s' {1..4000})") == 414 ]]
  # A line a request, with the status.
  grep -E '^[0-9TZ:.-]+ 127.0.0.1 POST /add-checkpoint 409: ' w1/log
}

@test "of requests that race, one is cosigned, and nothing ever goes back" {
  grow 9
  start_witness w1
  assay prove --consistency-from 1 --at 1 -o 1-1 >/dev/null
  { printf 'old 0\n\n' && sed '1,/^$/d' 1-1; } >0-1
  [[ $(post w1 0-1) == 200 ]]
  for size in 2 3 4 5 6 7 8 9 10; do assay prove --consistency-from 1 --at "$size" -o "1-$size" >/dev/null; done
  racers=()
  for size in 2 3 4 5 6 7 8 9 10; do
    (curl -s -o /dev/null -w "%{http_code} $size\n" --data-binary "@1-$size" "$(cat w1/url)/add-checkpoint" >"status-$size") 3>&- &
    racers+=($!)
  done
  wait "${racers[@]}"
  cat status-* >statuses
  (($(grep -c '^200' statuses) == 1))
  (($(grep -c '^409' statuses) == 8))
  [[ $(size_at_witness w1) == "$(sed -n 's/^200 //p' statuses)" ]]
}

@test "a witness that is killed at any moment remembers what it answered" {
  grow 1
  start_witness w1
  for round in 1 2 3 4 5 6; do
    grow 2
    (sleep "0.0$round" && stop_witness w1 KILL) 3>&- &
    killer=$!
    assay cosign "$(witness_option w1)" --timeout 3 --json >answer || true
    wait "$killer" || true
    stop_witness w1 KILL || true
    start_witness w1
    told=$(size_at_witness w1)
    told=${told:-0}
    if [[ $(jq -r '.witnesses[0].outcome' answer) == cosigned ]]; then
      ((told == $(jq .checkpoint.size answer)))
    fi
    ((told >= ${before:-0}))
    before=$told
  done
  run -0 assay cosign "$(witness_option w1)"
  [[ $(size_at_witness w1) == "$(entry_count)" ]]
}

@test "one process a directory; SIGTERM ends it, and it says what it did" {
  start_witness w1
  refuses_as_witness() { as_witness "$@" 2>error; }
  run -6 refuses_as_witness w1 witness serve w1/state --log log.vkey --listen 127.0.0.1:0
  # Its status can be read meanwhile.
  assay cosign "$(witness_option w1)"
  [[ $(as_witness w1 witness status w1/state --json | jq -c '[.name, .logs[0].size, .logs[0].fork]') == \
    '["w1.invented.example",1,false]' ]]
  stop_witness w1
  grep -x 'stopped: 1 requests, 1 cosigned' w1/out
}

@test "a directory and a key of a witness belong together" {
  refuses 4 witness init w1/state --name again.invented.example --key root <<<'is not empty'
  refuses 2 witness init fresh --name 'two words' --key root <<<'cannot be the name of a key'
  refuses 7 witness init fresh --name w.invented.example --key nobody <<<''
  refuses 3 witness status base <<<'is no witness'
  refuses 7 witness serve w1/state --log log.vkey <<<'no key in'
  refuses 2 witness serve w1/state <<<'a witness without logs would cosign nothing'
  refuses 5 witness serve w1/state --log "$(cat w1/vkey)" <<<"is a witness's, not a log's"
  refuses 2 witness serve w1/state --log log.vkey --listen here <<<'no address to listen on'
  run -0 assay witness init fresh --name w.invented.example --key root --dry-run
  [[ ! -e fresh ]]
}

@test "witnesses that answer garbage, slowly or never cost their time and no more" {
  grow 1
  for mode in silent drip garbage huge; do
    start_bad_witness "$mode"
    SECONDS=0
    run --separate-stderr -8 assay cosign "--witness=$(cat bad/url)=$(cat w1/vkey)" --timeout 1 --json
    ((SECONDS < 6))
    case $mode in
      silent | drip) expected=unreachable ;;
      *) expected=bad_answer ;;
    esac
    [[ $(jq -r '.witnesses[0].outcome' <<<"$output") == "$expected" ]] || { echo "$mode: $output" && false; }
    stop_witness bad KILL || true
  done
  # Nobody listens there at all.
  run -8 assay cosign "--witness=$(cat bad/url)=$(cat w1/vkey)" --timeout 1
  (($(assay checkpoint | grep -c '^—') == 1))
}

# A witness that knows nothing of this program: a key, its verifier key, and a line for a note's text.
make_foreign() { # name
  openssl genpkey -algorithm ed25519 -out "$1.pem"
  { printf '%s\n\4' "$1" && openssl pkey -in "$1.pem" -pubout -outform DER | tail -c 32; } |
    sha256sum | cut -c1-8 >"$1.id"
  printf '%s+%s+%s\n' "$1" "$(cat "$1.id")" \
    "$( (printf '\4' && openssl pkey -in "$1.pem" -pubout -outform DER | tail -c 32) | base64 -w0)" >"$1.vkey"
}
line_by() { # name time note
  { printf 'cosignature/v1\ntime %s\n' "$2" && sed '/^$/,$d' "$3"; } >message
  openssl pkeyutl -sign -rawin -in message -inkey "$1.pem" -out signature
  printf -- '— %s %s\n' "$1" "$({ printf '%s%016x' "$(cat "$1.id")" "$2" | sed 's/../\\x&/g' | xargs -0 printf '%b' && cat signature; } | base64 -w0)"
}
answer_with() { # status: the body is standard input
  { printf 'HTTP/1.1 %s X\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n' "$1" && cat; } >answer
  start_bad_witness answer
}
asked() { # expected outcome, expected code
  run --separate-stderr "-$2" assay cosign "--witness=$(cat bad/url)=$(cat w.vkey)" --timeout 5 --json
  stop_witness bad KILL || true
  [[ $(jq -r '.witnesses[0].outcome' <<<"$output") == "$1" ]] || { echo "$output" && false; }
}

@test "what a witness answers is verified before it is kept" {
  make_foreign w
  make_foreign stranger
  now=$(date +%s)
  line_by w "$now" note >good
  line_by w $((now + 3600)) note >future
  line_by stranger "$now" note >by-stranger
  answer_with 200 <future
  asked bad_answer 8
  [[ $output == *'it cosigned at second'* ]]
  answer_with 200 <by-stranger
  asked bad_answer 8
  sed 's/....$/AAA=/' good | answer_with 200
  asked bad_answer 8
  { cat good && echo 'not a line'; } | answer_with 200
  asked bad_answer 8
  printf 'many\n' | answer_with 409
  asked bad_answer 8
  printf '0\n' | answer_with 409
  asked refused 8
  printf 'no\033[2J\n' | answer_with 404
  asked refused 8
  [[ $output != *$'\033[2J'* ]]
  printf 'moved\n' | answer_with 302
  asked bad_answer 8
  printf 'down\n' | answer_with 500
  asked bad_answer 8
  (($(assay checkpoint | grep -c '^—') == 1))
  # Lines by others beside its own are passed over, as the specification says.
  cat by-stranger good | answer_with 200
  asked cosigned 0
  (($(assay checkpoint | grep -c '^—') == 2))
  assay verify --witness w.vkey --require witness_quorum
}

@test "clients that are slow do not keep a witness from answering others" {
  start_witness w1
  port=$(sed 's/.*://' w1/url)
  python3 -c '
import socket, sys, time
held = [socket.create_connection(("127.0.0.1", int(sys.argv[1]))) for _ in range(12)]
print("held", flush=True)
while True:
    for one in held: one.send(b"P")
    time.sleep(0.3)' "$port" >held 2>/dev/null 3>&- &
  mkdir -p bad && echo $! >bad/pid
  await held held
  SECONDS=0
  run -0 assay cosign "$(witness_option w1)" --timeout 8
  ((SECONDS < 9))
  # It ends although they still hold on.
  SECONDS=0
  stop_witness w1
  ((SECONDS < 5))
}

@test "a log that is not watched, and a key that is not trusted, are named" {
  make_bare_ledger "$BATS_TEST_TMPDIR/other"
  assay checkpoint --vkey >other.vkey
  use "$BATS_TEST_TMPDIR/home"
  start_witness w1 --log other.vkey
  run --separate-stderr -8 assay cosign "$(witness_option w1)" --json
  [[ $(jq -c '.witnesses[0] | [.outcome, .status]' <<<"$output") == '["refused",403]' ]]
}

@test "policies that ask for nobody are refused, not trusted" {
  printf 'quorum none\n' >nobody
  refuses 5 verify --policy nobody <<<'names no witness'
  refuses 5 cosign --policy nobody <<<'names no witness'
  make_policy none >idle
  refuses 5 verify --policy idle <<<'quorum is "none"'
  : >empty
  refuses 5 verify --policy empty <<<'no quorum line'
  refuses 2 cosign <<<'no witness was named'
  refuses 2 verify --quorum 2 <<<'a quorum of 2 out of 0'
  refuses 2 verify --policy idle --witness w1/vkey <<<'it goes without --witness'
  refuses 2 verify --witness log.vkey <<<'is not one of a witness'
  refuses 2 cosign --witness "$(cat w1/vkey)" <<<''
  refuses 2 cosign --witness "ftp://x=$(cat w1/vkey)" <<<'no web address'
  refuses 5 verify --witness w1/vkey --witness w1/vkey <<<'defined twice'
  # A policy about another log does not judge this one.
  { echo "log $(sed 's/^bare/else/' log.vkey)"; make_policy w1; } >broken
  refuses 5 verify --policy broken <<<'line 1'
  make_bare_ledger "$BATS_TEST_TMPDIR/other"
  { echo "log $(assay checkpoint --vkey)"; make_policy w1; } >elsewhere
  use "$BATS_TEST_TMPDIR/home"
  refuses 2 cosign --policy elsewhere <<<'for other logs'
  run -16 assay verify --policy elsewhere
  [[ $output == *'no key that the policy lists'* ]]
  { echo "log $(cat log.vkey)"; make_policy w1; } >here
  # Whoever names witnesses asks for them.
  run -16 assay verify --policy here
  run -16 assay verify --policy here --require witness_quorum
}

@test "a trial asks nobody; what came in can be recorded" {
  start_witness w1
  run --separate-stderr -0 assay cosign "$(witness_option w1)" --dry-run --json
  [[ $(jq -r '.witnesses[0].outcome' <<<"$output") == not_asked ]]
  run ! grep -q POST w1/log
  run --separate-stderr -0 assay cosign "$(witness_option w1)" --record root --json
  [[ $(jq '.receipts | length' <<<"$output") == 1 ]]
  assay log --type checkpoint_witnessed --json | jq -e '.events[0].data | .witness == "w1.invented.example" and .head.size == 1'
  assay verify
}

# Two copies of one ledger that went on apart, each with the key.
split_history() {
  cp -a home mine
  cp -a home theirs
  use "$BATS_TEST_TMPDIR/mine" && grow 2
  use "$BATS_TEST_TMPDIR/theirs" && grow "${1:-2}"
}

@test "a witness that holds another history is proof, in one file" {
  start_witness w1
  split_history 3
  use "$BATS_TEST_TMPDIR/mine"
  assay cosign "$(witness_option w1)"
  use "$BATS_TEST_TMPDIR/theirs"
  run --separate-stderr -13 assay cosign "$(witness_option w1)" --fork-evidence found --json
  [[ $(jq -r '.witnesses[0].outcome' <<<"$output") == forked ]]
  run --separate-stderr -0 assay fork-evidence check found --vkey log.vkey --json
  [[ $(jq -c '[.fork.first.size, .fork.second.size, .key_given]' <<<"$output") == '[3,3,true]' ]]
  assay fork-evidence check found | grep -F 'Assumed: the key is that of the log'
  # It stands alone: no ledger, no keys.
  (cd / && ASSAY_LEDGER=/nowhere ASSAY_KEYS=/nowhere assay fork-evidence check "$BATS_TEST_TMPDIR/found" --vkey "$BATS_TEST_TMPDIR/log.vkey")
  refuses 12 fork-evidence check found --vkey "$(cat w1/vkey)" <<<'another'
  # The copy with fewer entries is behind what the witness holds.
  use "$BATS_TEST_TMPDIR/home"
  run -13 assay cosign "$(witness_option w1)"
  [[ $output == *'this copy has signed for 1 only'* ]]
}

@test "a log that signs two roots of one size is caught by the witness, which keeps the evidence" {
  start_witness w1
  split_history 2
  use "$BATS_TEST_TMPDIR/mine"
  assay cosign "$(witness_option w1)"
  use "$BATS_TEST_TMPDIR/theirs"
  { printf 'old 3\n\n' && assay checkpoint; } >fork
  [[ $(post w1 fork) == 422 ]]
  run -13 as_witness w1 witness status w1/state --fork-evidence .
  [[ $output == *FORKED* ]]
  run -0 assay fork-evidence check ./*.fork-evidence --vkey log.vkey
  # It goes on with the history that it knew.
  use "$BATS_TEST_TMPDIR/mine" && grow 1
  run -0 assay cosign "$(witness_option w1)"
  # The other side sees by itself that it is not the one.
  use "$BATS_TEST_TMPDIR/theirs"
  run -13 assay cosign "$(witness_option w1)"
}

@test "a pin of the other history makes evidence, too, and one of this history does not" {
  split_history 3
  use "$BATS_TEST_TMPDIR/mine"
  assay pin my.pin >/dev/null
  assay checkpoint -o mine.note >/dev/null
  grow 1
  run ! assay fork-evidence make my.pin -o none
  [[ $output == *'extends the smaller one'* ]]
  use "$BATS_TEST_TMPDIR/theirs"
  run --separate-stderr -13 assay verify --pin my.pin --fork-evidence found --json
  [[ $(jq -r .fork_evidence <<<"$output") == found ]]
  run -0 assay fork-evidence check found --vkey log.vkey
  run -0 assay fork-evidence make my.pin -o made
  cmp found made
  # A published log will do for that, where no ledger is at hand.
  assay publish -o published
  run -13 assay verify published --pin my.pin --fork-evidence found-published
  cmp found found-published
  ASSAY_LEDGER=published run -0 assay fork-evidence make my.pin -o made-published
  cmp found made-published
  refuses 4 fork-evidence make my.pin -o made <<<''
  # Of two sizes it takes the copy that the larger head is of; two notes of one size take none.
  assay checkpoint -o theirs.note >/dev/null
  run -0 assay fork-evidence make theirs.note mine.note --vkey log.vkey -o wide --json
  [[ $(jq -c '[.fork.first.size, .fork.second.size, (.fork.other_root | length)]' <<<"$output") == '[3,4,64]' ]]
  run -0 assay fork-evidence check wide --vkey log.vkey
  sed '/^other/s/other ./other A/' wide >altered
  cmp -s wide altered || run -5 assay fork-evidence check altered
  cp -a "$BATS_FILE_TMPDIR/base" third
  use "$BATS_TEST_TMPDIR/third" && grow 2
  ASSAY_LEDGER=/nowhere assay fork-evidence make mine.note note --vkey log.vkey -o pair
  run -0 assay fork-evidence check pair --vkey log.vkey
  refuses 3 fork-evidence make mine.note theirs.note --vkey log.vkey -o none --ledger /nowhere <<<''
}

@test "a fork that was found is the answer, whatever else cannot be done" {
  start_witness w1
  start_witness w2
  split_history 3
  use "$BATS_TEST_TMPDIR/mine"
  assay cosign "$(witness_option w1)"
  use "$BATS_TEST_TMPDIR/theirs"
  refuses 7 cosign "$(witness_option w1)" --record nobody <<<'nobody'
  run ! grep -q 'POST.*422' w1/log
  # Somebody holds the ledger, so what w2 cosigned cannot be kept.
  exec 9>>theirs/ledger/lock
  flock 9
  run -13 assay cosign "$(witness_option w1)" "$(witness_option w2)" --quorum 1 --fork-evidence found
  exec 9>&-
  [[ $output == *'what came was not kept'* ]]
  assay fork-evidence check found --vkey log.vkey
}

@test "nobody is a witness of what he signs" {
  local key
  for key in log root; do
    rm -rf own && assay witness init own --name own.invented.example --key "$key" | tail -1 >own.vkey
    run -16 assay verify --witness own.vkey
    [[ $output == *'signs in this log itself, so it vouches for nothing'* ]]
  done
}

@test "a cosignature of a time to come, or of none, does not count" {
  have_faketime || skip 'faketime is not installed'
  (
    ASSAY_KEYS=w1/keys ASSAY_PASSPHRASE_FROM=file:w1/passphrase at_time +2h "$ASSAY_BIN" witness serve w1/state \
      --listen 127.0.0.1:0 --log log.vkey >w1/out 2>w1/log 3>&- &
    echo $! >w1/pid
  )
  await w1/log 'listens on' | sed 's/.*listens on \([^ ]*\) .*/\1/' >w1/url
  { printf 'old 0\n\n' && assay checkpoint; } >request
  [[ $(post w1 request) == 200 ]]
  assay publish -o site >/dev/null
  { cat site/checkpoint && cat body; } >with
  mv with site/checkpoint
  run -16 assay verify site --witness w1/vkey
  [[ $output == *'or one to come by the clock here, and do not count (w1.invented.example)'* ]]
  run node "$ROOT/cli/verifiers/page/run.mjs" site --witness "$(cat w1/vkey)"
  [[ $output == *'0 of the 1 witnesses that you named'* ]]
  run -0 at_time +3h "$ASSAY_BIN" verify site --witness w1/vkey
}
