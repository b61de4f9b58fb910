#!/usr/bin/env bats
# Timestamps of RFC 3161, by authorities made for these tests with `openssl`: asked for, kept, verified
# at their own time; and the intervals of events that follow from them.

load support
load tsa
load web_server
server='' address='' # set by serve

setup_file() {
  isolate
  make_programme "$BATS_FILE_TMPDIR/base"
  make_tsa now
  make_tsa other 'Other Time'
  make_tsa old 'Old Time' '@2019-11-01 00:00:00' 365
  python3 "$ROOT/tests/cli/tsa_server.py" "$BATS_FILE_TMPDIR/now" "$BATS_FILE_TMPDIR/port" 3>&- &
  echo $! >server.pid
  local i
  for ((i = 0; i < 100; i++)); do
    [[ -s port ]] && break
    sleep 0.1
  done
  [[ -s port ]]
}

teardown_file() { kill "$(cat "$BATS_FILE_TMPDIR/server.pid")"; }

setup() {
  command -v openssl || skip 'openssl is not installed'
  use_copy_of "$BATS_FILE_TMPDIR/base"
  NOW=$BATS_FILE_TMPDIR/now OTHER=$BATS_FILE_TMPDIR/other OLD=$BATS_FILE_TMPDIR/old
  URL=http://127.0.0.1:$(cat "$BATS_FILE_TMPDIR/port")
  cd "$BATS_TEST_TMPDIR" || return 1
}

# The text of the newest checkpoint, which is what is stamped.
body() { assay checkpoint | sed '/^$/,$d'; }

# Has the newest checkpoint stamped and kept.
stamp_head() { # authority [time]
  rm -f head.tsq
  assay timestamp request -o head.tsq
  stamp "$1" head.tsq head.tsr "${2:-}"
  assay timestamp add head.tsr --request head.tsq --ca "$1/root.pem"
}

kept() { assay timestamp list --json | jq '.timestamps | length'; }

@test "a request is over the checkpoint's text, and its answer is verified and kept" {
  run -0 assay timestamp request -o head.tsq
  [[ $output == *"$(body | sha256sum | cut -d' ' -f1)"* ]]
  openssl ts -query -in head.tsq -text | grep -F 'Certificate required: yes'
  stamp "$NOW" head.tsq head.tsr
  # Anybody can check it without this program.
  body >text
  openssl ts -verify -data text -in head.tsr -CAfile "$NOW/root.pem"
  run -0 assay timestamp add head.tsr --request head.tsq --ca "$NOW/root.pem"
  [[ $output == *'kept a timestamp over the checkpoint of size 7'* && $output == *'Invented Time Authority'* ]]
  [[ $(assay timestamp list --json | jq -c '[.timestamps[] | [.size, .digest]]') == "[[7,\"$(sha256sum head.tsr | cut -d' ' -f1)\"]]" ]]
  assay timestamp add head.tsr --ca "$NOW/root.pem"
  [[ $(kept) == 1 ]]
  run -0 assay timestamp verify --ca "$NOW/root.pem"
  [[ $output == *'✓ proved'*'7 entries were there by 20'*'± 1.5 s'* ]]
  run -0 assay verify --tsa "$NOW/root.pem"
  [[ $output == *'✓ proved       size 7'*'revoked'* ]]
  [[ $(assay verify --tsa "$NOW/root.pem" --json | jq -r .time.verdict) == proved ]]
}

@test "an earlier checkpoint can be stamped, and a bare token be kept" {
  assay timestamp request --at 3 -o three.tsq
  stamp "$NOW" three.tsq three.tsr
  openssl ts -reply -in three.tsr -token_out -out three.token
  assay timestamp add three.token --ca "$NOW/root.pem"
  [[ $(assay timestamp list --json | jq -c '[.timestamps[].size]') == '[3]' ]]
  [[ $(assay timestamp list --at 2 --json | jq -c '[.timestamps[].size]') == '[]' ]]
  assay verify --tsa "$NOW/root.pem"
  run -16 assay verify --at 2 --tsa "$NOW/root.pem"
  [[ $output == *'no timestamp is kept'* ]]
}

@test "with --record the log itself says that it was stamped, and keeps the bytes as evidence" {
  assay timestamp request -o head.tsq
  stamp "$NOW" head.tsq head.tsr
  run -0 assay timestamp add head.tsr --ca "$NOW/root.pem" --record harness --dry-run
  [[ $(entry_count) == 7 ]]
  run -0 assay timestamp add head.tsr --ca "$NOW/root.pem" --record harness
  [[ $output == *'recorded 7.0  external_anchor_recorded'* ]]
  [[ $(assay show 7.0 --json | jq -c '.entry.events[0].data | [.anchor, .head.size, .evidence]') == \
    "[\"rfc3161\",7,\"$(sha256sum head.tsr | cut -d' ' -f1)\"]" ]]
  assay verify --require evidence_files --tsa "$NOW/root.pem"
}

