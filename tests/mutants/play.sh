#!/usr/bin/env bash
# Plays a small invented ledger into FOLDER/home, and publishes it: FOLDER/published, and as bags, unpacked, FOLDER/whole,
# FOLDER/partial, and FOLDER/small, of which every byte can be turned in one run.
#
#   play.sh ASSAY FOLDER
set -euo pipefail
program=$1 folder=$2
rm -rf "$folder"
mkdir -p "$folder/home"
folder=$(cd "$folder" && pwd)
for name in ${!ASSAY_@}; do unset "$name"; done
unset HOME XDG_CONFIG_HOME
export LC_ALL=C.UTF-8 TZ=UTC
export ASSAY_LEDGER=$folder/home/ledger ASSAY_KEYS=$folder/home/keys ASSAY_PASSPHRASE_FROM=file:$folder/home/passphrase
(umask 077 && echo 'only for tests' >"$folder/home/passphrase")
assay() { "$program" "$@" >>"$folder/played" 2>&1 || { cat "$folder/played" && return 1; }; }

assay init "$ASSAY_LEDGER" --origin small.invented.example/ledger --programme 'Small (invented)' --root root:DCC
assay key new dcc
assay key new harness --algorithm ecdsa-p256
assay record --stream --key root <<'JSON'
{"type":"party_registered","data":{"party":"DCC","name":"DCC (invented)","class":"DCC"}}
{"type":"party_registered","data":{"party":"SP-A","name":"Provider A (invented)","class":"SERVICE_PROVIDER"}}
JSON
assay key register dcc --party DCC --key root
assay key register harness --party SP-A --key root
assay record --stream --key root <<'JSON'
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-RM"}}
{"type":"role_granted","data":{"party":"DCC","holder":"dcc","role":"DCC-TM"}}
JSON
assay record --stream --key dcc <<'JSON'
{"type":"release_declared","data":{"release":"MOC","title":"Release (invented)","cohorts":["MDS"]}}
{"type":"device_model_registered","data":{"device_model":"M1","device_type":"ESME","manufacturer":"Invented","model":"I-1","hardware_version":"H1","firmware_version":"1.07"}}
{"type":"dmc_defined","data":{"dmc":"DMC-001","device_models":["M1"],"comms_provider":"INV-CSP-1"}}
{"type":"planned_entry_declared","data":{"planned_entry":"PEE-001","release":"MOC","smso":"MDS","dmc":"DMC-001","category":"DORMANT","groups":[],"required_kinds":["SIT"]}}
{"type":"phase_planned","data":{"phase":"SIT-01","kind":"SIT","stage":"SIT","name":"SIT (invented)","planned_entries":["PEE-001"],"groups":[]}}
JSON
echo 'an invented file' >"$folder/file"
assay evidence add "$folder/file" --key harness --title 'a file (invented)'

assay publish "$ASSAY_LEDGER" -o "$folder/published"
assay bundle log -o "$folder/whole.zip"
assay bundle phase/SIT-01 -o "$folder/partial.zip"
assay bundle 1.0 -o "$folder/small.zip"
for kind in whole partial small; do
  python3 - "$folder/$kind.zip" "$folder/$kind" <<'PY'
import pathlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as bundle:
    for name in bundle.namelist():
        if not name.endswith("/"):
            path = pathlib.Path(sys.argv[2], *name.split("/")[1:])  # without the folder that the bag stands in
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(bundle.read(name))
PY
done
