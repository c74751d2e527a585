"""An engine as another process: started, spoken to over HTTP, and ended in every way a process can end."""

import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
ENDED = ("completed", "failed", "cancelled")


def eventually(check, what, seconds=20.0):
    """The first true value of `check()`, which is asked again and again until then."""
    deadline = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        assert time.monotonic() < deadline, f"within {seconds} s it never became true that {what}"
        time.sleep(0.005)


class Engine:
    """`signalbox serve` on a data directory. After it has ended, however it did, it can be started again."""

    def __init__(self, binary, data, logs):
        self.binary = binary
        self.data = Path(data)
        self.logs = Path(logs)
        self.process = None
        self.port = 0
        self.starts = 0

    # -- the process

    def launch(self, *arguments, port=0, **options):
        """Starts the process and does not wait for anything."""
        self.starts += 1
        self.out = self.logs / f"serve-{self.starts}.out"
        self.err = self.logs / f"serve-{self.starts}.err"
        command = [self.binary, "serve", "--port", str(port), "--data", self.data, *arguments]
        with self.out.open("w") as out, self.err.open("w") as err:
            self.process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, **options)
        return self

    def start(self, *arguments, seconds=20, **options):
        """Starts the process and returns when it has said where it serves."""
        self.launch(*arguments, **options)

        def address():
            assert self.process.poll() is None, f"it ended with {self.process.returncode}:\n{self.output}"
            return ADDRESS.search(self.output)

        self.port = int(eventually(address, "the server has said its address", seconds).group(1))
        return self

    @property
    def output(self):
        """What it has written since it was started, stdout first."""
        return self.out.read_text(errors="replace") + self.err.read_text(errors="replace")

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """Ends it as a crash would: no handler runs, nothing is flushed."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds=15):
        """Asks it to end, and returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def memory(self, field="VmRSS"):
        """Resident memory in MB; `VmHWM` for the most it ever was."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", status).group(1)) / 1024

    # -- the programming interface

    def request(self, method, path, body=None, headers=None, timeout=20):
        """Status, headers and bytes of an answer. A body that is no bytes is sent as JSON."""
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        except ConnectionError:
            assert self.is_running, f"it has ended with {self.process.returncode}:\n{self.output}"
            raise
        finally:
            connection.close()

    def get(self, path):
        status, _, body = self.request("GET", path)
        assert status == 200, f"GET {path}: {status} {body!r}"
        return json.loads(body)

    def submit(self, plan, brings=None, **members):
        """The number of a new task on that text of a plan, with the files in and below the directory it brings along."""
        document = {"text": plan}
        if brings is not None:
            named = {str(path.relative_to(brings)): path for path in brings.rglob("*") if path.is_file()}
            document["files"] = {name: path.read_text() for name, path in named.items() if name in plan}
        status, _, body = self.request("POST", "/api/tasks", {"plan": document, **members})
        assert status == 201, f"{status} {body!r}"
        return json.loads(body)["number"]

    def task(self, number):
        return self.get(f"/api/tasks/{number}")

    def wait(self, number, *statuses, seconds=30):
        """The task, once it has one of these statuses (if none is named: once it has ended)."""
        wanted = statuses or ENDED

        def there():
            task = self.task(number)
            return task if task["status"] in wanted else None

        return eventually(there, f"task {number} is {' or '.join(wanted)}", seconds)

    # -- the journal, read past the program

    def events(self, number):
        """Kind, step and run of every event of a task, in order."""
        database = sqlite3.connect(f"file:{self.data / 'signalbox.db'}?mode=ro", uri=True)
        try:
            rows = "SELECT kind, step, run FROM event WHERE task = ? ORDER BY sequence"
            return database.execute(rows, (number,)).fetchall()
        finally:
            database.close()

    def counts(self):
        """Rows of every table that a request may write to, and blobs."""
        database = sqlite3.connect(f"file:{self.data / 'signalbox.db'}?mode=ro", uri=True)
        try:
            tables = ("event", "task", "step", "plan", "request_key")
            rows = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
        finally:
            database.close()
        return {**rows, "blobs": sum(path.is_file() for path in (self.data / "blobs").rglob("*"))}