@test "timestamps are published, and found on the web, where files cannot be listed" {
  stamp_head "$NOW"
  assay publish -o site
  serve site
  run assay verify "$address" --tsa "$NOW/root.pem"
  local there=$status said=$output
  rm -r site/timestamps
  run assay verify "$address" --tsa "$NOW/root.pem"
  kill "$server"
  ((there == 0)) && [[ $said == *'7 entries were there by 20'* ]]
  # One that is named and not there could not be looked at.
  ((status == 16)) && [[ $output == *'timestamps/7/'* ]]
}

@test "a timestamp is good at its own time, long after the authority's certificate expired" {
  have_faketime || skip 'faketime is not installed'
  stamp_head "$OLD" '@2019-11-19 17:00:00'
  body >text
  run ! openssl ts -verify -data text -in head.tsr -CAfile "$OLD/root.pem"
  run -0 assay verify --tsa "$OLD/root.pem"
  [[ $output == *'7 entries were there by 2019-11-19T17:00:'* ]]
  # The log's own clock says that these entries came years later: one of the two is wrong.
  [[ $output == *'by its own clock the log recorded the last of these entries later'* ]]
  [[ $(assay show 6 --tsa "$OLD/root.pem" --json | jq .entry.interval.empty) == true ]]
  assay show 6 --tsa "$OLD/root.pem" | grep -F 'the interval is empty: one of these clocks is wrong'
  [[ $(assay timestamp verify --ca "$OLD/root.pem" --json | jq -r '.time.timestamps[0].certificate_ends') == 2020-10-31T* ]]
  # One that the certificate could not sign any more is wrong, whoever is trusted.
  stamp "$OLD" head.tsq late.tsr '@2021-11-19 17:00:00'
  refuses_and_leaves 12 timestamp add late.tsr --ca "$OLD/root.pem" <<<'was in force from'
}

@test "a timestamp by nobody whom you trust is not checked, never proved" {
  assay timestamp request -o head.tsq
  stamp "$NOW" head.tsq head.tsr
  refuses_and_leaves 16 timestamp add head.tsr --ca "$OTHER/root.pem" <<<'no certificate that you trust vouches for it'
  [[ $(kept) == 0 ]]
  run -0 assay timestamp add head.tsr
  [[ $output == *'not checked: nobody was named'* ]]
  run -0 assay verify
  [[ $output == *'- not checked  size 7'* ]]
  run -16 assay verify --tsa "$OTHER/root.pem"
  run -0 assay verify --tsa "$NOW/root.pem"
  # Of two authorities the one that is trusted is proved, and the other does no harm.
  stamp_head "$OTHER"
  [[ $(assay verify --tsa "$OTHER/root.pem" --json | jq -c '[.time.timestamps[].verdict] | sort') == '["not_checked","proved"]' ]]
}

@test "a timestamp over something else, or for another request, is refused" {
  assay timestamp request -o head.tsq
  printf 'hello\n' >other
  openssl ts -query -data other -sha256 -cert -out other.tsq
  stamp "$NOW" other.tsq other.tsr
  refuses_and_leaves 3 timestamp add other.tsr --ca "$NOW/root.pem" <<<'which is no checkpoint of this ledger'
  body >text
  openssl ts -query -data text -sha256 -cert -out mine.tsq
  stamp "$NOW" mine.tsq mine.tsr
  refuses_and_leaves 12 timestamp add mine.tsr --request head.tsq --ca "$NOW/root.pem" <<<'nonce'
  openssl ts -query -data text -sha1 -cert -out sha1.tsq
  stamp "$NOW" sha1.tsq sha1.tsr
  refuses_and_leaves 16 timestamp add sha1.tsr --ca "$NOW/root.pem" <<<'not SHA-256'
}

@test "what is no timestamp is refused with its reason" {
  assay timestamp request -o head.tsq
  stamp "$NOW" head.tsq head.tsr
  echo nonsense >garbage
  refuses_and_leaves 5 timestamp add garbage <<<'neither an RFC 3161 timestamp response nor a token'
  : >empty
  refuses 5 timestamp add empty <<<'empty: the bytes are neither'
  head -c 700 head.tsr >short.tsr
  refuses 5 timestamp add short.tsr <<<'short.tsr'
  head -c 1100000 /dev/zero >large.tsr
  refuses 5 timestamp add large.tsr <<<'large.tsr'
  refuses 3 timestamp add nowhere.tsr <<<'nowhere.tsr'
  refuses 5 timestamp add head.tsr --ca garbage <<<'holds no certificate'
  refuses 3 timestamp add head.tsr --ca nowhere.pem <<<'nowhere.pem'
  # A byte of the signature, and one of what is signed.
  python3 - <<'PYTHON'
data = bytearray(open("head.tsr", "rb").read())
data[-1] ^= 1
open("signature.tsr", "wb").write(data)
data[-1] ^= 1
at = data.index(b"Z", data.index(b"\x18\x13") if b"\x18\x13" in data else 0)
data[at - 5] = ord("1") if data[at - 5] != ord("1") else ord("2")
open("time.tsr", "wb").write(data)
PYTHON
  refuses_and_leaves 12 timestamp add signature.tsr --ca "$NOW/root.pem" <<<'signature does not verify'
  refuses_and_leaves 12 timestamp add time.tsr --ca "$NOW/root.pem" <<<'signature does not verify'
  [[ $(kept) == 0 ]]
}

