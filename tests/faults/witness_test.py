"""Kills `tally witness` at its Nth write, sync or change of a name, and makes that call fail. Whatever a
process or a power cut leaves, the witness remembers at least the last checkpoint that it gave a cosignature
for, goes on from there, and refuses a fork.

usage: witness_test.py [--every K]     every K-th point only; default 1
"""

import argparse
import atexit
import http.client
import os
import re
import signal
import subprocess

from cases import IMAGES, image_of
from crash_test import crash_points
from faults import TALLY, Disk, Fault, Work, client_lines, expect, fail, new_book, tally, vkey, write_lines

PATIENCE = 60


class Witness:
    def __init__(self, folder, key, env=None):
        self.process = subprocess.Popen(
            [TALLY, "witness", "--data", folder, "--name", "witness.example/w", "--log", key,
             "--http", "127.0.0.1:0"],
            env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)
        self.process.stdout.readline()
        port = re.search(r":(\d+)$", self.process.stdout.readline())
        self.port = int(port[1]) if port else None

    def send(self, body):
        """Status and body; None if the witness is gone."""
        if self.port is None:
            return None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", "/add-checkpoint", body.encode())
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        _, self.errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def make_requests(work):
    """What a log sends: its first checkpoint, a later one, and one of a fork with the old size left open."""
    book, fork = work.fresh("log") + "/book", work / "log/fork"
    new_book(book)
    note = tally("checkpoint", "--data", book)[1]
    with open(work / "note", "w") as file:
        file.write(note)
    write_lines(work / "lines", client_lines(1, 3))
    write_lines(work / "others", client_lines(11, 14))
    sizes, bodies = [int(note.splitlines()[1])], ["old 0\n\n" + note]
    new_book(fork)
    for folder, lines in ((book, "lines"), (fork, "others")):
        code, output, errors = tally("submit", "--data", folder, work / lines)
        expect(code == 0, output + errors)
        bodies.append(tally("prove", "--data", folder, "--consistency", work / "note")[1])
        sizes.append(int(bodies[-1].split("\n\n")[1].splitlines()[1]))
    return vkey(book), sizes, bodies


def run(folder, key, bodies, env):
    """The sizes that were cosigned; 0 is none."""
    witness = Witness(folder, key, env)
    cosigned = 0
    for number, body in enumerate(bodies, 1):
        answer = witness.send(body)
        if answer is None:
            break
        is_line = answer[1].startswith("\u2014 witness.example/w ")
        expect((answer[0] == 200) == is_line, "an answer of %s: %s" % answer)
        if answer[0] == 200:
            cosigned = number
    return cosigned, witness.stop(), witness.errors


def look(folder, key, sizes, bodies, cosigned, what):
    """A witness that is started from what is left."""
    witness = Witness(folder, key)
    if witness.port is None:
        witness.stop()
        fail("%s: it does not start: %s" % (what, witness.errors))
    answer = witness.send("old 1\n\n" + bodies[1].split("\n\n", 1)[1])
    expect(answer is not None and answer[0] == 409, "%s: %s" % (what, answer))
    remembered = int(answer[1])
    known = [0] + sizes[:2]
    expect(remembered in known, "%s: a size nobody sent: %d" % (what, remembered))
    expect(known.index(remembered) >= cosigned, "%s: %d was cosigned and is forgotten" % (what, cosigned))
    for number, body in enumerate(bodies[:2], 1):
        if known.index(remembered) < number:
            expect(witness.send(body)[0] == 200, "%s: it does not go on" % what)
    # The other history begins at the first size, which the witness has left behind.
    expect(witness.send(bodies[2])[0] == 409, "%s: the fork" % what)
    fork = "old %d\n%s" % (sizes[1], bodies[2].split("\n", 1)[1])
    expect(witness.send(fork)[0] == 422, "%s: the fork, by the size it remembers" % what)
    expect(witness.stop() == 0, witness.errors)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args().every
    with Work() as work:
        key, sizes, bodies = make_requests(work)
        base = work.fresh("base")
        undisturbed = work.fresh("undisturbed")
        log = work / "witness.log"
        cosigned, code, errors = run(undisturbed + "/w", key, bodies[:2], Fault(undisturbed, log=log).env)
        expect((cosigned, code) == (2, 0), "undisturbed: " + errors)
        points = list(crash_points(log))
        expect(len(points) > 20, "only %d points" % len(points))
        for number, (at, how) in enumerate(points):
            if number % every != 0:
                continue
            for do in (how, "EIO") if how == "kill_before" else (how,):
                disk, shadow = work.fresh("disk", base), work.fresh("shadow")
                before = Disk(disk, base, shadow)
                cosigned, code, _ = run(disk + "/w", key, bodies[:2],
                                        Fault(disk, do, at, shadow=shadow).env)
                for kind in IMAGES:
                    what = "call %d, %s, %s, %d cosigned" % (at, do, kind, cosigned)
                    print(what)
                    look(image_of(work, before, kind, at) + "/w", key, sizes, bodies, cosigned, what)
        print("%d points of a witness" % len(points))


if __name__ == "__main__":
    main()
