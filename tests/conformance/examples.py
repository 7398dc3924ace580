#!/usr/bin/env python3
"""Holds docs/conformance.md to the program: its table names the operations that there are, and each of
its examples is run by a shell as it stands and answers as it says.

Usage: examples.py DOCUMENT, with the program's path in TALLY
"""

import json
import os
import pathlib
import re
import subprocess
import sys

COMMAND = re.compile(r"^\$ echo '[^']*' \| tally conformance ([a-z0-9-]+)$")
ROW = re.compile(r"^\| `([a-z0-9-]+)` \| ([^|]+) \| ([^|]+) \|$")
MEMBER = re.compile(r"`([a-z0-9_]+)(?:\[\])?`")
JUDGES = {"verify-inclusion", "verify-consistency", "ed25519-verify", "note-verify", "cbor-decode", "lei",
          "isin", "iban"}


def fail(message):
    sys.exit(f"FAILED: {message}")


def known_operations():
    """As the program lists them when it is given another name."""
    done = subprocess.run([os.environ["TALLY"], "conformance", "no-such"], stderr=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 2:
        fail(f"an unknown operation ends with {done.returncode}")
    names = re.search(r"\{([a-z0-9,-]+)\}", done.stderr + done.stdout)
    if names is None:
        fail(f"an unknown operation is answered without the list: {done.stderr}")
    return names[1].split(",")


def examples(lines):
    """(operation, command, what it answers) of each example."""
    for number, line in enumerate(lines):
        command = COMMAND.match(line)
        if command:
            yield command[1], line[2:], lines[number + 1]
        elif line.startswith("$ ") and "tally conformance" in line:
            fail(f"line {number + 1} is no example that can be run: {line}")


def main():
    document = pathlib.Path(sys.argv[1])
    lines = document.read_text(encoding="utf-8").splitlines()
    rows = {row[1]: (row[2], row[3]) for row in map(ROW.match, lines) if row}
    if list(rows) != known_operations():
        fail(f"{document}: the table has {list(rows)}, the program {known_operations()}")

    path = os.path.dirname(os.path.abspath(os.environ["TALLY"]))
    environment = {**os.environ, "PATH": path + os.pathsep + os.environ["PATH"]}
    seen = {name: set() for name in rows}
    count = 0
    for operation, command, expected in examples(lines):
        done = subprocess.run(["bash", "-c", command], env=environment, stdout=subprocess.PIPE,
                              check=True)
        answer = done.stdout.decode()
        if answer != expected + "\n":
            fail(f"{command}\n  answers:       {answer}  but stands as: {expected}")
        value = json.loads(answer)
        seen[operation].add("error" if "error" in value else value.get("ok", True))
        # The members of an answer are those that the row names.
        members = set(MEMBER.findall(rows[operation][1]))
        if value.get("ok", True) and set(value) - {"reason"} != members - {"reason"}:
            fail(f"{command}: answers {sorted(value)}, the table says {sorted(members)}")
        count += 1

    for operation, verdicts in seen.items():
        wanted = {True, False} if operation in JUDGES else {True}
        if not wanted <= verdicts:
            fail(f"{document}: {operation} has no example that answers {wanted - verdicts}")
    if not any("error" in verdicts for verdicts in seen.values()):
        fail(f"{document}: no example of a line that cannot be judged")
    print(f"{count} examples of {len(rows)} operations")


if __name__ == "__main__":
    main()
