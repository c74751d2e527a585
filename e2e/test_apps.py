"""Apps by API and command line: each kind of parameter, each mistake, and what stays after a crash."""

import json
import subprocess

import httpx
import pytest

PLAN = """
name: letter
description: Writes a letter.
inputs:
  to: { type: string, description: Who gets it }
  body: { type: string, default: "Dear,\\n" }
  copies: { type: integer, default: 1, schema: { maximum: 9 } }
  tone: { type: string, default: warm, schema: { enum: [warm, cool] } }
  list: { type: array, default: [] }
  enclosure: { type: string, required: false }
steps:
  write:
    set: { said: ["${{ inputs.to }}", "${{ inputs.body }}", "${{ inputs.copies }}", "${{ inputs.tone }}", "${{ inputs.list }}", "${{ inputs.enclosure }}"] }
  read:
    command: [sh, -c, 'cat in/*']
    repeatable: true
outputs: { said: "${{ steps.write.output.said }}", read: "${{ steps.read.output }}" }
"""
PARAMETERS = [
    {"name": "recipient", "input": "to"}, {"name": "body", "type": "long_text"}, {"name": "copies"},
    {"name": "tone"}, {"name": "list", "default": "[1]"}, {"name": "enclosure", "type": "file", "required": True},
]


@pytest.fixture
def engine(make_engine):
    engine = make_engine().start()
    with client(engine) as api:
        api.post("/plans", json={"text": PLAN}).raise_for_status()
        app = api.post("/apps", json={"name": "send", "plan": "letter", "parameters": PARAMETERS})
        assert app.status_code == 201, app.text
    return engine


def client(engine):
    return httpx.Client(base_url=f"http://127.0.0.1:{engine.port}/api", timeout=20, trust_env=False)


def upload(api, name="a.txt", content=b"Enclosed."):
    sent = api.post("/files", params={"name": name}, content=content,
                    headers={"Content-Type": "application/octet-stream"}).json()
    return {"name": sent["name"], "sha256": sent["sha256"]}


def test_every_kind_of_parameter_reaches_the_plan(engine):
    with client(engine) as api:
        made = api.post("/apps/send/runs", json={"name": "To Ada", "tags": ["x"], "parameters": {
            "recipient": "Ada", "body": "Two\nlines", "copies": 3, "tone": "cool", "list": '["a"]',
            "enclosure": upload(api)}})
        assert made.status_code == 201, made.text
        assert made.headers["Location"] == f"/api/tasks/{made.json()['id']}"
        task = engine.wait(made.json()["number"])
        assert task["outputs"] == {"said": ["Ada", "Two\nlines", 3, "cool", ["a"], "a.txt"], "read": "Enclosed."}
        assert (task["source"], task["app"], task["name"], task["tags"]) == ("app", "send", "To Ada", ["x"])
        # Defaults take the place of what is not filled in.
        made = api.post("/apps/send/runs", json={"parameters": {"recipient": "Ada", "enclosure": upload(api)}})
        assert engine.wait(made.json()["number"])["outputs"]["said"] == ["Ada", "Dear,\n", 1, "warm", [1], "a.txt"]
        assert api.get("/tasks", params={"plan": "send"}).json()["total"] == 2
    engine.kill()
    engine.start()
    with client(engine) as api:
        assert api.get("/tasks/1").json()["app"] == "send"
        assert [app["name"] for app in api.get("/apps", params={"search": "WRITES"}).json()["apps"]] == ["send"]
        # By the journal alone, too.
    engine.stop()
    subprocess.run([engine.binary, "doctor", "--rebuild", "--data", engine.data], check=True, capture_output=True,
                   timeout=60)
    engine.start()
    assert engine.task(1)["app"] == "send"
    assert engine.get("/api/tasks?plan=send")["total"] == 2


@pytest.mark.parametrize("parameters, place, sentence", [
    ({"recipient": None}, "/recipient", 'the parameter "recipient" is missing'),
    ({"recipient": " "}, "/recipient", 'the parameter "recipient" is missing'),
    ({"recipient": 1}, "/recipient", 'the parameter "recipient" must be a text, not an integer'),
    ({"body": ["x"]}, "/body", 'the parameter "body" must be a text, not an array'),
    ({"copies": "3"}, "/copies", 'the parameter "copies" must be a number, not a string'),
    ({"copies": 1.5}, "/copies", 'the parameter "copies" must be an integer, not "1.5"'),
    ({"copies": 10}, "/copies", "must be at most 9, not 10"),
    ({"tone": "hot"}, "/tone", 'the parameter "tone" must be one of its choices, not "hot"'),
    ({"list": "{"}, "/list", 'the parameter "list" must be an array, not "{"'),
    ({"enclosure": "a.txt"}, "/enclosure", 'the parameter "enclosure" is a file'),
    ({"enclosure": {"name": "a", "sha256": "1"}}, "/enclosure", 'the parameter "enclosure" is a file'),
    ({"enclosure": None}, "/enclosure", 'the parameter "enclosure" is missing'),
    ({"colour": "red"}, "/colour", 'there is no parameter "colour"'),
])
def test_every_mistake_is_told_with_its_place(engine, parameters, place, sentence):
    with client(engine) as api:
        given = {"recipient": "Ada", "enclosure": upload(api), **parameters}
        refused = api.post("/apps/send/runs", json={"parameters": given})
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input"), refused.text
        error, = refused.json()["errors"]
        assert error["pointer"] == "/parameters" + place and sentence in error["detail"]
        assert api.get("/tasks").json()["total"] == 0


