"""Kills `tally` at its Nth write, sync or change of a name, and looks at what is left: as the process
left it, and as a power cut would (nothing that was not synced, or some of it). Nothing acknowledged may
be lost, nothing half-done be seen, and the same commands sent again must lead to the very book that no
crash ever touched.

usage: crash_test.py init|submit|serve|runs|parts|rotate|erase|migrate [--every K]     every K-th crash point only; default 1
"""

import argparse
import os

from cases import Erase, IMAGES, Migrate, Parts, Rotate, Runs, Serve, Submit, check_book, image_of
from faults import Disk, Fault, Work, checkpoint, client_lines, expect, tally, vkey


def crash_points(log):
    """(N, how) for each call that was counted: before it, and in the middle of it if it is a write."""
    with open(log) as file:
        operations = [line.split(" ")[0] for line in file]
    for number, operation in enumerate(operations, 1):
        yield number, "kill_before"
        if operation in ("write", "pwrite", "pwrite64", "writev"):
            yield number, "kill_half"
    yield len(operations), "kill_after"


def crash_everywhere(work, case, every):
    base = work / "base"
    undisturbed = work.fresh("undisturbed", base)
    log = work / (case.name + ".log")
    code, receipts, errors = case.run(undisturbed + "/book", Fault(undisturbed, log=log))
    expect(code == 0 and len(receipts) == len(case.lines), "undisturbed: " + errors)
    reference = case.state(undisturbed + "/book")
    points = list(crash_points(log))
    crashed = 0
    for number, (at, how) in enumerate(points):
        if number % every != 0:
            continue
        disk, shadow = work.fresh("disk", base), work.fresh("shadow")
        before = Disk(disk, base, shadow)
        code, receipts, _ = case.run(disk + "/book", Fault(disk, how, at, shadow=shadow))
        crashed += code == -9
        # Of a stride, each point is looked at in one way; in full, in every way.
        for kind in IMAGES if every == 1 else (IMAGES[number // every % len(IMAGES)],):
            print("%s: call %d, %s, %s, %d receipts" % (case.name, at, how, kind, len(receipts)))
            check_book(case, image_of(work, before, kind, at) + "/book", receipts, reference)
    # Two threads write, so the last calls of some runs come earlier; most points must be real.
    expect(crashed * 10 >= len(range(0, len(points), every)) * 9, "only %d runs crashed" % crashed)
    print("%s: %d crashes of %d points, %d open batches" %
          (case.name, crashed, len(points), case.open_batches))
    # Which calls lie between the parts is known of a run that visits all of them.
    expect(case.name != "parts" or every > 1 or case.open_batches > 0, "no batch was broken off")


def crash_init(work, every):
    """A book that is made halfway is refused by name, and can be made again."""
    log = work / "init.log"
    words = ("--book", "ledger.example/faults", "--profile", "cysec", "--time-zone", "Asia/Nicosia",
             "--simulated", "s1")
    base, undisturbed = work.fresh("nothing"), work.fresh("undisturbed")
    code, _, errors = tally("init", "--data", undisturbed + "/book", *words,
                            env=Fault(undisturbed, log=log).env)
    expect(code == 0, "init: " + errors)
    reference = checkpoint(undisturbed + "/book")
    points = list(crash_points(log))
    for number, (at, how) in enumerate(points):
        if number % every != 0:
            continue
        disk, shadow = work.fresh("disk", base), work.fresh("shadow")
        before = Disk(disk, base, shadow)
        code, output, _ = tally("init", "--data", disk + "/book", *words,
                                env=Fault(disk, how, at, shadow=shadow).env)
        for kind in IMAGES if every == 1 else (IMAGES[number // every % len(IMAGES)],):
            print("init: call %d, %s, %s" % (at, how, kind))
            check_made(image_of(work, before, kind, at) + "/book", words, bool(output), reference)
    print("init: %d points" % len(points))


def check_made(folder, words, answered, reference):
    code, _, errors = tally("verify", "--data", folder)
    whole = code == 0
    expect(whole or not answered, "a book that was answered is gone: " + errors)
    if not whole:
        expect(code != -6 and "tally init" in errors, "no word of what to do: " + errors)
        write = tally("submit", "--data", folder, "-", text=client_lines(1, 2)[0] + "\n")
        expect(write[0] != 0, "a book made halfway was written")
        code, _, errors = tally("init", "--data", folder, *words)
        expect(code == 0, "it cannot be made again: " + errors)
    expect(checkpoint(folder) == reference, "another book")
    code, output, errors = tally("verify", "--data", folder, "--key", vkey(folder), "--recompute")
    expect(code == 0, "verify: %s%s" % (output, errors))
    code, _, errors = tally("init", "--data", folder, *words)
    expect(code != 0 and "exists" in errors, "a book was made over another one")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=["init", "submit", "serve", "runs", "parts", "rotate", "erase", "migrate"])
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    with Work() as work:
        if arguments.case == "init":
            return crash_init(work, arguments.every)
        case = {"submit": Submit, "serve": Serve, "runs": Runs, "parts": Parts,
                "rotate": Rotate, "erase": Erase, "migrate": Migrate}[arguments.case](work)
        os.mkdir(work / "base")
        case.prepare(work, work / "base/book")
        crash_everywhere(work, case, arguments.every)


if __name__ == "__main__":
    main()
