"""Files: uploaded as they come and downloaded in parts, by curl and httpx; and what can go wrong on the way."""

import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import random
import socket
import subprocess
import threading
import time
import urllib.parse

import httpx
import pytest
from engine import eventually
from test_faults import shim  # noqa: F401

BYTES = {"Content-Type": "application/octet-stream"}
NOISE = random.Random(11).randbytes(1 << 20)
GIGABYTE = 1 << 30


@pytest.fixture
def client(engine):
    with httpx.Client(base_url=f"http://127.0.0.1:{engine.port}", timeout=120, trust_env=False) as made:
        yield made


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def curl(*arguments, code=0):
    result = subprocess.run(
        ["curl", "-sS", "--noproxy", "*", *map(str, arguments)], capture_output=True, timeout=120, check=False)
    assert result.returncode == code, result.stderr
    return result.stdout


def blobs(engine):
    """The blobs that are there, and what is being written."""
    directory = engine.data / "blobs"
    found = {path.name for path in directory.rglob("*") if path.is_file() and path.parent.name != "writing"}
    writing = sorted(path.name for path in (directory / "writing").glob("*")) if directory.exists() else []
    return found, writing


def nothing_is_left(engine, before):
    eventually(lambda: blobs(engine) == (before, []), "nothing is left of the upload")


# -- what curl does


def test_curl_sends_a_file_raw_and_as_forms(engine, tmp_path):
    address = f"http://127.0.0.1:{engine.port}/api/files"
    first, second = tmp_path / "wörds, \"all\".csv", tmp_path / "b.bin"
    first.write_bytes(b"a,b\r\n1,2\r\n")
    second.write_bytes(NOISE)
    raw = json.loads(curl("-T", second, f"{address}?name=b.bin"))
    assert raw == {"name": "b.bin", "size": len(NOISE), "sha256": sha256(NOISE), "type": "application/octet-stream"}
    typed = json.loads(curl("-T", first, "-H", "Content-Type: text/x-words; charset=utf-8", f"{address}?name=a.csv"))
    assert (typed["type"], typed["sha256"]) == ("text/x-words", sha256(first.read_bytes()))
    named = '"' + str(first).replace('"', '\\"') + '"'
    form = json.loads(curl("-F", f"file=@{named};type=text/x-words", "-F", f"file=@{second}", address))
    assert form == {"files": [{**typed, "name": first.name}, raw]}
    posted = json.loads(curl("--data-binary", f"@{second}", "-H", "Content-Type: application/octet-stream", f"{address}?name=c"))
    assert posted["sha256"] == raw["sha256"]
    # A file of more than a megabyte: curl asks whether it may send it.
    large = tmp_path / "large"
    large.write_bytes(NOISE * 3)
    said = curl("-v", "-T", large, "-H", "Expect: 100-continue", f"{address}?name=large", "--stderr", "-")
    assert b"HTTP/1.1 100 Continue" in said and sha256(NOISE * 3).encode() in said
    number = engine.submit(
        "name: small\nsteps:\n  one:\n    set: { a: 1 }\n", files=[{key: typed[key] for key in ("name", "sha256", "type")}])
    assert engine.wait(number)["files"][0]["type"] == "text/x-words", "the media type is kept"


def test_curl_loads_parts_and_goes_on(engine, client, tmp_path):
    sent = client.post("/api/files?name=b.bin", content=NOISE, headers=BYTES).json()
    address = f"http://127.0.0.1:{engine.port}/api/files/{sent['sha256']}"
    assert curl("-r", "0-9", address) == NOISE[:10]
    assert curl("-r", "-7", address) == NOISE[-7:]
    assert curl("-r", "1000000-", address) == NOISE[1_000_000:]
    half = tmp_path / "half"
    half.write_bytes(NOISE[:400_000])
    curl("-C", "-", "-o", half, address)
    assert half.read_bytes() == NOISE
    header = curl("-I", address).decode().lower()
    assert f"content-length: {len(NOISE)}" in header and "accept-ranges: bytes" in header
    curl("-OJ", f"{address}?name=report.bin", "--output-dir", tmp_path)
    assert (tmp_path / "report.bin").read_bytes() == NOISE


