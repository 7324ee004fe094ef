"""Folders with servers of their own, and processes that use them."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.database.cluster import cluster_in

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60

# Connects as every command does, says which server it found, then stays until its input ends.
CLIENT = """
import sys
from django.db import connection
def server():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_postmaster_start_time()::text")
        return cursor.fetchone()[0]
print(server(), flush=True)
for line in sys.stdin:
    connection.close()
    print(server(), flush=True)
"""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a command whose data is in `folder`."""
    settings = ("DATABASE_URL", "DEBUG", "BEHIND_TLS", "SECRET_KEY", "ALLOWED_HOSTS")
    kept = {name: value for name, value in os.environ.items() if name not in settings}
    search = [str(ROOT), *(path for path in sys.path if path.endswith("site-packages"))]
    return {
        **kept,
        "ARCHIVE_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "PYTHONPATH": os.pathsep.join(search),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@dataclass
class Place:
    """A data folder, and the processes that a test started for it."""

    folder: Path
    python: str = sys.executable
    account: dict[str, object] = field(default_factory=dict)
    processes: list[subprocess.Popen] = field(default_factory=list)

    @property
    def database_folder(self) -> Path:
        return self.folder / "database"

    @property
    def postmaster(self) -> int | None:
        """Return the process id of the server that runs here, if one does."""
        if not self.database_folder.exists():
            return None
        try:
            pid_file = cluster_in(self.database_folder.resolve()).data / "postmaster.pid"
            pid = int(pid_file.read_text().splitlines()[0])
        except (FileNotFoundError, IndexError):
            return None
        return pid if is_alive(pid) else None

    def run(self, *arguments: str, **more) -> subprocess.CompletedProcess[str]:
        """Run Python with `arguments` to its end."""
        return subprocess.run(
            [self.python, *arguments],
            env={**environment(self.folder), **more.pop("env", {})},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            **self.account,
            **more,
        )

    def start(self, *arguments: str, **more) -> subprocess.Popen[str]:
        """Start Python with `arguments` in the background; it ends with the test."""
        process = subprocess.Popen(
            [self.python, *arguments],
            env={**environment(self.folder), **more.pop("env", {})},
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **self.account,
            **more,
        )
        self.processes.append(process)
        return process

    def connect(self) -> str:
        """Connect in a process of its own and return when the server that it found was started."""
        done = self.run("-c", CLIENT, input="")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def stay_connected(self) -> subprocess.Popen[str]:
        """Start a process that connects and stays; its first line says when the server was started."""
        return self.start("-c", CLIENT)

    def become_nobody(self) -> None:
        """Go on as the user `nobody`, who has no rights and no home, with a Python that nobody may run."""
        nobody = pwd.getpwnam("nobody")
        self.account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.folder.mkdir(exist_ok=True)
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        for python in (sys.executable, shutil.which("python3", path="/usr/local/bin:/usr/bin")):
            self.python = python or sys.executable
            try:
                if self.run("-c", "import archive, django, psycopg").returncode == 0:
                    return
            except PermissionError:
                continue
        pytest.skip("no Python that user nobody may run can read the project and its packages")

    def stop_server(self) -> None:
        """Stop the server at once, as its reaper does after a while."""
        server = self.postmaster
        if server:
            os.kill(server, signal.SIGINT)
            wait_until(lambda: not is_alive(server))

    def clear(self) -> None:
        """End everything that a test started here and remove the files."""
        for process in self.processes:
            # One that leads a session may have left children that hold its output open.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.communicate()
        self.stop_server()
        if self.database_folder.exists():
            cluster = cluster_in(self.database_folder.resolve())
            shutil.rmtree(cluster.short_folder, ignore_errors=True)
            shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def is_alive(pid: int) -> bool:
    """Return whether a process runs; one that has ended and only waits to be counted does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not Path("/proc/self").exists()


def wait_until(condition, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait for `condition()`; fail after `seconds`."""
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.05)


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(parent: int) -> list[int]:
    """Return the process ids of the children of `parent`."""
    tasks = Path(f"/proc/{parent}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def processor_seconds(pid: int) -> float:
    """Return how long a process and those of its children that have ended kept a processor busy."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
