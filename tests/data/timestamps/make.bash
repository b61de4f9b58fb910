#!/usr/bin/env bash
# Makes the timestamps of this folder anew, with an authority that is thrown away afterwards. They are as
# of November 2019, and the authority's certificates have long expired. All are over the five letters
# and the line end of "hello".
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/cli/tsa.bash
source "$here/../../cli/tsa.bash"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
readonly then='@2019-11-19 17:00:00'
make_tsa good 'Invented Time' '@2019-11-01 00:00:00' 365
make_tsa other 'Other Time' '@2019-11-01 00:00:00' 365
TSA_KEY=rsa1024 make_tsa weak 'Weak Time' '@2019-11-01 00:00:00' 365
TSA_KEY=rsa2048 make_tsa rsa 'RSA Time' '@2019-11-01 00:00:00' 365
printf 'hello\n' >body
openssl ts -query -data body -sha256 -cert -out good.tsq
openssl ts -query -data body -sha256 -no_nonce -out nocert.tsq
openssl ts -query -data body -sha1 -cert -out sha1.tsq
openssl ts -query -data body -sha224 -cert -out refused.tsq
for name in good nocert sha1 refused; do stamp good "$name.tsq" "$name.tsr" "$then" || true; done
stamp good good.tsq late.tsr '@2021-11-19 17:00:00'
stamp weak good.tsq weak.tsr "$then"
stamp rsa good.tsq rsa.tsr "$then"
openssl ts -reply -in good.tsr -token_out -out good.token
# The same statement, signed by a certificate that is for nothing in particular.
openssl ts -reply -in good.tsr -token_out -out token.der
openssl cms -verify -noverify -binary -inform DER -in token.der -out info.der
TSA_USAGE=clientAuth make_tsa plain 'Plain' '@2019-11-01 00:00:00' 365
at_time "$then" openssl cms -sign -cades -nodetach -binary -md sha256 -econtent_type 1.2.840.113549.1.9.16.1.4 \
  -in info.der -signer plain/tsa.pem -inkey plain/tsa.key -outform DER -out plain.token
# And one that signs something else than a timestamp.
at_time "$then" openssl cms -sign -cades -nodetach -binary -md sha256 -in body -signer good/tsa.pem -inkey good/tsa.key \
  -outform DER -out message.token
cp good/root.pem "$here/root.pem"
cp other/root.pem "$here/other.pem"
cp plain/root.pem "$here/plain.pem"
cp weak/root.pem "$here/weak.pem"
cp rsa/root.pem "$here/rsa.pem"
cp good/tsa.pem "$here/authority.pem"
cp good.tsq good.tsr nocert.tsr sha1.tsr refused.tsr late.tsr weak.tsr rsa.tsr good.token plain.token message.token "$here"