# -- what RFC 9110 says of parts


def test_parts(client):
    content = bytes(range(100))
    tag = f'"{sha256(content)}"'
    path = "/api/files/" + client.put("/api/files?name=a.html", content=content).json()["sha256"] + "?name=a.html"
    whole = client.get(path)
    assert (whole.status_code, whole.content, whole.headers["etag"]) == (200, content, tag)
    assert whole.headers["content-disposition"].startswith('attachment; filename="a.html"')
    assert whole.headers["x-content-type-options"] == "nosniff" and "sandbox" in whole.headers["content-security-policy"]
    for asked, start, end in [("0-0", 0, 1), ("10-19", 10, 20), ("90-", 90, 100), ("-5", 95, 100), ("50-999", 50, 100)]:
        part = client.get(path, headers={"Range": f"bytes={asked}"})
        assert (part.status_code, part.content) == (206, content[start:end]), asked
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/100" and part.headers["etag"] == tag
    for asked in ("100-", "-0", "500-600"):
        part = client.get(path, headers={"Range": f"bytes={asked}"})
        assert (part.status_code, part.headers["content-range"]) == (416, "bytes */100")
        assert part.json()["code"] == "range_not_satisfiable"
    for asked in ("bytes=0-1,5-6", "lines=1-2", "bytes=9-1", "bytes=x"):
        assert client.get(path, headers={"Range": asked}).status_code == 200
    part = {"Range": "bytes=5-"}
    assert client.get(path, headers={**part, "If-Range": tag}).content == content[5:]
    assert client.get(path, headers={**part, "If-Range": '"other"'}).content == content
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    head = client.head(path, headers=part)
    assert (head.status_code, head.headers["content-length"], head.content) == (200, "100", b"")
    empty = client.put("/api/files?name=none", content=b"").json()
    assert client.get(f"/api/files/{empty['sha256']}").content == b""
    assert client.get(f"/api/files/{empty['sha256']}", headers=part).status_code == 416


@pytest.mark.parametrize(
    ("name", "kind", "plain"),
    [
        ("a.png", "inline", "a.png"), ("note.txt", "inline", "note.txt"), ("page.html", "attachment", "page.html"),
        ("image.svg", "attachment", "image.svg"), ("a.pdf", "attachment", "a.pdf"), ("x", "attachment", "x"),
        ('ä"\\%.csv', "attachment", "____.csv"), ("🚂", "attachment", "_"),
    ],
)  # fmt: skip
def test_only_what_is_harmless_is_shown(client, name, kind, plain):
    hash = client.put("/api/files?name=x", content=b"<script>alert(1)</script>").json()["sha256"]
    answer = client.get(f"/api/files/{hash}", params={"name": name})
    expected = urllib.parse.quote(name, safe="")
    assert answer.headers["content-disposition"] == f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{expected}"
    assert answer.headers["x-content-type-options"] == "nosniff"


# -- large ones


