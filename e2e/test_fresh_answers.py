"""Whoever was told of a change gets no answer from before it, however many ask at the same time."""

import gzip
import http.client
import json
import threading

import pytest

RENAMES = 400
READERS = 6
PLAN = "name: small\nsteps:\n  one:\n    set: { value: 1 }\noutputs:\n  value: ${{ steps.one.output.value }}\n"


class Client:
    """One connection that is kept, as programs do that ask often."""

    def __init__(self, engine):
        self.connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=20)

    def send(self, method, path, body=None, **headers):
        if body is not None:
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, body and json.dumps(body), headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def get(self, path, **headers):
        status, answered, body = self.send("GET", path, **headers)
        assert status == 200, body
        return json.loads(gzip.decompress(body) if answered["Content-Encoding"] == "gzip" else body)


@pytest.fixture
def number(engine):
    """A task that has ended."""
    number = engine.submit(PLAN, name="Name 0")
    engine.wait(number)
    return number


def together(*jobs):
    """Runs them in threads of their own, and raises what went wrong in any of them."""
    failures = []

    def run(job):
        try:
            job()
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def count(name):
    return int(name.removeprefix("Name "))


def test_no_reader_sees_a_name_from_before_the_one_that_was_acknowledged(engine, number):
    identity = engine.task(number)["id"]
    acknowledged, is_over = 0, threading.Event()

    def rename():
        nonlocal acknowledged
        client = Client(engine)
        try:
            for name in range(1, RENAMES + 1):
                status, _, body = client.send("PATCH", f"/api/tasks/{number}", {"name": f"Name {name}"})
                assert status == 200, body
                acknowledged = name
        finally:
            is_over.set()

    def read(path, find, **headers):
        client = Client(engine)
        asked = 0
        while not is_over.is_set() or asked < 100:
            oldest = acknowledged
            seen = count(find(client.get(path, **headers)))
            assert seen >= oldest, f"GET {path} told of name {seen}, after {oldest} was acknowledged"
            asked += 1

    def first(listing):
        return listing["tasks"][0]["name"]

    paths = [
        (f"/api/tasks/{number}", lambda task: task["name"]), (f"/api/tasks/{identity}", lambda task: task["name"]),
        ("/api/tasks?size=25", first), ("/api/tasks?status=completed", first),
    ]
    readers = [lambda path=path, find=find: read(path, find) for path, find in paths]
    packed = {"Accept-Encoding": "gzip"}
    readers += [lambda path=path, find=find: read(path, find, **packed) for path, find in paths[::2]]
    together(rename, *readers)
    assert engine.task(number)["name"] == f"Name {RENAMES}"


def test_what_was_made_is_listed_and_what_was_deleted_is_gone(engine, number):
    def work():
        client = Client(engine)
        for _ in range(30):
            status, _, body = client.send("POST", "/api/tasks", {"plan": {"text": PLAN}})
            assert status == 201, body
            made = json.loads(body)["number"]
            listed = client.get("/api/tasks?size=100")
            assert made in [task["number"] for task in listed["tasks"]]
            engine.wait(made)
            assert client.get(f"/api/tasks/{made}")["status"] == "completed"
            status, _, body = client.send("DELETE", f"/api/tasks/{made}")
            assert status < 300, body
            assert client.send("GET", f"/api/tasks/{made}")[0] == 410
            listed = client.get("/api/tasks?size=100")
            assert made not in [task["number"] for task in listed["tasks"]]

    together(*[work] * READERS)
    assert engine.get("/api/tasks")["total"] == 1


def test_a_foreign_host_gets_nothing_that_is_kept(engine, number):
    client = Client(engine)
    for path in (f"/api/tasks/{number}", "/api/tasks"):
        kept = [client.send("GET", path)[2] for _ in range(3)]
        assert len(set(kept)) == 1
        status, headers, body = client.send("GET", path, Host="evil.example:80")
        assert status == 421 and headers["Content-Type"] == "application/problem+json", body
        status, headers, body = client.send("HEAD", path)
        assert (status, int(headers["Content-Length"]), body) == (200, len(kept[0]), b"")


def test_what_is_kept_takes_bounded_memory(engine, number):
    client = Client(engine)
    client.get("/api/tasks?page=1")
    before = engine.memory()
    for page in range(1, 20_001):
        client.send("GET", f"/api/tasks?page={page}")
    assert engine.memory() - before < 15
