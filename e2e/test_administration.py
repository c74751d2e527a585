"""Looking after tasks and the installation by a client that nobody here wrote (httpx), and by the command line: names and
tags, many tasks at once, views, settings, secrets, and whether those outside can be reached."""

import http.server
import json
import socket
import subprocess
import threading

import httpx
import pytest
from agent_lab import KEY

SMALL = "name: small\nsteps: { a: { set: { b: 1 } } }\n"
FAILING = "name: report\nsteps: { fetch: { command: [sh, -c, 'exit 1'], repeatable: true } }\n"
ASKING = "name: asking\nsteps: { sure: { approval: { title: Sure? } } }\n"
SECRET = "sk-quite-secret-indeed"


def client_of(engine):
    return httpx.Client(base_url=f"http://127.0.0.1:{engine.port}", timeout=40, trust_env=False)


@pytest.fixture
def client(engine):
    with client_of(engine) as made:
        yield made


def cli(binary, engine, *arguments, code=0, typed=""):
    result = subprocess.run(
        [binary, *arguments, "--data", engine.data], capture_output=True, text=True, input=typed, timeout=60)
    assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def finish(engine, plan, status="completed", **members):
    number = engine.submit(plan, **members)
    engine.wait(number, status)
    return number


def test_a_task_is_renamed_and_tagged_whatever_its_status_is(engine, client, binary):
    done, asking = finish(engine, SMALL), finish(engine, ASKING, "waiting")
    for number in (done, asking):
        seen = client.get(f"/api/tasks/{number}").headers["etag"]
        change = {"name": f"Nummer {number} für Ünal", "tags": ["red"]}
        answer = client.patch(f"/api/tasks/{number}", json=change, headers={"If-Match": seen})
        assert answer.status_code == 200, answer.text
        assert (answer.json()["name"], answer.json()["tags"]) == (change["name"], ["red"])
        late = client.patch(f"/api/tasks/{number}", json={"name": "x"}, headers={"If-Match": seen})
        assert late.status_code == 412 and late.json()["code"] == "precondition_failed"
    assert client.get("/api/tasks", params={"search": "ünal"}).json()["total"] == 2
    assert "für Ünal" in cli(binary, engine, "tasks", "list", "--tag", "red")
    cli(binary, engine, "tasks", "rename", str(done), "Otherwise")
    cli(binary, engine, "tasks", "tag", str(done), "--add", "blue", "--remove", "red")
    # What people have called them is there after a crash.
    engine.kill()
    engine.start()
    assert (engine.task(done)["name"], engine.task(done)["tags"]) == ("Otherwise", ["blue"])
    assert engine.task(asking)["status"] == "waiting" and engine.task(asking)["tags"] == ["red"]


def test_a_watch_ends_although_the_task_is_renamed_behind_its_end(engine, client, binary):
    number = finish(engine, ASKING, "waiting")
    watch = subprocess.Popen(
        [binary, "tasks", "watch", str(number), "--json", "--data", engine.data], stdout=subprocess.PIPE, text=True)
    try:
        client.patch(f"/api/tasks/{number}", json={"name": "While it waits"})
        client.post(f"/api/tasks/{number}/cancel")
        engine.wait(number, "cancelled")
        client.patch(f"/api/tasks/{number}", json={"name": "Behind its end"})
        lines = watch.communicate(timeout=20)[0].splitlines()
    finally:
        watch.kill()
    types = [json.loads(line)["type"] for line in lines]
    assert "task_renamed" in types and "task_cancelled" in types
    assert watch.returncode == 3
    # Who looks at it later is not held up either.
    cli(binary, engine, "tasks", "watch", str(number), code=3)


def test_many_tasks_are_changed_only_while_they_are_those_that_were_seen(engine, client, binary):
    failed = [finish(engine, FAILING, "failed") for _ in range(3)]
    request = {"action": "tag", "tags": {"add": ["looked-at"]}, "filter": {"cause": "tool_error", "plan": "report"}}
    seen = client.post("/api/tasks/bulk", json={**request, "dry_run": True}).json()
    assert seen["count"] == 3 and [task["number"] for task in seen["tasks"]] == failed
    another = finish(engine, FAILING, "failed")
    refused = client.post("/api/tasks/bulk", json={**request, "expected": seen["selection"]})
    assert refused.status_code == 412 and client.get("/api/tasks?tag=looked-at").json()["total"] == 0
    done = client.post("/api/tasks/bulk", json={**request, "expected": 4}).json()
    assert [result["task"] for result in done["results"]] == [*failed, another]
    assert all(result["done"] for result in done["results"])

    told = cli(binary, engine, "tasks", "delete", "--filter", "tag=looked-at", "--dry-run")
    assert "These are 4 tasks" in told
    assert "This is 1 task; nothing was done." in cli(binary, engine, "tasks", "rerun", str(failed[0]), "--dry-run")
    assert "4 tasks?" in subprocess.run(
        [binary, "tasks", "delete", "--filter", "tag=looked-at", "--data", engine.data], capture_output=True, text=True,
        stdin=subprocess.DEVNULL).stderr
    retried = cli(binary, engine, "tasks", "retry", *map(str, failed), "--yes", "--json")
    assert [result["done"] for result in json.loads(retried)["results"]] == [True] * 3
    for number in failed:
        engine.wait(number, "failed")
    cli(binary, engine, "tasks", "delete", "--filter", "tag=looked-at", "--filter", "status=failed", "--yes")
    assert client.get("/api/tasks").json()["total"] == 0


