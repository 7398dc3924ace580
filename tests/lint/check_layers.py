#!/usr/bin/env python3
"""Holds the code to the layers declared in CMakeLists.txt and to the rules a compiler cannot check.

Usage: check_layers.py LAYERS_TXT [--root ROOT]

LAYERS_TXT is written by each configure: one line `folder: the folders it may include` a layer, in the
order of declaration. Prints `file:line: what is wrong; what to do`, and exits 1 if anything is wrong.
There is no list of exceptions, on purpose: an exception once allowed hides the next one.
"""

import argparse
import pathlib
import re
import sys

LINES_MAX = 500
MACROS = {"CHECK", "TRY"}
EXACT_FOLDERS = ("core", "ledger", "engine", "reports", "jurisdictions")  # No floating point here.

# Who may include a third-party library. The longest prefix of the included path decides.
OWNERS = {
    "boost/": ["core"],
    "boost/json": ["core", "gateway/http"],
    "boost/beast": ["gateway/http", "gateway/platforms", "gateway/registers"],
    "boost/asio": ["gateway/http", "gateway/platforms", "gateway/registers"],
    "boost/url": ["gateway/http", "gateway/platforms", "gateway/registers"],
    "boost/system": ["gateway/http", "gateway/platforms", "gateway/registers", "core"],
    "openssl/": ["core", "gateway/http", "gateway/platforms", "gateway/registers"],
    "openssl/evp.h": ["core"],
    "openssl/ssl.h": ["gateway/http", "gateway/platforms", "gateway/registers"],
    "sodium.h": ["core"],
    "sodium/": ["core"],
    "p11-kit/": ["ledger/keys"],
    "unicode/": ["core"],
    "libxml/": ["core"],
    "rocksdb/": ["ledger/store"],
    "pango/": ["reports"],
    "cairo": ["reports"],
    "xlsxwriter": ["reports"],
    "thrift/": ["gateway/rpc"],
    "idl/": ["gateway/rpc"],  # Code generated from idl/tally.thrift.
    "CLI/": ["gateway"],
    "fmt/": ["gateway", "reports"],
    "spdlog/": ["gateway"],
    "prometheus/": ["gateway"],
    "mysql/": ["gateway/platforms"],
    "google/protobuf/": ["gateway/platforms"],
    "gtest/": [],
    "gmock/": [],
    "rapidcheck": [],
    "benchmark/": [],
}