def test_a_large_upload_takes_little_memory(engine, client):
    """300 MB: received and sent again in bounded memory, one as raw body and one in a form."""
    portions, digest = 300, hashlib.sha256()
    for number in range(portions):
        digest.update(number.to_bytes(4) + NOISE[4:])
    client.post("/api/files?name=small", content=NOISE, headers=BYTES)
    before = engine.memory("VmHWM")

    def content():
        for number in range(portions):
            yield number.to_bytes(4) + NOISE[4:]

    sent = client.post("/api/files?name=large", content=content(), headers=BYTES)
    assert sent.status_code == 201, sent.text
    assert sent.json()["sha256"] == digest.hexdigest() and sent.json()["size"] == portions << 20

    def form():
        yield b'--B\r\nContent-Disposition: form-data; name="f"; filename="large"\r\n\r\n'
        yield from content()
        yield b"\r\n--B--\r\n"

    sent = client.post("/api/files", content=form(), headers={"Content-Type": "multipart/form-data; boundary=B"})
    assert sent.json()["files"][0]["sha256"] == digest.hexdigest()
    received = hashlib.sha256()
    with client.stream("GET", f"/api/files/{digest.hexdigest()}") as answer:
        assert int(answer.headers["content-length"]) == portions << 20
        for portion in answer.iter_raw():
            received.update(portion)
    assert received.digest() == digest.digest()
    assert engine.memory("VmHWM") < before + 30


def test_the_command_line_uploads_in_little_memory(engine, binary, tmp_path):
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        for number in range(200):
            file.write(number.to_bytes(4) + NOISE[4:])
    plan = tmp_path / "plan.yaml"
    plan.write_text("name: large\nsteps:\n  a:\n    set: { b: 1 }\n")
    command = [binary, "run", plan, "--file", large, "--detach", "--data", engine.data]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    stop = threading.Timer(60, process.kill)
    stop.start()
    peak = 0
    try:
        # Not wait4: what it tells includes what this process held when it forked.
        while process.poll() is None:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            peak = max([peak, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.005)
    finally:
        stop.cancel()
    assert process.returncode == 0, process.stderr.read()
    assert 0 < peak < 100 << 10, f"{peak} KB"
    file = engine.wait(1)["files"][0]
    assert (file["size"], file["sha256"]) == (200 << 20, hashlib.sha256(large.read_bytes()).hexdigest())


def test_the_command_line_gets_a_file(engine, client, binary, tmp_path):
    kept = client.put("/api/files", params={"name": "a.bin"}, content=b"some bytes").json()["sha256"]
    place = tmp_path / "a.bin"
    for arguments, code in [([], 0), ([], 2), (["--force"], 0)]:
        result = subprocess.run(
            [binary, "files", "get", kept, "--output", place, *arguments, "--data", engine.data], capture_output=True,
            text=True, timeout=30, check=False)  # fmt: skip
        assert result.returncode == code, result.stderr
    assert place.read_bytes() == b"some bytes" and [path.name for path in tmp_path.glob("a.bin*")] == ["a.bin"]
    printed = subprocess.run([binary, "files", "get", kept, "--data", engine.data], capture_output=True, timeout=30, check=True)
    assert printed.stdout == b"some bytes"
    missing = subprocess.run(
        [binary, "files", "get", "0" * 64, "--data", engine.data], capture_output=True, text=True, timeout=30, check=False)
    assert missing.returncode == 2 and "There is no file with the hash" in missing.stderr


def test_a_body_over_the_limit_is_refused_at_once(engine, client):
    for path, kind in [("/api/files?name=x", "application/octet-stream"), ("/api/files", "multipart/form-data; boundary=B")]:
        connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=20)
        connection.putrequest("POST", path)
        connection.putheader("Content-Type", kind)
        connection.putheader("Content-Length", str(GIGABYTE + 1))
        connection.endheaders()
        answer = connection.getresponse()
        problem = json.loads(answer.read())
        connection.close()
        assert answer.status == 413 and str(GIGABYTE) in problem["detail"], problem
        assert int(answer.headers["Signalbox-Body-Bytes-Maximum"]) == GIGABYTE
    nothing_is_left(engine, set())


