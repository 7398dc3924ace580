#!/usr/bin/env python3
"""Shows that check_errors.py refuses one violation of each kind, and nothing in a clean tree."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import check_errors  # noqa: E402

CODE = {
    "core/result.h": "inline Error invalid(std::string reason) { return {Code::InvalidInput, reason}; }\n",
    "core/a.cc": """\
        // invalid("only_a_comment", "", "");
        return invalid("plain", at(f(1), "x"), "Say \\"why\\", (please).");
        return core::overflow("", "Too much.");
        const bool stays = log.corrupt(reason, at, detail) || is_invalid(reason, at, detail);
    """,
    "engine/b.cc": """\
        return core::conflict(
            "broken_line", "x",
            "Two lines.");
        return core::Error{core::Code::NotFound, "braced", "", "Gone."};
        constexpr std::string_view kReason = "constant";
        return core::corrupt(std::string(kReason), "x", "Why.");
    """,
    "engine/pamm/rollover.cc": """\
        core::Error refused(std::string reason, std::string at, std::string detail) {
          return core::conflict(std::move(reason), std::move(at), std::move(detail));
        }
        return refused("passed_on", "x", "Why.");
    """,
}

ROWS = [
    ("plain", "InvalidInput"),
    ("overflow", "Overflow"),
    ("broken_line", "Conflict"),
    ("braced", "NotFound"),
    ("constant", "Corrupt"),
    ("passed_on", "Conflict"),
]


def row(slug, code):
    return f"| `{slug}` | {code} | when | what |\n"


CLEAN = "# Errors\n\n| Slug | Code | When | What to do |\n|---|---|---|---|\n" + "".join(
    row(*pair) for pair in ROWS
)


class CheckErrors(unittest.TestCase):
    def check(self, code=None, document=CLEAN):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            files = {**CODE, **(code or {}), check_errors.DOCUMENT: document}
            for name, text in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return check_errors.check(root)

    def refuses(self, words, **changes):
        problems, _ = self.check(**changes)
        self.assertTrue(any(words in problem for problem in problems), problems)

    def test_a_clean_tree_passes(self):
        self.assertEqual(self.check(), ([], len(ROWS)))

    def test_a_slug_of_the_code_must_be_in_the_document(self):
        self.refuses("core/a.cc:2: `plain` (InvalidInput) is missing",
                     document=CLEAN.replace(row("plain", "InvalidInput"), ""))
        self.refuses("engine/b.cc:4: `braced` (NotFound) is missing",
                     document=CLEAN.replace(row("braced", "NotFound"), ""))
        self.refuses("`passed_on` (Conflict) is missing",
                     document=CLEAN.replace(row("passed_on", "Conflict"), ""))

    def test_a_slug_of_the_document_must_be_in_the_code(self):
        self.refuses("no code makes `gone` (Conflict)", document=CLEAN + row("gone", "Conflict"))

    def test_a_slug_has_the_code_that_the_document_says(self):
        changed = CLEAN.replace(row("plain", "InvalidInput"), row("plain", "Conflict"))
        self.refuses("`plain` (InvalidInput) is missing", document=changed)
        self.refuses("no code makes `plain` (Conflict)", document=changed)

    def test_a_reason_is_a_literal(self):
        self.refuses("gateway/c.cc:1: the reason is no literal",
                     code={"gateway/c.cc": 'return core::invalid(std::string(field), at, "Why.");\n'})
        self.refuses("gateway/c.cc:1: the reason is no literal",
                     code={"gateway/c.cc": 'return core::invalid("law_" + name, at, "Why.");\n'})
        self.refuses("given to refused() is no literal",
                     code={"engine/pamm/rollover.cc": 'return refused(reason + "x", "x", "Why.");\n'})

    def test_a_row_is_whole_and_stands_once(self):
        self.refuses("stands twice", document=CLEAN + row("plain", "InvalidInput"))
        self.refuses("none of the six codes", document=CLEAN + row("plain", "Wrong"))
        self.refuses("not `| `slug` | Code", document=CLEAN + "| `half` | Conflict |\n")
        self.refuses("say when", document=CLEAN + "| `x` | Conflict |  | what |\n")


if __name__ == "__main__":
    unittest.main()
