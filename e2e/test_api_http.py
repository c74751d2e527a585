"""What HTTP gives to clients of the API, seen by one that nobody here wrote (httpx): gzip, versions, sizes, metrics."""

import concurrent.futures
import datetime
import gzip
import json
import math
import re
import zoneinfo

import httpx
import pytest

AGENT = {"path": "clerk.yaml", "files": {"answers.yaml": "answers: [{ text: Hello. }]"}}
PLAN = f"""
name: many
steps:
  each:
    for_each: {list(range(200))}
    steps: {{ one: {{ set: {{ value: "${{{{ item }}}}", text: "the same text in every iteration" }} }} }}
"""


@pytest.fixture
def client(start_server):
    with httpx.Client(base_url=start_server().address, timeout=30, trust_env=False) as made:
        yield made


@pytest.fixture
def number(client):
    task = client.post("/api/tasks", json={"plan": {"text": PLAN}})
    assert task.status_code == 201, task.text
    number = task.json()["number"]
    with client.stream("GET", f"/api/tasks/{number}/events", headers={"Accept": "text/event-stream"}) as events:
        for line in events.iter_lines():
            if '"type":"task_completed"' in line:
                return number
    raise AssertionError("the task did not complete")


def raw(client, address, **headers):
    """The bytes on the wire and the headers beside them."""
    with client.stream("GET", address, headers=headers) as answer:
        return answer.status_code, b"".join(answer.iter_raw()), answer.headers


def test_the_steps_of_a_loop_are_paged(client, number):
    seen, after = [], None
    while True:
        query = {"in": "each", "size": 100, **({"after": after} if after else {})}
        page = client.get(f"/api/tasks/{number}/steps", params=query).json()
        assert page["total"] == 200
        seen += [step["path"] for step in page["steps"]]
        after = page.get("next")
        if not after:
            break
    assert seen == [f"each/{index}" for index in range(200)]
    one = client.get(f"/api/tasks/{number}/steps/each/150/one").json()
    assert one["step"]["output"]["value"] == 150 and one["runs"][0]["ending"] == "step_completed"
    assert client.get(f"/api/tasks/{number}/steps/each%2F150%2Fone").json() == one
    missing = client.get(f"/api/tasks/{number}/steps", params={"in": "each/200"})
    assert missing.status_code == 404 and "each/0 to each/199" in missing.json()["hint"]


@pytest.mark.parametrize("address", ["events?limit=1000", "", "export", "export?format=html"])
def test_large_answers_are_packed_for_those_who_take_it(client, number, address):
    address = f"/api/tasks/{number}/{address}".rstrip("/")
    status, packed, headers = raw(client, address, **{"Accept-Encoding": "gzip"})
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    status, plain, headers = raw(client, address, **{"Accept-Encoding": "identity"})
    assert status == 200 and "content-encoding" not in headers and headers["vary"] == "Accept-Encoding"
    unpacked = gzip.decompress(packed)
    if "export" in address:
        # The moment of the export differs, and with it all hashes.
        assert abs(len(unpacked) - len(plain)) < 10 and b"signalbox-task-export" in unpacked
    else:
        assert json.loads(unpacked) == json.loads(plain)
    assert len(packed) < len(plain) / 2
    # httpx takes gzip by itself, and gives out what was in it.
    assert client.get(address).headers["content-encoding"] == "gzip"


def test_pages_and_their_files_are_packed_too(client, number):
    for address in ("/tasks", f"/tasks/{number}", "/api/docs", "/api/openapi.json"):
        answer = client.get(address)
        assert answer.headers["content-encoding"] == "gzip", address
    styles = re.search(r'href="(/assets/[^"]+\.css[^"]*)"', client.get("/tasks").text).group(1)
    answer = client.get(styles)
    assert answer.headers["content-encoding"] == "gzip" and "{" in answer.text


