"""What the fault tests share: a book in a folder, `tally` run with a fault in it, and what a crash leaves.

TALLY names the program, FAULT_SHIM the library of fault_shim.cc. Exit code 77 means "skipped".
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

TALLY = os.environ["TALLY"]
SHIM = os.environ["FAULT_SHIM"]
PAGE = 4096


def fail(text):
    print("FAILED: " + text, file=sys.stderr)
    sys.exit(1)


def expect(condition, text):
    if not condition:
        fail(text)


def tally(*words, env=None, text=None):
    """Runs the program to its end. Gives its exit code (negative: the signal), output and errors."""
    done = subprocess.run([TALLY, *words], env={**os.environ, **(env or {})}, input=text,
                          capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def new_book(folder, name="faults"):
    code, _, errors = tally("init", "--data", folder, "--book", "ledger.example/" + name,
                            "--profile", "cysec", "--time-zone", "Asia/Nicosia", "--simulated", "s1")
    expect(code == 0, "init: " + errors)


def client_lines(first, end):
    """Commands that a new book takes, each with a name that the book has not seen."""
    return [json.dumps({"command": "register_client", "request_id": "r-%d" % i, "actor": "@ops",
                        "client": "@c%d" % i, "category": "retail", "residence": "CY"})
            for i in range(first, end)]


def write_lines(path, lines):
    with open(path, "w") as file:
        file.write("".join(line + "\n" for line in lines))


def receipts_of(output):
    """The receipts by line; what the process was killed in the middle of printing does not count."""
    out = {}
    for line in output.splitlines(keepends=True):
        if not line.endswith("\n"):
            continue
        answer = json.loads(line)
        if "receipt" in answer:
            out[answer["line"]] = answer["receipt"]
    return out


def checkpoint(folder):
    """Size and root of the last signed note."""
    code, note, errors = tally("checkpoint", "--data", folder)
    expect(code == 0, "checkpoint of %s: %s" % (folder, errors))
    lines = note.splitlines()
    return int(lines[1]), lines[2]


def vkey(folder):
    with open(os.path.join(folder, "verifier-key")) as file:
        return file.read().strip()


class Fault:
    """What is to go wrong in the calls on files below `folder`. See fault_shim.cc."""

    def __init__(self, folder, do="", at=0, ops="", path="", sticky=False, shadow="", log=""):
        self.env = {"LD_PRELOAD": SHIM, "FAULT_DIR": folder, "FAULT_DO": do, "FAULT_AT": str(at),
                    "FAULT_OPS": ops, "FAULT_PATH": path, "FAULT_STICKY": "1" if sticky else "",
                    "FAULT_SHADOW": shadow, "FAULT_LOG": log}


class Work:
    """A folder for the test's files, gone at its end."""

    def __enter__(self):
        self.path = os.path.realpath(tempfile.mkdtemp(prefix="tallystick."))
        return self

    def __exit__(self, *unused):
        shutil.rmtree(self.path, ignore_errors=True)

    def __truediv__(self, name):
        return os.path.join(self.path, name)

    def fresh(self, name, source=None):
        path = self / name
        shutil.rmtree(path, ignore_errors=True)
        if source:
            shutil.copytree(source, path)
        else:
            os.mkdir(path)
        return path


class Disk:
    """A folder as a disk has it: made before a run, asked after a crash what a power cut leaves."""

    def __init__(self, folder, base, shadow):
        self.folder, self.base, self.shadow = folder, base, shadow
        self.root = os.stat(folder).st_ino if os.path.isdir(folder) else None
        self.files, self.folders = {}, {}  # By inode: the path in `base`; the entries.
        for here, names, files in os.walk(folder):
            below = os.path.relpath(here, folder)
            entries = {}
            for name in names + files:
                entries[name] = os.lstat(os.path.join(here, name)).st_ino
            for name in files:
                self.files[entries[name]] = os.path.normpath(os.path.join(base, below, name))
            self.folders[os.stat(here).st_ino] = entries

    def power_cut(self, target, seed=None):
        """Writes what is left to `target`: nothing that was not synced; with a seed, some of it."""
        self.now_files, self.now_folders = {}, {}
        for here, names, files in os.walk(self.folder):
            self.now_folders[os.stat(here).st_ino] = {
                name: os.lstat(os.path.join(here, name)).st_ino for name in names + files}
            for name in files:
                path = os.path.join(here, name)
                self.now_files[os.lstat(path).st_ino] = path
        shutil.rmtree(target, ignore_errors=True)
        self._write_folder(self.root or os.stat(self.folder).st_ino, target,
                           random.Random(seed) if seed is not None else None)

    def _write_folder(self, inode, target, dice):
        os.mkdir(target)
        entries = self._synced_entries(inode)
        if dice and inode in self.now_folders and dice.random() < 0.5:
            entries = self.now_folders[inode]
        for name, child in sorted(entries.items()):
            path = os.path.join(target, name)
            if self._is_folder(child):
                self._write_folder(child, path, dice)
            else:
                with open(path, "wb") as file:
                    file.write(self._content(child, dice))
                os.chmod(path, 0o600)  # A key that others can read is refused.

    def _is_folder(self, inode):
        return inode in self.folders or inode in self.now_folders or os.path.exists(
            "%s/folder.%d" % (self.shadow, inode))

    def _synced_entries(self, inode):
        path = "%s/folder.%d" % (self.shadow, inode)
        if os.path.exists(path):
            with open(path) as file:
                pairs = [line.rstrip("\n").split(" ", 1) for line in file]
            return {name: int(number) for number, name in pairs}
        return self.folders.get(inode, {})

    def _content(self, inode, dice):
        path = "%s/file.%d" % (self.shadow, inode)
        if not os.path.exists(path):
            path = self.files.get(inode)
        synced = read_bytes(path) if path else b""
        if not dice or inode not in self.now_files:
            return synced
        now = read_bytes(self.now_files[inode])
        if now.startswith(synced):
            return now[:dice.randint(len(synced), len(now))]
        end = dice.choice([len(now), len(synced)])
        pages = []
        for begin in range(0, max(len(now), len(synced)), PAGE):
            pages.append(dice.choice([now, synced])[begin:begin + PAGE])
        return b"".join(pages)[:end]


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()