@test "a kept timestamp that was changed fails, though it was good when it was kept" {
  stamp_head "$NOW"
  cp -a home forged
  "$DAMAGE" home/ledger timestamp
  run -12 assay verify --tsa "$NOW/root.pem"
  [[ $output == *'✗ failed       size 7'*'not those that it was kept with'* ]]
  run -12 assay verify
  run -12 assay timestamp verify --ca "$NOW/root.pem"
  use "$PWD/forged"
  "$DAMAGE" forged/ledger forged_timestamp
  run -12 assay verify
  [[ $output == *'signature does not verify'* ]]
  # Everything else is still said, and what fails with a lower code keeps it.
  [[ $output == *'✓ proved       chain'* ]]
  "$DAMAGE" forged/ledger 3
  run -10 assay verify
}

@test "an authority is asked over HTTP" {
  run -0 assay timestamp get --url "$URL/stamp" --ca "$NOW/root.pem" --dry-run
  [[ $output == *'nothing was sent'* && $(kept) == 0 ]]
  run -0 assay timestamp get --url "$URL/stamp" --ca "$NOW/root.pem"
  [[ $output == *'kept a timestamp over the checkpoint of size 7'* ]]
  assay verify --tsa "$NOW/root.pem"
  run -0 assay timestamp get --url "$URL/stamp" --at 3 --ca "$NOW/root.pem" --json
  [[ $(jq -c '[.timestamp.size, .timestamp.trusted]' <<<"$output") == '[3,true]' ]]
}

@test "an authority that answers wrongly, too much, too slowly or not at all is refused in time" {
  assay timestamp get --url "$URL/stamp" --at 3 --ca "$NOW/root.pem"
  local ask=(timestamp get --ca "$NOW/root.pem" --url)
  refuses_and_leaves 8 "${ask[@]}" "$URL/again" <<<'the timestamp is over'
  refuses_and_leaves 8 "${ask[@]}" "$URL/again" --at 3 <<<'nonce'
  refuses_and_leaves 8 "${ask[@]}" "$URL/garbage" <<<'no RFC 3161 timestamp response'
  refuses_and_leaves 1 "${ask[@]}" "$URL/broken" <<<'HTTP status 500'
  refuses_and_leaves 1 "${ask[@]}" "$URL/elsewhere" <<<'HTTP status 302'
  refuses_and_leaves 8 "${ask[@]}" "$URL/large" <<<'larger than 262144 bytes'
  local before=$SECONDS
  refuses_and_leaves 1 "${ask[@]}" "$URL/slow" --timeout 1 <<<'no whole answer within 1000 ms'
  ((SECONDS - before < 30))
  refuses_and_leaves 1 "${ask[@]}" http://127.0.0.1:1/ <<<'asking http://127.0.0.1:1/'
  refuses 16 timestamp get --url "$URL/stamp" --ca "$OTHER/root.pem" <<<'no certificate that you trust'
  refuses 2 "${ask[@]}" ftp://tsa.example/ <<<'is no web address'
  refuses 2 "${ask[@]}" http://someone@tsa.example/ <<<"holds a user's name"
  [[ $(kept) == 1 ]]
}

