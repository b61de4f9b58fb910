#!/bin/sh
# sh verify.sh [--log-id HEX] PATH says, claim by claim, what a published directory or an unpacked bundle of an Assay
# log proves. Read it before you trust it: it is docs/format.md once more, whose sections and annexes are named. It
# ends with 0 where nothing that it checks failed, 10 to 15 by what failed (section 13), 16 where it could not be
# checked, 2 for wrong use. The files may come from an enemy: they are read up to a limit, and no value out of them
# stands in a command, a file name or the answer before a pattern has found it to be a number, a hash or the like.
# shellcheck disable=SC2013,SC2016,SC2046,SC2086  # a $ within '' is of jq; words are split where they should be
set -u && umask 077 && export LC_ALL=C
stop() { echo "verify.sh: $2" >&2 && exit "$1"; } # code, words: nothing is said about the evidence
if [ $# = 3 ] && [ "$1" = --log-id ]; then id=$2 && shift 2; else id=''; fi
case $#:${#id}:$id in *:*:*[!0-9a-f]*) false ;; 1:0: | 1:64:*) ;; *) false ;; esac || stop 2 "[--log-id HEX] PATH"
path=$(CDPATH='' cd -- "$1" 2>/dev/null && pwd -P) || stop 16 "that is no folder; unpack a zip file first, with unzip"
{ openssl version | grep '^OpenSSL [3-9]' && for tool in sha256sum sha512sum base64 'jq .'; do echo | $tool; done; } \
  >/dev/null 2>&1 || stop 16 "this takes openssl 3, sha256sum, sha512sum, base64 and jq"
t=$(mktemp -d) || stop 16 "there is no room for temporary files"
trap 'rm -rf "$t"' EXIT && trap 'exit 130' HUP INT TERM
{ cd "$t" && mkdir -p entry sub root key note/checkpoints &&
  touch said notes places lines leaves tiles keyids vkeys; } || stop 16 "disk full"
say() { echo "$1: $2: $3: $4" >>said || stop 16 "disk full"; } # verdict, claim, exit code, words
answer() { # of each claim the worst that was said first, or else these words
  awk -F ': ' -v rest="$1" 'BEGIN {
      n = split("canonical_bytes chain tree log_signature author_signatures author_streams authority invariants " \
        "time_order evidence_files projections pin witness_quorum identity", claims, " ")
      worse["proved"] = 1; worse["assumed"] = 2; worse["not checked"] = 3; worse["failed"] = 4 }
    worse[$1] > worst[$2] { worst[$2] = worse[$1]; sub(/: [0-9]+: /, ": "); said[$2] = $0 }
    END { for (i = 1; i <= n; i++) print claims[i] in said ? said[claims[i]] : "not checked: " claims[i] ": " rest }
  ' said
  code=$(sed -n 's/^[a-z ]*: [a-z_]*: \([1-9][0-9]\): .*/\1/p' said | sort | head -n 1) && exit "${code:-0}"
}
take() { # name below $root, limit → file; fails where there is none, or it is larger
  [ -f "$root/$1" ] && { head -c $(($2 + 1)) <"$root/$1" >file || stop 16 "$1 could not be read"; } &&
    [ "$(wc -c <file)" -le "$2" ]
}
hash() { sum=$(sha256sum) && echo "${sum%% *}"; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
base64() { printf %s "$1" | command base64 -d; }
words='
def is($pattern): type == "string" and test("\\A(" + $pattern + ")\\z");
def hash: "[0-9a-f]{64}";
def root: "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=";
def base64: "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?";
def time: "(?!0000)([0-9]{4}-(?!02-29)|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-)" +
  "(?!02-3|(04|06|09|11)-31)(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}\\.[0-9]{6}Z";
def subject: "(?=.{1,160}\\z)[a-z][a-z0-9_]{0,127}/[A-Za-z0-9._-]{1,128}";
# Whether a value has a form: a pattern, the least number, a list of one form, or members ("?": or none; {}: any).
def fits($form): ($form | type) as $type | if $type == "string" then is($form) else type == $type and
  if $type == "number" then . >= $form elif $type == "array" then all(.[]; fits($form[0])) else . as $value
  | $form == {} or (all(keys[]; in($form) or (. + "?" | in($form))) and all($form | keys[]; . as $name | rtrimstr("?")
    | if in($value) then . as $member | $value[$member] | fits($form[$name]) else . != $name end)) end end;
# Section 2, as far as jq does not see to it; and sections 3 and 5.
def sound: all(paths(type == "array" or type == "object"); length < 32) and all(.. | strings; test("\u007f") | not)
  and all(.. | numbers; fabs <= 9007199254740991 and (tostring | is("0|-?[1-9][0-9]*")))
  and all(.. | objects | keys[]; is("[a-z][a-z0-9_]*"));
def entry: fits({index: 0, previous: hash, recorded_at: time, signatures: [{key: hash, signature: "(?=.)\(base64)"}],
    submission: {author: {key: hash, previous: hash, sequence: 0, "voids?": hash}, log: ".{1,255}",
      events: [{data: {}, occurred_at: time, subject: subject, type: "[a-z][a-z0-9_]{0,127}", version: 1}],
      "expect?": [{size: 0, subject: subject}], "seen?": {root: hash, size: 0},
      submission: "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"}})
  and (.signatures | . == unique_by(.key) and length <= 32) and (.submission.expect // [] | . == unique_by(.subject))
  and all(.signatures, .submission.events, .submission.expect; . != [] and length <= 1024);
# The types of events (annex B) that name files, by the member that does; and those that name none.
def types: {minutes: "tag_position_recorded|(panel|sos)_decision_recorded", evidence: "(?x:entry_criterion_evidenced|
  run_finished|import_(started|refused)|result_imported|work_off_item_completed|external_anchor_recorded)", rationale:
  "equivalence_claimed", conclusion: "consultation_closed", documents: "consultation_opened", rulebook:
  "ledger_created", report: "exit_evaluated(/2)?|verification_performed", evaluation: "entry_decided", items_document:
  "scope_baselined(/2)?", document: "(?x:consultation_response_recorded|impact_assessed|completion_report_issued|
  work_off_plan_baselined|external_audit_report_registered)", digest: "document_registered|evidence_(added|attached)",
  none: "(?x:appeal_determined(/2)?|build_deployed|checkpoint_witnessed|clause_status_recorded|clock_(attested|reset)|
  correction_recorded|decision_(dissented|endorsed)|device_model_registered(/2)?|dispute_determined|dmc_(defined|
  deselected|proposed|selected|substituted)|document_(items_listed|presented|published|superseded)|
  environment_baselined(/2)?|epcl_entry_(made|removed)|evidence_(erased|unavailable)|execution_waived|
  exit_(cutoff_declared|decided)|gap_declared|group_declared|heartbeat|import_finished(/2)?|issue_(analysed|assigned|
  closed|deferred|disputed|duplicated|fix_delivered|raised|referred|rejected|reopened|scope_changed|severity_changed|
  triaged|workaround_agreed)|key_(registered|retired|revoked)|log_key_rotated|party_registered|phase_(completed|
  started|(aborted|planned|resumed|suspended)(/2)?)|planned_entry_(amended|declared|withdrawn)|policy_(activated|
  published|superseded)|post_exit_defect_recorded|ppcl_entry_recorded|regression_(completed|items_listed|
  scope_baselined|started)|release_(completed|declared)|retest_recorded|role_(granted|withdrawn)|roots_changed|
  run_(invalidated|started)|scope_(changed|items_listed)(/2)?|selection_appealed|states_attested|
  test_case_registered(/2)?|test_device_enrolled|waiver_granted|work_off_item_updated)"};
