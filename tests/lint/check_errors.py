#!/usr/bin/env python3
"""Holds docs/errors.md to the code: each reason slug with its code stands in both, or in neither.

Usage: check_errors.py [--root ROOT]

Reads the calls of core::invalid(), not_found(), conflict(), overflow(), corrupt() and unavailable() and
the rows `| `slug` | Code | when | what to do |` of the document. A slug is a literal or a constant at the
call, so that it can be searched for; the few functions that pass one on are named in WRAPPERS. Prints
`file:line: what is wrong; what to do`, and exits 1 if anything is wrong.
"""

import argparse
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import check_layers  # noqa: E402

FOLDERS = ("core", "ledger", "engine", "reports", "jurisdictions", "gateway")
DOCUMENT = "docs/errors.md"
FACTORIES_FILE = "core/result.h"  # Where the factories are made; they pass their arguments on.

FACTORIES = {
    "invalid": "InvalidInput",
    "not_found": "NotFound",
    "conflict": "Conflict",
    "overflow": "Overflow",
    "corrupt": "Corrupt",
    "unavailable": "Unavailable",
}

# Functions that make an error of a slug they are given:
# (file or folder of their calls, name, code, which argument is the slug, what stands before it).
WRAPPERS = [
    ("ledger/journal/books.cc", "law_broken", "Conflict", 0, "law_"),
    ("ledger/journal/journal.cc", "damaged", "Corrupt", 0, ""),
    ("engine/pamm/rollover.cc", "refused", "Conflict", 0, ""),
    ("engine/pamm/snapshot.cc", "refused", "Conflict", 0, ""),
    ("engine/mam/", "check_platform_id", "InvalidInput", 1, ""),
    ("engine/copy/", "check_platform_id", "InvalidInput", 1, ""),
]
# Where the wrappers themselves call a factory without a literal, and how often.
PASSED_ON = {
    "ledger/journal/books.cc": 1,
    "ledger/journal/journal.cc": 1,
    "engine/pamm/rollover.cc": 1,
    "engine/pamm/snapshot.cc": 1,
    "engine/trading/volume.cc": 1,
}

CALL = re.compile(r"(?<![\w.>])(?:core::)?(" + "|".join(FACTORIES) + r")\(")
LITERAL = re.compile(r'^"([a-z0-9_]+)"$')
CONSTANT = re.compile(r'constexpr\s+std::string_view\s+(k\w+)\s*=\s*"([a-z0-9_]+)"\s*;')
NAMED = re.compile(r"^(?:std::string[({])?(?:\w+::)*(k\w+)[)}]?$")
BRACES = re.compile(r'Error\s*\{\s*(?:core::)?Code::(\w+)\s*,\s*"([a-z0-9_]+)"')
ROW = re.compile(r"^\| `([^`]*)` \| (\w+) \| ([^|]*) \| ([^|]*) \|$")


def arguments(text, begin):
    """The arguments of a call, from behind its parenthesis; none if it does not end."""
    found, depth, start, i = [], 0, begin, begin
    while i < len(text):
        c = text[i]
        if c in "\"'":
            end = i + 1
            while end < len(text) and text[end] != c:
                end += 2 if text[end] == "\\" else 1
            i = end
        elif c in "([{":
            depth += 1
        elif c in ")]}" and depth > 0:
            depth -= 1
        elif c == ")":
            found.append(text[start:i].strip())
            return found
        elif c == "," and depth == 0:
            found.append(text[start:i].strip())
            start = i + 1
        i += 1
    return []


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def is_declaration(args):
    """Whether the parenthesis holds parameters and not arguments."""
    return any(re.match(r"^(const\s+)?(std::|core::)?[\w:]+[&*]?\s+[\w&*]+(\s*=.*)?$", a) for a in args)


def slug_of(argument, constants):
    """The slug that an argument names: a literal, or a constant of one value. None if neither."""
    literal = LITERAL.match(argument)
    if literal:
        return literal[1]
    named = NAMED.match(argument)
    values = constants.get(named[1], set()) if named else set()
    return next(iter(values)) if len(values) == 1 else None


