"""Clients that ask for much and read it a byte at a time, or never, hold up nobody: commands go on being
acknowledged, memory stays bounded, and SIGTERM still ends the process."""

import json
import socket
import time

from faults import Work, client_lines, expect, new_book, tally, write_lines
from served import Served
from thrift_client import ThriftClient

READERS = 24
COMMANDS = 200
RECORDS = 2000
# Two copies of a page for each reader, and some for the allocator.
GROWTH_BYTES_MAX = 200 << 20


def resident_bytes(process):
    with open("/proc/%d/status" % process.pid) as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmRSS"))


def greedy_reader(served):
    """Asks for the largest page, many times on one connection, into a small window."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(60)
    connection.connect(("127.0.0.1", served.http_port))
    one = ("GET /v1/books/faults/records?from=0&limit=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
           "Authorization: Bearer %s\r\n\r\n" % served.token).encode()
    connection.sendall(one * 20)
    return connection


def main():
    with Work() as work:
        book = work.fresh("disk") + "/book"
        new_book(book)
        write_lines(work / "lines", client_lines(0, RECORDS))
        expect(tally("submit", "--data", book, work / "lines")[0] == 0, "submit")
        served = Served(book)
        expect(served.get("/v1/books/faults/records?from=0&limit=1000")[0] == 200, "a page")
        before = resident_bytes(served.process)
        readers = [greedy_reader(served) for _ in range(READERS)]
        for reader in readers[::2]:
            expect(reader.recv(1) == b"H", "it is not answered")
        # While all of them wait for their bytes, the writer and other readers go on.
        begin = time.monotonic()
        for number in range(COMMANDS):
            line = client_lines(RECORDS + number, RECORDS + number + 1)[0]
            expect(served.submit(line)[0] == 201, "command %d was held up" % number)
            for reader in readers[::2]:
                expect(len(reader.recv(1)) == 1, "the connection was lost")
        print("%d commands in %.1f s" % (COMMANDS, time.monotonic() - begin))
        rpc = ThriftClient(served.rpc_port)
        commands = [json.loads(line) for line in client_lines(900_000, 900_100)]
        expect(None not in rpc.submit(served.token, "faults", commands), "Thrift was held up")
        expect(json.loads(served.get("/health")[2])["size"] > RECORDS, "health")
        growth = resident_bytes(served.process) - before
        print("%d slow readers: %d MiB more" % (READERS, growth >> 20))
        expect(growth < GROWTH_BYTES_MAX, "memory piles up: %d bytes" % growth)
        expect(served.stop() == 0, "it ended badly: " + served.errors)
        for reader in readers:
            reader.close()


if __name__ == "__main__":
    main()