# Headers of the C library and the kernel that need no owner; headers of C++ have no ".h".
SYSTEM_FOLDERS = ("sys/", "netinet/", "arpa/", "linux/", "net/")
SYSTEM_HEADERS = {
    "dirent.h", "dlfcn.h", "errno.h", "fcntl.h", "grp.h", "ifaddrs.h", "langinfo.h", "limits.h",
    "netdb.h", "poll.h", "pthread.h", "pwd.h", "sched.h", "signal.h", "spawn.h", "stddef.h",
    "stdint.h", "stdio.h", "stdlib.h", "string.h", "syslog.h", "termios.h", "time.h", "unistd.h",
    "cxxabi.h", "execinfo.h", "immintrin.h",
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
DEFINE = re.compile(r"^\s*#\s*define\s+(\w+)")
FLOATING = re.compile(r"\b(float|double)\b")
TOKEN = re.compile(
    r"""
      (?P<comment> //(?:\\\n|[^\n])* | /\*.*?\*/ )
    | (?P<raw>     (?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)" )
    | (?P<string>  "(?:\\.|[^"\\\n])*" )
    | (?P<number>  \b[0-9](?:'?[0-9A-Za-z_.])* )
    | (?P<char>    '(?:\\.|[^'\\\n])+' )
    """,
    re.DOTALL | re.VERBOSE,
)


def blank(text):
    """The text with spaces for everything except line ends, so that line numbers stay true."""
    return re.sub(r"[^\n]", " ", text)


def without(text, kinds):
    """The C++ source without the given kinds of token."""
    return TOKEN.sub(lambda m: blank(m[0]) if m.lastgroup in kinds else m[0], text)


# `lastgroup` names the outermost group, except that a raw string ends in its own mark.
COMMENTS = {"comment"}
COMMENTS_AND_TEXT = {"comment", "raw", "mark", "string", "char"}


def read_layers(path, problems):
    """The layers, in order, each with what it may include."""
    layers = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            continue
        folder, _, depends = line.partition(":")
        for depend in depends.split():
            if depend not in layers:
                problems.append(
                    f"{path}:{number}: layer {folder} DEPENDS on {depend}, which is not declared "
                    f"before it; move the declaration in CMakeLists.txt or turn the dependency round"
                )
        layers[folder] = depends.split()
    return layers


def longest_prefix(path, prefixes):
    """The longest of the prefixes that the path starts with, or None."""
    return max((p for p in prefixes if path.startswith(p)), key=len, default=None)


def layer_of(path, layers):
    """The layer a file belongs to: the longest folder that holds it, or None."""
    found = longest_prefix(path, [folder + "/" for folder in layers])
    return found[:-1] if found else None


def is_within(folder, owner):
    return folder == owner or folder.startswith(owner + "/")


def check_owner(path, folder):
    """Why the folder may not include this third-party header, or None if it may."""
    if path.startswith(SYSTEM_FOLDERS) or path in SYSTEM_HEADERS:
        return None
    if "/" not in path and not path.endswith((".h", ".hpp")):
        return None  # The C++ standard library.
    prefix = longest_prefix(path, OWNERS)
    if prefix is None:
        return (f"<{path}> belongs to no library we know; write a decision record and give it an "
                f"owner in tests/lint/check_layers.py")
    owners = OWNERS[prefix]
    if any(is_within(folder, owner) for owner in owners):
        return None
    if not owners:
        return f"product code includes <{path}>, which is for tests; move this to tests/"
    return f"<{path}> may be included by {', '.join(owners)} only; use their types instead"


def check_include(path, quoted, folder, layers):
    """Why the folder may not include this path, or None if it may."""
    if is_within(path, "tests"):
        return f'product code includes "{path}"; what both need belongs in a layer'
    layer = layer_of(path, layers)
    if not quoted or (layer is None and longest_prefix(path, OWNERS)):
        return check_owner(path, folder)
    if layer is None:
        return f'"{path}" is in no layer; include from the repository root, as "{folder}/..."'
    if layer != folder and layer not in layers[folder]:
        return (f'"{path}" is in layer {layer}, which {folder} does not declare; add it to DEPENDS in '
                f"CMakeLists.txt if the design allows it, or move the code")
    return None


def check_file(root, name, layers):
    """Yields (line, what is wrong) for one file of product code."""
    text = (root / name).read_text(encoding="utf-8", errors="replace")
    code = without(text, COMMENTS).splitlines()
    words = without(text, COMMENTS_AND_TEXT).splitlines()
    is_header = name.endswith((".h", ".hpp"))
    folder = layer_of(name, layers)
    is_main = name == "gateway/main.cc"

    if is_main:
        folder, layers = "gateway", {**layers, "gateway": list(layers)}
    elif folder != str(pathlib.PurePosixPath(name).parent):
        yield 1, (f"{pathlib.PurePosixPath(name).parent} is not a layer, so this file is never built; "
                  f"declare the folder in CMakeLists.txt")
    if folder is None:
        return

    if len(code) > LINES_MAX:
        yield LINES_MAX + 1, f"{len(code)} lines, and the limit is {LINES_MAX}; split the file by subject"
    if is_header and not any(line.strip() == "#pragma once" for line in code):
        yield 1, "no #pragma once; make it the first line of code"
    for number, (line, word_line) in enumerate(zip(code, words), 1):
        include = INCLUDE.match(line)
        if include and (wrong := check_include(include[2], include[1] == '"', folder, layers)):
            yield number, wrong
        define = DEFINE.match(word_line)
        if is_header and define and define[1] not in MACROS:
            yield number, f"macro {define[1]}; headers define CHECK and TRY only, use constexpr or a function"
        floating = FLOATING.search(word_line)
        if floating and name.split("/")[0] in EXACT_FOLDERS:
            yield number, f"{floating[1]} is not exact; use core::Amount, an integer in ppm or a fraction"


def product_files(root, layers):
    """The C++ files below the folders that hold layers, in order."""
    for top in sorted({folder.split("/")[0] for folder in layers}):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in (".h", ".hpp", ".cc", ".cpp") and "node_modules" not in path.parts:
                yield path.relative_to(root).as_posix()


def check_tree(layers_file, root):
    """Everything wrong with the tree, as printable lines, and the number of files that were read."""
    problems = []
    layers = read_layers(layers_file, problems)
    files = list(product_files(root, layers))
    for name in files:
        for line, wrong in check_file(root, name, layers):
            problems.append(f"{name}:{line}: {wrong}")
    return problems, len(files)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("layers", type=pathlib.Path, help="build/<preset>/layers.txt")
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    options = parser.parse_args()
    if not options.layers.is_file():
        sys.exit(f"{options.layers}: no such file; it is written by `cmake --preset dev`")
    problems, count = check_tree(options.layers, options.root)
    for problem in problems:
        print(problem)
    print(f"{count} files read, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
