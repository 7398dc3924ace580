"""As much of Thrift's framed binary protocol as the fault tests need: TallyService.submit."""

import json
import socket
import struct

STOP, BOOL, I32, I64, STRING, STRUCT, LIST = 0, 2, 8, 10, 11, 12, 15
CALL, REPLY = 1, 2
ENVELOPE = {"command": 1, "request_id": 2, "effective_at": 3, "approver": 4, "actor": 6, "at": 7}


def text(value):
    data = value.encode()
    return struct.pack(">i", len(data)) + data


def field(kind, number, payload):
    return struct.pack(">bh", kind, number) + payload


def command_struct(command):
    out = b"".join(field(STRING, number, text(command[name]))
                   for name, number in ENVELOPE.items() if name in command and name != "actor")
    rest = {name: value for name, value in command.items() if name not in ENVELOPE}
    return out + field(STRING, 5, text(json.dumps(rest))) + bytes([STOP])


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, pattern):
        size = struct.calcsize(pattern)
        values = struct.unpack(pattern, self.data[self.at:self.at + size])
        self.at += size
        return values[0]

    def bytes(self):
        size = self.take(">i")
        self.at += size
        return self.data[self.at - size:self.at]

    def value(self, kind):
        if kind == BOOL:
            return self.take(">b") != 0
        if kind in (I32, I64):
            return self.take(">i" if kind == I32 else ">q")
        if kind == STRING:
            return self.bytes().decode()
        if kind == LIST:
            element = self.take(">b")
            return [self.value(element) for _ in range(self.take(">i"))]
        assert kind == STRUCT, "unexpected type %d" % kind
        out = {}
        while (inner := self.take(">b")) != STOP:
            number = self.take(">h")
            out[number] = self.value(inner)
        return out


class ThriftClient:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)

    def close(self):
        self.socket.close()

    def results(self, token, book, commands):
        """The SubmitResults by field number; None if the server is gone. A Problem raises."""
        body = struct.pack(">I", 0x80010000 | CALL) + text("submit") + struct.pack(">i", 1)
        body += field(STRING, 1, text(token)) + field(STRING, 2, text(book))
        body += field(LIST, 3, struct.pack(">bi", STRUCT, len(commands)) +
                      b"".join(command_struct(command) for command in commands)) + bytes([STOP])
        try:
            self.socket.sendall(struct.pack(">i", len(body)) + body)
            frame = self._read(struct.unpack(">i", self._read(4))[0])
        except (OSError, EOFError):
            return None
        reply = Reader(frame)
        assert reply.take(">I") & 0xff == REPLY
        reply.bytes(), reply.take(">i")
        answer = reply.value(STRUCT)
        if 0 not in answer:
            raise RuntimeError("Thrift: %s" % answer)
        return answer[0]

    def submit(self, token, book, commands):
        """(seq, leaf hashes) for each command, None for a refused one; None if the server is gone."""
        results = self.results(token, book, commands)
        if results is None:
            return None
        return [(result[1][1], result[1][4]) if 1 in result else None for result in results]

    def _read(self, size):
        data = b""
        while len(data) < size:
            more = self.socket.recv(size - len(data))
            if not more:
                raise EOFError
            data += more
        return data