def understood: {key: hash, public_key: base64} as $key | [$key + {party: ".*"}] as $roots | {key_registered: $key,
    ledger_created: {log_key: $key, origin: "[!#-*,-\\[\\]-~]{1,255}", roots: $roots}, roots_changed: {roots: $roots},
    key_retired: {key: hash, last_hash: hash, last_sequence: 0}, log_key_rotated: {log_key: $key}, evidence_erased:
    {digest: hash}, evidence_added: {digest: hash, digest_sha512: "[0-9a-f]{128}", size_bytes: 0}}[.type] as $needed
  | ("\(.type)/\(.version)" | rtrimstr("/1") | is([types[]] | join("|")))
    and ($needed == null or (.data | with_entries(select(.key | in($needed))) | fits($needed)));
def of($types): select(.type | is($types)) | .data;'
# As jq might write U+007F as an escape, it is given "~" instead; and U+0001 for LF and NUL, which must not be there.
line() { tr '\000\012\177' '\001\001~' <"$1"; }
written() { # file, condition for jq: whether jq would write each of its lines like that, and the condition holds
  jq -cS "$words select($2)" "$1" 2>/dev/null | cmp -s - "$1"
}
canonical() { line "$1" >json && echo >>json && written json "sound and $2"; }
# The folder, annex G. The two manifests of a bag together state the hash of every file but the second of them. ---
find "$path" ! -type d ! -type f >found || stop 16 "not all of the folder can be read"
[ ! -s found ] || stop 16 "there is a link in the folder, or something else that is no plain file"
(cd "$path" && find . -type f) | sed 's|^\./||' >there
root=$path kind=whole about=publication n=0 heads=0
more='{timestamps: [{digest: hash, size: 0}]}) and (.timestamps | . == unique_by([.digest, .size]))'
if grep -Eq '^(bagit|manifest-sha256)\.txt$|^data/' there; then
  ! grep -Eq '^(checkpoint$|tile/)' there || stop 16 "this is a bundle and a published directory at once"
  for name in manifest tagmanifest; do take $name-sha256.txt 100000000 && cat file; done | tr '\000' '?' |
    awk '{ sub(/[[:space:]]+/, "  "); sub(/\r$/, ""); print tolower(substr($0, 1, 64)) substr($0, 65) }' |
    sort >stated
  (cd "$path" && find . -type f ! -path ./tagmanifest-sha256.txt -exec sha256sum {} +) >found || stop 16 "unreadable"
  sed 's|  \./|  |' found | sort >held && of='  data/evidence/'
  [ "$(grep "$of" stated)" = "$(grep "$of" held)" ] || say failed evidence_files 15 "the manifests and files differ"
  { [ "$(grep -v "$of" stated)" = "$(grep -v "$of" held)" ] && take bagit.txt 1000 &&
    printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp -s - file; } ||
    say failed tree 10 "the manifests and files differ, or bagit.txt is another"
  root=$path/data
  if grep -Eq '^data/(bundle|entries/[0-9]*)\.json$' there; then kind=partial about=bundle; fi
