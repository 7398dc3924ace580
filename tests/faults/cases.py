"""The runs of `tally` that the fault tests put faults in, and what must be true of the book afterwards."""

import hashlib
import json
import os
import shutil

from faults import (checkpoint, client_lines, expect, new_book, read_bytes, receipts_of, tally, vkey,
                    write_lines)
from served import Served

IMAGES = ("killed", "power cut", "power cut, some kept")


class Submit:
    """`tally submit` of a few commands, all in one group."""

    name = "submit"
    lines = client_lines(1, 4)
    before = []  # Commands that the book has already.
    path = ""  # Errors are put into calls on files whose names have this in them.
    open_batches = 0  # How often a crash left a very large batch without its end.

    def __init__(self, work):
        self.lines_path = work / "lines"
        write_lines(self.lines_path, self.lines)

    def prepare(self, work, book):
        new_book(book)
        write_lines(work / "before", self.before)
        code, output, errors = tally("submit", "--data", book, work / "before")
        expect(code == 0, "submit: %s%s" % (output[-500:], errors))

    def state(self, folder):
        """What no crash may change."""
        return checkpoint(folder)

    def run(self, folder, fault=None):
        code, output, errors = tally("submit", "--data", folder, self.lines_path,
                                     env=fault.env if fault else None)
        return code, receipts_of(output), errors


class Serve(Submit):
    """`tally serve` and commands over HTTP, one after another: each a group of its own."""

    name = "serve"

    def run(self, folder, fault=None):
        receipts = {}
        served = Served(folder, env=fault.env if fault else None)
        try:
            for number, line in enumerate(self.lines, 1):
                answer = served.submit(line) if served.listening else None
                if answer is None or answer[0] not in (200, 201):
                    break
                receipts[number] = answer[1]
        finally:
            code = served.stop()
        return code, receipts, served.errors


def open_accounts(request_id, count):
    """A command with so many records and one."""
    accounts = ["assets:house:receivable:@%s.%d" % (request_id, i) for i in range(count)]
    return json.dumps({"command": "open_accounts", "request_id": request_id, "actor": "@ops",
                       "approver": "@compliance", "accounts": accounts})


class Runs(Submit):
    """The book comes to 65,536 records, where the first run of its index is written."""

    name = "runs"
    before = [open_accounts("o-%d" % i, 1000) for i in range(65)]
    lines = client_lines(1, 2) + [open_accounts("across", 600)] + client_lines(2, 3)


def by_two(command, **fields):
    return json.dumps({"command": command, "actor": "@ops", "approver": "@compliance", **fields})


def reserve(number):
    return by_two("reserve", reservation="@r%d" % number, debit="equity:house:capital",
                  credit="assets:house:till", commodity="EUR", amount="0.01", hold="credit",
                  expires_at="2000-01-01T01:00:00Z")


class Parts(Submit):
    """A tick that ends so many reservations that its batch is written in several groups. Broken off
    between them it is voided, and those records stay: the book is another one, its balances are not."""

    name = "parts"
    before = [by_two("open_accounts", accounts=["assets:house:till"]),
              by_two("post_entry", postings=[
                  {"account": "assets:house:till", "commodity": "EUR", "amount": "1000.00"},
                  {"account": "equity:house:capital", "commodity": "EUR", "amount": "-1000.00"}]),
              ] + [reserve(i) for i in range(8100)]
    lines = client_lines(1, 2) + [json.dumps(
        {"command": "tick", "request_id": "tick-1", "actor": "@ops",
         "at": "2000-01-02T00:00:00Z"})] + client_lines(2, 3)

    def state(self, folder):
        code, output, errors = tally("balance", "--data", folder)
        expect(code == 0, errors)
        return json.loads(output)["balances"]


class Rotate(Submit):
    """The log's key changes twice between ordinary commands; each time the old and the new key sign."""

    name = "rotate"
    before = client_lines(1, 2)

    def prepare(self, work, book):
        super().prepare(work, book)
        # What is to be signed needs the keys: it is made in a copy, which rotates as the book shall.
        copy = work.fresh("copy", book)
        self.lines = client_lines(2, 3) + [self.rotation(copy), client_lines(3, 4)[0],
                                           self.rotation(copy)] + client_lines(4, 5)
        write_lines(self.lines_path, self.lines)
        for name in os.listdir(copy + "/keys"):
            shutil.copy(copy + "/keys/" + name, book + "/keys/" + name)

    @staticmethod
    def rotation(copy):
        """The command of a rotation, after one more ordinary command."""
        code, _, errors = tally("submit", "--data", copy, "-", text=client_lines(90, 91)[0] + "\n")
        expect(code == 0, "submit: " + errors)
        code, output, errors = tally("key", "rotate", "--data", copy, "--actor", "@ops",
                                     "--approver", "@chief")
        expect(code == 0, "key rotate: " + errors)
        seq = receipts_of(output)[1]["seq"]
        code, output, errors = tally("record", "--data", copy, "--seq", str(seq))
        expect(code == 0, "record: " + errors)
        body = json.loads(output)["body"]
        return json.dumps({"command": "rotate_log_key", "request_id": body["request_id"],
                           "actor": "@ops", "approver": "@chief", **body["command"]})

    def state(self, folder):
        """The records, and which key signs: its note must be that key's alone, or the overlap's."""
        with open(folder + "/signer/memory", "rb") as file:
            expect(b"ledger.example/faults" in file.read(), "the signer's memory names another log")
        code, output, errors = tally("key", "show", "--data", folder)
        expect(code == 0 and "missing" not in output, "key show: %s%s" % (output, errors))
        return checkpoint(folder), json.loads(output)["keys"]