EXPECTED = [
    ("POST", "/api/files?name=x", {"Content-Length": str(GIGABYTE + 1), **BYTES}, 413),
    ("POST", "/api/files", {"Content-Length": "5000000", **BYTES}, 422),
    ("PUT", "/api/files?name=..", {"Content-Length": "5000000"}, 422),
    ("PUT", "/api/files?name=x&what=1", {"Content-Length": "5000000"}, 422),
    ("POST", "/api/files?name=x", {"Content-Length": "5000000", "Content-Type": "text/plain"}, 415),
    ("PUT", "/api/files?name=x", {"Content-Length": "5000000", "Origin": "https://evil.example"}, 403),
    ("PUT", "/api/files?name=x", {"Content-Length": "5000000", "Host": "evil.example"}, 421),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "headers", "status"), EXPECTED, ids=[f"{row[3]} {row[1]}" for row in EXPECTED])
def test_who_asks_before_sending_is_told(engine, method, path, headers, status):
    """`Expect: 100-continue`: what is wrong already is said in the place of the go-ahead."""
    lines = [f"{method} {path} HTTP/1.1", "Expect: 100-continue"]
    headers = {"Host": f"127.0.0.1:{engine.port}", **headers}
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with socket.create_connection(("127.0.0.1", engine.port), timeout=10) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        assert connection.recv(4_096).startswith(f"HTTP/1.1 {status} ".encode())


# -- what breaks


FORM = b'--B\r\nContent-Disposition: form-data; name="f"; filename="%s"\r\n\r\nhello\r\n'
WRONG = {
    "no form": (b"hello", 400), "no end": (FORM % b"a", 400), "nothing": (b"--B--", 422), "no body": (b"", 400),
    "a field": (b'--B\r\nContent-Disposition: form-data; name="f"\r\n\r\nx\r\n--B--', 422),
    "no name": (FORM % b"" + b"--B--", 422), "dots": (FORM % b".." + b"--B--", 422),
    "directory": (FORM % b"../../etc/" + b"--B--", 422), "nul": (FORM % b"a\0b" + b"--B--", 400),
    "not utf-8": (FORM % b"\xff" + b"--B--", 400), "long name": (FORM % (b"a" * 300) + b"--B--", 422),
    "long header": (FORM % (b"a" * 9_000) + b"--B--", 413), "many parts": (FORM % b"a" * 1_001 + b"--B--", 413),
    "the second is wrong": (FORM % b"a" + FORM % b".." + b"--B--", 422),
}  # fmt: skip


@pytest.mark.parametrize(("body", "status"), WRONG.values(), ids=WRONG)
def test_forms_that_are_wrong_leave_nothing(engine, client, body, status):
    answer = client.post("/api/files", content=body, headers={"Content-Type": "multipart/form-data; boundary=B"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    nothing_is_left(engine, set())


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "passwd"), ("/etc/passwd", "passwd"), ("a/../b", "b"), ("..%2f..%2fx", "..%2f..%2fx"),
        ("C:\\\\dir\\\\x", "C:\\dir\\x"), ("-rf", "-rf"), (".hidden", ".hidden"),
    ],
)  # fmt: skip
def test_names_lead_nowhere(engine, client, given, name):
    """What is left of a path is its last part, and a command finds the file in `in/` of its task."""
    form = FORM % given.encode() + b"--B--"
    kind = {"Content-Type": "multipart/form-data; boundary=B"}
    file = client.post("/api/files", content=form, headers=kind).json()["files"][0]
    assert file["name"] == name
    assert client.put("/api/files", params={"name": given.replace("\\\\", "\\")}, content=b"hello").json()["name"] == name
    plan = "name: look\nsteps:\n  look:\n    command: [find, '.', '-type', 'f']\noutputs:\n  found: ${{ steps.look.output }}\n"
    number = engine.submit(plan, files=[{"name": given.replace("\\\\", "\\"), "sha256": file["sha256"]}])
    task = engine.wait(number)
    assert task["status"] == "completed", task
    assert f"./in/{name}" in task["outputs"]["found"].splitlines()