elif ! grep -Eq '^checkpoint(s/[0-9]+)?$' there || { grep -q '^bundle\.json$' there && ! grep -q '^tile/' there; }
then stop 16 "this is neither a published directory nor a bundle"; fi
# Checkpoints, annex C → notes, a line of each: name, size, root, the signatures under its origin, and that. -------
notes() { # names, for one run of jq; or else, where one of them is not UTF-8, one by one
  names=$* && for name; do
    shift && if take "$name" 1000000; then mv file "note/$name" && set -- "$@" --rawfile "$name" "note/$name"; fi
  done
  if (cd note && cat $names) >file 2>/dev/null; jq -Rsj . file | cmp -s - file; then
    jq -nr "$words"'$ARGS.named | to_entries[] | .key as $of | .value | capture("\\A(?<name>[^\\x00-\\x1f]+)\n"
      + "(?<size>0|[1-9][0-9]{0,18})\n(?<root>\(root))\n([^\\x00-\\x1f]+\n)*\n"
      + "(?<by>(\u2014 [^+\\s\\x00-\\x1f]+ (?=[^=]{7})\(base64)\n){1,100})\\z") | .name as $name
      | [.by | split("\n")[] | split(" ") | select(.[1] == $name) | .[2]] as $by
      | "\($of) \(.size | if length > 15 then "9" * 15 else . end) \(.root) \($by | join(",")), \($name | tojson)"
      ' "$@" >>notes || stop 16 "jq failed"
  elif [ "$names" != "${names#* }" ]; then for name in $names; do notes "$name"; done; fi
}
notes checkpoint
read -r _ size _ <notes || { say failed tree 11 "no checkpoint" && answer "see tree"; }
# Entries: each to a file of its own, under its number. ---------------------------------------------------------
tile() { # level, number → file, annex D; $wide: how many hashes or entries it has
  name=$(printf %03d $(($2 % 1000))) rest=$(($2 / 1000)) wide=$((size - 256 * $2))
  while [ "$rest" -gt 0 ]; do name=x$(printf %03d $((rest % 1000)))/$name rest=$((rest / 1000)); done
  if [ "$wide" -ge 256 ]; then wide=256; else name=$name.p/$wide; fi
  take "tile/$1/$name" 16777472
}
while [ $kind = whole ] && [ $n -lt "$size" ]; do
  if tile 0 $((n / 256)); then hex <file >>tiles; fi
  tile entries $((n / 256)) || { say failed canonical_bytes 11 "tile/entries/$name is not there" && break; }
  at=1 end=$((n + wide))
  while [ $n -lt $end ]; do # two bytes say how long the entry after them is
    set -- $(tail -c "+$at" file | od -An -tu1 -N 2) 0 0
    tail -c "+$((at + 2))" file | head -c $(($1 * 256 + $2)) >entry/$n
    echo $n >>places && at=$((at + 2 + $1 * 256 + $2)) n=$((n + 1))
  done
  [ $at = $(($(wc -c <file) + 1)) ] || { say failed canonical_bytes 10 "tile/entries/$name is no bundle" && break; }
