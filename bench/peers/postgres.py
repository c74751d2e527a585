"""A PostgreSQL of one's own: a new cluster in a directory, reached by a socket in it, gone in the end."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path


def programs():
    """The directory of the newest PostgreSQL of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise SystemExit("bench-peers: PostgreSQL is missing; `scripts/setup peers` installs it.")
    return found[-1].parent


def account():
    """Who runs it: PostgreSQL refuses to run as root."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


@contextlib.contextmanager
def cluster(parent):
    """The address of a database `bench` with every default of PostgreSQL, fsync and synchronous_commit among them."""
    user = account()
    place = Path(tempfile.mkdtemp(prefix="pg-", dir=parent))
    options = {"user": user.pw_uid, "group": user.pw_gid} if os.geteuid() == 0 else {}

    def call(program, *arguments):
        result = subprocess.run(
            [programs() / program, *arguments], capture_output=True, text=True, cwd=place, check=False, **options)
        if result.returncode:
            raise SystemExit(f"bench-peers: {program} failed:\n{result.stdout}{result.stderr}")

    try:
        os.chown(place, user.pw_uid, user.pw_gid)
        data, log = place / "data", place / "log"
        call("initdb", "-D", data, "-A", "trust", "-U", "bench", "--encoding", "UTF8", "--locale", "C")
        call("pg_ctl", "-w", "-D", data, "-l", log, "-o", f"-c listen_addresses='' -k {place}", "start")
        try:
            call("createdb", "-h", place, "-U", "bench", "bench")
            yield f"postgresql://bench@/bench?host={place}"
        finally:
            call("pg_ctl", "-w", "-D", data, "-m", "fast", "stop")
    finally:
        shutil.rmtree(place, ignore_errors=True)
