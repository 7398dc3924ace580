#!/usr/bin/env python3
"""Compares the balances of a book with those of PostgreSQL; exits 1 if any differs.

Usage: postgres_compare.py OURS THEIRS

OURS is what `tally balance` printed; THEIRS has "path|minor units" a line, without those that are zero.
"""

import json
import pathlib
import sys


def minor(amount):
    whole, _, cents = amount.partition(".")
    return int(whole + cents.ljust(2, "0"))


ours = {one["account"]: minor(one["amount"])
        for one in json.loads(pathlib.Path(sys.argv[1]).read_text())["balances"]}
theirs = {}
for line in pathlib.Path(sys.argv[2]).read_text().splitlines():
    path, balance = line.split("|")
    theirs[path] = int(balance)
if not ours or ours != theirs:
    different = sorted(set(ours.items()) ^ set(theirs.items()))
    print(f"{len(ours)} balances in the book, {len(theirs)} in PostgreSQL; different:",
          different[:4], file=sys.stderr)
    sys.exit(1)
