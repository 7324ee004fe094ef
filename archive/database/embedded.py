"""The life of the archive's own PostgreSQL server, shared by every process that uses it.

Kernel file locks, no lists of process ids: each process holds a shared lock on `users.lock` for
its life (the kernel drops it even on kill -9), and an exclusive one on `start.lock` while it looks
whether the server runs and starts it. Whoever starts the server leaves a reaper behind, which
stops the server once nobody holds `users.lock` any more; whoever joins a server whose reaper was
killed leaves another.
"""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from archive.database import reaper
from archive.database.cluster import (
    ROLE,
    Cluster,
    answers,
    cluster_in,
    create_database,
    prepare,
    runnable_programs,
    start,
)
from archive.database.problems import DatabaseProblem

# Descriptors of the lock files that this process holds, by folder: open until it ends. A forked child
# shares them.
_held: dict[Path, int] = {}


def ensure_running(folder: Path) -> dict[str, str]:
    """Start or join the server whose files are in `folder`; return the HOST and USER that reach it.

    The server runs at least until this process ends; the archive's database exists in it.
    Raises DatabaseProblem, one sentence, if it cannot be started.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder = folder.resolve()
        _hold(folder)
        with (folder / "start.lock").open("a") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            cluster = cluster_in(folder)
            if not answers(cluster):
                _start(cluster, folder, starting.fileno())
            elif not reaper.is_on_duty(folder):
                _leave_reaper(cluster, folder, runnable_programs(cluster))
            create_database(cluster)
    except OSError as error:
        raise DatabaseProblem(
            f"The data folder {folder} cannot be used ({error.strerror or error}): "
            "give this user the right to write there, or name another folder in ARCHIVE_DATA."
        ) from error
    return {"HOST": str(cluster.socket_folder), "USER": ROLE}


def _hold(folder: Path) -> None:
    """Hold the shared lock for the life of this process; waits while a reaper stops the server."""
    if folder in _held:
        return
    lock = os.open(folder / reaper.USERS_LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    fcntl.flock(lock, fcntl.LOCK_SH)
    if _held.setdefault(folder, lock) != lock:  # another thread was faster
        os.close(lock)


def _start(cluster: Cluster, folder: Path, lock: int) -> None:
    bin_folder = prepare(cluster, lock)
    _leave_reaper(cluster, folder, bin_folder)  # first: this process may be killed while it waits
    start(cluster, bin_folder)


def _leave_reaper(cluster: Cluster, folder: Path, bin_folder: Path) -> None:
    account = cluster.account
    ids = [str(account.user), str(account.group)] if account.is_other_user else []
    subprocess.run(  # returns at once: the reaper leaves a child behind
        [sys.executable, "-I", "-S", reaper.__file__, folder, bin_folder / "pg_ctl", cluster.data, *ids],
        check=True,
        start_new_session=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