done
[ $kind = whole ] || sed -En 's#^data/entries/(0|[1-9][0-9]{0,14})\.json$#\1#p' there | sort -n >places
while read -r p; do # a line for jq: [place, leaf hash (section 6), hash of the submission (section 3), entry]
  [ $kind = whole ] || { take "entries/$p.json" 65535 && mv file "entry/$p"; } || touch "entry/$p"
  leaf=$({ printf '\000' && cat "entry/$p"; } | hash) && echo "$leaf" >"root/$p.1" && printf %s "$leaf" >>leaves
  awk -v ORS= '{ at = index($0, ",\"submission\":") + 14; print substr($0, at, length - at) }' "entry/$p" >"sub/$p"
  printf '[%s,"%s","%s",' "$p" "$leaf" "$(hash <"sub/$p")" && line "entry/$p" && echo ']'
  [ "$(wc -c <"sub/$p")" -le 57344 ] || say failed canonical_bytes 10 "the submission of entry $p is too large"
done <places >all
well='length == 4 and (.[0] as $p | .[3] | sound and entry and .index == $p)'
if written all "$well"; then mv all lines; else # all of them at once, or else one by one
  while IFS= read -r one; do
    p=${one%%,*} && printf '%s\n' "$one" >json
    if written json "$well"; then cat json >>lines
    else say failed canonical_bytes 10 "entry ${p#?} is not canonical, not of its form, or says that it is another"
    fi
  done <all
