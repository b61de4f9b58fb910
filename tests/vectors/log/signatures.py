"""Keys and signatures, as docs/format.md section 4 and annexes C and F give them; the arithmetic is
left to the openssl program."""

import pathlib
import subprocess
import tempfile

from canonical import from_base64, need, sha256

ED25519 = bytes.fromhex("302a300506032b6570032100")
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200" "04")
PRIVATE_ED25519 = bytes.fromhex("302e020100300506032b657004220420")
SMALL_ORDER = [bytes.fromhex(text) for text in (
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
FIELD = 2**256 - 2**224 + 2**192 + 2**96 - 1
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

_verified = {}


def check_key(spki):
    """Refuses what is no key of the two kinds, and weak ones."""
    if len(spki) == 44 and spki.startswith(ED25519):
        raw = bytearray(spki[len(ED25519):])
        raw[31] &= 0x7F
        need(int.from_bytes(raw, "little") < 2**255 - 19, "an Ed25519 key that is not reduced")
        need(bytes(raw) not in SMALL_ORDER, "an Ed25519 key of small order")
        return
    need(len(spki) == 91 and spki.startswith(P256), "neither Ed25519 nor P-256")
    x, y = (int.from_bytes(spki[a:a + 32], "big") for a in (27, 59))
    need(x < FIELD and y < FIELD, "a coordinate that is not reduced")
    need((y * y - (x**3 - 3 * x + CURVE_B)) % FIELD == 0, "no point of the curve")


def take_integer(der):
    need(len(der) >= 3 and der[0] == 2 and 1 <= der[1] <= 33 and len(der) >= 2 + der[1], "DER")
    digits, rest = der[2:2 + der[1]], der[2 + der[1]:]
    need(digits[0] < 0x80 and (digits[0] or (len(digits) > 1 and digits[1] >= 0x80)), "DER")
    value = int.from_bytes(digits, "big")
    need(1 <= value < ORDER, "r or s out of range")
    return value, rest


def verify(spki, message, signature):
    """Refuses a signature that is not by this key over these bytes."""
    check_key(spki)
    if len(spki) == 44:
        need(len(signature) == 64, "not 64 bytes of signature")
    else:
        need(len(signature) >= 2 and signature[0] == 0x30, "no DER sequence")
        need(signature[1] == len(signature) - 2, "not one DER sequence")
        _, rest = take_integer(signature[2:])
        s, rest = take_integer(rest)
        need(not rest and s <= ORDER // 2, "not r and a low s")
    case = sha256(spki, len(message).to_bytes(8, "big"), message, signature)
    if case not in _verified:
        _verified[case] = openssl_verifies(spki, message, signature)
    need(_verified[case], "the signature does not verify")


def openssl_verifies(spki, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        names = [pathlib.Path(folder, name) for name in ("key", "message", "signature")]
        for name, content in zip(names, (spki, message, signature)):
            name.write_bytes(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names[0],
                   "-rawin", "-in", names[1], "-sigfile", names[2]]
        if len(spki) != 44:
            command += ["-digest", "sha256"]
        return subprocess.run(command, capture_output=True).returncode == 0


def sign(seed, message):
    """With the Ed25519 key of a seed; for altered logs."""
    with tempfile.TemporaryDirectory() as folder:
        key, text = pathlib.Path(folder, "key"), pathlib.Path(folder, "message")
        key.write_bytes(PRIVATE_ED25519 + seed)
        text.write_bytes(message)
        command = ["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", key, "-rawin",
                   "-in", text]
        return subprocess.run(command, check=True, capture_output=True).stdout


def public_of(seed):
    """The SubjectPublicKeyInfo of that key."""
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder, "key")
        key.write_bytes(PRIVATE_ED25519 + seed)
        command = ["openssl", "pkey", "-inform", "DER", "-in", key, "-pubout", "-outform", "DER"]
        return subprocess.run(command, check=True, capture_output=True).stdout


def pae(kind, payload):
    kind = kind.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


SUBMISSION = "application/vnd.assay.submission.v1+json"
REFUSAL = "application/vnd.assay.refusal.v1+json"


def read_vkey(text):
    """(name, type, SubjectPublicKeyInfo) of a vkey."""
    name, keyid, rest = text.split("+", 2)
    raw = from_base64(rest)
    need(len(raw) == 33 and raw[0] in (1, 4), "a vkey of another type")
    need(note_keyid(name, raw[0], raw[1:]).hex() == keyid, "the id in the vkey is not its own")
    return name, raw[0], ED25519 + raw[1:]


def note_keyid(name, kind, raw):
    return sha256(name.encode(), b"\n", bytes([kind]), raw)[:4]


def openssl_is_there():
    try:
        return subprocess.run(["openssl", "version"], capture_output=True).returncode == 0
    except OSError:
        return False

