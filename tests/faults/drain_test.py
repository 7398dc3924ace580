"""SIGTERM while many HTTP and Thrift clients have commands queued: each is answered, what was
acknowledged is durable, nothing hangs, and the process ends with 0."""

import json
import threading

from faults import Work, client_lines, expect, new_book, tally, vkey
from served import Served
from thrift_client import ThriftClient

CLIENTS = 12
COMMANDS = 40
COMMANDS_A_CALL = 25


class Client(threading.Thread):
    """Sends commands until it is told to go; remembers what it was answered."""

    def __init__(self, served, number):
        super().__init__(daemon=True)
        self.served, self.number = served, number
        self.receipts, self.refused, self.unanswered = {}, 0, 0

    def lines(self):
        first = self.number * 100_000
        for call in range(COMMANDS):
            begin = first + call * COMMANDS_A_CALL
            yield [json.loads(line) for line in client_lines(begin, begin + COMMANDS_A_CALL)]

    def take(self, name, receipt):
        if receipt is None:
            self.refused += 1
        else:
            self.receipts[name] = receipt

    def run(self):
        for commands in self.lines():
            if not self.call(commands):
                return


class HttpClient(Client):
    def call(self, commands):
        for command in commands:
            del command["actor"]
        answer = self.served.request("POST", "/v1/books/faults/commands", json.dumps(commands))
        if answer is None:
            self.unanswered += 1  # Refused while connecting, or closed before a byte was answered.
            return False
        if answer[0] != 200:
            expect(answer[0] == 503, "HTTP: %s" % (answer,))
            self.refused += len(commands)
            return True
        for command, result in zip(commands, json.loads(answer[2]), strict=True):
            receipt = result.get("receipt")
            self.take(command["request_id"], receipt and (receipt["seq"], receipt["leaf_hashes"]))
        return True


class RpcClient(Client):
    def call(self, commands):
        if not hasattr(self, "client"):
            self.client = ThriftClient(self.served.rpc_port)
        results = self.client.submit(self.served.token, "faults", commands)
        if results is None:
            self.unanswered += 1
            return False
        for command, result in zip(commands, results, strict=True):
            self.take(command["request_id"], result)
        return True


def drained(work):
    book = work.fresh("disk") + "/book"
    new_book(book)
    served = Served(book)
    expect(served.listening, "it does not serve")
    clients = [(HttpClient if number % 2 == 0 else RpcClient)(served, number + 1)
               for number in range(CLIENTS)]
    for client in clients:
        client.start()
    # Everybody has been answered at least once, so all are in the middle of their work.
    while any(client.is_alive() and not client.receipts for client in clients):
        pass
    code = served.stop()
    expect(code == 0, "it ended with %s: %s" % (code, served.errors))
    for client in clients:
        client.join(60)
        expect(not client.is_alive(), "client %d hangs" % client.number)
    return book, clients


def main():
    with Work() as work:
        book, clients = drained(work)
        receipts = {name: receipt for client in clients for name, receipt in client.receipts.items()}
        interrupted = sum(client.unanswered > 0 for client in clients)
        print("%d acknowledged, %d refused, %d clients interrupted" %
              (len(receipts), sum(client.refused for client in clients), interrupted))
        expect(interrupted > 0, "it was stopped when nobody was at work any more")
        code, output, errors = tally("verify", "--data", book, "--key", vkey(book), "--recompute")
        expect(code == 0, "verify: %s%s" % (output, errors))
        for name, (seq, hashes) in list(receipts.items())[::50]:
            code, output, errors = tally("record", "--data", book, "--seq", str(seq))
            expect(code == 0 and name in output, "%s is not at seq %d: %s" % (name, seq, errors))
        served = Served(book)
        for client in clients:
            for commands in client.lines():
                again = json.dumps([{k: v for k, v in command.items() if k != "actor"}
                                    for command in commands])
                known = [command["request_id"] in client.receipts for command in commands]
                if not any(known):
                    break
                status, _, body = served.request("POST", "/v1/books/faults/commands", again)
                expect(status == 200, body)
                for command, result, was_known in zip(commands, json.loads(body), known, strict=True):
                    if was_known:
                        receipt = result["receipt"]
                        expect(receipt["hit"] and client.receipts[command["request_id"]] ==
                               (receipt["seq"], receipt["leaf_hashes"]), "lost: %s" % result)
        expect(served.stop() == 0, served.errors)


if __name__ == "__main__":
    main()