def test_event_streams_are_never_packed(client, number):
    headers = {"Accept": "text/event-stream", "Accept-Encoding": "gzip"}
    with client.stream("GET", f"/api/tasks/{number}/events", headers=headers) as events:
        assert "content-encoding" not in events.headers
        lines = events.iter_lines()
        assert any(line.startswith("data: {") for line in lines)


def test_two_editors_do_not_overwrite_each_other(client):
    def save(description, **headers):
        text = f"name: clerk\ndescription: {description}\nmodel: script/answers.yaml\n"
        return client.post("/api/agents", json={**AGENT, "text": text}, headers=headers)

    assert save("First.").status_code == 201
    seen = client.get("/api/agents/clerk")
    tag = seen.headers["etag"]
    mine = save("Mine.", **{"If-Match": tag})
    assert mine.status_code == 201 and mine.headers["etag"] != tag
    theirs = save("Theirs.", **{"If-Match": tag})
    assert theirs.status_code == 412 and theirs.json()["code"] == "precondition_failed"
    assert client.get("/api/agents/clerk").json()["description"] == "Mine."
    again = client.get("/api/agents/clerk", headers={"If-None-Match": mine.headers["etag"]})
    assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == mine.headers["etag"]
    assert client.post("/api/agents/clerk/archive", headers={"If-Match": tag}).status_code == 412
    assert client.post("/api/agents/clerk/archive", headers={"If-Match": mine.headers["etag"]}).status_code == 200


