#!/bin/sh
# Says, claim by claim, what a published directory or an unpacked bundle of an Assay log proves.
#
#   sh verify.sh [--log-id HEX] PATH
#
# PATH is a folder with `checkpoint` and `tile`, or one with `bagit.txt`; a zip file is unpacked first. This is
# docs/format.md (sections 2 to 8 and 11, annexes C, D, F, G) once more, to be read before it is trusted. It
# takes POSIX tools, openssl 3, sha256sum, sha512sum, and jq 1.6 or later.
#
# A line of the answer is "<verdict>: <claim>: <words>". The exit code is 0 where nothing that was checked failed,
# 10 to 15 by what failed (section 13), 16 where it could not be checked, 2 for wrong use.
#
# Only plain files are read, none through a link. Their bytes are copied, up to a limit, into a private folder, and
# compared. No value out of them stands in a file name, a row or an answer before jq has found it to be a number, a
# hash or the like. An entry takes some fifty milliseconds; 100,000 of them are for one of the other verifiers.
set -u
export LC_ALL=C
umask 077

stop() { # code, words: says nothing about the evidence
  printf 'verify.sh: %s\n' "$2" >&2
  exit "$1"
}
given=''
if [ "${1-}" = --log-id ]; then
  printf '%s\n' "${2-}" | grep -Exq '[0-9a-f]{64}' || stop 2 "--log-id takes 64 hex digits"
  given=$2
  shift 2
fi
[ $# = 1 ] || stop 2 "usage: sh verify.sh [--log-id HEX] PATH"
[ -d "$1" ] || stop 16 "that is no folder; unpack a zip file first, with: unzip FILE.zip"
for tool in openssl sha256sum sha512sum jq awk od; do
  command -v "$tool" >/dev/null || stop 16 "there is no $tool on this machine"
done
path=$(cd -- "$1" && pwd) || stop 16 "the folder cannot be entered"
t=$(mktemp -d) || stop 16 "there is no room for temporary files"
trap 'rm -rf "$t"' EXIT
trap 'exit 130' HUP INT TERM
(cd "$t" && mkdir entry leaf submission note proof key root level about) || stop 16 "the disk is full"
: >"$t/said"
: >"$t/withheld"

# What is found goes to $t/said, a line each. -------------------------------------------------------------------
failed() { printf 'failed %s\n' "$*" >>"$t/said"; }   # claim, code, words
open() { printf 'open %s\n' "$*" >>"$t/said"; }       # claim, words: not checked, and why
assumed() { printf 'assumed %s\n' "$*" >>"$t/said"; } # claim, words

# Bytes. --------------------------------------------------------------------------------------------------------
is_there() { # name below $root: a plain file, which no link leads to
  [ -f "$root/$1" ] && { [ "$links" = 0 ] || grep -Fxq -- "$prefix$1" "$t/there"; }
}
take() { # name below $root, limit → $t/file; fails where there is none, or it is larger
  is_there "$1" || return
  head -c $(($2 + 1)) <"$root/$1" >"$t/file" || stop 16 "$1 could not be read"
  [ "$(wc -c <"$t/file")" -le "$2" ]
}
hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() {
  printf %b "$(printf '%s\n' "$1" | awk '{ for (i = 1; i < length($0); i += 2) printf "\\0%03o",
    16 * index("123456789abcdef", substr($0, i, 1)) + index("123456789abcdef", substr($0, i + 1, 1)) }')"
}
base64() { printf %s "$1" | openssl base64 -d -A; } # jq has found it well-formed
hash() { sha256sum | cut -c 1-64; }
node() { unhex "01$1$2" | hash; } # annex D
numbers() { find "$t/$1" -type f | sed 's|.*/||' | sort -n; } # the names of files in a folder of ours
lines() { printf '[%s]' "$(sed 's/[\\"]/\\&/g; s/.*/"&"/' "$1" | paste -s -d , -)"; } # of a text, as a JSON array

# Canonical JSON, section 2. What jq writes is canonical, so what it leaves as it is was that before, but for the
# numbers, names and depth that `sound` looks at, and for U+007F: jq writes it as an escape. So that is done here
# first, and where it was an escape already it gets a large letter, which jq changes.
numbered() { # folder → a line [number,content] for each file in it
  for number in $(numbers "$1"); do
    printf '[%s,' "$number" && cat "$t/$1/$number" && echo ']'
  done | sed "s/\\\\u007f/\\\\u007F/g; s/$(printf '\177')/\\\\u007f/g"
}
alone() { [ "$(wc -l <"$1")" = "$2" ] && jq -cS . "$1" 2>/dev/null | cmp -s - "$1"; } # each line one such value
canonical() { # folder, claim: lines of the canonical ones → $t/<folder>.lines
  numbered "$1" >"$t/$1.lines"
  alone "$t/$1.lines" "$(numbers "$1" | wc -l)" && return
  mkdir "$t/one"
  for file in $(numbers "$1"); do
    mv "$t/$1/$file" "$t/one/" && numbered one >"$t/line" && mv "$t/one/$file" "$t/$1/"
    if alone "$t/line" 1; then cat "$t/line"; else failed "$2" 10 "$1 $file is not in canonical form"; fi
  done >"$t/$1.lines"
  rmdir "$t/one"
}
# shellcheck disable=SC2016  # the variables are those of jq
words='
def is(pattern): type == "string" and test("\\A(" + pattern + ")\\z");
def sound: all(..;
  if type == "number" then fabs <= 9007199254740991 and (tostring | is("0|-?[1-9][0-9]*"))
  elif type == "object" then all(keys[]; is("[a-z][a-z0-9_]*")) else true end);
