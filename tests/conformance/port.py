"""Puts questions to `tally conformance`, whose path is in the variable TALLY."""

import json
import os
import subprocess

SECONDS_MAX = 600


def ask_lines(operation, lines):
    """The answers to lines of text, as text: one for each."""
    done = subprocess.run([os.environ["TALLY"], "conformance", operation], timeout=SECONDS_MAX,
                          input="".join(line + "\n" for line in lines).encode(),
                          stdout=subprocess.PIPE, check=True)
    answers = done.stdout.decode().splitlines()
    if len(answers) != len(lines):
        raise AssertionError(f"{operation}: {len(lines)} lines in, {len(answers)} out")
    return answers


def ask(operation, questions):
    return [json.loads(answer)
            for answer in ask_lines(operation, [json.dumps(question) for question in questions])]


class Comparison:
    """Counts comparisons, so that a test that compares nothing cannot pass."""

    def __init__(self, name):
        self.name = name
        self.count = 0

    def equal(self, seen, expected, about):
        self.count += 1
        if seen != expected:
            raise SystemExit(f"FAILED: {self.name}: {about}\n  tally:  {seen}\n  oracle: {expected}")

    def true(self, condition, about):
        self.equal(bool(condition), True, about)
