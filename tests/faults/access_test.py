"""Readings of a served book while it is killed, while its disk fails, and while the book itself has stopped.
What was answered was put down, is recorded once, and survives a power cut; what cannot be put down is not
answered.

usage: access_test.py [--every K]     every K-th crash point only; default 1
"""

import argparse
import json
import os
import random
import re

from cases import IMAGES, image_of
from crash_test import crash_points
from faults import Disk, Fault, Work, client_lines, expect, new_book, tally, write_lines
from served import Served

READS = 6


def query(number):
    return "kind=client_registered&limit=%d" % number


def prepare(work, book):
    new_book(book)
    write_lines(work / "lines", client_lines(1, 3))
    for words in (("access", "init", "--data", book), ("submit", "--data", book, work / "lines"),
                  ("access", "drain", "--data", book)):
        code, output, errors = tally(*words)
        expect(code == 0, output + errors)


def read(served, number):
    """The status; None if the server is gone."""
    answer = served.get("/v1/books/faults/history?" + query(number))
    return answer and answer[0]


def run(folder, fault=None):
    """The exit code, and the numbers of the readings that were answered and refused."""
    served = Served(folder, env=fault.env if fault else None)
    answered, refused = [], []
    for number in range(1, READS + 1):
        status = read(served, number) if served.listening else None
        if status is None:
            break
        (answered if status == 200 else refused).append(number)
    return served.stop(), answered, refused


def check(folder, answered):
    code, output, errors = tally("verify", "--data", folder)
    expect(code == 0, "verify: %s%s" % (output, errors))
    code, output, errors = tally("access", "drain", "--data", folder)
    expect(code == 0, "drain: %s%s" % (output, errors))
    code, output, errors = tally("history", "--data", folder + "/access", "--kind", "read_recorded",
                                 "--limit", "1000")
    expect(code == 0, "history: " + errors)
    readings = [record["body"]["reading"] for record in json.loads(output)["records"]]
    numbers = [reading["number"] for reading in readings]
    expect(numbers == list(range(1, len(numbers) + 1)), "gaps or doubles: %s" % numbers)
    queries = [reading["query"] for reading in readings]
    for number in answered:
        expect(queries.count(query(number)) == 1, "reading %d, answered, stands there %d times" %
               (number, queries.count(query(number))))
    code, output, errors = tally("verify", "--data", folder)
    expect(code == 0, "verify after it: %s%s" % (output, errors))