fi
log_id=$(cat root/0.1 2>/dev/null) || { say failed tree 11 "entry 0 is not there" && answer "see tree"; }
[ -n "$id" ] || say assumed identity 0 "this is the log with the id $log_id"
[ "${id:-$log_id}" = "$log_id" ] || say failed identity 13 "this is the log $log_id"
[ $kind = partial ] || cmp -s leaves tiles || say failed tree 10 "tiles of level 0 are missing, or have other hashes"
{ [ "$(wc -l <lines)" -eq "$(wc -l <places)" ] && ! grep -q '^failed: canonical' said; } || answer "not all were read"
origin=$(sed q lines | jq -r "$words"'.[3].submission.events[0]
  | if .type != "ledger_created" then "none+" else select(understood).data.origin end')
[ "$origin" != none+ ] || { say failed chain 10 "entry 0 begins with no ledger_created" && answer "see chain"; }
[ -n "$origin" ] || { say 'not checked' chain 16 "entry 0 is not understood" && answer "see chain"; }
# Chain, streams and signers, section 11 steps 2 and 6 to 8; and rows for the steps below. ----------------------
jq -sr --arg kind $kind --arg log "$log_id" --arg origin "$origin" --arg before "$(printf %s "$origin" | hash)" \
  --arg nothing "$(hash </dev/null)" "$words"'
def failed(claim; code; what): "failed: \(claim): \(code): entry \(.p) \(what)";
map(.[3] + .[3].submission + .[3].submission.author + {p: .[0], leaf: .[1], digest: .[2], link: .[3].previous}
  | .read = [.events[] | select(understood)]) as $entries
| def last_of($key; $p): last($entries[] | select(.key == $key and .p < $p)) // {sequence: -1, digest: ("0" * 64)};
([{p: -1, leaf: $before}] + $entries | range(1; length) as $i | .[$i - 1] as $was | .[$i]
  | if $was.p != .p - 1 then "not checked: chain: 0: entry \(.p) follows one that is not here"
    else select(.link != $was.leaf) | failed("chain"; 10; "follows \(.link), and before it is \($was.leaf)") end),
# An author counts without gaps (where entries are missing, no faster than places), and names what it signed before.
($entries[] | . as $e | last_of(.key; .p) as $was | (.sequence - $was.sequence) as $step
  | select(($step == 1 and .previous != $was.digest)
    or if $kind == "whole" then $step != 1 else $step < 1 or ($was.p and $step > .p - $was.p) end
    or (.seen and (.seen.size > .p or any($entries[]; .key == $e.key and .p < $e.p and .seen.size > $e.seen.size))))
  | failed("author_streams"; 11; "is not what its author signed next")),
($entries[] | .p as $p | .read[] | of("key_retired") | .last_hash as $hash
  | (if $hash | is("0*") then -1 else .last_sequence end) as $number | last_of(.key; $p)
  | select(if .sequence == $number then .digest != $hash else $kind == "whole" or .sequence > $number end)
  | "failed: author_streams: 11: entry \($p) retires a key after another submission than its last"),
([{size: 0, root: $nothing}, {size: 1, root: $log}] + ($entries | map(.seen // empty)) | unique
  | select(length > (unique_by(.size) | length)) | "failed: author_streams: 13: authors saw different logs"),
($entries | map(.digest, .voids // empty) | select(length > (unique | length))
  | "failed: author_streams: 11: what is voided is here, or voided twice"),
# An entry is for this log, and signed by exactly its author and the keys that it introduces (section 4).
($entries[] | . as $e | [.read[] | of("key_registered"), of("ledger_created|log_key_rotated").log_key,
    of("ledger_created|roots_changed").roots[]] as $keys
  | ($keys | map(.key) + [$e.key] | unique) as $must | (.signatures | map(.key)) as $by
  | (select(.log != (if .p == 0 then $origin else $log end) or $must - $by != [] or $by != $must and .read == .events)
    | failed("author_signatures"; 12; "was signed for another log, or by others than it takes")),
  ($keys[] | "introduced \($e.p) \(.key) \(.public_key)"), (.signatures[] | "signed \($e.p) \(.key) \(.signature)"),
  (.seen // empty | "seen \($e.p) \(.root) \(.size)"), (select(.read != .events)
    | "not checked: evidence_files: 16: entry \(.p) has an event that is not understood here"),
  (.read[] | (of("ledger_created|log_key_rotated").log_key | select(.public_key | is("MCow.*"))
      | "signer \($e.p) \(.key) \(.public_key)"), (of("evidence_erased") | "excused \(.digest)"),
    (. as $event | .data[types | to_entries[] | select(.value as $types | $event | of($types)) | .key]
      | if type == "array" then .[] else . end | select(is(hash)) | "file \($e.p) \(.) " + ($event
      | if .type == "evidence_added" then "\(.data.digest_sha512) \(.data.size_bytes)" else "" end))))' lines >rows ||
  stop 16 "jq failed"
grep '^[a-z ]*: ' rows >>said; grep '^file' rows | cut -d ' ' -f 3 >named
# What publication.json or bundle.json says of the log, annex G. ------------------------------------------------
[ $kind = whole ] ||
  more="{about: \".*\", entries: [0]}) and .size == $size and .entries == [$(paste -s -d , places)]"
if take $about.json 10000000 && canonical file "fits({log: \"$log_id\", origin: \".*\", size: 0,
    schema: \"assay\\\\.$about/1\",
    evidence: {profile: \"full|tag|public\", withheld: [{digest: hash, reason: \"(?s).*\"}]}} + $more
    and .origin == \"$origin\" and all(.. | strings; utf8bytelength <= 16384)
    and (.evidence.withheld | . == unique_by(.digest))"
then
  jq -r '"stated \(.size)", "excused \(.evidence.withheld[].digest)"' json >>rows
  at=$(sed -n 's/^stated //p' rows) # it is written before the checkpoint, and may be ahead
  [ "$at" -ge "$size" ] || say 'not checked' tree 16 "publication.json is older than the checkpoint"
else say failed tree 10 "$about.json is not there, not of its form, or about something else"; fi
# The tree, annex D. --------------------------------------------------------------------------------------------
node() { printf %b "$(printf '\\0%03o' $(echo "01$1$2" | sed 's/../0x& /g'))" | hash; }
halve() { k=1 && while [ $((2 * k)) -lt "$1" ]; do k=$((2 * k)); done; } # $k: the largest power of two below a number
tree() { # first entry, how many → the root over them
  [ -f "root/$1.$2" ] || { halve "$2" && node "$(tree "$1" $k)" "$(tree $(($1 + k)) $(($2 - k)))" >"root/$1.$2"; }
  cat "root/$1.$2"
}
hash </dev/null >root/0.0
lead() { # index, size, leaf, the hashes of a proof → the root that they lead to: path(), backwards
  if [ "$2" -le 1 ]; then [ -n "$4" ] || echo "$3"; return; fi
  halve "$2"
  if [ "$1" -lt $k ]; then node "$(lead "$1" $k "$3" "${4% *}")" "${4##* }"
  else node "${4##* }" "$(lead $(($1 - k)) $(($2 - k)) "$3" "${4% *}")"; fi
}
# Signatures of entries (section 4), what their authors saw, and the files that they name (section 8). ----------
signed() { # key id: whether `signature` is its signature on `text`; of two values of s that fit, the lower is taken
  [ -f "key/$1" ] && if [ "$(wc -c <"key/$1")" -ne 44 ]; then
    s=$(openssl asn1parse -inform DER -in signature 2>/dev/null | sed -n '3s/.*://p') && [ ${#s} -lt 64 ] ||
      expr "x$s" '<=' x7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8 >/dev/null
  fi && openssl pkeyutl -verify -pubin -keyform DER -inkey "key/$1" -rawin -in text -sigfile signature >/dev/null 2>&1
}
ed=302a300506032b6570032100 p256=3059301306072a8648ce3d020106082a8648ce3d03010703420004
weak='..0{60}[08]0|..f{60}[7f]f|26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc[08]5|'
weak="$ed(${weak}c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03[7f]a)" # annex F
while read -r tag p key value bytes; do
  case $tag in
    introduced)
      base64 "$value" >file && hex <file >found
      if [ "$(hash <file)" = "$key" ] && grep -Eqx "$ed.{64}|$p256.{128}" found && ! grep -Eqx "$weak" found
      then mv file "key/$key"
      else say failed author_signatures 12 "entry $p introduces a key that is weak, none, or has another id"; fi ;;
    signed)
      { printf 'DSSEv1 40 application/vnd.assay.submission.v1+json %d ' "$(wc -c <"sub/$p")" && cat "sub/$p"; } >text
      base64 "$value" >signature
      signed "$key" || if [ -f "key/$key" ] || ! grep -q 'not understood' said; then
        say failed author_signatures 12 "the signature of key $key on entry $p does not match a known key"
      else say 'not checked' author_signatures 16 "nothing that is understood introduces key $key of entry $p"; fi ;;
    seen)
      [ $kind = partial ] || [ "$value" -gt "$p" ] || [ "$(tree 0 "$value")" = "$key" ] ||
        say failed author_streams 13 "the author of entry $p saw another log" ;;
    file)
      held=$root/evidence/$key
      if [ ! -f "$held" ] && grep -q "^excused $key" "$t/rows"; then
        say 'not checked' evidence_files 0 "$key is withheld, or was erased"
      elif [ ! -f "$held" ] || [ "$(hash <"$held")" != "$key" ] || { [ -n "$value" ] &&
        [ "$(sha512sum <"$held" | cut -c 1-128) $(wc -c <"$held")" != "$value $bytes" ]; }
      then say failed evidence_files 15 "$key, which entry $p names, is not there, or is altered"; fi ;;
    signer)
      base64 "$value" | tail -c 32 >public
      keyid=$({ printf '%s\n\001' "$origin" && cat public; } | hash | cut -c 1-8) && echo "$keyid $key $p" >>keyids
      echo "$origin+$keyid+$({ printf '\001' && cat public; } | openssl base64 -A)" >>vkeys ;;
  esac
done <rows
# Checkpoints: signature and root, section 6 and annex C. -------------------------------------------------------
opened() { # size, signatures: whether a key that the log had then signed the text, and none wrongly; the first counts
  by='' good=false
  for value in $(echo "$2" | tr , ' '); do
    base64 "$value" >file && tail -c +5 file >signature && keyid=$(head -c 4 file | hex)
    key=$(sed -n "s/^$keyid //p" keyids)
    case $by:$key in *" $keyid"* | *:) continue ;; esac
    signed "${key% *}" && by="$by $keyid" || return
    case ${key#* }:$1 in 0:*) good=true ;; *) [ "${key#* }" -ge "$1" ] || good=true ;; esac
  done
  $good
}
set -- $(sed -En 's#^(data/)?(checkpoints/(0|[1-9][0-9]{0,18}))$#\2#p' there)
[ $# = 0 ] || notes "$@"
for name in checkpoint "$@"; do
  sed -n "s|^$name ||p" notes >found
  read -r at stated by named <found || { say failed log_signature 12 "$name is no checkpoint" && continue; }
  heads=$((heads + 1)) && stated=$(base64 "$stated" | hex) && sed '/^$/,$d' "note/$name" >text
  { [ "$named" = "\"$origin\"" ] && opened "$at" "$by"; } ||
    say failed log_signature 12 "$name is not signed by the log's key"
  case $name in checkpoint | "checkpoints/$at") ;; *) say failed tree 11 "$name is of size $at" ;; esac
  if [ $kind = partial ]; then head=$stated && continue; fi
  { [ "$at" -le "$size" ] && [ "$(tree 0 "$at")" = "$stated" ]; } || say failed tree 13 "$name states another root"
done
{ take log.vkey 1000 && [ -s file ] && grep -Fxe "$(head -n 1 file)" vkeys | cmp -s - file; } ||
  say failed log_signature 12 "log.vkey is not the verifier key of a key of the log"
[ "$(wc -l <keyids)" -lt 2 ] || say assumed log_signature 0 "each of the log's keys signed only while in force"
# A bundle that is not whole proves each entry to be under the checkpoint, annex E, and has nothing else, annex G. --
if [ $kind = partial ]; then
  f='READ-ME\.html|verify\.(html|sh)|bundle\.json|checkpoint|log\.vkey|entries/[0-9]+\.json|proofs/[0-9]+\.tlog-proof'
  ! grep -Evxq "(bagit|bag-info|(tag)?manifest-sha256)\.txt|data/($f|evidence/[0-9a-f]{64})" there ||
    say failed tree 11 "there is a file that does not belong in a bundle"
  set -- && while read -r p; do
    if take "proofs/$p.tlog-proof" 2000000; then mv file "note/$p" && set -- "$@" --rawfile "$p" "note/$p"; fi
  done <places
  jq -nr --rawfile head note/checkpoint "$words"'$ARGS.named | to_entries[] | .key as $p | .value
    | select(endswith($head)) | rtrimstr($head) | select(is("c2sp\\.org/tlog-proof@v1\n(extra (?=.)\(base64)\n)?"
      + "index \($p)\n(\(root)\n){0,63}\n")) | ["\($p):", (split("\n")[] | select(is(root)))]
    | join(" ")' "$@" >proofs || stop 16 "jq failed"
  while read -r p; do
    hashes=$(for value in $(sed -n "s/^$p://p" proofs); do printf ' ' && base64 "$value" | hex; done)
    { grep -q "^$p:" proofs && [ "$(lead "$p" "$size" "$(cat "root/$p.1")" "$hashes")" = "$head" ]; } ||
      say failed tree 10 "entry $p is not proved"
  done <places
  ! sed -n 's|^data/evidence/||p' there | grep -Fvxq -f named || say failed evidence_files 15 "no entry names it"
  say 'not checked' author_streams 0 "whether a submission is missing takes the entries between"
fi
say proved canonical_bytes 0 "$(grep -c . places) entries in canonical form, each at the place that it says"
say proved chain 0 "every entry names the hash of the one before"
say proved tree 0 "the entries here are under the checkpoint, of size $size; tiles above level 0 were not read"
say proved log_signature 0 "checkpoints ($heads) are signed by the key of the log"
say proved author_signatures 0 "$(grep -c '^signed' rows) signatures by the keys that the log itself introduced"
say proved author_streams 0 "every entry is the next one of its author"
say proved evidence_files 0 "$(sort -u named | grep -c .) files, as the entries name them"
say proved identity 0 "this is the log that was meant"
answer "left to assay verify and verify.html"
