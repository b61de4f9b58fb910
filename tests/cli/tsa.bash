# A time-stamping authority of RFC 3161 for tests, made with `openssl`: a root, and a certificate of
# its that may sign timestamps. A test file loads this beside support. Everything in it is invented.
#
# make_tsa FOLDER [NAME [START [DAYS]]]   START is a time as at_time takes it; then the certificates
#                                        were made at that time and are in force for DAYS
# stamp FOLDER REQUEST RESPONSE [TIME]    answers a request, as of TIME
# TSA_KEY=p256|rsa2048|… and TSA_USAGE=… change the authority's key and what its certificate is for.

# shellcheck source=tests/cli/at_time.bash
source "$(dirname "${BASH_SOURCE[0]}")/at_time.bash"

make_tsa() { # folder [name [start [days]]]
  local dir=$1 name=${2:-Invented Time} start=${3:-} days=${4:-3650} usage=${TSA_USAGE:-critical,timeStamping}
  mkdir -p "$dir"
  cat >"$dir/openssl.cnf" <<EOT
[req]
distinguished_name = none
prompt = no
[none]
CN = none
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[authority]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = $usage
[tsa]
default_tsa = only
[only]
serial = $dir/serial
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
ess_cert_id_chain = yes
accuracy = secs:1, millisecs:500
clock_precision_digits = 3
ordering = no
tsa_name = no
EOT
  echo 01 >"$dir/serial"
  (
    cd "$dir" || exit 1
    openssl ecparam -name prime256v1 -genkey -noout -out root.key
    case ${TSA_KEY:-p256} in
      p256) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out tsa.key ;;
      rsa*) openssl genpkey -algorithm RSA -pkeyopt "rsa_keygen_bits:${TSA_KEY#rsa}" -out tsa.key ;;
    esac
    at_time "$start" openssl req -x509 -new -key root.key -subj "/O=$name/CN=$name Root" -days "$days" \
      -config openssl.cnf -extensions root -out root.pem
    openssl req -new -key tsa.key -subj "/O=$name/CN=$name Authority" -config openssl.cnf -out tsa.csr
    at_time "$start" openssl x509 -req -in tsa.csr -CA root.pem -CAkey root.key -set_serial 2 -days "$days" \
      -extfile openssl.cnf -extensions authority -out tsa.pem
  ) >"$dir/log" 2>&1
}

stamp() { # folder request response [time]
  at_time "${4:-}" openssl ts -reply -config "$1/openssl.cnf" -section only -queryfile "$2" -signer "$1/tsa.pem" \
    -inkey "$1/tsa.key" -chain "$1/root.pem" -out "$3" >>"$1/log" 2>&1
}
