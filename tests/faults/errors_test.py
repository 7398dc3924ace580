"""Lets the Nth sync fail, the disk be full or read-only from the Nth call on, or a write fall short. The
commands concerned are answered with errors, the book stops in a state that says so, nothing that was
acknowledged is lost even by a power cut right after, and without the fault the book goes on.

A file whose sync failed is taken as never synced again, whatever later syncs say: so a retried sync
that is believed is seen as a loss.

usage: errors_test.py submit|serve|rotate|erase [--first N] [--every K]
"""

import argparse
import os

from cases import Erase, Rotate, Serve, Submit, check_book, image_of
from faults import Disk, Fault, Work, expect

# What fails, in which calls, and whether it goes on failing.
FAULTS = (("EIO", "s", False), ("ENOSPC", "wsn", True), ("EROFS", "wsn", True), ("short", "w", False))


def calls_in(log, ops):
    kinds = {"w": ("write", "pwrite", "pwrite64", "writev", "ftruncate", "ftruncate64", "fallocate",
                   "fallocate64"), "s": ("fsync", "fdatasync")}
    with open(log) as file:
        operations = [line.split(" ")[0] for line in file]
    known = kinds["w"] + kinds["s"] + ("sync_file_range",)
    return sum(any(operation in kinds.get(op, ()) or (op == "n" and operation not in known)
                   for op in ops) for operation in operations)


def sweep(work, case, first, every):
    base = work / "base"
    undisturbed, log = work.fresh("undisturbed", base), work / "log"
    code, receipts, errors = case.run(undisturbed + "/book", Fault(undisturbed, path=case.path, log=log))
    expect(code == 0 and len(receipts) == len(case.lines), "undisturbed: " + errors)
    reference = case.state(undisturbed + "/book")
    for do, ops, sticky in FAULTS:
        total, unanswered = calls_in(log, ops), 0
        for at in range(first, total + 1, every):
            disk, shadow = work.fresh("disk", base), work.fresh("shadow")
            before = Disk(disk, base, shadow)
            code, receipts, errors = case.run(disk + "/book",
                                              Fault(disk, do, at, ops, path=case.path, sticky=sticky,
                                                    shadow=shadow))
            print("%s: %s at %d of %d, ended with %s, %d receipts" %
                  (case.name, do, at, total, code, len(receipts)))
            expect(code in (0, 1, 2), "it did not end in order: %s %s" % (code, errors))
            expect(do != "short" or len(receipts) == len(case.lines), "a short write is no error")
            unanswered += len(receipts) < len(case.lines)
            for kind in ("killed", "power cut"):
                check_book(case, image_of(work, before, kind, at) + "/book", receipts, reference)
        expect(do == "short" or unanswered > 0, "%s never did any harm" % do)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=["submit", "serve", "rotate", "erase"])
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    with Work() as work:
        case = {"submit": Submit, "serve": Serve, "rotate": Rotate, "erase": Erase}[arguments.case](work)
        os.mkdir(work / "base")
        case.prepare(work, work / "base/book")
        sweep(work, case, arguments.first, arguments.every)


if __name__ == "__main__":
    main()