def test_a_view_shows_what_was_kept(engine, client, binary):
    number = finish(engine, FAILING, "failed")
    finish(engine, SMALL)
    cli(binary, engine, "views", "save", "what broke", "--status", "failed", "--sort=-duration")
    listed = json.loads(cli(binary, engine, "tasks", "list", "--view", "what broke", "--json"))
    assert [task["number"] for task in listed["tasks"]] == [number]
    # What is typed goes before what was kept.
    both = json.loads(
        cli(binary, engine, "tasks", "list", "--view", "what broke", "--status", "failed,completed", "--json"))
    assert both["total"] == 2
    answer = client.get("/api/views/what%20broke")
    assert answer.json()["filters"] == {"status": "failed"} and answer.json()["sort"] == "-duration"
    same = client.get("/api/views/what%20broke", headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    changed = client.put("/api/views/what%20broke", json={"filters": {"plan": "small"}})
    assert changed.status_code == 200
    late = client.delete("/api/views/what%20broke", headers={"If-Match": answer.headers["etag"]})
    assert late.status_code == 412
    engine.kill()
    engine.start()
    assert "what broke" in cli(binary, engine, "views", "list")
    cli(binary, engine, "views", "delete", "what broke")
    assert "no view" in cli_error(binary, engine, "tasks", "list", "--view", "what broke")


def cli_error(binary, engine, *arguments):
    result = subprocess.run([binary, *arguments, "--data", engine.data], capture_output=True, text=True, timeout=60)
    assert result.returncode == 2, result
    return result.stderr


def test_a_setting_is_written_by_the_api_and_in_force_after_a_restart(engine, client, binary):
    seen = client.get("/api/settings/turns")
    assert (seen.json()["value"], seen.json()["origin"]) == ("50", "default")
    answer = client.put("/api/settings/turns", json={"value": 80}, headers={"If-Match": seen.headers["etag"]})
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["value"] == "50" and said["restart_needed"] and said["next"]["value"] == "80"
    listed = cli(binary, engine, "settings", "list")
    assert "After the next start turns is 80" in listed and f"Settings of the server on http://127.0.0.1:{engine.port}" in listed
    rows = {row["name"]: row for row in json.loads(cli(binary, engine, "doctor", "--json"))["settings"]}
    assert rows["turns"]["value"] == "50" and rows["turns"]["next"]["value"] == "80"
    assert client.put(
        "/api/settings/turns", json={"value": 9}, headers={"If-Match": seen.headers["etag"]}).status_code == 412
    engine.stop()
    engine.start()
    with client_of(engine) as again:
        setting = again.get("/api/settings/turns").json()
        assert setting["value"] == "80" and not setting["restart_needed"] and setting["in_file"] == 80
        assert setting["origin"].endswith("signalbox.yaml")
        removed = again.delete("/api/settings/turns").json()
        assert removed["next"]["value"] == "50" and "in_file" not in removed


def test_a_secret_goes_in_and_never_comes_out(engine, client, binary):
    assert client.put("/api/secrets/PARTNER", json={"value": SECRET}).status_code == 201
    plan = "name: uses\nsteps:\n  a: { command: [sh, -c, 'printf %s \"$K\" | wc -c'], env: { K: '${{ secrets.PARTNER }}' } }\n" \
        "outputs: { count: '${{ steps.a.output }}' }\n"
    number = finish(engine, plan)
    assert engine.task(number)["outputs"] == {"count": len(SECRET)}
    assert "PARTNER" in cli(binary, engine, "secrets", "list")
    broken = client.put(
        "/api/secrets/PARTNER", content=f'{{"value": "{SECRET}"'.encode(), headers={"Content-Type": "application/json"})
    assert broken.status_code == 400 and SECRET not in broken.text
    assert SECRET not in client.get("/api/secrets").text
    client.delete("/api/secrets/PARTNER")
    assert client.get("/api/secrets").json()["secrets"] == []
    engine.stop()
    for path in [engine.out, engine.err, *(path for path in engine.data.rglob("*") if path.is_file())]:
        assert SECRET.encode() not in path.read_bytes(), path


class Echo(http.server.BaseHTTPRequestHandler):
    """Refuses, and says what it was given."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        text = json.dumps({"error": {"message": f"unknown token {self.headers['X-Token']}"}}).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def test_what_a_provider_says_of_a_secret_is_hidden(lab):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        lab.settings["providers"]["echo"] = {
            "base_url": f"http://127.0.0.1:{server.server_address[1]}/v1", "headers": {"X-Token": {"secret": "PARTNER"}}}
        lab.start("answers: [{ text: ok }]")
        with client_of(lab.engine) as client:
            assert client.put("/api/secrets/PARTNER", json={"value": SECRET}).status_code == 201
            answer = client.post("/api/providers/echo/test", json={"model": "m"})
        server.shutdown()
    assert answer.status_code == 200, answer.text
    assert "unknown token" in answer.text and SECRET not in answer.text


def test_the_key_of_stored_secrets_is_not_taken_away(engine, client, tmp_path):
    key = tmp_path / "key"
    key.write_text("0f" * 32)
    key.chmod(0o600)
    assert client.put("/api/settings/secrets_key_file", json={"value": str(key)}).status_code == 200
    # The running server has another key still: with it the secret could not be read after the next start.
    early = client.put("/api/secrets/PARTNER", json={"value": SECRET})
    assert (early.status_code, early.json()["code"]) == (409, "conflict"), early.text
    engine.stop()
    engine.start()
    with client_of(engine) as again:
        assert again.put("/api/secrets/PARTNER", json={"value": SECRET}).status_code == 201
        refused = again.delete("/api/settings/secrets_key_file")
        assert refused.status_code == 422 and "secrets" in refused.json()["detail"], refused.text
        assert again.get("/api/settings/secrets_key_file").json()["in_file"] == str(key)


def test_providers_and_servers_of_tools_are_really_reached(lab, binary):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        lab.settings["providers"] |= {
            "silent": {"base_url": closed},
            "nowhere": {"base_url": "http://host-that-is-not.invalid/v1"},
            "keyless": {"base_url": closed, "key": {"env": "NOT_SET_ANYWHERE"}},
        }
        lab.settings["mcp_servers"]["broken"] = {"command": ["/does/not/exist"]}
        lab.start("answers: [{ text: ok }]")
        lab.settings["providers"]["stranger"] = {**lab.settings["providers"]["fake"], "key": {"env": "HOME"}}
        lab.engine.stop()
        lab.start_engine()
        with client_of(lab.engine) as client:
            def test(path, **body):
                answer = client.post(f"/api/{path}/test", json=body or None)
                assert answer.status_code == 200, answer.text
                report = answer.json()
                assert report["duration_ms"] < 20_000
                return report["ok"], {check["name"]: check["state"] for check in report["checks"]}

            listed = client.get("/api/providers")
            assert KEY not in listed.text
            providers = {provider["name"]: provider for provider in listed.json()["providers"]}
            assert providers["fake"]["ready"] and not providers["keyless"]["ready"]
            assert "NOT_SET_ANYWHERE" in providers["keyless"]["problem"]
            states = {server["name"]: server["state"] for server in listed.json()["mcp_servers"]}
            assert states == {"tools": "idle", "broken": "idle"}

            fine, checks = test("providers/fake", model="m")
            assert fine and set(checks.values()) == {"passed"} and list(checks)[-1] == "model"
            fine, checks = test("providers/keyless", model="m")
            assert not fine and checks["secrets"] == "failed" and checks["connection"] == "unknown"
            fine, checks = test("providers/silent", model="m")
            assert not fine and checks["connection"] == "failed" and checks["secrets"] == "passed"
            fine, checks = test("providers/nowhere", model="m")
            assert not fine and checks["name_resolution"] == "failed"
            fine, checks = test("providers/stranger", model="m")
            assert not fine and checks["authentication"] == "failed" and checks["connection"] == "passed"
            assert client.post("/api/providers/silent/test", json={}).status_code == 422

            fine, checks = test("mcp_servers/tools")
            assert fine and checks == {"secrets": "passed", "connection": "passed", "tools": "passed"}
            fine, checks = test("mcp_servers/broken")
            assert not fine and checks["connection"] == "failed"
            states = {server["name"]: server["state"] for server in client.get("/api/providers").json()["mcp_servers"]}
            assert states == {"tools": "connected", "broken": "failed"}
        assert "fake/m works" in lab.cli("providers", "test", "fake", "--model", "m").replace("\n", " ")
        lab.cli("providers", "test", "silent", "--model", "m", code=1)
        assert "tools works" in str(lab.cli("providers", "test", "--mcp", "tools"))
        # Only one thing has that name, so it need not be said what it is.
        told = str(lab.cli("providers", "test", "tools"))
        assert "tools works" in told and " ," not in told
        lab.cli("providers", "test", "nobody", code=2)
        assert "keyless" in str(lab.cli("providers", "list"))
