"""What `make install` puts where, and that those who read it understand it."""

import os
import re
import shutil
import subprocess

import pytest

from engine import ROOT

FILES = {
    "bin/signalbox", "share/man/man1/signalbox.1", "share/bash-completion/completions/signalbox",
    "share/zsh/site-functions/_signalbox", "share/fish/vendor_completions.d/signalbox.fish",
    "lib/systemd/system/signalbox.service", "lib/sysusers.d/signalbox.conf",
}


@pytest.fixture
def make(binary):
    def make(target, **variables):
        result = subprocess.run(
            ["make", "--no-print-directory", target, f"BINARY={binary}", *(f"{name}={value}" for name, value in variables.items())],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return make


def files_below(directory):
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}


def test_a_package_is_made(make, tmp_path):
    said = make("install", DESTDIR=tmp_path, PREFIX="/usr")
    assert files_below(tmp_path) == {f"usr/{name}" for name in FILES}
    assert {line for line in said.splitlines() if line.startswith(str(tmp_path))} == {str(tmp_path / "usr" / name) for name in FILES}
    modes = {name: (tmp_path / "usr" / name).stat().st_mode & 0o777 for name in FILES}
    assert modes == {name: 0o755 if name == "bin/signalbox" else 0o644 for name in FILES}
    unit = (tmp_path / "usr/lib/systemd/system/signalbox.service").read_text()
    assert "\nExecStart=/usr/bin/signalbox serve\n" in unit and "@" not in unit.replace("@system-service @mount", "")
    # Once more over what is there, and away again.
    make("install", DESTDIR=tmp_path, PREFIX="/usr")
    (tmp_path / "usr" / "bin" / "other").touch()
    make("uninstall", DESTDIR=tmp_path, PREFIX="/usr")
    assert files_below(tmp_path) == {"usr/bin/other"}


def test_what_is_installed_works(make, tmp_path):
    make("install", PREFIX=tmp_path)
    result = subprocess.run([tmp_path / "bin/signalbox", "version"], capture_output=True, text=True, timeout=20, check=True)
    assert re.fullmatch(r"(signalbox )?\d+\.\d+\.\d+\n", result.stdout), result.stdout
    # By the search path of man, as after an installation.
    environment = {**os.environ, "MANPATH": str(tmp_path / "share/man"), "MANWIDTH": "100", "LC_ALL": "C.UTF-8"}
    result = subprocess.run(
        ["man", "-P", "cat", "signalbox"], env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert result.returncode == 0, result.stderr
    assert "signalbox tasks show NUMBER" in re.sub(r".\x08", "", result.stdout)


@pytest.mark.parametrize("command", [
    ["groff", "-man", "-ww", "-Tutf8"], ["man", "--warnings=w", "-P", "cat", "-l"],
], ids=["groff", "man"])
def test_the_manual_page_has_no_mistakes(binary, tmp_path, command):
    page = tmp_path / "signalbox.1"
    with page.open("w") as file:
        subprocess.run([binary, "man"], stdout=file, check=True, timeout=20)
    environment = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"}
    result = subprocess.run([*command, page], env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    shown = re.sub(r"\x1b\[[\d;]*m|.\x08", "", result.stdout)
    for text in ("SYNOPSIS", "signalbox run", "--payload JSON|@FILE", "'{\"sent\": true}'", "Höfer", "SIGNALBOX_LOG_LEVEL"):
        assert text in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_the_unit_is_understood(make, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd here")
    make("install", PREFIX=tmp_path)
    unit = tmp_path / "lib/systemd/system/signalbox.service"
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, timeout=30, check=False)
    # Of other units, on which ours depends, it may complain where they are not installed.
    told = [line for line in result.stderr.splitlines() if "signalbox" in line and "network-online" not in line]
    assert result.returncode == 0 and told == [], result.stderr


def test_the_unit_leaves_what_the_sandbox_needs():
    """Each of these keeps bubblewrap from making a namespace, a mount or a /proc of its own."""
    unit = (ROOT / "packaging" / "signalbox.service").read_text()
    settings = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line and not line.startswith("#"))
    fatal = {"RestrictNamespaces", "ProtectKernelTunables", "ProtectKernelLogs", "ProtectProc", "ProcSubset", "PrivateUsers"}
    assert not fatal & set(settings)
    assert "@mount" in settings["SystemCallFilter"].split()
    assert "AF_NETLINK" in settings["RestrictAddressFamilies"].split()
