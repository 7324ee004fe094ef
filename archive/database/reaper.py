"""Stop the server once nobody uses it any more.

Runs as a script of its own, without the project on its path, from a server's start until its end:
    reaper.py FOLDER PG_CTL DATA [USER GROUP]
"""

import os
import subprocess
import sys
import time
from pathlib import Path

USERS_LOCK = "users.lock"
IDLE_SECONDS = 5  # so that one command after another finds the server still warm


def wait_and_stop(folder: Path, pg_ctl: str, data: Path, account: dict[str, object]) -> None:
    """Wait until nobody has held the users' lock for IDLE_SECONDS, then stop the server.

    The exclusive lock is held while the server stops, so that a newcomer waits and starts it anew.
    """
    import fcntl

    with (folder / USERS_LOCK).open("a") as users:
        while True:
            fcntl.flock(users, fcntl.LOCK_EX)  # waits for the last user
            fcntl.flock(users, fcntl.LOCK_UN)
            time.sleep(IDLE_SECONDS)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            if (data / "postmaster.pid").exists():
                stop = [pg_ctl, "stop", "-w", "-t", "600", "-m", "fast", "-D", str(data)]
                subprocess.run(stop, cwd="/", check=False, **account)
            return


def _account(ids: list[str]) -> dict[str, object]:
    if not ids or os.geteuid() != 0:
        return {}
    user, group = map(int, ids)
    return {"user": user, "group": group, "extra_groups": []}


if __name__ == "__main__":
    if os.fork():
        os._exit(0)  # whoever started the server does not wait for its end
    wait_and_stop(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), _account(sys.argv[4:]))
