"""A disk that is really full, and one that is mounted read-only, both under a served book. Needs the
right to mount; without it the test is skipped."""

import json
import os
import subprocess
import sys

from faults import Work, client_lines, expect, new_book, tally, vkey
from served import Served

DISK = "size=8m"


def mount(*words):
    return subprocess.run(["mount", *words], capture_output=True, text=True)


def fill(path):
    """Takes all the room there is."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                pass


def submit_until_refused(served, first):
    """Receipts by number, the number refused, and why."""
    receipts = {}
    for number in range(first, first + 20_000):
        status, answer = served.submit(client_lines(number, number + 1)[0])
        if status not in (200, 201):
            return receipts, number, (status, answer["reason"])
        receipts[number] = answer
    expect(False, "the disk never was full")


def check_refused_and_readable(served, number, durable):
    status, _, health = served.get("/health")
    state = json.loads(health)["status"]
    expect((status, state) in ((503, "stopped"), (200, "ok")), "health: %s" % health)
    status, answer = served.submit(client_lines(number + 1, number + 2)[0])
    expect(status == 503, "a later command: %s %s" % (status, answer))
    for receipt in list(durable.values())[-3:]:
        expect(served.get("/v1/books/faults/records/%d" % receipt["seq"])[0] == 200, "a durable record")


def check_all_there(book, receipts, extra):
    code, output, errors = tally("verify", "--data", book, "--key", vkey(book))
    expect(code == 0, "verify: %s%s" % (output, errors))
    served = Served(book)
    expect(served.listening, "it does not open: " + served.first_line)
    for number, receipt in receipts.items():
        status, again = served.submit(client_lines(number, number + 1)[0])
        expect(status == 200 and again == {**receipt, "hit": True}, "%d is lost: %s" % (number, again))
    expect(served.submit(client_lines(extra, extra + 1)[0])[0] in (200, 201), "it does not go on")
    expect(served.stop() == 0, served.errors)
    code, output, errors = tally("verify", "--data", book, "--key", vkey(book), "--recompute")
    expect(code == 0, "verify at the end: %s%s" % (output, errors))


def full_disk(disk):
    book = disk + "/book"
    new_book(book)
    served = Served(book)
    receipts, _, _ = {}, 0, 0
    for number in range(10):
        receipts[number] = served.submit(client_lines(number, number + 1)[0])[1]
    fill(disk + "/filler")
    more, refused, why = submit_until_refused(served, 10)
    receipts.update(more)
    print("full: %d acknowledged, then %s" % (len(receipts), why))
    check_refused_and_readable(served, refused, receipts)
    expect(served.stop() == 0, "it ended badly: " + served.errors)
    # Full to the last byte, whatever closing gave back: the book verifies and is read, and nothing is
    # written in part.
    fill(disk + "/more")
    expect(tally("verify", "--data", book)[0] == 0, "verify on the full disk")
    code, output, errors = tally("submit", "--data", book, "-", text=client_lines(60_000, 60_001)[0] + "\n")
    print("full, opened: %d %s%s" % (code, output.strip(), errors.strip()))
    expect(code in (1, 2) and "receipt" not in output, "on a full disk: %d %s" % (code, output))
    expect("No space left" in output + errors, "it is not said why: " + output + errors)
    os.remove(disk + "/filler")
    os.remove(disk + "/more")
    check_all_there(book, receipts, refused)


def read_only_disk(disk):
    book = disk + "/book"
    served = Served(book)
    expect(served.listening, "it does not open")
    receipts = {number: served.submit(client_lines(number, number + 1)[0])[1]
                for number in range(30_000, 30_010)}
    expect(served.stop() == 0, served.errors)
    expect(mount("-o", "remount,ro", disk).returncode == 0, "remount")
    for words in (("verify",), ("checkpoint",), ("record", "--seq", "3")):
        code, _, errors = tally(words[0], "--data", book, *words[1:])
        expect(code == 0, "%s on a read-only disk: %s" % (words[0], errors))
    code, output, errors = tally("submit", "--data", book, "-", text=client_lines(60_000, 60_001)[0] + "\n")
    expect(code in (1, 2) and not output, "submit on a read-only disk: %s %s" % (code, output))
    expect("Read-only" in errors and "docs/runbooks/" in errors and "book_in_use" not in errors,
           "it is not said why: " + errors)
    expect(mount("-o", "remount,rw", disk).returncode == 0, "remount")
    check_all_there(book, receipts, 31_000)


def main():
    with Work() as work:
        disk = work.fresh("mounted")
        mounted = mount("-t", "tmpfs", "-o", DISK, "tmpfs", disk)
        if mounted.returncode != 0:
            print("skipped: mounting is not permitted: " + mounted.stderr)
            sys.exit(77)
        try:
            full_disk(disk)
            read_only_disk(disk)
        finally:
            subprocess.run(["umount", disk], check=False)


if __name__ == "__main__":
    main()