def depth: if type == "object" or type == "array" then 1 + ([.[] | depth] | max // 0) else 0 end;
def members(must; may): type == "object" and (keys as $k | must - $k == [] and $k - must - may == []);
def maybe(name; f): (has(name) | not) or (.[name] | f);
def listed(low; high; f): type == "array" and length >= low and length <= high and all(.[]; f);
def ascending: . as $all | all(range(1; length); $all[. - 1] < $all[.]);
def count: type == "number" and . >= 0;
def hash: is("[0-9a-f]{64}");
def subject: is("[a-z][a-z0-9_]{0,127}/[A-Za-z0-9._-]{1,128}") and length <= 160;
def line: is("[^\"\\\\\u0001-\u001f\\x00]+") and utf8bytelength <= 255;
def text: type == "string" and utf8bytelength <= 16384;
def base64: is("([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)");
def keyname: line and is("[^+ \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+");
def root: base64 and length == 44 and endswith("=");
def time: is("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}\\.[0-9]{6}Z")
  and (.[:4] | tonumber) as $y | ($y % 4 == 0 and ($y % 100 > 0 or $y % 400 == 0)) as $leap
  | test("\\A(0000|....-(02-3|(04|06|09|11)-31))") or (test("-02-29T") and ($leap | not)) | not;
def row: map(tostring) | join(" ");'

# The folder, annex G. ------------------------------------------------------------------------------------------
(cd "$path" && find . -type f) | sed 's|^\./||' >"$t/there"
links=$(find "$path" -type l | wc -l)
manifest() { # name, tests for find: what is there, against what it says
  take "$1" 100000000 || { failed tree 10 "$1 is not there"; return; }
  sed 's/[[:space:]]\{1,\}/  /; s/[[:space:]]*$//' "$t/file" | sort >"$t/stated"
  (cd "$path" && shift && find . -type f "$@" -exec sha256sum {} +) | sed 's|  \./|  |' | sort >"$t/found"
  comm -3 "$t/stated" "$t/found" | tr -d '\t' >"$t/differ"
  ! grep -q '  data/evidence/' "$t/differ" || failed evidence_files 15 "$1 and the files of evidence do not agree"
  ! grep -vq '  data/evidence/' "$t/differ" || failed tree 10 "$1 and the files that are there do not agree"
}
root=$path prefix='' kind=whole about=publication
if is_there bagit.txt || is_there manifest-sha256.txt || [ -d "$path/data" ]; then
  [ "$links" = 0 ] || stop 16 "there is a link in the bag"
  { take bagit.txt 1000 && printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - "$t/file"; } ||
    failed tree 10 "bagit.txt is not there, or does not say what it must"
  manifest tagmanifest-sha256.txt ! -path './data/*' ! -path ./tagmanifest-sha256.txt
  manifest manifest-sha256.txt -path './data/*'
  root=$path/data prefix=data/
  if is_there bundle.json || grep -q '^data/entries/[0-9]*\.json$' "$t/there"; then kind=partial about=bundle; fi
elif ! is_there checkpoint && ! grep -q '^tile/' "$t/there"; then
  stop 16 "this is neither a published directory nor a bundle"
fi

# Checkpoints, annex C. Through jq their lines go as strings, which shows whether they are UTF-8. ----------------
notes=0
note() { # name
  if take "$1" 1000000 && [ "$(tr -d '\012\040-\377' <"$t/file" | wc -c)" = 0 ] &&
    [ "$(tail -c 1 "$t/file" | hex)" = 0a ]; then
    lines "$t/file" >"$t/note/$notes" && mv "$t/file" "$t/note.$notes" && echo "$1" >"$t/note.$notes.name"
    notes=$((notes + 1))
  else failed log_signature 12 "$1 is no note"; fi
}
if is_there checkpoint; then note checkpoint; else failed tree 11 "checkpoint is not there"; fi
for name in "$root"/checkpoints/*; do
  name=${name##*/}
  printf '%s\n' "$name" | grep -Exq '0|[1-9][0-9]{0,14}' && is_there "checkpoints/$name" && note "checkpoints/$name"
