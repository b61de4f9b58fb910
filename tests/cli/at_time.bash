# Runs commands at another time, with libfaketime. Its own program `faketime` is not used: it refuses to
# start where one that was killed had the same process number and left its semaphore behind.

FAKETIME_LIBRARY=$(find /usr/lib /usr/local/lib -name libfaketimeMT.so.1 2>/dev/null | head -1)

have_faketime() { [[ -n $FAKETIME_LIBRARY ]]; }

# The time goes on from there: "@2019-11-19 17:00:00", or away from now: "-2d", "+27h", "+0 x300". An
# empty one is now.
at_time() { # time command…
  if [[ -n $1 ]]; then
    LD_PRELOAD=$FAKETIME_LIBRARY FAKETIME=$1 "${@:2}"
  else
    "${@:2}"
  fi
}
