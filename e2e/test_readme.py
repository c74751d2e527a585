"""What README.md tells a newcomer to do works as it is written there."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_plan_of_ones_own(run_plan, tmp_path):
    blocks = re.findall(r"```yaml\n(name: words\n.*?)```", TEXT, flags=re.DOTALL)
    assert len(blocks) == 1
    plan = tmp_path / "words.yaml"
    plan.write_text(blocks[0], encoding="utf-8")
    command = re.search(r"run words\.yaml (.*)", TEXT)
    assert command is not None
    words = command.group(1).split()
    files = [ROOT / value for option, value in zip(words, words[1:]) if option == "--file"]
    inputs = dict(value.split("=") for option, value in zip(words, words[1:]) if option == "--input")
    assert files and inputs

    result = run_plan(plan, files=files, inputs=inputs)

    counts = {name: len((ROOT / name).read_text(encoding="utf-8").split()) for name in ("LICENSE", "README.md")}
    assert result["status"] == "completed"
    assert result["outputs"] == {"words": counts, "long": ["LICENSE"]}


def test_the_plan_that_asks(run_plan, tmp_path):
    blocks = re.findall(r"```yaml\n(name: hours\n.*?)```", TEXT, flags=re.DOTALL)
    assert len(blocks) == 1
    plan = tmp_path / "plan.yaml"
    plan.write_text(blocks[0], encoding="utf-8")
    assert run_plan(plan, forms={})["outputs"] == {"paid": [0, 0, 11]}


def test_the_plan_with_an_agent_is_valid(binary, tmp_path):
    blocks = re.findall(r"```yaml\n(name: letter\n.*?)```", TEXT, flags=re.DOTALL)
    assert len(blocks) == 1
    plan = tmp_path / "plan.yaml"
    plan.write_text(blocks[0], encoding="utf-8")
    result = subprocess.run([binary, "plans", "validate", plan], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_its_verbs_are_all_there_are(binary):
    overview = subprocess.run([binary, "help"], capture_output=True, text=True, check=True).stdout
    known = {match.strip() for match in re.findall(r"^  ([a-z-]+(?: [a-z]+)?)", overview, flags=re.MULTILINE)}
    section = TEXT.split("## On the command line")[1].split("##")[0]
    named = set()
    for word, seconds in re.findall(r"^signalbox ([a-z-]+) +((?:[a-z]+\|)+[a-z]+)?", section, flags=re.MULTILINE):
        named |= {f"{word} {second}" for second in seconds.split("|")} if seconds else {word}
    # Those that stand in the words about others.
    beside = {"restore", "man", "approvals", "files get"}
    assert all(f"`{verb}" in section or f"`signalbox {verb}" in section for verb in beside)
    assert named | beside | {"version"} == known


def test_pictures_are_there():
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", TEXT):
        assert (ROOT / path).is_file(), path
