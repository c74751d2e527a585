"""What bash, zsh and fish complete, asked of the shells themselves."""

import os
import shutil
import subprocess

import pytest

from terminal import Terminal

# A line, what must be offered for its last word, and what must not.
CASES = [
    ("signalbox ", ["serve", "tasks", "completion"], ["list"]),
    ("signalbox ta", ["tasks"], ["run"]),
    ("signalbox tasks ", ["list", "show", "watch"], ["tasks", "plans"]),
    ("signalbox tasks sh", ["show"], ["list"]),
    ("signalbox approvals ", ["list", "show"], ["--server"]),
    ("signalbox approvals --ser", ["--server"], ["list"]),
    ("signalbox tasks list --status wai", ["waiting"], ["failed"]),
    ("signalbox help tasks w", ["watch"], ["list"]),
    ("signalbox run --m", ["--model"], ["--tag"]),
    ("signalbox tasks list --", ["--page", "--json", "--help"], ["--detach"]),
    ("signalbox tasks rerun 3 --plan ", ["as-it-was", "as-it-is"], ["monday.backup"]),
    ("signalbox run hello --limit tok", ["tokens="], ["duration="]),
    ("signalbox settings set loop_m", ["loop_method", "loop_model"], ["turns"]),
    ("signalbox serve --log-level de", ["debug"], ["info"]),
    ("signalbox completion f", ["fish"], ["bash"]),
    ("signalbox restore mon", ["monday.backup", "monday.d"], ["settings.yaml"]),
    ("signalbox doctor --config set", ["settings.yaml"], ["monday.backup"]),
    ("signalbox doctor --data mon", ["monday.d"], ["monday.backup"]),
]
DESCRIBED = [
    ("signalbox do", "Look at the installation"), ("signalbox tasks k", "Abort a task at once"),
    ("signalbox doctor --reb", "Tell all rows of tasks anew"),
]


@pytest.fixture
def place(binary, tmp_path):
    """A directory with some files, in which the program is found by its name."""
    for name in ("monday.backup", "settings.yaml", "with space.backup"):
        (tmp_path / name).touch()
    (tmp_path / "monday.d").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "signalbox").symlink_to(binary)
    return tmp_path


def environment(place):
    return {**os.environ, "PATH": f"{place}/bin:{os.environ['PATH']}", "HOME": str(place), "LC_ALL": "C.UTF-8"}


def ask(place, *command):
    result = subprocess.run(command, cwd=place, env=environment(place), capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode == 0 and result.stderr == "", result.stderr
    return result.stdout.splitlines()


def bash(place, *words):
    """What bash would offer for the last of the words, as it has split them."""
    script = """
        source <(signalbox completion bash)
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _signalbox
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    return ask(place, "bash", "-c", script, "bash", *words)


def bare(offered):
    return {line.split("\t")[0].rstrip("/") for line in offered}


@pytest.mark.parametrize("line, offered, others", CASES)
def test_bash(place, line, offered, others):
    found = bare(bash(place, *line.split(" ")))
    assert set(offered) <= found and not set(others) & found


@pytest.mark.parametrize("words, offered", [
    (["signalbox", "tasks", "rerun", "--plan", "=", "as-it-i"], ["as-it-is"]),
    (["signalbox", "tasks", "rerun", "--plan", "="], ["as-it-was", "as-it-is"]),
    (["signalbox", "run", "--input", "file", "=", "mon"], [""]),
    (["signalbox", "restore", "with"], ["with space.backup"]),
    (["signalbox", "nothing", "x"], [""]),
])
def test_bash_splits_words_its_own_way(place, words, offered):
    assert bash(place, *words) == offered


def test_bash_at_its_prompt(place):
    (place / "rc").write_text("PS1='> '\nsource <(signalbox completion bash)\nbind 'set enable-bracketed-paste off'\n")
    terminal = Terminal(["bash", "--rcfile", place / "rc", "-i"], environment={**environment(place), "TERM": "dumb"})
    terminal.read_until("> ")
    terminal.type("cd " + str(place) + "; signalbox tasks sh\t--he\t\n")
    terminal.read_until("usage: signalbox tasks show NUMBER")
    terminal.type("exit\n")
    assert terminal.wait() == 0


@pytest.mark.parametrize("line, offered, others", CASES)
def test_fish(place, line, offered, others):
    found = bare(fish(place, line))
    assert set(offered) <= found and not set(others) & found


@pytest.mark.parametrize("line, said", DESCRIBED)
def test_fish_says_what_they_do(place, line, said):
    assert any(said in offer for offer in fish(place, line))


def fish(place, line):
    script = "signalbox completion fish | source; complete -C $argv[1]"
    return ask(place, "fish", "--no-config", "-c", script, line)


# Takes what would be offered from the builtin that all completions end in.
ZSH = """
autoload -Uz compinit
compinit -u -d $HOME/dump
compadd() {
    local -a offered
    if [[ " $* " == *" -O "* || " $* " == *" -A "* || " $* " == *" -D "* ]]; then builtin compadd "$@"; return; fi
    builtin compadd -O offered "$@"
    print -rl -- $offered >>$HOME/offered
    builtin compadd "$@"
}
PS1='ready> '
"""


def zsh(place, line):
    """What zsh offers at its prompt, as a set; and all that it writes."""
    functions = place / "functions"
    functions.mkdir()
    with (functions / "_signalbox").open("w") as file:
        subprocess.run([place / "bin" / "signalbox", "completion", "zsh"], stdout=file, check=True, timeout=20)
    (place / ".zshrc").write_text(f"fpath=({functions} $fpath)\ncd {place}\n{ZSH}")
    terminal = Terminal(["zsh", "-d", "-i"], columns=200, environment={**environment(place), "ZDOTDIR": str(place), "TERM": "dumb"})
    terminal.read_until("ready> ")
    terminal.type(line + "\t")
    # Ctrl-U empties the line, behind all that the tabulator has brought.
    terminal.type("\x15print do''ne\n")
    terminal.read_until("done")
    terminal.type("exit\n")
    terminal.wait()
    path = place / "offered"
    return set(path.read_text().split("\n")) if path.exists() else set(), terminal.written


@pytest.mark.parametrize("line, offered, others", CASES)
def test_zsh(place, line, offered, others):
    found, written = zsh(place, line)
    found = {word.rstrip("/") for word in found}
    assert set(offered) <= found and not set(others) & found, written


@pytest.mark.parametrize("line, said", [
    ("signalbox ", "Look at the installation"), ("signalbox tasks ", "Abort a task at once"),
    ("signalbox doctor --", "Tell all rows of tasks anew"),
])
def test_zsh_says_what_they_do(place, line, said):
    assert said in zsh(place, line)[1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_understood(place, shell):
    """No shell finds a mistake in its script, and each is there to be asked."""
    assert shutil.which(shell), "scripts/setup test installs it"
    (place / "script").write_text("\n".join(ask(place, "signalbox", "completion", shell)) + "\n")
    assert ask(place, shell, "-n", "script") == []