done
canonical note log_signature
# C note size root lines-of-text "origin", and for each signature S note signature "name"; X note: no checkpoint
jq -r "$words"'
  .[0] as $n | .[1] | rindex("") as $blank | .[:$blank // 0] as $text | .[$blank // 0:][1:] as $by
  | if ($text | length >= 3 and all(.[]; . != "") and (.[0] | line)
        and (.[1] | is("0|[1-9][0-9]{0,18}")) and (.[2] | root))
      and ($by | listed(1; 100; split(" ")
        | length == 3 and .[0] == "—" and (.[1] | keyname) and (.[2] | base64 and length >= 8)))
    then ["C", $n, ($text[1] | if length > 15 then "999999999999999" else . end), $text[2], ($text | length),
        ($text[0] | tojson)],
      ($by[] | split(" ") | ["S", $n, .[2], (.[1] | tojson)])
    else ["X", $n] end | row' "$t/note.lines" >"$t/notes" || stop 1 "jq failed"
while read -r tag n _; do
  [ "$tag" != X ] || failed log_signature 12 "$(cat "$t/note.$n.name") is no checkpoint"
done <"$t/notes"
size=$(grep -Fxq checkpoint "$t/note.0.name" 2>/dev/null && awk '$1 == "C" && $2 == 0 { print $3 }' "$t/notes")

# Entries: each to a file of its own, named by its place. -------------------------------------------------------
width() { [ $(($1 - $2 * 256)) -ge 256 ] && echo 256 || echo $(($1 - $2 * 256)); } # of tile $2, out of $1 hashes
tile() { # level, number, width → its path, annex D
  rest=$(($2 / 1000)) name=$(printf %03d $(($2 % 1000)))
  while [ "$rest" -gt 0 ]; do name=$(printf x%03d $((rest % 1000)))/$name rest=$((rest / 1000)); done
  [ "$3" = 256 ] || name=$name.p/$3
  echo "tile/$1/$name"
}
read_bundles() {
  at=0
  while [ "$at" -lt "$size" ]; do
    here=$(width "$size" $((at / 256)))
    bundle=$(tile entries $((at / 256)) "$here")
    if ! take "$bundle" 16777472; then
      failed canonical_bytes 11 "$bundle, with the entries from $at on, is not there"
      return
    fi
    od -An -v -tu1 "$t/file" | awk '{ for (i = 1; i <= NF; i++) { read++
      if (left) left--; else if (half++) { left = high * 256 + $i; half = 0; print read + 1, left } else high = $i } }
      END { if (left || half) print "cut" }' >"$t/places"
    if [ "$(wc -l <"$t/places")" != "$here" ] || grep -q cut "$t/places"; then
      failed canonical_bytes 10 "$bundle, with the entries from $at on, does not have the form of a bundle"
      return
    fi
    while read -r from length; do
      tail -c "+$from" "$t/file" | head -c "$length" >"$t/entry/$at"
      at=$((at + 1))
    done <"$t/places"
    if [ -t 2 ]; then printf '\r%s of %s entries ' "$at" "$size" >&2; fi
  done
}
read_files() {
  for name in "$root"/entries/*; do
    index=$(printf '%s\n' "${name##*/}" | sed -En 's/^(0|[1-9][0-9]{0,14})\.json$/\1/p')
    if [ -z "$index" ]; then continue; fi
    if take "entries/$index.json" 65535; then mv "$t/file" "$t/entry/$index"
    else failed canonical_bytes 10 "entry $index is too large"; fi
  done
}
if [ $kind = partial ]; then
  tags='bagit\.txt|bag-info\.txt|(tag)?manifest-sha256\.txt' pages='READ-ME\.html|verify\.(html|sh)'
  files='bundle\.json|checkpoint|log\.vkey|(entries/[0-9]*\.json|proofs/[0-9]*\.tlog-proof|evidence/[0-9a-f]{64})'
  ! grep -Evxq "$tags|data/($pages|$files)" "$t/there" ||
    failed tree 11 "there is a file that does not belong in a bundle"
  read_files
elif [ -n "$size" ]; then read_bundles; fi
numbers entry >"$t/places"
entries=$(wc -l <"$t/places")
canonical entry canonical_bytes

# What the entries say, sections 3 and 5 and annexes B and F, as rows; p is the place of the entry. ---------------
#   B p words   it is not of its form, and nothing else is said of it
#   U p why     it has an event whose type, or data, is not understood here; u p: one that may name files
#   O p origin  it is ledger_created;  L p key next: it names a key of the log, and commits to the next
#   R p key last_hash last_sequence    it retires a key
#   E p index previous recorded_at author sequence previous voids seen.size seen.root "log"
#   K p key public_key, G p key signature, W p: it does not have exactly the signatures that it takes
#   C p n       its event n is a clock_reset;  V p target: it endorses that
#   F p hash sha512 size    it names a file, and may state the others;  X p hash: it says that this was erased
# shellcheck disable=SC2016
reading='
def key: (.key | hash) and (.public_key | base64);
def roots: listed(0; 65535; key);
def needs: { # members of the data that the steps below rest on
  ledger_created: ((.log_key | key) and (.next_log_key | hash) and (.origin | keyname) and (.roots | roots)),
  key_registered: key, roots_changed: (.roots | roots), log_key_rotated: ((.log_key | key) and (.next_log_key | hash)),
  key_retired: ((.key | hash) and (.last_hash | hash) and (.last_sequence | count)), clock_reset: true,
  decision_endorsed: (.target | is("(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)")), evidence_erased: (.digest | hash),
  evidence_added: ((.digest | hash) and (.digest_sha512 | is("[A-Za-z0-9._-]{1,128}")) and (.size_bytes | count))};
def files: { # the member of the data that names files
  ledger_created: "rulebook", document_registered: "digest", tag_position_recorded: "minutes",
  entry_criterion_evidenced: "evidence", entry_decided: "evaluation", run_finished: "evidence", import_started:
  "evidence", result_imported: "evidence", import_refused: "evidence", evidence_added: "digest",
  equivalence_claimed: "rationale", consultation_opened: "documents", consultation_response_recorded: "document",
  consultation_closed: "conclusion", impact_assessed: "document", exit_evaluated: "report",
  completion_report_issued: "document", work_off_plan_baselined: "document", work_off_item_completed: "evidence",
  panel_decision_recorded: "minutes", sos_decision_recorded: "minutes", external_audit_report_registered:
  "document", verification_performed: "report", external_anchor_recorded: "evidence",
  evidence_attached: "digest", scope_baselined: "items_document"};
def second: "test_case_registered import_finished phase_planned scope_items_listed scope_baselined scope_changed
  environment_baselined phase_suspended phase_resumed phase_aborted exit_evaluated device_model_registered
  appeal_determined" | [splits("\\s+")] | map({(.): true}) | add; # types of which version 2 is known, too
