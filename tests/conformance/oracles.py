#!/usr/bin/env python3
"""Compares `tally conformance` with programs nobody here wrote.

Usage: oracles.py SUMDB [SEED], with the program's path in TALLY; SUMDB is tests/conformance/sumdb.go, built.
"""

import base64
import decimal
import fractions
import json
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import cbor2  # noqa: E402

from port import Comparison, ask  # noqa: E402


def go(sumdb, questions):
    done = subprocess.run([sumdb], input="".join(json.dumps(q) + "\n" for q in questions).encode(),
                          stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def changed(data, rng):
    """The bytes with one bit, byte or piece changed."""
    data = bytearray(data)
    kind = rng.randrange(4)
    place = rng.randrange(len(data) + 1)
    if kind == 0 and data:
        data[place % len(data)] ^= 1 << rng.randrange(8)
    elif kind == 1 and data:
        del data[place % len(data)]
    elif kind == 2:
        data.insert(place, rng.randrange(256))
    else:
        begin = rng.randrange(len(data) + 1)
        data[place:place] = data[begin:begin + rng.randrange(1, 40)]
    return bytes(data)


# --- Notes: Go's golang.org/x/mod/sumdb/note ---

WORDS = ["example.com/log", "8", "\u00e9t\u00e9", "\u6c34", "a b", "\u2014 x y", "", "\u00a0", "+", "="]


def random_text(rng):
    return "".join("".join(rng.choices(WORDS, k=rng.randrange(1, 4))) + "\n"
                   for _ in range(rng.randrange(1, 6)))


def notes(sumdb, rng):
    compared = Comparison("notes")
    keys = go(sumdb, [{"Op": "key", "Name": f"log.example/{i}\u00e9", "Seed": rng.randbytes(32).hex()}
                      for i in range(8)])
    lines = [{"skey": rng.choice(keys)["skey"], "text": random_text(rng)} for _ in range(200)]
    ours = ask("note-sign", lines)
    theirs = go(sumdb, [{"Op": "sign", "Skey": q["skey"], "Text": q["text"]} for q in lines])
    for line, our, their in zip(lines, ours, theirs):
        compared.equal(our, their, f"signing {line}")

    drafts = [(random_text(rng), rng.sample(keys, rng.randrange(1, 4))) for _ in range(1500)]
    lines = [{"skey": key["skey"], "text": text} for text, signers in drafts for key in signers]
    signed = iter(ask("note-sign", lines))
    questions = []
    for text, signers in drafts:
        parts = [next(signed)["note"] for _ in signers]
        data = (parts[0] + "".join(part[len(text) + 1:] for part in parts[1:])).encode()
        if rng.randrange(3):
            data = changed(data, rng)
        questions.append({"note_b64": base64.b64encode(data).decode(),
                          "keys": [key["vkey"] for key in rng.sample(keys, rng.randrange(0, 5))]})
    ours = ask("note-verify", questions)
    theirs = go(sumdb, [{"Op": "open", "Note": q["note_b64"], "Keys": q["keys"]} for q in questions])
    stricter = 0
    for question, our, their in zip(questions, ours, theirs):
        if our["ok"]:
            names = [vkey.split("+")[0] for vkey in our["verified"]]
            compared.equal({"ok": True, "text": our["text"], "names": names}, their, question)
        elif their["ok"]:
            # Go passes over a signature that stands twice, and reads base64 that is not canonical.
            stricter += 1
            compared.equal(our["reason"], "note", f"{question}: {our}")
        else:
            compared.true("error" not in our, f"{question}: {our}")
    accepted = sum(our["ok"] for our in ours)
    compared.true(accepted > 200 and len(ours) - accepted > 200, f"{accepted} of {len(ours)} accepted")
    compared.true(stricter < len(ours) / 20, f"{stricter} refused that Go opens")
    return compared


# --- Trees: Go's golang.org/x/mod/sumdb/tlog ---

SIZE_BOUND = 2**62  # Beyond it, Go's search for a power of two does not end.


def changed_proof(proof, rng):
    proof = list(proof)
    kind = rng.randrange(4)
    if kind == 0 and proof:
        place = rng.randrange(len(proof))
        proof[place] = changed_hash(proof[place], rng)
    elif kind == 1 and proof:
        del proof[rng.randrange(len(proof))]
    elif kind == 2:
        proof.insert(rng.randrange(len(proof) + 1), rng.randbytes(32).hex())
    else:
        rng.shuffle(proof)
    return proof


def changed_hash(text, rng):
    data = bytearray.fromhex(text)
    data[rng.randrange(32)] ^= 1 << rng.randrange(8)
    return data.hex()


def inclusion(sumdb, rng):
    compared = Comparison("inclusion")
    lines = []
    for _ in range(300):
        leaves = [rng.randbytes(rng.randrange(40)).hex() for _ in range(rng.randrange(1, 200))]
        size = rng.randrange(1, len(leaves) + 1)
        lines.append({"leaves": leaves, "index": rng.randrange(size), "size": size})
    ours = ask("prove-inclusion", lines)
    theirs = go(sumdb, [{"Op": "inclusion", "Leaves": q["leaves"], "Index": q["index"], "Size": q["size"]}
                        for q in lines])
    leaf_hashes = ask("leaf-hash", [{"data": q["leaves"][q["index"]]} for q in lines])
    claims = []
    for line, our, their, leaf in zip(lines, ours, theirs, leaf_hashes):
        compared.equal(our, their, line)
        claim = {"leaf_hash": leaf["hash"], "index": line["index"], "size": line["size"],
                 "root": our["root"], "proof": our["proof"]}
        claims.append(claim)
        claims.append({**claim, "proof": changed_proof(claim["proof"], rng)})
        claims.append({**claim, "index": rng.randrange(claim["size"] + 2)})
        claims.append({**claim, "size": rng.randrange(1, 400)})
        claims.append({**claim, "root": changed_hash(claim["root"], rng)})
        claims.append({**claim, "size": rng.randrange(1, SIZE_BOUND), "index": rng.randrange(SIZE_BOUND)})
    ours = ask("verify-inclusion", claims)
    theirs = go(sumdb, [{"Op": "check-inclusion", "Leaf": c["leaf_hash"], "Index": c["index"],
                         "Size": c["size"], "Root": c["root"], "Proof": c["proof"]} for c in claims])
    for claim, our, their in zip(claims, ours, theirs):
        compared.equal(our["ok"], their["ok"], claim)
        compared.true("error" not in our, claim)
    return compared


def consistency(sumdb, rng):
    compared = Comparison("consistency")
    lines = []
    for _ in range(300):
        leaves = [rng.randbytes(rng.randrange(40)).hex() for _ in range(rng.randrange(1, 200))]
        size2 = rng.randrange(1, len(leaves) + 1)
        lines.append({"leaves": leaves, "size1": rng.randrange(1, size2 + 1), "size2": size2})
    ours = ask("prove-consistency", lines)
    theirs = go(sumdb, [{"Op": "consistency", "Leaves": q["leaves"], "Size1": q["size1"],
                         "Size2": q["size2"]} for q in lines])
    claims = []
    for line, our, their in zip(lines, ours, theirs):
        compared.equal(our, their, line)
        claim = {"size1": line["size1"], "size2": line["size2"], **our}
        claims.append(claim)
        claims.append({**claim, "proof": changed_proof(claim["proof"], rng)})
        claims.append({**claim, "size1": rng.randrange(1, claim["size2"] + 2)})
        claims.append({**claim, "size2": rng.randrange(1, 400)})
        claims.append({**claim, "root1": changed_hash(claim["root1"], rng)})
        claims.append({**claim, "root2": changed_hash(claim["root2"], rng)})
        claims.append({**claim, "root1": claim["root2"], "root2": claim["root1"]})
        claims.append({**claim, "size1": rng.randrange(1, SIZE_BOUND), "size2": rng.randrange(1, SIZE_BOUND)})
    ours = ask("verify-consistency", claims)
    theirs = go(sumdb, [{"Op": "check-consistency", "Size1": c["size1"], "Size2": c["size2"],
                         "Root1": c["root1"], "Root2": c["root2"], "Proof": c["proof"]} for c in claims])
    for claim, our, their in zip(claims, ours, theirs):
        compared.equal(our["ok"], their["ok"], claim)
        compared.true("error" not in our, claim)
    return compared


# --- Ed25519: openssl, and Go's crypto/ed25519 ---

PUBLIC_KEY_PREFIX = bytes.fromhex("302a300506032b6570032100")  # RFC 8410; the key's 32 bytes follow.


def signatures(sumdb, rng):
    compared = Comparison("signatures")
    questions = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def openssl(*words):
            return subprocess.run(["openssl", *words], cwd=folder, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, check=False)

        for _ in range(12):
            openssl("genpkey", "-algorithm", "ed25519", "-out", "key")
            key = openssl("pkey", "-in", "key", "-pubout", "-outform", "DER").stdout
            assert key.startswith(PUBLIC_KEY_PREFIX)
            (folder / "public").write_bytes(key)
            message = rng.randbytes(rng.randrange(1, 300))
            (folder / "message").write_bytes(message)
            openssl("pkeyutl", "-sign", "-rawin", "-inkey", "key", "-in", "message", "-out", "signature")
            signature = (folder / "signature").read_bytes()
            for one in (signature, changed(signature, rng), signature[:32] + rng.randbytes(32)):
                (folder / "signature").write_bytes(one)
                done = openssl("pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey",
                               "public", "-in", "message", "-sigfile", "signature")
                questions.append(({"public_key": key[12:].hex(), "message": message.hex(),
                                   "signature": one.hex()}, done.returncode == 0))
    ours = ask("ed25519-verify", [question for question, _ in questions])
    for (question, expected), our in zip(questions, ours):
        compared.equal(our["ok"], expected, question)
    compared.true(sum(expected for _, expected in questions) >= 12, "openssl accepts its own")

    good = [question for question, expected in questions if expected]
    questions = []
    for _ in range(2000):
        question = dict(rng.choice(good))
        name = rng.choice(list(question))
        question[name] = changed(bytes.fromhex(question[name]), rng).hex()
        if len(question["public_key"]) == 64:  # Go panics at another length.
            questions.append(question)
    ours = ask("ed25519-verify", questions)
    theirs = go(sumdb, [{"Op": "ed25519", "Keys": [q["public_key"]], "Text": q["message"],
                         "Note": q["signature"]} for q in questions])
    for question, our, their in zip(questions, ours, theirs):
        compared.equal(our["ok"], their["ok"], question)
    return compared


# --- CBOR: python3-cbor2 ---

def random_integer(rng):
    value = rng.getrandbits(rng.randrange(128))
    return value if rng.randrange(2) else -value


def random_item(rng, depth):
    kind = rng.randrange(6 if depth else 4)
    if kind == 0:
        return random_integer(rng)
    if kind == 1:
        return rng.randbytes(rng.randrange(30))
    if kind == 2:
        return "".join(rng.choices(["a", "\"", "\\", "\n", "\x01", "ü", "水", "𐅑"],
                                   k=rng.randrange(9)))
    if kind == 3:
        return bool(rng.randrange(2))
    if kind == 4:
        return [random_item(rng, depth - 1) for _ in range(rng.randrange(6))]
    return {rng.getrandbits(rng.randrange(65)): random_item(rng, depth - 1) for _ in range(rng.randrange(6))}


def quoted(text):
    """JSON has several spellings of a control character; this is the one that our answers have."""
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(named.get(c) or (c if " " <= c != "\x7f" else f"\\u{ord(c):04x}") for c in text) + '"'


def diagnostic(item):
    """RFC 8949 section 8; None if our records have no such value."""
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, int):
        return str(item) if abs(item) < 2**127 else None
    if isinstance(item, bytes):
        return f"h'{item.hex()}'"
    if isinstance(item, str):
        return quoted(item)
    if type(item) in (list, tuple):  # And not cbor2's simple value, which is a tuple too.
        parts = [diagnostic(part) for part in item]
        return None if None in parts else "[" + ", ".join(parts) + "]"
    if isinstance(item, dict):
        if not all(type(key) is int and 0 <= key < 2**64 for key in item):
            return None
        parts = [diagnostic(part) for part in item.values()]
        if None in parts:
            return None
        return "{" + ", ".join(f"{key}: {part}" for key, part in zip(item, parts)) + "}"
    return None