def crashes(work, base, every):
    undisturbed, log = work.fresh("undisturbed", base), work / "log"
    code, answered, _ = run(undisturbed + "/book", Fault(undisturbed, log=log, path="/access/"))
    expect(code == 0 and len(answered) == READS, "undisturbed: %s %s" % (code, answered))
    check(undisturbed + "/book", answered)
    crashed = 0
    points = list(crash_points(log))
    for number, (at, how) in enumerate(points):
        if number % every != 0:
            continue
        disk, shadow = work.fresh("disk", base), work.fresh("shadow")
        before = Disk(disk, base, shadow)
        # Calls of others are not counted, and a power cut takes what was not synced of them too.
        code, answered, _ = run(disk + "/book",
                                Fault(disk, how, at, shadow=shadow, path="/access/"))
        crashed += code == -9
        for kind in IMAGES if every == 1 else (IMAGES[number // every % len(IMAGES)],):
            print("access: call %d, %s, %s, %d answered" % (at, how, kind, len(answered)))
            check(image_of(work, before, kind, at) + "/book", answered)
    expect(crashed > 0, "nothing crashed")
    print("access: %d crashes of %d points" % (crashed, len(points)))


def calls_of_opening(work, base, ops, path):
    """How many calls the opening makes that count, in a run without a fault."""
    disk, log = work.fresh("counted", base), work / "opening.log"
    if os.path.exists(log):
        os.remove(log)
    served = Served(disk + "/book", env=Fault(disk, ops=ops, path=path, log=log).env)
    expect(served.listening, "it does not serve")
    calls = sum(1 for _ in open(log)) if os.path.exists(log) else 0
    served.stop()
    return calls


def failing_spool(work, base):
    """A sync that fails, a disk that is full: refused, and answered again afterwards."""
    for do, ops, sticky in (("EIO", "s", False), ("ENOSPC", "ws", False), ("ENOSPC", "ws", True)):
        opening = calls_of_opening(work, base, ops, "/access/spool")
        disk = work.fresh("disk", base)
        code, answered, refused = run(disk + "/book", Fault(disk, do, opening + 1, ops, sticky=sticky,
                                                            path="/access/spool"))
        print("access: %s in the spool, answered %s, refused %s" % (do, answered, refused))
        expect(code == 0, "it ended with %s" % code)
        expect(refused[:1] == [1], "an answer without an entry")
        expect(sticky or answered == list(range(2, READS + 1)), "it does not go on")
        check(disk + "/book", answered)


def stopped_main_book(work, base):
    """The main book's sync fails: no command is taken any more, and readings are put down all the same."""
    path = "/book/store/"
    opening = calls_of_opening(work, base, "s", path)
    disk = work.fresh("disk", base)
    served = Served(disk + "/book", env=Fault(disk, "EIO", opening + 1, "s", path=path).env)
    expect(served.listening, "it does not serve")
    status, answer = served.submit(client_lines(9, 10)[0])
    expect(status == 503, "the command: %s %s" % (status, answer))
    expect(json.loads(served.get("/health")[2])["status"] == "stopped", "it has not stopped")
    for number in range(1, READS + 1):
        expect(read(served, number) == 200, "reading %d of a stopped book" % number)
    shown = served.get("/v1/books/faults/access?limit=1000")
    expect(shown[0] == 200 and query(READS) in shown[2].replace("\\u0026", "&"), "who read: %s" % shown[2])
    served.stop()
    check(disk + "/book", range(1, READS + 1))
    print("access: read while the book had stopped")


# As in a book (docs/formats/store.md): nothing rests on them, or what uses them refuses them.
EXEMPT = re.compile(r"^(store|index)/(OPTIONS-\d+|IDENTITY|LOCK|LOG(\.old.*)?)$|^spool\.lock$|^verifier-key$"
                    r"|^keys/|^private/|^signer/")


def flips(work, base):
    """One bit of every file of the log of reads and its spool: verifying the main book finds it."""
    dice = random.Random(7)
    disk = work.fresh("disk", base)
    run(disk + "/book")
    code, _, errors = tally("history", "--data", disk + "/book", "--kind", "client_registered")
    expect(code == 0, errors)  # One entry waits in the spool.
    flipped = 0
    for here, _, names in os.walk(disk + "/book/access"):
        for name in sorted(names):
            path = os.path.relpath(os.path.join(here, name), disk)
            size = os.path.getsize(os.path.join(disk, path))
            if size == 0 or EXEMPT.match(os.path.relpath(path, "book/access")):
                continue
            copy = work.fresh("flipped", disk)
            with open(os.path.join(copy, path), "r+b") as file:
                content = file.read()
                # Behind the end of a write-ahead log lies space that was only taken.
                place = dice.randrange(len(content.rstrip(b"\0")) or len(content))
                file.seek(place)
                file.write(bytes([content[place] ^ 1 << dice.randrange(8)]))
            code, output, errors = tally("verify", "--data", copy + "/book")
            expect(code == 1, "%s byte %d was not found: %s" % (path, place, output))
            flipped += 1
    expect(flipped >= 4, "only %d files" % flipped)
    print("access: a bit of %d files" % flipped)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    with Work() as work:
        base = work.fresh("base")
        prepare(work, base + "/book")
        stopped_main_book(work, base)
        failing_spool(work, base)
        flips(work, base)
        crashes(work, base, arguments.every)


if __name__ == "__main__":
    main()