def others: "party_registered key_registered key_revoked key_retired role_granted role_withdrawn roots_changed
  log_key_rotated clock_reset decision_endorsed decision_dissented heartbeat release_declared group_declared
  device_model_registered dmc_defined planned_entry_declared planned_entry_amended planned_entry_withdrawn
  document_presented document_published document_superseded phase_planned test_case_registered
  scope_items_listed scope_changed environment_baselined build_deployed phase_started
  phase_completed phase_suspended phase_resumed phase_aborted exit_cutoff_declared exit_decided run_started
  run_invalidated import_finished execution_waived gap_declared evidence_unavailable evidence_erased
  issue_raised issue_triaged issue_severity_changed issue_scope_changed issue_assigned issue_analysed
  issue_fix_delivered issue_workaround_agreed issue_deferred issue_rejected issue_duplicated retest_recorded
  issue_closed issue_reopened issue_disputed issue_referred dispute_determined policy_published policy_activated
  policy_superseded clause_status_recorded epcl_entry_made epcl_entry_removed ppcl_entry_recorded dmc_proposed
  dmc_selected dmc_deselected dmc_substituted selection_appealed appeal_determined document_items_listed
  test_device_enrolled regression_items_listed regression_scope_baselined regression_started
  regression_completed work_off_item_updated waiver_granted release_completed post_exit_defect_recorded
  states_attested checkpoint_witnessed correction_recorded clock_attested" | [splits("\\s+")] | map({(.): true}) | add;
def event: members(["data", "occurred_at", "subject", "type", "version"]; []) and (.data | type == "object")
  and (.occurred_at | time) and (.subject | subject) and (.type | is("[a-z][a-z0-9_]{0,127}"))
  and (.version | count and . >= 1);
