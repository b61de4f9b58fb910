"""The golden log with something changed in a file beside it."""

import signatures
import trees
from altered import base64_of, canonical
from canonical import read, sha256
from mutant import entry_file, mutant, replaced


def beside(name, claim, file, old, new):
    def make(files, _):
        return replaced(files, file, old, new)
    make.__name__ = name
    mutant(claim)(make)


beside("another log", "identity", "log.txt", b"log_id ", b"log_id 0")
beside("a pin of another log", "pin", "pin.json", b'"log":"', b'"log":"0')
beside("a pin without its line feed", "pin", "pin.json", b"\n", b"")
beside("a pin of another size", "pin", "pin.json", b"\\n12\\n", b"\\n11\\n")
beside("a pin of another schema", "pin", "pin.json", b"assay.pin/1", b"assay.pin/2")
beside("a proof of another entry", "proof", "entry-07.tlog-proof", b"index 7\n", b"index 6\n")
beside("a proof with a hash too many", "proof", "entry-07.tlog-proof", b"index 7\n",
       b"index 7\n" + b"A" * 43 + b"=\n")
beside("a proof of another version", "proof", "entry-07.tlog-proof", b"@v1", b"@v2")
beside("a consistency proof from another size", "consistency", "consistency.txt", b"12\n", b"11\n")
beside("an opening with another value", "opening", "name.opening", b"A. N. Other", b"N. E. Body")
beside("an opening with another salt", "opening", "name.opening", b'"salt":"', b'"salt":"0')
beside("a refused submission of other bytes", "refusal", "refused.dsse", b'"payload": "ey',
       b'"payload": "fy')


@mutant("refusal")
def a_refusal_of_what_is_in_the_log(files, keys):
    submission = read(files[entry_file(8)])["submission"].raw
    said = {"log": trees.leaf(files[entry_file(0)]).hex(), "message": "no", "reason": "rejected",
            "size": 8, "submission": sha256(submission).hex()}
    payload = canonical(said)

    def envelope(kind, content, name):
        signature = signatures.sign(keys.seeds[name], signatures.pae(kind, content))
        return canonical({"payload": base64_of(content), "payloadType": kind, "signatures": [
            {"keyid": keys.id(name), "sig": base64_of(signature)}]})
    return {**files, "refused.dsse": envelope(signatures.SUBMISSION, submission, "harness"),
            "refusal.dsse": envelope(signatures.REFUSAL, payload, "log-0")}


@mutant("tiles")
def one_bit_of_a_tile(files, _):
    name = "tile/0/000.p/14"
    return {**files, name: bytes([files[name][0] ^ 1]) + files[name][1:]}


@mutant("tiles")
def a_bundle_cut_short(files, _):
    name = "tile/entries/000.p/14"
    return {**files, name: files[name][:-1]}
