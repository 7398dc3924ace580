"""The shim sees every call that changes a file of the book: strace counts the same ones. And what it
makes of a call is what it says: a shim that does nothing would let every other test here pass."""

import collections
import os
import re
import shutil
import subprocess

from faults import TALLY, Fault, Work, client_lines, expect, new_book, tally, write_lines

CALLS = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "fsync", "fdatasync", "sync_file_range",
         "ftruncate", "fallocate", "rename", "renameat", "renameat2", "link", "linkat", "unlink",
         "unlinkat", "mkdir", "mkdirat", "rmdir", "truncate", "copy_file_range", "sendfile", "msync")
# By which system call the functions of libc come to the kernel.
KERNEL_NAMES = {"pwrite": "pwrite64", "ftruncate64": "ftruncate", "fallocate64": "fallocate"}


def counted_by_shim(log):
    with open(log) as file:
        names = [line.split(" ")[0] for line in file]
    # remove() of a file is an unlink.
    return collections.Counter(KERNEL_NAMES.get(name, "unlink" if name == "remove" else name)
                               for name in names)


def counted_by_strace(trace, folder):
    counts = collections.Counter()
    with open(trace) as file:
        for line in file:
            call = re.match(r"^\d+ +(\w+)\(", line)
            if not call or folder not in line or re.search(r"/LOG[\w.]*[\">]", line):
                continue
            counts[call.group(1)] += 1
    return counts


def same_counts(work):
    """One run with both: the shim inside it, strace around it."""
    disk = work.fresh("disk")
    new_book(disk + "/book")
    write_lines(work / "lines", client_lines(1, 4))
    words = ["strace", "-f", "-y", "-qq", "-o", work / "trace", "-e", "trace=" + ",".join(CALLS)]
    for name, value in Fault(disk, log=work / "log").env.items():
        words += ["-E", name + "=" + value]
    done = subprocess.run(words + [TALLY, "submit", "--data", disk + "/book", work / "lines"],
                          capture_output=True, text=True)
    if done.returncode != 0 and "ptrace" in done.stderr:
        print("strace may not trace here: not compared")
        return
    expect(done.returncode == 0, done.stderr)
    # strace counts the shim's own writes of its log only if they lie in the folder; they do not.
    ours, theirs = counted_by_shim(work / "log"), counted_by_strace(work / "trace", disk)
    print("shim %s" % dict(ours))
    expect(sum(ours.values()) > 20, "hardly anything was counted")
    expect(not theirs - ours, "only strace saw %s" % dict(theirs - ours))
    # A background thread that the end of the process overtakes has counted a call that it never makes.
    expect(sum((ours - theirs).values()) <= 2, "only the shim saw %s" % dict(ours - theirs))


def it_does_what_it_says(work):
    disk = work.fresh("disk")
    new_book(disk + "/book")
    write_lines(work / "lines", client_lines(1, 4))

    def run(do, at, ops):
        log = work / "log"
        if os.path.exists(log):
            os.remove(log)
        copy = work.fresh("copy", disk)
        code, output, errors = tally("submit", "--data", copy + "/book", work / "lines",
                                     env=Fault(copy, do, at, ops, log=log).env)
        return code, len(open(log).readlines()), output + errors

    _, calls, _ = run("", 0, "s")
    expect(run("kill_before", 3, "s")[:2] == (-9, 3), "it is not killed at its third sync")
    expect(run("kill_before", calls + 1, "s")[0] == 0, "it is killed behind its last sync")
    code, _, text = run("EIO", 1, "s")
    expect(code != 0 and "Input/output error" in text, "a failing sync goes unnoticed: " + text)


def main():
    with Work() as work:
        it_does_what_it_says(work)
        if shutil.which("strace") is None:
            print("there is no strace: not compared")
            return
        same_counts(work)


if __name__ == "__main__":
    main()
