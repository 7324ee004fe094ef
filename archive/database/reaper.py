"""Stop the server once nobody uses it any more.

Runs as a script of its own, without the project on its path, from a server's start until its end:
    reaper.py FOLDER PG_CTL DATA [USER GROUP]
"""

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

USERS_LOCK = "users.lock"
REAPER_LOCK = "reaper.lock"  # held by the one reaper on duty
IDLE_SECONDS = 5  # so that one command after another finds the server still warm


def is_on_duty(folder: Path) -> bool:
    """Return whether a reaper watches over the server in `folder`."""
    with (folder / REAPER_LOCK).open("a") as duty:
        return not _lock_at_once(duty)


def watch(folder: Path, pg_ctl: str, data: Path, account: dict[str, Any]) -> None:
    """Leave a process behind that stops the server once it is idle; do nothing if one is on duty.

    The locks are let go in this order: first the reaper's own, then the users'. So a newcomer, who
    waits for the users' lock while the server stops, finds no reaper on duty and leaves another.
    """
    with (folder / USERS_LOCK).open("a") as users, (folder / REAPER_LOCK).open("a") as duty:
        if _lock_at_once(duty) and os.fork() == 0:
            _wait_until_idle(users)
            if (data / "postmaster.pid").exists():
                stop = [pg_ctl, "stop", "-w", "-t", "600", "-m", "fast", "-D", str(data)]
                subprocess.run(stop, cwd="/", check=False, **account)


def _wait_until_idle(users: IO[str]) -> None:
    """Return with the exclusive lock, once nobody has held the users' lock for IDLE_SECONDS."""
    while True:
        fcntl.flock(users, fcntl.LOCK_EX)  # waits for the last user
        fcntl.flock(users, fcntl.LOCK_UN)
        time.sleep(IDLE_SECONDS)
        if _lock_at_once(users):
            return


def _lock_at_once(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _account(ids: list[str]) -> dict[str, Any]:
    if not ids or os.geteuid() != 0:
        return {}
    user, group = map(int, ids)
    return {"user": user, "group": group, "extra_groups": []}


if __name__ == "__main__":
    watch(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), _account(sys.argv[4:]))