@test "an event is not before what its author had seen, and not after the first timestamp over it" {
  [[ $(assay show 6.0 --json | jq -c .entry.interval.not_after) == null ]]
  run -0 assay show 6.0
  [[ $output == *'not after  none yet'* ]]
  # The author of a position had seen the head before it.
  assay record heartbeat --key harness
  stamp_head "$NOW"
  assay record heartbeat --key harness
  local interval
  interval=$(assay show 6.0 --tsa "$NOW/root.pem" --json | jq -c .entry.interval)
  [[ $(jq -r '.not_after.by, .not_after.believed, .not_after.size' <<<"$interval" | xargs) == 'authority true 8' ]]
  [[ $(jq -r '.not_after.time' <<<"$interval") == "$(assay timestamp verify --ca "$NOW/root.pem" --json | jq -r '.time.timestamps[0].not_after')" ]]
  [[ $(jq -r '.not_before.by, .not_before.believed' <<<"$interval" | xargs) == 'log false' ]]
  # Whom nobody named only claims it.
  [[ $(assay show 6.0 --json | jq -r .entry.interval.not_after.believed) == false ]]
  run -0 assay show 6.0
  [[ $output == *'(only claimed)'* ]]
  [[ $(assay show 8 --tsa "$NOW/root.pem" --json | jq -c .entry.interval.not_after) == null ]]
  run -0 assay log --time --tsa "$NOW/root.pem"
  [[ ${lines[0]} == *'NOT BEFORE'*'NOT AFTER' && ${lines[-1]} == *'log?'*' -' && ${lines[-2]} == *'Z authority' ]]
  [[ $(assay log --time --tsa "$NOW/root.pem" --json | jq -c '[.events[].interval.not_after.size] | unique') == '[null,8]' ]]
  # As of a point, what came later is not known.
  [[ $(assay show 6 --at 7 --tsa "$NOW/root.pem" --json | jq -c .entry.interval.not_after) == null ]]
}

@test "a timestamp that the log names bounds what follows from below" {
  stamp_head "$NOW"
  local time
  time=$(assay timestamp list --json | jq -r '.timestamps[0].time')
  assay evidence add head.tsr --key dcc
  assay record external_anchor_recorded -f - --key dcc <<JSON
{"anchor":"rfc3161","anchored_at":"$time","evidence":"$(sha256sum head.tsr | cut -d' ' -f1)","head":{"root":"$(assay checkpoint 7 --json | jq -r .checkpoint | sed -n 3p | base64 -d | od -An -tx1 | tr -d ' \n')","size":7},"reference":"the authority of these tests (invented)"}
JSON
  assay record heartbeat --key harness
  local last
  last=$(($(entry_count) - 1))
  [[ $(assay show "$last" --tsa "$NOW/root.pem" --json | jq -r '.entry.interval.not_before | .by, .believed' | xargs) == 'authority true' ]]
  [[ $(assay show "$last" --json | jq -r '.entry.interval.not_before | .by, .believed' | xargs) == 'log false' ]]
  [[ $(assay show 6 --tsa "$NOW/root.pem" --json | jq -r .entry.interval.not_before.by) == log ]]
  assay verify --tsa "$NOW/root.pem"
}

@test "adding can be tried without keeping, and waits for nobody unless asked" {
  assay timestamp request -o head.tsq
  stamp "$NOW" head.tsq head.tsr
  run -0 assay timestamp add head.tsr --ca "$NOW/root.pem" --dry-run
  [[ $output == *'would keep'*'nothing was written'* && $(kept) == 0 ]]
  local lock
  exec {lock}>>home/ledger/lock
  flock "$lock"
  refuses 6 timestamp add head.tsr --ca "$NOW/root.pem" <<<'is open for writing by'
  exec {lock}>&-
  assay timestamp add head.tsr --ca "$NOW/root.pem"
}

@test "a timestamp of a time to come proves nothing until then" {
  have_faketime || skip 'faketime is not installed'
  assay timestamp request -o head.tsq
  stamp "$NOW" head.tsq head.tsr '+2h'
  assay timestamp add head.tsr --ca "$NOW/root.pem"
  run -16 assay verify --tsa "$NOW/root.pem"
  [[ $output == *'which is to come by the clock here'* ]]
  run -0 at_time +3h "$ASSAY_BIN" verify --tsa "$NOW/root.pem"
}

@test "a bundle of the whole log brings its timestamps, and one of a part says that it has none" {
  stamp_head "$NOW"
  assay bundle log -o whole.zip >/dev/null
  assay bundle phase/SIT-01 -o part.zip >/dev/null
  run -0 assay verify whole.zip --tsa "$NOW/root.pem"
  [[ $output == *'7 entries were there by 20'* ]]
  run -16 assay verify whole.zip --tsa "$OTHER/root.pem"
  run -16 assay verify part.zip --tsa "$NOW/root.pem"
  [[ $output == *'no timestamp is kept'* ]]
}

@test "a timestamp that is wrong is wrong for whoever follows the log, too" {
  stamp_head "$NOW"
  assay publish -o site
  local file
  file=$(echo site/timestamps/7/*.tsr)
  printf 'X' | dd of="$file" bs=1 seek=200 conv=notrunc status=none
  run -12 assay verify site
  run -12 assay monitor site --pin log.pin --log-id "$(assay status --json | jq -r .ledger.log_id)"
  [[ ! -e log.pin && $output == *'failed'*'size 7'* ]]
  run -12 assay pin other.pin --ledger site
  [[ ! -e other.pin ]]
}
