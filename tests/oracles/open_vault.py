"""Reads a vault by docs/formats/vault.md alone: HChaCha20 in a few lines, the rest by Python's cryptography
and cbor2. Prints a JSON object: each id's names and texts.

usage: open_vault.py DIR
"""

import hashlib
import hmac
import json
import struct
import sys

import cbor2
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305


def hchacha20(key, nonce):
    """Source: draft-irtf-cfrg-xchacha-03, section 2.2."""
    state = list(struct.unpack("<16I", b"expand 32-byte k" + key + nonce))

    def quarter(a, b, c, d):
        for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            state[x] = (state[x] + state[y]) & 0xffffffff
            state[z] ^= state[x]
            state[z] = (state[z] << turn | state[z] >> (32 - turn)) & 0xffffffff

    for _ in range(10):
        for column in range(4):
            quarter(column, column + 4, column + 8, column + 12)
        quarter(0, 5, 10, 15)
        quarter(1, 6, 11, 12)
        quarter(2, 7, 8, 13)
        quarter(3, 4, 9, 14)
    return struct.pack("<8I", *state[:4], *state[12:])


def unseal(key, sealed, context):
    nonce = sealed[:24]
    subkey = hchacha20(key, nonce[:16])
    return ChaCha20Poly1305(subkey).decrypt(b"\0\0\0\0" + nonce[16:], sealed[24:], context)


def checked(data):
    body, check = data[:-8], data[-8:]
    assert hashlib.sha256(body).digest()[:8] == check, "a check is wrong"
    return body


def encryption_key(folder):
    lines = open(folder + "/keys/vault.kek").read().split("\n")
    assert lines[0] == "tallystick-vault-key-v1" and len(lines) == 5
    assert lines[1].startswith("id: ") and lines[2].startswith("key: ")
    assert lines[3] == "check: " + hashlib.sha256(
        ("\n".join(lines[:3]) + "\n").encode()).hexdigest()[:16]
    return bytes.fromhex(lines[1][4:]), bytes.fromhex(lines[2][5:])


def person_keys(folder, tag):
    key_id, key = encryption_key(folder)
    data = open(folder + "/vault/person-keys", "rb").read()
    header = checked(data[:88])
    assert header[:8] == b"TALLYVK1" and header[8:24] == tag and header[24:40] == key_id
    assert unseal(key, header[40:], b"tallystick/vault/person-keys/v1\n" + tag + key_id) == b""
    keys = {}
    assert (len(data) - 88) % 96 == 0
    for at in range(88, len(data), 96):
        entry = checked(data[at:at + 96])
        keys[entry[:16]] = unseal(key, entry[16:], b"tallystick/vault/person-key/v1\n" + tag + key_id +
                                  entry[:16])
    return keys


def read(folder):
    data = open(folder + "/vault/data", "rb").read()
    header = checked(data[:48])
    assert header[:8] == b"TALLYVD1"
    list_key = header[8:]
    tag = hashlib.sha256(b"tallystick/vault/tag/v1\n" + list_key).digest()[:16]
    keys = person_keys(folder, tag)
    people, at, last = {}, 48, 0
    while at < len(data):
        head = checked(data[at:at + 37])
        length, kind, number, person = struct.unpack(">IBQ16s", head)
        entry = checked(data[at:at + 37 + length + 8])
        at += 37 + length + 8
        assert number > last
        last = number
        text = unseal(keys[person], entry[37:], b"tallystick/vault/entry/v1\n" + list_key +
                      bytes([kind]) + struct.pack(">Q", number) + person)
        held = people.setdefault(person.hex(), {"names": [], "fields": []})
        if kind == 1:
            held["names"].append(text.decode())
        else:
            field = cbor2.loads(text)
            assert cbor2.dumps(field, canonical=True) == text
            message = b"".join(struct.pack(">I", len(word)) + word.encode()
                               for word in (field[1], field[2])) + field[3].encode()
            held["fields"].append({"kind": field[1], "field": field[2], "text": field[3],
                                   "digest": hmac.new(field[4], message, hashlib.sha256).hexdigest()})
    listed = open(folder + "/vault/erasures").read().split("\n")
    assert listed[0] == "tallystick-erasures-v1" and listed[1].split(" ")[1] == tag.hex()
    erased = {line.split(" ")[2] for line in listed[2:-1]}
    for person in people:
        blinded = hmac.new(list_key, b"tallystick/vault/erased/v1\n" + bytes.fromhex(person),
                           hashlib.sha256).hexdigest()
        assert blinded not in erased, "somebody who was erased is here"
    return {"people": people, "erased": len(erased)}


if __name__ == "__main__":
    json.dump(read(sys.argv[1]), sys.stdout)
