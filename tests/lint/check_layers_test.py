#!/usr/bin/env python3
"""Shows that check_layers.py refuses one violation of each kind, and nothing in a clean tree."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import check_layers  # noqa: E402

LAYERS = """\
core:
ledger: core
ledger/store: core ledger
reports: core ledger
gateway/rpc: core ledger
gateway/cli: core ledger reports gateway/rpc
"""

CLEAN = {
    "core/amount.h": """\
        // Never a double, see docs.
        #pragma once
        #include <cstdint>
        #include <sodium.h>
        #include <boost/outcome/basic_result.hpp>
        #define CHECK(condition) check(condition, "not a float")
        #define TRY(...) BOOST_OUTCOME_TRY(__VA_ARGS__)
        constexpr int kMillion = 1'000'000;  // It's no char: "double".
        constexpr char kQuote = '"';
        constexpr const char* kText = R"x(a "double" quoted)x";
        /* float
           double */
        using doubled = int;
    """,
    "core/amount.cc": '#include "core/amount.h"\n#define LOCAL 1\n#include <unistd.h>\n',
    "ledger/chain.h": '#pragma once\n#include "core/amount.h"\n',
    "ledger/store/log.h": '#pragma once\n#include "ledger/chain.h"\n#include <rocksdb/db.h>\n',
    "ledger/store/log.cc": '#include "ledger/store/log.h"\n#include "core/amount.h"\n#include <sys/stat.h>\n',
    "reports/csv.cc": "#include <fmt/format.h>\n",
    "gateway/rpc/rpc.cc": '#include "idl/Tally.h"\n#include <thrift/TProcessor.h>\ndouble seconds = 1;\n',
    "gateway/cli/cli.cc": '#include <CLI/CLI.hpp>\n#include "reports/csv.h"\n',
    "gateway/main.cc": '#include "gateway/cli/cli.h"\n',
    "tests/core/amount_test.cc": '#include <gtest/gtest.h>\n#include "engine/x.h"\nfloat f;\n',
}

# What is added to the clean tree: (file, text, the line to name, words of the message).
VIOLATIONS = {
    "undeclared layer": ("core/a.cc", '#include "ledger/chain.h"\n', 1, "core does not declare"),
    "longest prefix decides": ("reports/a.cc", '\n#include "ledger/store/log.h"\n', 2, "ledger/store"),
    "parent does not own its child": ("ledger/a.cc", '#include "ledger/store/log.h"\n', 1, "does not declare"),
    "tests in product code": ("core/a.cc", '#include "tests/support/clock.h"\n', 1, "product code includes"),
    "include beside the file": ("core/a.cc", '#include "amount.h"\n', 1, "repository root"),
    "test library": ("core/a.cc", "#include <gtest/gtest.h>\n", 1, "for tests"),
    "rocksdb": ("ledger/a.cc", "#include <rocksdb/db.h>\n", 1, "ledger/store only"),
    "rocksdb in quotes": ("ledger/a.cc", '#include "rocksdb/db.h"\n', 1, "ledger/store only"),
    "sodium": ("ledger/a.cc", "#include <sodium.h>\n", 1, "core only"),
    "openssl": ("ledger/a.cc", "#include <openssl/sha.h>\n", 1, "may be included by"),
    "openssl evp": ("gateway/rpc/a.cc", "#include <openssl/evp.h>\n", 1, "core only"),
    "icu": ("reports/a.cc", "#include <unicode/unistr.h>\n", 1, "core only"),
    "boost": ("ledger/a.cc", "#include <boost/multiprecision/cpp_int.hpp>\n", 1, "core only"),
    "beast": ("core/a.cc", "#include <boost/beast.hpp>\n", 1, "gateway/http"),
    "thrift": ("gateway/cli/a.cc", "#include <thrift/Thrift.h>\n", 1, "gateway/rpc only"),
    "generated code": ("gateway/cli/a.cc", '#include "idl/Tally.h"\n', 1, "gateway/rpc only"),
    "cli": ("reports/a.cc", "#include <CLI/CLI.hpp>\n", 1, "gateway only"),
    "fmt": ("core/a.cc", "#include <fmt/format.h>\n", 1, "gateway, reports only"),
    "libxml": ("reports/a.cc", "#include <libxml/parser.h>\n", 1, "core only"),
    "unknown library": ("core/a.cc", "#include <zlib.h>\n", 1, "no library we know"),
    "double": ("reports/a.cc", "int a;\n  double rate = 0;\n", 2, "not exact"),
    "float": ("ledger/a.cc", '/* "\n */ float rate;\n', 2, "not exact"),
    "float after a digit separator": ("core/a.cc", "int a = 1'000; float b = 2'0;\n", 1, "not exact"),
    "long file": ("core/a.cc", "\n" * 501, 501, "501 lines"),
    "macro in a header": ("core/a.h", "#pragma once\n#define MAX(a) a\n", 2, "macro MAX"),
    "include guard": ("core/a.h", "// #pragma once\nint a();\n", 1, "no #pragma once"),
    "folder without a layer": ("ledger/extra/a.cc", "int a;\n", 1, "is not a layer"),
    "file above the layers": ("gateway/a.cc", "int a;\n", 1, "is not a layer"),
}


class CheckLayers(unittest.TestCase):
    def check(self, layers, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "layers.txt").write_text(layers)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return check_layers.check_tree(root / "layers.txt", root)

    def test_clean_tree_passes(self):
        problems, count = self.check(LAYERS, CLEAN)
        self.assertEqual(problems, [])
        self.assertEqual(count, len(CLEAN) - 1)

    def test_each_violation_is_refused_at_its_line(self):
        for kind, (name, text, line, words) in VIOLATIONS.items():
            with self.subTest(kind):
                problems, _ = self.check(LAYERS, {**CLEAN, name: text})
                self.assertEqual(len(problems), 1, problems)
                self.assertTrue(problems[0].startswith(f"{name}:{line}: "), problems[0])
                self.assertIn(words, problems[0])

    def test_depends_on_a_later_layer_is_refused(self):
        problems, _ = self.check("core: ledger\nledger:\n", {})
        self.assertEqual(len(problems), 1)
        self.assertIn("layers.txt:1: layer core DEPENDS on ledger", problems[0])


if __name__ == "__main__":
    unittest.main()