def calls_of_factories(name, text, constants, problems):
    """Yields (slug, code, line) for each error made in place."""
    passed_on = 0
    for call in CALL.finditer(text):
        args = arguments(text, call.end())
        code = FACTORIES[call[1]]
        line = line_of(text, call.start())
        slug = slug_of(args[0], constants) if args else None
        if call[1] == "overflow":
            if len(args) == 2:
                yield "overflow", code, line
        elif slug:
            yield slug, code, line
        elif len(args) == 3:
            passed_on += 1
            if passed_on > PASSED_ON.get(name, 0):
                problems.append(
                    f"{name}:{line}: the reason is no literal, so it cannot be searched for; write it "
                    f"here, or name the function in WRAPPERS of tests/lint/check_errors.py")
    for made in BRACES.finditer(text):
        yield made[2], made[1], line_of(text, made.start())


def calls_of_wrappers(name, text, constants, problems):
    """Yields (slug, code, line) for each error made through a function of WRAPPERS."""
    for where, function, code, index, prefix in WRAPPERS:
        if not name.startswith(where):
            continue
        for call in re.finditer(r"(?<![\w.:>])(?:\w+::)?" + function + r"\(", text):
            args = arguments(text, call.end())
            if is_declaration(args):
                continue
            slug = slug_of(args[index], constants) if len(args) > index else None
            if slug:
                yield prefix + slug, code, line_of(text, call.start())
            else:
                problems.append(f"{name}:{line_of(text, call.start())}: the reason given to {function}() "
                                f"is no literal; write it out")


def read_code(root):
    """The text of each file of the code without its comments, by name and in order."""
    files = {}
    for top in FOLDERS:
        for path in sorted((root / top).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.suffix in (".h", ".cc") and name != FACTORIES_FILE:
                text = path.read_text(encoding="utf-8")
                files[name] = check_layers.without(text, check_layers.COMMENTS)
    return files


def errors_of_code(root, problems):
    """Every (slug, code) in the code, with the first place that makes it."""
    files = read_code(root)
    constants = {}
    for text in files.values():
        for constant, value in CONSTANT.findall(text):
            constants.setdefault(constant, set()).add(value)
    found = {}
    for name, text in files.items():
        for source in (calls_of_factories, calls_of_wrappers):
            for slug, code, line in source(name, text, constants, problems):
                found.setdefault((slug, code), f"{name}:{line}")
    return found


def errors_of_document(root, problems):
    """Every (slug, code) of the document, with its line."""
    found = {}
    for number, line in enumerate((root / DOCUMENT).read_text(encoding="utf-8").splitlines(), 1):
        row = ROW.match(line)
        if row is None:
            if line.startswith("| `"):
                problems.append(f"{DOCUMENT}:{number}: not `| `slug` | Code | when | what to do |`")
            continue
        key = (row[1], row[2])
        if row[2] not in FACTORIES.values():
            problems.append(f"{DOCUMENT}:{number}: {row[2]} is none of the six codes")
        if not row[3].strip() or not row[4].strip():
            problems.append(f"{DOCUMENT}:{number}: say when it is answered and what to do about it")
        if key in found:
            problems.append(f"{DOCUMENT}:{number}: `{row[1]}` {row[2]} stands twice; see line {found[key]}")
        found.setdefault(key, number)
    return found


def check(root):
    """Everything wrong, as printable lines, and the number of errors in the code."""
    problems = []
    code = errors_of_code(root, problems)
    document = errors_of_document(root, problems)
    for (slug, name), place in sorted(code.items()):
        if (slug, name) not in document:
            problems.append(f"{place}: `{slug}` ({name}) is missing in {DOCUMENT}; add a row for it")
    for (slug, name), number in sorted(document.items(), key=lambda item: item[1]):
        if (slug, name) not in code:
            problems.append(f"{DOCUMENT}:{number}: no code makes `{slug}` ({name}); remove the row")
    return problems, len(code)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    options = parser.parse_args()
    problems, count = check(options.root)
    for problem in problems:
        print(problem)
    print(f"{count} errors in the code, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