def submission: members(["author", "events", "log", "submission"]; ["expect", "seen"])
  and (.author | members(["key", "previous", "sequence"]; ["voids"]) and all(.key, .previous; hash)
    and (.sequence | count) and maybe("voids"; hash))
  and (.events | listed(1; 1024; event)) and (.log | line)
  and maybe("expect"; listed(1; 1024; members(["size", "subject"]; []) and (.size | count) and (.subject | subject))
    and (map(.subject) | ascending))
  and maybe("seen"; members(["root", "size"]; []) and (.root | hash) and (.size | count))
  and (.submission | is("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
def entry: members(["index", "previous", "recorded_at", "signatures", "submission"]; []) and (.index | count)
  and (.previous | hash) and (.recorded_at | time)
  and (.signatures | listed(1; 32; members(["key", "signature"]; []) and (.key | hash) and (.signature | base64))
    and (map(.key) | ascending))
  and (.submission | submission);
def introduced: .type as $type | .data
  | if $type == "key_registered" then . elif $type == "log_key_rotated" then .log_key
    elif $type == "roots_changed" then .roots[] elif $type == "ledger_created" then .roots[], .log_key else empty end;
files as $files | others as $others | second as $second | .[0] as $p | .[1]
| if (depth > 32) or (sound | not) then ["B", $p, "has a number, a name or a depth that is not canonical"]
elif entry | not then ["B", $p, "has not the members and values of an entry"]
else
  .submission as $s | ($s.events | map(.type as $type | . + {
    typed: (($files[$type] or $others[$type])
      and (.version == 1 or (.version == 2 and $second[$type]))),
    known: (.data | try needs[$type] catch false | . != false),
    files: [.data[$files[$type] // ""] | if type == "array" then .[] else . // empty end]})
    | map(.known = (.typed and .known))) as $events
  | ([$events[] | select(.known) | introduced]) as $keys | ([$events[] | .known | not] | any) as $unknown
  | (($keys | map(.key)) + [$s.author.key] | unique) as $signers | (.signatures | map(.key)) as $by
  | ($events[] | select(.known | not) | ["U", $p, if .typed then "data" else "type" end]), ($events[] | select(.files | all(.[]; hash) | not) | ["u", $p]),
    ($events[0] | select(.known and .type == "ledger_created") | ["O", $p, .data.origin]),
    ($events[] | select(.known) | .type as $type | .data
      | if $type == "key_retired" then ["R", $p, .key, .last_hash, .last_sequence]
        elif $type == "log_key_rotated" or $type == "ledger_created" then ["L", $p, .log_key.key, .next_log_key]
        elif $type == "evidence_erased" then ["X", $p, .digest] else empty end),
    ["E", $p, .index, .previous, .recorded_at, $s.author.key, $s.author.sequence, $s.author.previous,
      $s.author.voids // "-", $s.seen.size // "-", $s.seen.root // "-", ($s.log | tojson)],
    ($keys[] | ["K", $p, .key, .public_key]), (.signatures[] | ["G", $p, .key, .signature]),
    (select($signers - $by != [] or ($by - $signers != [] and ($unknown | not))) | ["W", $p]),
    ($events | to_entries[] | .key as $n | .value | select(.known)
      | if .type == "clock_reset" then ["C", $p, $n]
        elif .type == "decision_endorsed" then ["V", $p, .data.target] else empty end),
    ($events[] | select(.known) | .files[] as $file | select($file | hash) | ["F", $p, $file]
      + if .type == "evidence_added" then [.data.digest_sha512, .data.size_bytes] else ["-", "-"] end)
end | row'
jq -r "$words$reading" "$t/entry.lines" >"$t/rows" || stop 1 "jq failed"
while read -r tag p why; do [ "$tag" != B ] || failed canonical_bytes 10 "entry $p $why"; done <"$t/rows"
origin=$(sed -n 's/^O 0 //p' "$t/rows")

# Digests: H p leaf-hash, D p hash of the submission, which stands between ,"submission": and the last }. ---------
while read -r p; do { printf '\000' && cat "$t/entry/$p"; } >"$t/leaf/$p"; done <"$t/places"
while read -r tag p _; do
  [ "$tag" = E ] || continue
  submission=$(cat "$t/entry/$p") && submission=${submission#*,\"submission\":} && submission=${submission%?}
  [ ${#submission} -le 57344 ] || failed canonical_bytes 10 "the submission of entry $p has more than 57,344 bytes"
  printf %s "$submission" >"$t/submission/$p"
done <"$t/rows"
digests() { # tag, folder
  find "$t/$2" -type f -exec sha256sum {} + | sed 's|  .*/| |' | sort -n -k 2 | awk -v tag="$1" '{ print tag, $2, $1 }'
}
{ digests H leaf && digests D submission; } >"$t/digests"
log_id=$(sed -n 's/^H 0 //p' "$t/digests")

# Tree, annex D: level k has the roots of all full subtrees of 2^k entries, one a line. --------------------------
in_tree=0 k=0
if [ $kind = whole ]; then in_tree=$entries && sed -n 's/^H [0-9]* //p' "$t/digests" >"$t/level/0"; fi
while [ -f "$t/level/$k" ] && [ "$(wc -l <"$t/level/$k")" -gt 1 ]; do
  while read -r left && read -r right; do node "$left" "$right"; done <"$t/level/$k" >"$t/level/$((k + 1))"
  k=$((k + 1))
done
root_at() { # size, at most $in_tree → the root, put together from full subtrees, the smallest first
  if [ ! -f "$t/root/$1" ]; then
    rest=$1 k=0 got=''
    while [ "$rest" -gt 0 ]; do
      if [ $((rest % 2)) = 1 ]; then
        peak=$(sed -n "$rest{p;q;}" "$t/level/$k")
        if [ -n "$got" ]; then got=$(node "$peak" "$got"); else got=$peak; fi
      fi
      rest=$((rest / 2)) k=$((k + 1))
    done
    echo "${got:-$(hash </dev/null)}" >"$t/root/$1"
  fi
  cat "$t/root/$1"
}
level=0
while [ "$in_tree" = "$size" ] && [ -s "$t/level/$((8 * level))" ]; do # whether the tiles have these hashes
  hashes=$(wc -l <"$t/level/$((8 * level))") number=0
  while [ $((number * 256)) -lt "$hashes" ]; do
    tile=$(tile $level $number "$(width "$hashes" $number)")
    take "$tile" 8192 || { : >"$t/file" && failed tree 11 "$tile is not there"; }
    sed -n "$((number * 256 + 1)),$((number * 256 + 256))p" "$t/level/$((8 * level))" | tr -d '\n' >"$t/stated"
    hex <"$t/file" | cmp -s - "$t/stated" || failed tree 10 "$tile does not have the hashes of the entries"
    number=$((number + 1))
  done
  level=$((level + 1))
done

# Place, chain, log, streams, time: one pass over the rows. A bundle that is not whole has gaps between entries. ---
awk -v origin="$origin" -v origin_hash="$(printf %s "$origin" | hash)" -v kind=$kind '
  function failed(claim, code, words) { print "failed", claim, code, "entry " p " " words }
  function open(claim, words) { print "open", claim, "entry " p " " words }
  BEGIN { none = sprintf("%064d", 0); whole = kind == "whole" }
  { p = $2 }
  $1 == "H" { leaf[p] = $3 }
  $1 == "D" { digest[p] = $3; if (!($3 in where)) where[$3] = p }
  $1 == "B" { lost = 1 }
  $1 == "E" {
    is_read[p] = 1
    if ($3 != p) failed("canonical_bytes", 11, "says that it is entry " $3)
    before = p == 0 ? origin_hash : leaf[p - 1]
    if (p == 0 && origin == "") failed("chain", 10, "does not begin with ledger_created")
    else if (before == "") open("chain", "follows one that is not here")
    else if (before != "" && $4 != before) failed("chain", 10, "follows " $4 ", and what is before it is " before)
    log_name = p == 0 ? origin : leaf[0]
    if (log_name != "" && $12 != "\"" log_name "\"") failed("author_signatures", 12, "was signed for another log")
    # its author
    key = $6; next_number = count[key] + 0; before = key in last ? last[key] : none
    if (whole ? $7 != next_number : $7 < next_number || (key in last && $7 - next_number >= p - at[key]))
      failed("author_streams", $7 < next_number ? 13 : 11, "has number " $7 " of its author, after " next_number - 1)
    else if ($7 == next_number && $8 != before)
      failed("author_streams", 13, "follows the submission " $8 " of its author, and here that is " before)
    count[key] = $7 + 1; last[key] = digest[p]; at[key] = p
    if ($9 in where) failed("author_streams", 11, "voids the submission of entry " where[$9])
    if ($9 in voided) failed("author_streams", 11, "voids what was voided before")
    if ($9 != "-") voided[$9] = 1
    if ($10 != "-") {
      if ($10 + 0 < seen[key] + 0 || $10 + 0 > p + 0) failed("author_streams", 11, "saw " $10 " entries")
      if ($10 + 0 > seen[key] + 0) seen[key] = $10
      if ($10 == 1 && leaf[0] != "") saw[1] = leaf[0]
      if (($10 in saw) && saw[$10] != $11) failed("author_streams", 13, "saw another root at size " $10)
      saw[$10] = $11
    }
    if ($5 < time && !reset[p - 1] && (p - 1) in is_read) failed("time_order", 11, "is of " $5 ", which goes back")
    else if ($5 < time) open("time_order", "goes back; whether a clock_reset allows that is not known here")
    time = $5
  }
  $1 == "C" { clock[p "." $3] = 1; reset[p] = 1 }
  $1 == "U" || ($1 == "V" && (!whole || $3 in clock)) { reset[p] = 1 }
  $1 == "R" {
    stated = $4 == none ? 0 : $5 + 1; made = count[$3] + 0
    if (made > stated || (whole && made < stated) || (made && made == stated && $4 != last[$3])) {
      if (lost) open("author_streams", "retires a key after submissions that could not be read")
      else failed("author_streams", 11, "retires a key after " stated " submissions, the last " $4 "; there are " made)
    }
  }' "$t/digests" "$t/rows" >>"$t/said" || stop 1 "awk failed"
awk '$1 == "E" && $10 != "-" { print $2, $10, $11 }' "$t/rows" | while read -r p seen stated; do
  if [ "$seen" -le "$p" ] && [ "$seen" -le "$in_tree" ] && [ "$(root_at "$seen")" != "$stated" ]; then
    failed author_streams 13 "entry $p was signed by one who saw another root at size $seen"
  fi
done

# Keys and signatures, section 4 and annex F. -------------------------------------------------------------------
ed25519=302a300506032b6570032100 p256=3059301306072a8648ce3d020106082a8648ce3d03010703420004
f60=ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
z60=000000000000000000000000000000000000000000000000000000000000
learn() { # key id, public key → $t/key/<id>, unless it is none, or a weak one
  base64 "$2" >"$t/file" && spki=$(hex <"$t/file") && [ "$(hash <"$t/file")" = "$1" ] || return
  case $spki in
    $ed25519*) # y below 2^255 - 19, and none of the points of small order; the topmost bit is no part of y
      case ${#spki}${spki#"$ed25519"} in
        88${z60}00[08]0 | 8800${z60}[08]0 | 8801${z60}[08]0 | 88e[c-f]${f60}[7f]f | 88f?${f60}[7f]f) return 1 ;;
        8826e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc[08]5) return 1 ;;
        88c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03[7f]a) return 1 ;;
        88*) ;;
        *) return 1 ;;
      esac ;;
    $p256*) [ ${#spki} = 182 ] || return ;; # openssl sees to it that the point lies on the curve
    *) return 1 ;;
  esac
  openssl pkey -pubin -inform DER -in "$t/file" -noout 2>/dev/null &&
    mv "$t/file" "$t/key/$1" && echo "$spki" >"$t/key/$1.hex"
}
signed() { # key id, file; $t/signature is the signature
  read -r spki <"$t/key/$1.hex"
  set -- -verify -pubin -keyform DER -inkey "$t/key/$1" -rawin -in "$2" -sigfile "$t/signature"
  case $spki in
    $ed25519*) [ "$(wc -c <"$t/signature")" = 64 ] ;;
    *) # openssl wants strict DER; that s is at most half the order of the group is asked for here
      set -- "$@" -digest sha256
      s=$(hex <"$t/signature") && r_length=$((2 * 0x0$(printf %s "$s" | cut -c 7-8))) || return
      s=$(printf %s "$s" | cut -c $((13 + r_length))-) && s=${s#00}
      half=7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8
      [ ${#s} -lt 64 ] || printf '%s\n' "$s" $half | sort -c 2>/dev/null ;;
  esac && openssl pkeyutl "$@" >/dev/null 2>&1
}
unknown='' log_keys='' announced='' count=0
while read -r tag p a b; do
  case $tag in
    B | U) unknown=$p ;;
    L)
      case "$p $announced " in
        "0 "* | *" $a "*) log_keys="$log_keys $p:$a" ;;
        *) if [ $kind = partial ]; then log_keys="$log_keys $p:$a"
          else failed log_signature 12 "entry $p gives the log a key that was not announced"; fi ;;
      esac
      announced="$announced $b" ;;
    E) submission=$(cat "$t/submission/$p")
      printf 'DSSEv1 40 application/vnd.assay.submission.v1+json %s %s' ${#submission} "$submission" >"$t/signed" ;;
    W) failed author_signatures 12 "entry $p does not have exactly the signatures that it takes" ;;
    K) if [ ! -f "$t/key/$a" ] || [ "$(openssl base64 -A <"$t/key/$a")" != "$b" ]; then
        learn "$a" "$b" || failed author_signatures 12 "entry $p introduces $a, which is weak, or not the id of its key"
      fi ;;
    G)
      count=$((count + 1)) && base64 "$b" >"$t/signature"
      if [ -f "$t/key/$a" ]; then
        signed "$a" "$t/signed" || failed author_signatures 12 "the signature of key $a on entry $p does not match"
      elif [ -n "$unknown" ]; then open author_signatures "nothing that could be read introduces key $a of entry $p"
      else failed author_signatures 12 "nothing introduces key $a of entry $p"; fi ;;
  esac