def depth_of(item):
    if isinstance(item, (list, tuple)):
        return 1 + max(map(depth_of, item), default=0)
    if isinstance(item, dict):
        return 1 + max(map(depth_of, item.values()), default=0)
    return 0


def expected_diagnostic(data):
    """What cbor2 says of the bytes: the notation, or None if they are not the one encoding."""
    try:
        item = cbor2.loads(data)
        if cbor2.dumps(item, canonical=True) != data or depth_of(item) > 16:
            return None
        return diagnostic(item)
    except Exception:  # cbor2 has many.
        return None


def cbor(_, rng):
    compared = Comparison("cbor")
    encoded = []
    for _ in range(3000):
        data = cbor2.dumps(random_item(rng, rng.randrange(5)), canonical=True)
        encoded.append(data)
        encoded.append(changed(data, rng))
    encoded += [bytes(rng.choices([0x00, 0x18, 0x40, 0x41, 0x61, 0x80, 0x81, 0x82, 0xa0, 0xa1, 0xc2, 0xc3,
                                   0xf4, 0xf6, 0xf9, 0xff, 0x49], k=rng.randrange(1, 14)))
                for _ in range(3000)]
    accepted = 0
    for data, our in zip(encoded, ask("cbor-decode", [{"data": data.hex()} for data in encoded])):
        expected = expected_diagnostic(data)
        accepted += expected is not None
        compared.equal(our.get("diagnostic"), expected, data.hex())
        compared.equal(our["ok"], expected is not None, data.hex())
    compared.true(3000 < accepted < len(encoded) - 1000, f"{accepted} of {len(encoded)} accepted")
    return compared


