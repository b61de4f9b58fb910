# Witnesses in tests: real ones on loopback ports, and keys of witnesses that only exist here.

# Waits until a line of `file` matches, and prints it.
await() { # file pattern
  local tries
  for ((tries = 0; tries < 200; ++tries)); do
    grep -m 1 -- "$2" "$1" 2>/dev/null && return 0
    sleep 0.05
  done
  echo "nothing in $1 says: $2" >&2
  cat "$1" >&2
  return 1
}

# A witness's home: keys, passphrase, directory and verifier key.
new_witness() { # name
  mkdir -p "$1"
  (umask 077 && echo 'only for tests' >"$1/passphrase")
  as_witness "$1" key new witness >/dev/null
  as_witness "$1" witness init "$1/state" --name "$1.invented.example" --key witness | tail -1 >"$1/vkey"
}

as_witness() { # home arguments…
  local home=$1
  shift
  ASSAY_KEYS=$home/keys ASSAY_PASSPHRASE_FROM=file:$home/passphrase "$ASSAY_BIN" "$@"
}

# Starts it on a free port; leaves its address in NAME/url and its process in NAME/pid.
start_witness() { # home [serve options…]
  local home=$1
  shift
  (($# > 0)) || set -- --log log.vkey
  : >"$home/log"
  # The process itself, so that a signal meets it and no shell.
  ASSAY_KEYS=$home/keys ASSAY_PASSPHRASE_FROM=file:$home/passphrase \
    "$ASSAY_BIN" witness serve "$home/state" --listen 127.0.0.1:0 "$@" >"$home/out" 2>"$home/log" 3>&- &
  echo $! >"$home/pid"
  await "$home/log" 'listens on' | sed 's/.*listens on \([^ ]*\) .*/\1/' >"$home/url"
}

stop_witness() { # home [signal]
  local pid
  pid=$(cat "$1/pid" 2>/dev/null) || return 0
  rm -f "$1/pid"
  kill "-${2:-TERM}" "$pid" 2>/dev/null || return 0
  wait "$pid" 2>/dev/null
}

witness_option() { printf -- '--witness=%s=%s' "$(cat "$1/url")" "$(cat "$1/vkey")"; } # home

post() { # home file: prints the status; the body is in `body`, the head in `head`
  curl -s -o body -D head -w '%{http_code}' --max-time 20 --data-binary "@$2" "$(cat "$1/url")/add-checkpoint"
}
size_at_witness() { # home: as its read side says
  curl -s --max-time 20 "$(cat "$1/url")/$(sed -n 1p note | tr -d '\n' | sha256sum | cut -c1-64)/checkpoint" | sed -n 2p
}

start_bad_witness() { # mode: leaves its address in bad/url
  mkdir -p bad && rm -f bad/port
  python3 "$ROOT/tests/cli/bad_witness.py" "$1" >bad/port 2>bad/log 3>&- &
  echo $! >bad/pid
  echo "http://127.0.0.1:$(await bad/port '[0-9]')" >bad/url
}

# Everything that a test started.
stop_all() {
  local file
  for file in */pid; do
    [[ -f $file ]] || continue
    stop_witness "${file%/pid}" KILL || true
  done
}