done <"$t/rows"

# Checkpoints: signature and root. ------------------------------------------------------------------------------
: >"$t/vkeys" # first-entry keyid key vkey, of each key of the log
for key in $log_keys; do
  id=${key#*:}
  if read -r spki 2>/dev/null <"$t/key/$id.hex" && [ "${spki#"$ed25519"}" != "$spki" ]; then
    keyid=$({ printf '%s\n' "$origin" && unhex "01${spki#"$ed25519"}"; } | hash | cut -c 1-8)
    echo "${key%:*} $keyid $id $origin+$keyid+$(unhex "01${spki#"$ed25519"}" | openssl base64 -A)" >>"$t/vkeys"
  else failed log_signature 12 "key $id of the log is no Ed25519 key"; fi
done
opened() { # note, size, lines of text: whether a key that may be in force then signed it, and none of the log's wrongly
  head -n "$3" "$t/note.$1" >"$t/signed"
  by='' in_force=''
  while read -r tag n signature name; do
    [ "$tag $n $name" = "S $1 \"$origin\"" ] || continue
    base64 "$signature" >"$t/line" && tail -c +5 "$t/line" >"$t/signature" && keyid=$(head -c 4 "$t/line" | hex)
    while read -r from its_keyid key _; do
      case "$its_keyid $by " in *" $key "*) continue ;; "$keyid "*) ;; *) continue ;; esac
      signed "$key" "$t/signed" || return
      by="$by $key"
      if [ "$from" = 0 ] || [ "$from" -lt "$2" ]; then in_force=1; fi
    done <"$t/vkeys"
  done <"$t/notes"
  [ -n "$in_force" ]
}
while read -r tag n at stated length name; do
  [ "$tag" = C ] || continue
  read -r note <"$t/note.$n.name" && stated=$(base64 "$stated" | hex)
  if [ -n "$log_keys" ] && { [ "$name" != "\"$origin\"" ] || ! opened "$n" "$at" "$length"; }; then
    failed log_signature 12 "$note, of size $at, is not signed by the key of the log"
  fi
  [ "$note" = checkpoint ] || [ "$note" = "checkpoints/$at" ] || failed tree 11 "$note is of size $at"
  if [ "$at" -gt "${size:-0}" ]; then failed tree 13 "$note is of size $at, and checkpoint is of size ${size:-0}"
  elif [ $kind = partial ]; then head_root=$stated
  elif [ "$at" -gt "$in_tree" ]; then failed tree 11 "$note covers $at entries, and $in_tree could be read"
  elif [ "$(root_at "$at")" != "$stated" ]; then
    failed tree 13 "$note states the root $stated, and the entries have $(root_at "$at")"
  fi
