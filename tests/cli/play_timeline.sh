#!/usr/bin/env bash
# Plays the timeline (timeline.bash) once into FOLDER/home, for the tests that read it.
#
#   ASSAY=… ASSAY_DAMAGE=… play_timeline.sh FOLDER
set -euo pipefail
BATS_TEST_DIRNAME=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
BATS_FILE_TMPDIR=$1
bats_require_minimum_version() { :; }
rm -rf "$1"
mkdir -p "$1"
# shellcheck source=tests/cli/support.bash
source "$BATS_TEST_DIRNAME/support.bash"
# shellcheck source=tests/cli/timeline.bash
source "$BATS_TEST_DIRNAME/timeline.bash"
have_faketime || { echo 'skipped: faketime is not installed'; exit 77; }
trap 'echo "$BASH_SOURCE:$LINENO: exit code $?: $BASH_COMMAND" >&2' ERR
set -E
isolate
play_timeline "$1/home"