# --- Figures: Python's decimal and fractions ---

MODES = {"floor": decimal.ROUND_FLOOR, "ceiling": decimal.ROUND_CEILING, "down": decimal.ROUND_DOWN,
         "up": decimal.ROUND_UP, "half_even": decimal.ROUND_HALF_EVEN, "half_up": decimal.ROUND_HALF_UP,
         "half_down": decimal.ROUND_HALF_DOWN}


def random_decimal(rng):
    # Few sorts of digits, so that halves and carries are met often.
    digits = "".join(rng.choices(rng.choice(["0123456789", "05", "09", "59", "4950"]), k=rng.randrange(1, 60)))
    point = rng.randrange(len(digits) + 1)
    whole = digits[:point].lstrip("0") or "0"
    text = whole + ("." + digits[point:] if point < len(digits) else "")
    return "-" + text if rng.randrange(2) and text.strip("0.") else text


def rounding(_, rng):
    compared = Comparison("rounding")
    context = decimal.Context(prec=4000)
    lines = [{"value": random_decimal(rng), "scale": rng.randrange(-40, 50), "mode": rng.choice(list(MODES))}
             for _ in range(8000)]
    for line, our in zip(lines, ask("round", lines)):
        rounded = decimal.Decimal(line["value"]).quantize(decimal.Decimal((0, (1,), -line["scale"])),
                                                          MODES[line["mode"]], context)
        compared.equal(our, {"value": format(abs(rounded) if rounded == 0 else rounded, "f")}, line)
        if rounded == 0 and line["scale"] < 0:
            compared.equal(our["value"], "0", line)
    return compared


