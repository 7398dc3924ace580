"""A `tally serve` process of a book, and clients that speak HTTP to it."""

import atexit
import http.client
import json
import os
import re
import signal
import subprocess

from faults import TALLY

PATIENCE = 60


class Served:
    def __init__(self, folder, env=None):
        self.book = "faults"
        token = folder + "/private/token"
        self.token = open(token).read().strip() if os.path.exists(token) else ""
        self.process = subprocess.Popen(
            [TALLY, "serve", "--data", folder, "--http", "127.0.0.1:0", "--rpc", "127.0.0.1:0"],
            env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)  # Of a test that fails; otherwise it has ended by then.
        self.first_line = self.process.stdout.readline()
        ports = re.findall(r":(\d+)", self.first_line)
        self.listening = len(ports) == 2
        if self.listening:
            self.http_port, self.rpc_port = int(ports[0]), int(ports[1])

    def request(self, method, path, body=None, content_type="application/json"):
        """Status, headers and body; None if the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=PATIENCE)
        headers = {"Authorization": "Bearer " + self.token}
        if body is not None:
            headers["Content-Type"] = content_type
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def get(self, path):
        return self.request("GET", path)

    def submit(self, line):
        """Status and answer of one command; None if the server is gone."""
        command = json.loads(line)
        command.pop("actor", None)
        answer = self.request("POST", "/v1/books/%s/commands" % self.book, json.dumps(command))
        return None if answer is None else (answer[0], json.loads(answer[2]))

    def stop(self):
        """SIGTERM, unless it ended by itself. Gives the exit code; negative: the signal."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            _, self.errors = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, self.errors = self.process.communicate()
            return "hung"
        return self.process.returncode