class Erase(Submit):
    """Somebody is erased: of him nothing stays, of the others everything, and the record says it once.
    They are no clients: a client's data is needed by law for years."""

    name = "erase"
    lines = ["erase"]
    path = "/vault"
    before = client_lines(1, 3)

    def prepare(self, work, book):
        super().prepare(work, book)
        lines = [json.dumps({"person": "@p%d" % i, "fields": {"name": "Person number %d" % i}})
                 for i in (1, 2)]
        code, output, errors = tally("vault", "import", "--data", book, "-", "--actor", "@ops",
                                     text="\n".join(lines))
        expect(code == 0, "import: %s%s" % (output, errors))
        self.old_key = read_bytes(book + "/keys/vault.kek").split(b"key: ")[1][:64]

    def run(self, folder, fault=None):
        code, output, errors = tally("vault", "erase", "--data", folder, "--person", "@p1", "--actor",
                                     "@ops", "--approver", "@chief", env=fault.env if fault else None)
        return code, {1: json.loads(output)["receipt"]} if code == 0 else {}, errors

    def state(self, folder):
        code, output, errors = tally("history", "--data", folder, "--kind", "personal_data_erased")
        expect(code == 0, "history: " + errors)
        code, status, errors = tally("vault", "status", "--data", folder)
        expect(code == 0, "status: " + errors)
        status = json.loads(status)
        return (len(json.loads(output)["records"]), status["locked"], status["names"],
                status["erasures"], status["missing_keys"])

    def check(self, folder, receipts, reference):
        code, output, errors = tally("verify", "--data", folder, "--key", vkey(folder))
        expect(code == 0, "verify: %s%s" % (output, errors))
        code, _, errors = self.run(folder)
        done = "unknown_reference" in errors
        expect(done if receipts else code == 0 or done, "erasing again: %d %s" % (code, errors))
        expect(self.state(folder) == reference, "%s, not %s" % (self.state(folder), reference))
        code, output, errors = tally("vault", "view", "--data", folder, "--person", "@p2", "--actor",
                                     "@ops")
        expect(code == 0 and "Person number 2" in output, "the other person: %s" % errors)
        for here, _, names in os.walk(folder):
            for name in names:
                expect(not name.endswith((".new", ".next")) and name != "erasing", name + " is left")
                expect(self.old_key not in read_bytes(here + "/" + name), "the old key is in " + name)
        code, output, errors = tally("verify", "--data", folder, "--key", vkey(folder), "--json")
        expect(code == 0 and json.loads(output)["vault"]["commitments_erased"] == 1,
               "verify after it: %s%s" % (output, errors))


class Migrate(Submit):
    """A book from before the vault is opened for writing: its names go into the vault, each with its id."""

    name = "migrate"
    before = client_lines(100, 120)

    def prepare(self, work, book):
        super().prepare(work, book)
        # As it was then: what is in the vault, in a file of lines. The names of a simulated book follow
        # from its seed, so a book that loses them mints the same again; these are others.
        shutil.rmtree(book + "/vault")
        os.remove(book + "/keys/vault.kek")
        self.old = {"@old%d" % i: hashlib.sha256(b"%d" % i).hexdigest()[:32] for i in range(200)}
        with open(book + "/private/refs", "w") as file:
            for name, number in self.old.items():
                line = "%s %s" % (name, number)
                file.write("%s %s\n" % (line, hashlib.sha256(line.encode()).hexdigest()[:8]))
        os.chmod(book + "/private/refs", 0o600)

    def state(self, folder):
        names = json.loads(tally("vault", "status", "--data", folder)[1])["names"]
        left = [name for name in os.listdir(folder + "/private") if name.startswith("refs")]
        for name in ("@old0", "@old199"):
            code, output, errors = tally("vault", "view", "--data", folder, "--person", name, "--actor",
                                         "@old1")
            expect(self.old[name] in output, "%s is another: %s%s" % (name, output, errors))
        return checkpoint(folder), names, left


def acknowledged_is_there(case, folder, receipts):
    """Before anything is written: what was answered is in the book, and its names are known."""
    size, _ = checkpoint(folder)
    for line, receipt in receipts.items():
        expect(receipt["seq"] + receipt["count"] <= size, "line %d is not in the book" % line)
    for name in sorted({json.loads(case.lines[line - 1]).get("client", "@ops") for line in receipts}):
        code, _, errors = tally("history", "--data", folder, "--subject", name, "--limit", "1")
        # An actor's name is known though no record is about him.
        expect(code == 0 or "unknown_subject" in errors,
               "the name %s of a recorded command is lost: %s" % (name, errors))


def check_book(case, folder, receipts, reference):
    if isinstance(case, Erase):
        return case.check(folder, receipts, reference)
    code, output, errors = tally("verify", "--data", folder, "--key", vkey(folder))
    expect(code == 0, "verify: %s%s" % (output, errors))
    case.open_batches += "open batch from" in output
    acknowledged_is_there(case, folder, receipts)
    code, again, errors = case.run(folder)
    expect(code == 0 and len(again) == len(case.lines), "submitting again: %d %s %s" % (code, again, errors))
    for line, receipt in receipts.items():
        expect(again[line] == {**receipt, "hit": True}, "line %d is answered otherwise: %s, was %s" %
               (line, again[line], receipt))
    expect(case.state(folder) == reference, "the book is another one than without the crash")
    code, output, errors = tally("verify", "--data", folder, "--key", vkey(folder), "--recompute")
    expect(code == 0, "verify after it: %s%s" % (output, errors))


def image_of(work, disk, kind, seed):
    if kind == "killed":
        # A copy, because the next look wants the disk as it is.
        return work.fresh("image", disk.folder)
    image = work / "image"
    disk.power_cut(image, None if kind == "power cut" else seed)
    return image