def half_an_upload(engine, content=NOISE, length=10 << 20):
    connection = socket.create_connection(("127.0.0.1", engine.port), timeout=60)
    head = f"PUT /api/files?name=x HTTP/1.1\r\nHost: 127.0.0.1:{engine.port}\r\nContent-Length: {length}\r\n\r\n"
    connection.sendall(head.encode() + content)
    eventually(lambda: blobs(engine)[1], "it is being written")
    return connection


def test_a_broken_upload_leaves_nothing(engine):
    half_an_upload(engine).close()
    nothing_is_left(engine, set())


def test_a_crash_in_an_upload_leaves_nothing(engine):
    with half_an_upload(engine):
        engine.kill()
        assert blobs(engine)[1], "it is cut off in the middle"
        engine.start()
        assert blobs(engine) == (set(), [])


def test_an_upload_that_stands_still_is_cut_off(engine):
    with half_an_upload(engine) as connection:
        began = time.monotonic()
        assert connection.recv(4_096).startswith(b"HTTP/1.1 408 ")
        assert 20 < time.monotonic() - began < 50
    nothing_is_left(engine, set())


def test_a_full_disk_is_told_and_left_as_it_was(make_engine, shim, tmp_path):  # noqa: F811
    flagged = tmp_path / "flag"
    engine = make_engine()
    environment = {
        **os.environ, "LD_PRELOAD": str(shim), "FAULT_FLAG": str(flagged),
        "FAULT_DIRECTORY": str(engine.data / "blobs" / "writing"),
    }  # fmt: skip
    engine.start(env=environment)
    assert engine.request("PUT", "/api/files?name=x", b"first")[0] == 201
    before = blobs(engine)[0]
    for calls in ("write", "sync", "open"):
        flagged.write_text(f"28 {calls}")
        status, _, body = engine.request("PUT", "/api/files?name=x", NOISE)
        document = json.loads(body)
        assert (status, document["code"]) == (507, "storage_error"), document
        assert "space" in document["hint"]
        flagged.unlink()
        nothing_is_left(engine, before)
    assert engine.request("PUT", "/api/files?name=x", NOISE)[0] == 201


def test_a_form_is_stored_whole_or_not_at_all(engine, client):
    """The directory of its second file cannot be made: then the first one is not there either."""
    files = [b"the first", NOISE]
    (engine.data / "blobs").mkdir(exist_ok=True)
    taken = engine.data / "blobs" / sha256(files[1])[:2]
    assert sha256(files[0])[:2] != taken.name and not taken.exists()
    taken.write_bytes(b"")
    form = [("f", ("a", files[0])), ("f", ("b", files[1]))]
    answer = client.post("/api/files", files=form)
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_error"), answer.text
    assert blobs(engine) == ({taken.name}, [])
    taken.unlink()
    stored = client.post("/api/files", files=form).json()["files"]
    assert [file["sha256"] for file in stored] == [sha256(file) for file in files]


def test_uploads_are_bounded(engine):
    """Each holds a thread; the one too many is told to come later, and others are served meanwhile."""
    opened = []
    try:
        for _ in range(64):
            opened.append(socket.create_connection(("127.0.0.1", engine.port), timeout=20))
            opened[-1].sendall(
                f"PUT /api/files?name=x HTTP/1.1\r\nHost: 127.0.0.1:{engine.port}\r\nContent-Length: 9\r\n\r\n1234".encode())
        eventually(lambda: len(blobs(engine)[1]) == 64, "all are being written")
        status, headers, body = engine.request("PUT", "/api/files?name=x", b"one more")
        assert (status, json.loads(body)["code"], headers["Retry-After"]) == (503, "unavailable", "1")
        assert "64" in json.loads(body)["detail"]
        assert engine.get("/healthz") == {"status": "ok"}
        for connection in opened:
            connection.sendall(b"56789")
            assert connection.recv(4_096).startswith(b"HTTP/1.1 201 ")
    finally:
        for connection in opened:
            connection.close()
    assert blobs(engine)[0] == {sha256(b"123456789")}