def test_a_version_is_known_packed_and_plain(client):
    text = "name: long\nmodel: script/answers.yaml\nsystem: " + "The same words. " * 300 + "\n"
    assert client.post("/api/agents", json={**AGENT, "text": text}).status_code == 201
    packed = client.get("/api/agents/long")
    plain = client.get("/api/agents/long", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and packed.json() == plain.json()
    assert packed.headers["etag"] != plain.headers["etag"]
    for tag in (packed.headers["etag"], plain.headers["etag"]):
        assert client.get("/api/agents/long", headers={"If-None-Match": tag}).status_code == 304
    changed = {**AGENT, "text": text + "description: Changed.\n"}
    assert client.post("/api/agents", json=changed, headers={"If-Match": packed.headers["etag"]}).status_code == 201


def test_how_large_a_body_may_be_is_announced(client):
    signal = client.post("/api/signals/x", json={"key": "1"})
    maximum = int(signal.headers["signalbox-body-bytes-maximum"])
    refused = client.post("/api/signals/x", content=b" " * (maximum + 1), headers={"Content-Type": "application/json"})
    assert refused.status_code == 413
    assert int(refused.headers["signalbox-body-bytes-maximum"]) == maximum
    for answer in (client.post("/api/signals/x", content=b"{", headers={"Content-Type": "application/json"}),
                   client.post("/api/signals/x", json={"kez": "1"}), client.post("/api/signals/x", content=b"key=1")):
        assert answer.status_code in (400, 415, 422) and int(answer.headers["signalbox-body-bytes-maximum"]) == maximum
    file = client.post("/api/files?name=a", content=b"a", headers={"Content-Type": "application/octet-stream"})
    assert int(file.headers["signalbox-body-bytes-maximum"]) > maximum


SMALL = {"plan": {"text": "name: small\nsteps: { a: { set: { b: 1 } } }\n"}}


def test_a_late_repetition_of_a_deleted_task_does_nothing(client):
    key = {"Idempotency-Key": "order-4711"}
    made = client.post("/api/tasks", json=SMALL, headers=key)
    assert made.status_code == 201, made.text
    address = f"/api/tasks/{made.json()['number']}"
    headers = {"Accept": "text/event-stream"}
    with client.stream("GET", address + "/events", headers=headers) as events:
        assert any(line == "event: ended" for line in events.iter_lines())
    assert client.delete(address).status_code == 200
    late = client.post("/api/tasks", json=SMALL, headers=key)
    assert (late.status_code, late.json()["code"]) == (410, "gone")
    assert f"Task #{made.json()['number']}," in late.json()["detail"]
    assert client.post("/api/tasks", json={**SMALL, "name": "Else"}, headers=key).status_code == 409
    assert client.get(address + "/export").status_code == 410
    assert client.get("/api/tasks").json()["total"] == 0


def test_equal_requests_at_once_make_one_task(client):
    def create(_):
        return client.post("/api/tasks", json=SMALL, headers={"Idempotency-Key": "once"})

    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(create, range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert client.get("/api/tasks").json()["total"] == 1


def test_days_are_those_of_the_zone(client):
    """Where the day is another one at every moment: 25 hours lie between the two."""
    task = client.post("/api/tasks", json=SMALL).json()
    created = datetime.datetime.fromisoformat(task["created"].replace("Z", "+00:00"))
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    days = [created.astimezone(zoneinfo.ZoneInfo(zone)).date().isoformat() for zone in zones]
    assert days[0] != days[1]
    for zone, own in zip(zones, days, strict=True):
        for day in days:
            found = client.get("/api/tasks", params={"from": day, "to": day, "zone": zone}).json()["total"]
            assert found == (day == own), (zone, day)


def test_a_stream_is_for_those_who_want_one(client):
    for accept in ("text/event-stream;q=0, */*", "application/json, text/event-stream;q=0.5", "*/*"):
        page = client.get("/api/events", headers={"Accept": accept})
        assert page.headers["content-type"] == "application/json", accept
    for accept in ("Text/Event-Stream", "application/json;q=0.5, text/event-stream", "text/*"):
        with client.stream("GET", "/api/events", headers={"Accept": accept}) as events:
            assert events.headers["content-type"] == "text/event-stream", accept


def test_what_nobody_reads_is_refused(client):
    assert client.post("/api/tasks/1/retry", json={"from": "a"}).status_code == 422
    assert client.post("/api/plans/x/archive", json={}).status_code == 404
    packed = gzip.compress(json.dumps(SMALL).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    assert client.post("/api/tasks", content=packed, headers=headers).status_code == 415
    utf16 = {"Content-Type": "application/json; charset=utf-16"}
    assert client.post("/api/tasks", content=json.dumps(SMALL).encode("utf-16"), headers=utf16).status_code == 415
    assert client.put("/api/views/v", json={}, headers={"If-None-Match": "*"}).status_code == 422
    assert client.get("/api/tasks").json()["total"] == 0


SAMPLE = re.compile(r'([a-z_:][a-z0-9_:]*)(?:\{([a-z_]+)="((?:[^"\\]|\\.)*)"\})? (\S+)')


def parse(text):
    """Samples by name and label, of a text that keeps to version 0.0.4 of the format."""
    kinds, samples, group = {}, {}, None
    assert text.endswith("\n")
    for line in text.splitlines():
        if line.startswith("# HELP "):
            group = line.split()[2]
            assert group not in kinds, "the samples of a metric stand together"
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            assert name == group and kind in ("counter", "gauge")
            kinds[name] = kind
        else:
            name, _, label, value = SAMPLE.fullmatch(line).groups()
            assert name == group and (name, label) not in samples
            assert (kinds[name] == "counter") == name.endswith("_total")
            assert math.isfinite(float(value))
            samples[name, label] = float(value)
    return samples


def test_metrics_are_in_the_format_of_prometheus(client, number):
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    first = parse(answer.text)
    assert first["signalbox_tasks_created_total", None] == 1
    assert first["signalbox_tasks_ended_total", "completed"] == 1
    assert first["signalbox_events_total", "iteration_completed"] == 200
    assert first["signalbox_tasks", "running"] == 0
    assert 1 << 20 < first["process_resident_memory_bytes", None] < 1 << 30
    assert 0 < first["signalbox_uptime_seconds", None] < 300
    client.post(f"/api/tasks/{number}/rerun")
    second = parse(client.get("/metrics").text)
    for sample, value in first.items():
        if sample[0].endswith("_total"):
            assert second[sample] >= value, sample
    assert second["signalbox_tasks_created_total", None] == 2