def test_a_request_with_a_key_makes_one_task(engine):
    with client(engine) as api:
        body = {"parameters": {"recipient": "Ada", "enclosure": upload(api)}}
        key = {"Idempotency-Key": "k"}
        first = api.post("/apps/send/runs", json=body, headers=key)
        engine.kill()
    engine.start()
    with client(engine) as api:
        again = api.post("/apps/send/runs", json=body, headers=key)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["id"] == again.json()["id"]
        body["parameters"]["recipient"] = "Zoë"
        assert api.post("/apps/send/runs", json=body, headers=key).status_code == 409


def test_a_file_that_is_not_there_and_what_is_archived_are_refused(engine):
    with client(engine) as api:
        body = {"parameters": {"recipient": "Ada", "enclosure": {"name": "a", "sha256": "0" * 64}}}
        refused = api.post("/apps/send/runs", json=body)
        assert refused.status_code == 404 and "has not been uploaded" in refused.json()["detail"]
        body["parameters"]["enclosure"] = upload(api)
        tag = api.get("/apps/send").headers["ETag"]
        assert api.post("/apps/send/archive", headers={"If-Match": '"x"'}).status_code == 412
        assert api.post("/apps/send/archive", headers={"If-Match": tag}).status_code == 200
    engine.kill()
    engine.start()
    with client(engine) as api:
        refused = api.post("/apps/send/runs", json=body)
        assert refused.status_code == 409 and refused.json()["detail"] == 'The app "send" is archived.'
        assert api.post("/apps/send/restore").status_code == 200
        api.post("/plans/letter/archive").raise_for_status()
        refused = api.post("/apps/send/runs", json=body)
        assert refused.status_code == 409 and refused.json()["detail"] == 'The plan "letter" is archived.'
        assert api.post("/apps/nobody/runs", json={}).status_code == 404


def test_the_command_line_does_the_same(binary, tmp_path):
    def signalbox(*arguments, code=0):
        result = subprocess.run(
            [binary, *arguments, "--data", tmp_path / "data"], cwd=tmp_path, capture_output=True, text=True,
            timeout=60, check=False)
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result.stdout if code == 0 else result.stderr

    (tmp_path / "letter.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "parameters.json").write_text(json.dumps(PARAMETERS), encoding="utf-8")
    (tmp_path / "a.txt").write_text("Enclosed.", encoding="utf-8")
    signalbox("plans", "save", "letter.yaml")
    assert "There are no apps." in signalbox("apps", "list")
    published = signalbox("apps", "publish", "letter", "--name", "send", "--parameters", "parameters.json")
    assert published.startswith("Published send, the plan letter in version ") and "6 parameters" in published
    assert "Writes a letter." in signalbox("apps", "list")
    shown = signalbox("apps", "show", "send")
    assert "one of warm, cool" in shown and "Who gets it" in shown
    task = json.loads(signalbox(
        "apps", "run", "send", "--input", "recipient=Ada", "--input", "copies=3", "--input", "list=[2]", "--input",
        "enclosure=a.txt", "--json"))
    assert task["outputs"] == {"said": ["Ada", "Dear,\n", 3, "warm", [2], "a.txt"], "read": "Enclosed."}
    assert (task["source"], task["trigger"], task["app"]) == ("app", "cli", "send")
    assert "  app send  " in signalbox("tasks", "list")
    assert "From app send (plan letter " in signalbox("tasks", "show", str(task["number"]))

    def refused(*arguments):
        return signalbox("apps", "run", "send", "--input", "recipient=Ada", *arguments, code=2)

    assert "There is no file b.txt" in refused("--input", "enclosure=b.txt")
    assert "is a directory" in refused("--input", "enclosure=.")
    mistakes = refused("--input", "copies=many", "--input", "tone=hot", "--input", "colour=red")
    assert 'must be a number, not a string' in mistakes and "they are warm, cool" in mistakes
    assert 'there is no parameter "colour"' in mistakes and '"enclosure" is missing' in mistakes
    assert signalbox("apps", "archive", "send") == "send is archived.\n"
    assert 'The app "send" is archived.' in refused("--input", "enclosure=a.txt")
    assert signalbox("apps", "archive", "send", "--undo") == "send is back.\n"
    assert 'There is no app "sned"' in signalbox("apps", "show", "sned", code=2)
