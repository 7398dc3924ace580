"""A served book whose write fails: what clients are told, what is still answered, and the way back."""

import json
import os

from cases import Serve
from faults import Fault, Work, checkpoint, client_lines, expect, new_book, tally, vkey
from served import Served

# The file whose sync fails, and what the command may be answered when it is sent again: behind the
# store's own sync it is recorded, before it nobody can know.
CASES = (("/store/", (200, 201)), ("/signer/memory", (200,)))


def stopped_book(work, path, again):
    book = work.fresh("disk") + "/book"
    new_book(book)
    lines = client_lines(1, 5)
    served = Served(book, env=Fault(book).env)
    expect(served.submit(lines[0])[0] == 201, "the first command")
    size = json.loads(served.get("/health")[2])["size"]
    served.stop()

    # Syncs of the opening itself are counted in a run without a fault.
    log = work / "log"
    if os.path.exists(log):
        os.remove(log)
    quiet = Served(work.fresh("counted", book), env=Fault(work / "counted", ops="s", path=path,
                                                          log=log).env)
    opening = sum(1 for _ in open(log))
    quiet.stop()
    served = Served(book, env=Fault(book, "EIO", opening + 1, "s", path=path).env)
    healthy = served.get("/health")
    expect(healthy[0] == 200, "before: %s" % (healthy,))
    size = json.loads(healthy[2])["size"]

    status, problem = served.submit(lines[1])
    expect((status, problem.get("reason")) == (503, "outcome_unknown"), "the command: %s" % problem)
    expect("docs/runbooks/" in problem["detail"], "no runbook is named: %s" % problem)
    status, headers, body = served.get("/health")
    expect(status == 503 and json.loads(body)["status"] == "stopped", "health: %s %s" % (status, body))
    # Every command after it is refused, though the disk would take it again; a known one is a hit.
    status, problem = served.submit(lines[2])
    expect((status, problem.get("reason")) == (503, "stopped"), "a later command: %s" % problem)
    expect(served.submit(lines[0])[1].get("hit") is True, "a durable command is not known any more")
    # What is durable is still answered, and nothing else.
    for question in ("records/0", "records/%d" % (size - 1), "balances", "checkpoint", "proofs/0",
                     "records?from=0&limit=1000"):
        status, _, body = served.get("/v1/books/faults/" + question)
        expect(status == 200, "%s: %s %s" % (question, status, body))
        if question.startswith("records?"):
            expect(len(json.loads(body)["records"]) == size, "more is shown than is durable")
        if question == "checkpoint":
            expect(int(body.splitlines()[1]) == size, "more is signed than is durable: " + body)
    expect(served.get("/v1/books/faults/records/%d" % size)[0] == 404, "more is shown")
    code = served.stop()
    expect(code == 0, "it ended with %s: %s" % (code, served.errors))

    code, output, errors = tally("verify", "--data", book, "--key", vkey(book), "--recompute")
    expect(code == 0, "verify: %s%s" % (output, errors))
    served = Served(book)
    status, answer = served.submit(lines[1])
    expect(status in again, "the way back: %s %s" % (status, answer))
    expect(served.submit(lines[2])[0] == 201, "the next command")
    expect(served.stop() == 0, served.errors)
    code, output, errors = tally("verify", "--data", book, "--key", vkey(book), "--recompute")
    expect(code == 0, "verify at the end: %s%s" % (output, errors))


def refused_references(work):
    """A name that cannot be made durable refuses its command, and stops nothing."""
    book = work.fresh("disk") + "/book"
    new_book(book)
    lines = client_lines(1, 3)
    Served(book).stop()  # The server's own name is known from here on.
    log = work / "refs.log"
    served = Served(work.fresh("counted", book), env=Fault(work / "counted", ops="s",
                                                           path="/vault/data", log=log).env)
    opening = sum(1 for _ in open(log))
    served.stop()
    served = Served(book, env=Fault(book, "EIO", opening + 1, "s", path="/vault/data").env)
    status, problem = served.submit(lines[0])
    expect((status, problem.get("reason")) == (503, "io"), "the command: %s" % problem)
    expect(served.get("/health")[0] == 200, "nothing was half-written, so nothing stops")
    expect(served.submit(lines[0])[0] == 201, "the command again")
    expect(served.submit(lines[1])[0] == 201, "the next command")
    expect(served.stop() == 0, served.errors)
    code, output, errors = tally("vault", "status", "--data", book)
    # Those of the two commands, of the token's holder and of the service itself.
    expect(code == 0 and json.loads(output)["names"] == 4, "names: %s%s" % (output, errors))


def main():
    with Work() as work:
        for path, again in CASES:
            stopped_book(work, path, again)
        refused_references(work)


if __name__ == "__main__":
    main()
