"""Saved plans by API and command line: versions, which of them runs, archives, crashes and backups between."""

import json
import subprocess

import httpx
import pytest

PLAN = 'name: hello\ndescription: Says {0}.\nsteps: {{ greet: {{ set: {{ text: {0} }} }} }}\noutputs: {{ text: "${{{{ steps.greet.output.text }}}}" }}\n'


@pytest.fixture
def engine(make_engine):
    return make_engine().start()


def client(engine):
    return httpx.Client(base_url=f"http://127.0.0.1:{engine.port}/api", timeout=20, trust_env=False)


def said(engine, plan="hello"):
    with client(engine) as api:
        answer = api.post("/tasks", json={"plan": plan})
        assert answer.status_code == 201, answer.text
        return engine.wait(answer.json()["number"])["outputs"]["text"]


def test_a_plan_is_saved_published_run_compared_and_archived(engine):
    with client(engine) as api:
        first = api.post("/plans", json={"text": PLAN.format("one"), "author": "Ada", "note": "The first."})
        assert first.status_code == 201
        assert (first.json()["author"], first.json()["note"]) == ("Ada", "The first.")
        assert api.post("/plans", json={"text": PLAN.format("one")}).status_code == 200
        assert said(engine) == "one"
        assert api.post("/plans/hello/publish", json={}).json()["published"] == first.json()["hash"]
        second = api.post("/plans", content=PLAN.format("two"), params={"note": "News"},
                          headers={"Content-Type": "application/yaml"})
        assert second.status_code == 201, second.text
    # What was said holds, whatever happens to the process.
    engine.kill()
    engine.start()
    assert said(engine) == "one"
    with client(engine) as api:
        listed = api.get("/plans/hello/versions").json()
        assert [version.get("note") for version in listed["versions"]] == ["News", "The first."]
        difference = api.get("/plans/hello/diff").json()
        assert {"-description: Says one.", "+description: Says two."} <= set(difference["text"].splitlines())
        assert {"pointer": "/steps/greet/set/text", "a": "one", "b": "two"} in difference["differences"]
        assert api.post("/plans/hello/publish", json={"version": second.json()["hash"][:8]}).status_code == 200
    assert said(engine) == "two"
    with client(engine) as api:
        assert api.post("/plans/hello/archive").json()["archived"]
    engine.kill()
    engine.start()
    with client(engine) as api:
        refused = api.post("/tasks", json={"plan": "hello"})
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
        assert refused.json()["detail"] == 'The plan "hello" is archived.'
        assert "plans archive --undo hello" in refused.json()["hint"]
        assert api.get("/plans").json() == {"plans": [], "total": 0}
        assert api.get("/tasks/1").json()["outputs"] == {"text": "one"}
        assert api.post("/plans/hello/restore").status_code == 200
    assert said(engine) == "two"


def test_nobody_overwrites_what_they_have_not_seen(engine):
    with client(engine) as api:
        api.post("/plans", json={"text": PLAN.format("one")}).raise_for_status()
        seen = api.get("/plans/hello").headers["ETag"]
        assert api.get("/plans/hello", headers={"If-None-Match": seen}).status_code == 304
        mine = api.post("/plans", json={"text": PLAN.format("mine")}, headers={"If-Match": seen})
        assert mine.status_code == 201
        for path, body in (("/plans", {"text": PLAN.format("yours")}), ("/plans/hello/publish", {}),
                           ("/plans/hello/archive", {})):
            refused = api.post(path, json=body, headers={"If-Match": seen})
            assert (refused.status_code, refused.json()["code"]) == (412, "precondition_failed"), path
        assert api.get("/plans/hello").json()["hash"] == mine.json()["hash"]
        seen = {"If-Match": api.get("/plans/hello").headers["ETag"]}
        assert api.post("/plans/hello/publish", json={}, headers=seen).status_code == 200
        assert api.post("/plans/hello/archive", headers=seen).status_code == 412


def test_mistakes_are_told_with_their_places(engine):
    with client(engine) as api:
        for answer in (api.post("/plans", json={"text": "name: x\nsteps: { a: { sett: 1 } }\n", "path": "x.yaml"}),
                       api.post("/plans?path=x.yaml", content="name: x\nsteps: { a: { sett: 1 } }\n",
                                headers={"Content-Type": "application/yaml"})):
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid_plan")
            error = answer.json()["errors"][0]
            assert (error["file"], error["line"], error["column"]) == ("x.yaml", 2, 15)
        assert api.post("/plans", data={"text": "x"}).status_code == 415
        assert api.get("/plans/x").status_code == 404


