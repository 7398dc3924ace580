#!/usr/bin/env python3
"""Runs one fuzz program on its corpus, and on inputs that libFuzzer makes of it.

Usage: run.py TARGET --bytes-max N (--runs N | --seconds N)

--runs is deterministic: a fixed seed, and nothing is kept. --seconds goes on from what earlier runs
have found, in build/fuzz/corpus/TARGET/found. An input that fails is in build/fuzz/findings.

Exit codes: 0 nothing was found; 1 something was; 77 the program is not built, which counts as a
failure if the variable CI or TALLYSTICK_FUZZ_REQUIRED is set.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "fuzz"
SKIPPED = 77
INPUT_SECONDS_MAX = 10  # For one input; the slowest take milliseconds.
MEMORY_MIB_MAX = 1024  # For the process; the programs hold each input to a limit of its own.


def seed_bytes(path):
    """A .hex file's bytes: comments start with '#'. Any other file is taken as it is."""
    if path.suffix != ".hex":
        return path.read_bytes()
    lines = (line.split("#")[0] for line in path.read_text().splitlines())
    return bytes.fromhex("".join(lines))


def unpack_seeds(target):
    """The corpus as the files that libFuzzer reads."""
    source = ROOT / "tests" / "fuzz" / "corpus" / target
    seeds = sorted(path for path in source.iterdir() if path.is_file())
    if not seeds:
        sys.exit(f"run.py: {source} has no seeds")
    # Of this process alone: the fast and the long test may run at once.
    folder = BUILD / "corpus" / target / f"seeds-{os.getpid()}"
    folder.mkdir(parents=True)
    for seed in seeds:
        (folder / seed.name).write_bytes(seed_bytes(seed))
    return folder


def missing(program):
    print(f"{program.relative_to(ROOT)} is not built; build it with: scripts/build.sh fuzz")
    required = os.environ.get("CI") or os.environ.get("TALLYSTICK_FUZZ_REQUIRED")
    return 1 if required else SKIPPED


def same_addresses():
    """Addresses that the program compares go into the inputs that are made. Some containers forbid
    this; then two runs may differ."""
    prefix = ["setarch", "-R"]
    allowed = subprocess.run([*prefix, "true"], stderr=subprocess.DEVNULL, check=False)
    return prefix if allowed.returncode == 0 else []


def command(program, arguments, seeds, findings):
    line = [
        program,
        f"-max_len={arguments.bytes_max}",
        f"-timeout={INPUT_SECONDS_MAX}",
        f"-rss_limit_mb={MEMORY_MIB_MAX}",
        f"-artifact_prefix={findings}/{arguments.target}-",
        "-print_final_stats=1",
    ]
    if arguments.runs is not None:
        # libFuzzer would read its own finds again each second, whatever it has come to by then.
        return [*same_addresses(), *line, "-seed=1", "-reload=0", f"-runs={arguments.runs}", seeds]
    found = BUILD / "corpus" / arguments.target / "found"
    found.mkdir(parents=True, exist_ok=True)
    return [*line, f"-max_total_time={arguments.seconds}", found, seeds]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--bytes-max", type=int, required=True)
    length = parser.add_mutually_exclusive_group(required=True)
    length.add_argument("--runs", type=int)
    length.add_argument("--seconds", type=int)
    arguments = parser.parse_args()

    program = BUILD / f"fuzz_{arguments.target}"
    if not program.exists():
        return missing(program)
    findings = BUILD / "findings"
    findings.mkdir(exist_ok=True)
    seeds = unpack_seeds(arguments.target)
    try:
        options = {"ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
                   "UBSAN_OPTIONS": "print_stacktrace=1"}
        done = subprocess.run(command(program, arguments, seeds, findings),
                              env={**os.environ, **options}, cwd=ROOT, check=False)
    finally:
        shutil.rmtree(seeds)
    if done.returncode != 0:
        print(f"fuzz_{arguments.target} failed; run it on the file in build/fuzz/findings that it "
              "names, and see tests/fuzz/README.md")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