done <"$t/notes"
if [ -n "$log_keys" ]; then
  cut -d ' ' -f 4 "$t/vkeys" >"$t/line"
  { take log.vkey 1000 && [ "$(wc -l <"$t/file")" = 1 ] && grep -Fxq -f "$t/file" "$t/line"; } ||
    failed log_signature 12 "log.vkey is not the verifier key of a key of the log"
fi
[ "$(wc -l <"$t/vkeys")" -le 1 ] || assumed log_signature "each of the log's keys signed only while it was in force"

# What publication.json or bundle.json says of the log, and which files it says are withheld. ---------------------
if take $about.json 10000000 && mv "$t/file" "$t/about/0" && canonical about tree && [ -s "$t/about.lines" ]; then
  jq -r --arg origin "$origin" --arg log "$log_id" --arg size "$size" --arg about $about \
    --slurpfile places "$t/places" "$words"'.[1] | ($about == "bundle") as $partial
    | if sound and .schema == "assay." + $about + "/1" and (.log == $log or $log == "")
        and members(["evidence", "log", "origin", "schema", "size"] + if $partial then ["about", "entries"] else ["timestamps"] end; [])
        and (.origin == $origin or $origin == "") and (.size | tostring) == $size
        and ($partial == false or (.about | text) and .entries == $places and $places[0] == 0)
        and (.evidence | members(["profile", "withheld"]; []) and (.profile | is("full|tag|public"))
          and (.withheld
            | listed(0; 1000000; members(["digest", "reason"]; []) and (.digest | hash) and (.reason | text)) and (map(.digest) | ascending)))
      then "agrees", .evidence.withheld[].digest else empty end' "$t/about.lines" >"$t/withheld"
fi
grep -q agrees "$t/withheld" || failed tree 10 "$about.json is not there, not of its form, or not about what lies here"

# In a bundle that is not whole, each entry is proved to be under the checkpoint, annexes D and E. -----------------
included() { # leaf, index, size, root, hashes in base64…
  r=$1 f=$2 s=$(($3 - 1)) goal=$4
  [ "$2" -lt "$3" ] || return
  shift 4
  for p; do
    p=$(base64 "$p" | hex)
    [ "$s" != 0 ] || return
    if [ $((f % 2)) = 1 ] || [ "$f" = "$s" ]; then
      r=$(node "$p" "$r")
      while [ $((f % 2)) = 0 ] && [ "$f" != 0 ]; do f=$((f / 2)) s=$((s / 2)); done
    else r=$(node "$r" "$p"); fi
    f=$((f / 2)) s=$((s / 2))
  done
  [ "$s" = 0 ] && [ "$r" = "$goal" ]
}
if [ $kind = partial ]; then
  while read -r p; do
    if take "proofs/$p.tlog-proof" 2000000; then
      sed '/^$/q' "$t/file" >"$t/line" && lines "$t/line" >"$t/proof/$p"
      tail -c "+$(($(wc -c <"$t/line") + 1))" "$t/file" | cmp -s - "$root/checkpoint" ||
        failed tree 10 "the proof of entry $p is for another checkpoint"
    else failed tree 10 "entry $p has no proof"; fi
  done <"$t/places"
  canonical proof tree
  jq -r "$words"' .[0] as $p | .[1] | if .[0] == "c2sp.org/tlog-proof@v1" then .[1:] else [] end
    | if .[0] // "" | startswith("extra ") and (.[6:] | base64) then .[1:] else . end
    | select(.[0] == "index \($p)" and .[-1] == "" and (.[1:-1] | listed(0; 63; root)))
    | [$p, "leads"] + .[1:-1] | row' "$t/proof.lines" >"$t/proofs"
  while read -r p; do
    proof=$(sed -n "s/^$p leads//p" "$t/proofs") && leaf=$(sed -n "s/^H $p //p" "$t/digests")
    # shellcheck disable=SC2086  # each hash of the proof is a word
    if ! grep -q "^$p leads" "$t/proofs" || ! included "$leaf" "$p" "${size:-0}" "${head_root:-}" $proof; then
      failed tree 10 "entry $p is not proved to be under the checkpoint"
    fi
  done <"$t/places"
