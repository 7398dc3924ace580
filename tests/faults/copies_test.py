"""Parts of a book of another time, or of another book, put beside the rest: the signer's memory finds a
store that is shorter; an index or a snapshot of other records does not count, is reported as rebuildable,
and never changes an answer.

usage: copies_test.py [--runs]     --runs: books so large that their indexes have runs
"""

import argparse
import json
import os
import shutil

from cases import open_accounts
from faults import Work, checkpoint, client_lines, expect, new_book, tally, vkey, write_lines

PARTS = ("store", "signer", "index", "snapshot")


def made(work, name, batches):
    """The book after each of the batches, closed."""
    book = work.fresh(name) + "/book"
    new_book(book, name)
    copies = []
    for number, lines in enumerate(batches):
        write_lines(work / "lines", lines)
        code, output, errors = tally("submit", "--data", book, work / "lines")
        expect(code == 0, "submit: %s%s" % (output[-500:], errors))
        copies.append(shutil.copytree(book, "%s/%d" % (work / name, number)))
    return copies


def mixed(work, base, **parts):
    """`base` with parts of others; None: without."""
    book = work.fresh("mixed", base)
    for part in PARTS:
        if part not in parts:
            continue
        path, source = os.path.join(book, part), parts[part] and os.path.join(parts[part], part)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.exists(path):
            os.remove(path)
        if source:
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, path)
    return book


def verify(book):
    code, output, errors = tally("verify", "--data", book, "--key", vkey(book), "--json")
    report = json.loads(output) if output else {}
    return (code, sorted({finding["reason"] for finding in report.get("findings", [])}),
            sorted({finding["reason"] for finding in report.get("rebuildable", [])}), errors)


def opens_as(book, reference, what):
    expect(checkpoint(book) == reference, "%s: another book is read" % what)
    balances = tally("balance", "--data", book)
    write = tally("submit", "--data", book, "-", text=client_lines(7000, 7001)[0] + "\n")
    expect(balances[0] == 0 and write[0] == 0, "%s: %s%s" % (what, balances[2], write[1] + write[2]))
    code, found, rebuildable, errors = verify(book)
    expect((code, found, rebuildable) == (0, [], []), "%s, after writing: %s %s" %
           (what, found + rebuildable, errors))


def sound(work, what, reference, book):
    result = verify(book)
    print("%s: %s" % (what, result[:3]))
    expect(result[0] == 0, "%s: %s" % (what, result))
    opens_as(book, reference, what)


def rebuildable(work, what, reasons, book, reference=None):
    """Found by verify; with a reference, opening for writing makes it again by itself."""
    result = verify(book)
    print("%s: %s" % (what, result[:3]))
    expect(result[:3] == (1, [], reasons), "%s: %s" % (what, result))
    if reference:
        return opens_as(book, reference, what)
    code, _, errors = tally("submit", "--data", book, "-", text=client_lines(7000, 7001)[0] + "\n")
    expect(code != 0 and "index" in errors, "%s: it was opened: %s" % (what, errors))
    return None


def shorter(work, what, book):
    result = verify(book)
    expect(result[0] == 1 and "shorter_than_signer" in result[1], "%s: %s" % (what, result))
    before = open(book + "/signer/memory", "rb").read()
    code, output, errors = tally("submit", "--data", book, "-", text=client_lines(7000, 7001)[0] + "\n")
    expect(code != 0 and "shorter_than_signer" in errors, "%s: it was written: %s" % (what, errors))
    expect(tally("checkpoint", "--data", book)[0] != 0, what + ": it was vouched for")
    expect(open(book + "/signer/memory", "rb").read() == before, what + ": it was signed again")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", action="store_true")
    runs = parser.parse_args().runs
    filler = [[open_accounts("o-%d-%d" % (part, i), 1000) for i in range(70)] if runs else []
              for part in range(2)]
    with Work() as work:
        old, new = made(work, "faults", [filler[0] + client_lines(0, 20),
                                         filler[1] + client_lines(20, 40)])
        other = made(work, "other", [filler[1] + client_lines(50, 90), []])[0]
        before, now = checkpoint(old), checkpoint(new)
        for what, parts in (("an old snapshot", {"snapshot": old}),
                            ("no snapshot", {"snapshot": None}), ("no index", {"index": None}),
                            ("an old index and snapshot", {"index": old, "snapshot": old}),
                            ("neither", {"index": None, "snapshot": None})):
            sound(work, what, now, mixed(work, new, **parts))
        if not runs:
            sound(work, "an old index", now, mixed(work, new, index=old))
        rebuildable(work, "a newer snapshot", ["snapshot"], mixed(work, old, snapshot=new), before)
        rebuildable(work, "another book's snapshot", ["snapshot"], mixed(work, new, snapshot=other), now)
        if runs:
            rebuildable(work, "a newer index", ["index"], mixed(work, old, index=new))
            rebuildable(work, "another book's index", ["index"],
                        mixed(work, new, index=other, snapshot=None))
        shorter(work, "an old store", mixed(work, new, store=old))
        shorter(work, "an old store with its index and snapshot",
                mixed(work, new, store=old, index=old, snapshot=old))
        shorter(work, "an old index of an old store", mixed(work, new, store=old, index=old))


if __name__ == "__main__":
    main()
