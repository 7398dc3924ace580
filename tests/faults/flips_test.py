"""Flips bits in every kind of file of a book. Each flip is found by verify or by what uses the file, or
the file is one of those that docs/formats/store.md lists as exempt, and then nothing changes.

usage: flips_test.py [--places N] [--seed S] [--runs]     places in each file; --runs: a book with index runs
"""

import argparse
import json
import os
import random
import re

from cases import open_accounts
from faults import (Fault, Work, checkpoint, client_lines, expect, new_book, read_bytes, tally, vkey,
                    write_lines)
from served import Served

# Of docs/formats/store.md: nothing rests on them, or what uses them fails closed.
EXEMPT = re.compile(r"^(store|index)/(OPTIONS-\d+|IDENTITY|LOCK|LOG(\.old.*)?)$|^private/(auditor-)?token$|^keys/(root|officer-\d)\.key$")


def kind_of(path):
    for pattern, kind in ((r"^store/", "records"), (r"^index/", "derived"), (r"^snapshot$", "derived"),
                          (r"^signer/memory$", "memory"), (r"^keys/log\.key$", "opening"),
                          (r"^published/", "published"), (r"^(vault/(data|person-keys|erasures)|keys/vault\.kek)$", "opening"), (r"^verifier-key$", "verifier-key")):
        if re.match(pattern, path):
            return kind
    expect(False, path + " is a file that this test does not know")


def files_of(book):
    for here, _, names in os.walk(book):
        for name in sorted(names):
            yield os.path.relpath(os.path.join(here, name), book)


def flip(path, place):
    with open(path, "r+b") as file:
        file.seek(place // 8)
        byte = file.read(1)[0]
        file.seek(place // 8)
        file.write(bytes([byte ^ 1 << place % 8]))


def places_in(book, path, count, dice):
    """Bits to flip; of the signer's memory those that mean something, of the newest slot."""
    content = read_bytes(os.path.join(book, path))
    first, end = 0, len(content)
    if path == "signer/memory":
        slot = len(content) // 2
        first = max((int.from_bytes(content[at + 8:at + 16], "big"), at) for at in (0, slot))[1]
        end = first + 20 + int.from_bytes(content[first + 16:first + 20], "big") + 32
    elif path.endswith(".log"):
        end = len(content.rstrip(b"\0"))  # Behind it lies space that was only taken.
    bits = (end - first) * 8
    return sorted(8 * first + bit for bit in dice.sample(range(bits), min(count, bits)))


def verify(book, key):
    code, output, errors = tally("verify", "--data", book, "--key", key, "--json")
    return code, json.loads(output) if code == 0 or output else None, errors


def submit(book, number):
    return tally("submit", "--data", book, "-", text=client_lines(number, number + 1)[0] + "\n")


def check_flip(book, path, key, reference):
    kind = "exempt" if EXEMPT.match(path) else kind_of(path)
    if kind == "verifier-key":
        flipped = read_bytes(os.path.join(book, path)).decode(errors="replace").split("\n")[0]
        code, _, errors = tally("verify", "--data", book, "--key", flipped)
        return expect(code != 0, "a flipped verifier key was believed")
    if kind == "opening":
        code, output, errors = submit(book, 9000)
        return expect(code != 0 and checkpoint(book) == reference,
                      "%s: the book was opened: %s%s" % (path, output, errors))
    code, report, errors = verify(book, key)
    expect(code >= 0 and code <= 2, "%s: verify ended with %d: %s" % (path, code, errors))
    if kind == "exempt":
        return expect(code == 0 and checkpoint(book) == reference, "%s matters: %s" % (path, errors))
    if kind == "memory":
        # The slot before it counts, as after a crash; the records are beyond it, and are signed anew.
        expect(code == 0 and report["signer_slot_damaged"], "%s: nothing is said of it" % path)
        code, output, errors = submit(book, 9000)
        return expect(code == 0 and verify(book, key)[0] == 0, "after it: %s%s" % (output, errors))
    expect(code != 0, "%s: the flip was not found" % path)
    if kind == "published":
        return
    if kind == "records":
        code, output, errors = submit(book, 9000)
        expect(code != 0, "%s: a damaged book was written: %s" % (path, output))
        return
    expect(report is not None and report["findings_count"] == 0 and report["rebuildable"],
           "%s: not called rebuildable: %s %s" % (path, report, errors))


def closed_and_killed(work, runs):
    """A book that was closed, and one whose writer was killed with records in the write-ahead log."""
    closed = work.fresh("disk") + "/closed"
    new_book(closed)
    lines = client_lines(1, 40)
    if runs:
        lines += [open_accounts("o-%d" % number, 1000) for number in range(70)]
    write_lines(work / "lines", lines)
    code, output, errors = tally("submit", "--data", closed, work / "lines")
    expect(code == 0, "submit: %s%s" % (output[-500:], errors))
    served = Served(closed)
    expect(served.listening and served.stop() == 0, "its checkpoint was not published")
    killed = work.fresh("disk/killed", closed)
    write_lines(work / "more", client_lines(100, 140))
    fault = Fault(killed, "kill_before", 1, "n", path="/snapshot")
    code, _, _ = tally("submit", "--data", killed, work / "more", env=fault.env)
    expect(code == -9, "the writer was not killed")
    return closed, killed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--places", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", action="store_true")
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    with Work() as work:
        flips = {}
        for book in closed_and_killed(work, arguments.runs):
            key, reference = vkey(book), checkpoint(book)
            expect(verify(book, key)[0] == 0, "a sound book was refused")
            for path in files_of(book):
                # Of the killed writer only its write-ahead log is of a kind of its own.
                if book.endswith("killed") and not re.match(r"store/.*\.log$", path):
                    continue
                if os.path.getsize(os.path.join(book, path)) == 0:
                    continue
                for place in places_in(book, path, arguments.places, dice):
                    copy = work.fresh("copy", book)
                    flip(os.path.join(copy, path), place)
                    print("bit %d of %s" % (place, path))
                    check_flip(copy, path, key, reference)
                kind = re.sub(r"\d{2,}", "N", path)
                flips[kind] = flips.get(kind, 0) + 1
        print(flips)
        for needed in ("store/N.log", "store/N.sst", "store/MANIFEST-N", "store/CURRENT", "index/N.sst",
                       "index/MANIFEST-N", "index/CURRENT", "snapshot", "signer/memory", "keys/log.key",
                       "published/checkpoint", "published/history/N.notes", "vault/data",
                       "vault/person-keys", "vault/erasures", "keys/vault.kek",
                       "private/token", "verifier-key"):
            expect(needed in flips, "there was no " + needed + " to flip a bit in")


if __name__ == "__main__":
    main()