@pytest.fixture
def signalbox(binary, tmp_path):
    """Runs the program in the directory of the test, and gives what it has printed."""
    def run(*arguments, code=0, data="data"):
        result = subprocess.run(
            [binary, *arguments, "--data", tmp_path / data], cwd=tmp_path, capture_output=True, text=True, timeout=60,
            check=False)
        assert result.returncode == code, f"{result.returncode}\n{result.stdout}\n{result.stderr}"
        return result.stdout if code == 0 else result.stderr

    return run


def test_the_command_line_does_the_same(signalbox, tmp_path):
    def save(text, *arguments, code=0):
        (tmp_path / "hello.yaml").write_text(PLAN.format(text), encoding="utf-8")
        return signalbox("plans", "save", "hello.yaml", *arguments, code=code)

    one = json.loads(save("one", "--note", "The first.", "--json"))["plans"][0]["hash"]
    assert save("one") == f"hello is saved already: version {one[:8]}.\n"
    assert signalbox("plans", "publish", "hello") == f"hello runs in version {one[:8]} from now on.\n"
    assert save("two", "--author", "Zoë").endswith(f"; the published version {one[:8]} goes on running.\n")
    assert "is of another version now" in save("three", "--over", one.upper(), code=2)
    assert "--over takes the whole hash of a version" in save("three", "--over", one[:8], code=2)
    assert signalbox("run", "hello").strip() == "one"
    two = json.loads(signalbox("plans", "show", "hello", "--json"))["hash"]
    header, *lines = signalbox("plans", "versions", "hello").splitlines()
    assert header.split() == ["Version", "Saved", "Runs", "Author", "Note"]
    assert [line.split()[0] for line in lines] == [two[:8], one[:8]]
    assert "published" in lines[1] and "Zoë" in lines[0]
    save("two", "--author", "Ada", "--note", "It is mine.")
    _, latest, before, last = signalbox("plans", "versions", "hello").splitlines()
    assert latest.startswith(two[:8]) and latest.endswith("It is mine.") and "Ada" in latest
    assert before.startswith(" ") and "Zoë" in before and last.startswith(one[:8]), "no note replaces another"
    assert one[:8] in signalbox("plans", "list", "--search", "TWO")
    assert signalbox("plans", "list", "--search", "nothing").startswith("No plan has")
    assert "+description: Says two." in signalbox("plans", "diff", "hello")
    assert "-description: Says two." in signalbox("plans", "diff", f"hello@{two[:6]}", "hello@published")
    assert json.loads(signalbox("plans", "diff", "hello", "--json"))["to"]["hash"] == two
    assert "Says one." in signalbox("plans", "show", "hello", "--version", "current")
    assert signalbox("plans", "publish", "hello", "--undo").startswith("hello runs in its latest version")
    assert signalbox("run", "hello").strip() == "two"

    assert signalbox("plans", "archive", "hello") == "hello is archived.\n"
    assert 'The plan "hello" is archived.' in signalbox("run", "hello", code=2)
    assert "hello" in signalbox("plans", "list", "--archived")
    assert signalbox("tasks", "rerun", "1").strip() == "one"
    # A backup has it all.
    signalbox("plans", "publish", "hello", "--version", "ffff", code=2)
    signalbox("backup", str(tmp_path / "all.backup"))
    signalbox("restore", str(tmp_path / "all.backup"), data="other")
    assert 'The plan "hello" is archived.' in signalbox("run", "hello", code=2, data="other")
    assert signalbox("plans", "archive", "hello", "--undo", data="other") == "hello is back.\n"
    assert signalbox("run", "hello", data="other").strip() == "two"


def test_a_served_directory_leaves_what_is_published_and_archived(make_engine, tmp_path):
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "plan.yaml").write_text(PLAN.format("directory"), encoding="utf-8")
    engine = make_engine().start("--plans", plans)
    with client(engine) as api:
        own = api.post("/plans", json={"text": PLAN.format("own")}).json()["hash"]
        api.post("/plans/hello/publish", json={}).raise_for_status()
    engine.stop()
    engine.start("--plans", plans)
    assert said(engine) == "own"
    with client(engine) as api:
        assert api.get("/plans/hello?version=published").json()["hash"] == own
        assert api.get("/plans/hello").json()["document"]["description"] == "Says directory."
        api.post("/plans/hello/archive").raise_for_status()
    engine.stop()
    engine.start("--plans", plans)
    with client(engine) as api:
        assert api.get("/plans").json()["total"] == 0