def split(total, weights):
    """Largest remainder in whole units, the lower index first among equals."""
    if total < 0:
        return [-part for part in split(-total, weights)]
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[:total - sum(parts)]:
        parts[i] += 1
    return parts


def allocation(_, rng):
    compared = Comparison("allocation")
    lines = []
    for _ in range(2000):
        scale = rng.randrange(0, 9)
        units = rng.randrange(-10**rng.randrange(1, 20), 10**rng.randrange(1, 20))
        weights = [rng.choice([0, 1, 1, rng.randrange(1000), f"{rng.randrange(10**6)}.{rng.randrange(10**4):04}"])
                   for _ in range(rng.randrange(1, 30))]
        weights.append(1)
        total = format(decimal.Decimal(units).scaleb(-scale), "f") if units else "0"
        lines.append({"total": total, "scale": scale, "weights": weights})
    for line, our in zip(lines, ask("allocate", lines)):
        units = int(decimal.Decimal(line["total"]).scaleb(line["scale"]))
        parts = split(units, [fractions.Fraction(weight) for weight in line["weights"]])
        expected = [format(decimal.Decimal(part).scaleb(-line["scale"]), "f") if part else
                    format(decimal.Decimal(0).scaleb(-line["scale"]), "f") for part in parts]
        compared.equal(our, {"parts": expected}, line)
    return compared


def main():
    sumdb = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for compare in (notes, inclusion, consistency, signatures, cbor, rounding, allocation):
        compared = compare(sumdb, random.Random(f"{compare.__name__} {seed}"))
        print(f"{compared.name}: {compared.count} compared")


if __name__ == "__main__":
    main()