fi

# Evidence files, section 8. ------------------------------------------------------------------------------------
files=0
awk '$1 == "F" && !($3 in at) { at[$3] = $2 }
  $1 == "F" && $4 != "-" { if ($3 in said && said[$3] != $4 " " $5) print "twice", $3, $2; else said[$3] = $4 " " $5 }
  $1 == "X" { erased[$3] = $2 }
  END { for (file in at) print at[file], file, (file in said ? said[file] : "- -"),
      (file in erased ? erased[file] : "-") }' "$t/rows" >"$t/line" || stop 1 "awk failed"
sort -n "$t/line" >"$t/files"
while read -r p file sha512 bytes erased; do
  if [ "$p" = twice ]; then failed evidence_files 15 "entry $sha512 states another size or SHA-512 of $file"
  elif is_there "evidence/$file"; then
    files=$((files + 1))
    held=$root/evidence/$file
    [ "$(hash <"$held")" = "$file" ] || failed evidence_files 15 "$file, which entry $p names, has other bytes"
    [ "$sha512" = - ] || [ "$(sha512sum <"$held" | cut -c 1-128) $(wc -c <"$held")" = "$sha512 $bytes" ] ||
      failed evidence_files 15 "$file, which entry $p names, has another size or SHA-512 than is stated"
  elif [ "$erased" != - ]; then open evidence_files "$file was erased, says entry $erased"
  elif grep -q "^$file" "$t/withheld"; then open evidence_files "$file is withheld, for a reason that is in $about.json"
  else failed evidence_files 15 "$file, which entry $p names, is not there"; fi
done <"$t/files"
cut -d ' ' -f 2 "$t/files" >"$t/line"
if [ $kind = partial ] && sed -n 's|^data/evidence/||p' "$t/there" | grep -Fvxq -f "$t/line"; then
  failed evidence_files 15 "there is a file that no entry of the bundle names"
fi
! grep -q '^[Uu]' "$t/rows" || open evidence_files "events that are not understood here may name files"

# The answer. ---------------------------------------------------------------------------------------------------
some='canonical_bytes chain tree author_signatures author_streams time_order evidence_files identity'
[ "$entries" -gt 0 ] || for claim in $some; do open "$claim" "there is no entry that could be read"; done
! grep -q '^failed canonical_bytes' "$t/said" || for claim in $some; do open "$claim" "not all entries could be read"; done
[ -n "$size" ] || open tree "there is no checkpoint that could be read"
[ -n "$log_keys" ] || open log_signature "no entry says what the key of the log is"
[ $kind = whole ] || open author_streams "whether a submission is missing takes the entries between"
open authority "who might say what takes a refold; assay verify and verify.html do that"
open invariants "what events ask of those before them takes a refold; assay verify does that"
open projections "states take a refold; assay verify and verify.html do that"
open pin "pins are not read here; assay verify and verify.html do that"
open witness_quorum "cosignatures are not looked at here; assay verify and verify.html do that"
if [ -z "$given" ]; then assumed identity "this is the log with the id $log_id"
elif [ "$given" != "${log_id:-$given}" ]; then failed identity 13 "this is the log $log_id"; fi
while read -r claim proved; do
  if grep -q "^failed $claim " "$t/said"; then sed -n "s/^failed $claim [0-9]* /failed: $claim: /p" "$t/said"
  elif grep -q "^open $claim " "$t/said"; then sed -n "s/^open $claim /not checked: $claim: /p" "$t/said"
  elif grep -q "^assumed $claim " "$t/said"; then sed -n "s/^assumed $claim /assumed: $claim: /p" "$t/said"
  else echo "proved: $claim: $proved"; fi | head -n 1
done <<ANSWER
canonical_bytes $entries entries in canonical form, each at the place that it says
chain every entry names the hash of the one before
tree the entries are those of the checkpoint, which is of size $size
log_signature checkpoints ($notes) are signed by the key of the log
author_signatures $count signatures by the keys that the log itself introduced
author_streams every entry is the next one of its author
authority
invariants
time_order the times of the log do not go back
evidence_files $files files, as the entries name them
projections
pin
witness_quorum
identity this is the log that was meant
ANSWER
code=$(sed -n 's/^failed [a-z_]* \([0-9]*\) .*/\1/p' "$t/said" | sort -n | head -n 1)
if [ -z "$code" ] && grep -Ehq '^open author_signatures nothing that|^U [0-9]* type' "$t/said" "$t/rows"; then code=16; fi
exit "${code:-0}"
