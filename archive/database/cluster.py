"""One PostgreSQL data directory: made, configured, started. Who may do so when is embedded.py's part."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from archive.database.account import Account, account_for
from archive.database.binaries import MAJOR_VERSION, copied_programs, installed_programs, runs
from archive.database.problems import DatabaseProblem

ROLE = "parallax"
DATABASE = "parallax"
START_SECONDS = 600  # crash recovery after a long import may take minutes
START_ATTEMPTS = 10  # a second apart: the last children of a killed server still hold its memory
# The kernel allows 107 bytes for the path of a socket; PostgreSQL adds "/.s.PGSQL.5432.lock" to it.
LONGEST_SOCKET_FOLDER = 80
UNSAFE_IN_SOCKET_FOLDER = "\"',\\@"
UNSAFE_IN_SHELL = '"$`\\\n'  # initdb and pg_ctl put the path of the programs between double quotes
PID_FILE = "postmaster.pid"
# Home of the files if root's own folder is closed to the account that runs the server.
OPEN_STATE_FOLDER = Path("/var/lib")
LINK_ELSEWHERE = "elsewhere"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    "log_checkpoints": "off",
    "max_connections": "100",
    "jit": "off",  # it costs more than it saves on queries of milliseconds
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "synchronous_commit": "on",  # a curator's judgement is never lost
}

# Of the machine's memory the server takes an eighth, within these bounds. What it finds there costs a
# fraction of what the system holds for it, and an archive of a million articles is read from a few gigabytes.
SMALLEST_BUFFERS, LARGEST_BUFFERS = 256, 4096  # megabytes
CONTAINERS_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True)
class Cluster:
    """Where the server's files are and who owns them."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        """Return the data directory, named after the major version: another version starts another."""
        return self.home / f"postgresql-{MAJOR_VERSION}"

    @property
    def socket_folder(self) -> Path:
        """Return the folder of the server's socket: in `home`, or a short path if that is too long."""
        near = self.home / "socket"
        return near if _fits(near) else self.short_folder

    @property
    def short_folder(self) -> Path:
        """Return a folder of plain and short name for what `home` has too long or too odd a name for.

        It is not in $TMPDIR: every process has to find the same one.
        """
        return Path("/tmp") / f"parallax-{self.account.user}-{_fingerprint(self.home)}"  # noqa: S108


def cluster_in(folder: Path) -> Cluster:
    """Return the cluster that belongs to `folder`, an existing directory.

    Its files lie in `folder`, unless root's folder is closed to the account that runs the server;
    then they lie in a folder of /var/lib, and a link in `folder` says which.
    """
    account = account_for(folder / f"postgresql-{MAJOR_VERSION}", folder)
    if account.is_other_user and not account.reaches(folder):
        return Cluster(_home_elsewhere(folder / LINK_ELSEWHERE), account)
    return Cluster(folder, account)


def answers(cluster: Cluster) -> bool:
    """Return whether the server answers a real connection; waits while it starts up or shuts down."""
    if not (cluster.socket_folder / ".s.PGSQL.5432").exists():
        return False
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        try:
            _connect(cluster).close()
        except psycopg.OperationalError as error:
            if "starting up" not in str(error) and "shutting down" not in str(error):
                return False
            time.sleep(0.2)
        else:
            return True
    return False


def prepare(cluster: Cluster, lock: int) -> Path:
    """Make the data directory if there is none, set it up for a start, and return the programs' folder.

    `lock` is the descriptor of the file lock under which this happens. initdb shares it: should this
    process be killed, the next one waits until that initdb is through.
    """
    bin_folder = runnable_programs(cluster)
    if not cluster.data.exists():
        _initialise(cluster, bin_folder, lock)
    cluster.data.chmod(0o700)  # PostgreSQL refuses anything wider, as a chmod -R of a checkout leaves it
    _make_private(cluster.socket_folder, cluster.account)
    _configure(cluster)
    return bin_folder


def runnable_programs(cluster: Cluster) -> Path:
    """Return a folder with PostgreSQL's programs that the cluster's account can run.

    Programs out of that account's reach, or in a folder whose name a shell would misread, are copied
    once to where neither is so.
    """
    installed = installed_programs()
    if not _unsafe_in_shell(installed) and (
        not cluster.account.is_other_user or runs(installed, cluster.account)
    ):
        return installed
    if not _unsafe_in_shell(cluster.home):
        return copied_programs(cluster.home)
    _make_private(cluster.short_folder, cluster.account)
    return copied_programs(cluster.short_folder)


def start(cluster: Cluster, bin_folder: Path) -> None:
    """Start the server and wait until it accepts connections, through crash recovery if need be."""
    command: list[Path | str] = [
        bin_folder / "pg_ctl",
        "start",
        "-w",
        "-t",
        str(START_SECONDS),
        "-l",
        "server.log",
    ]
    crashed = (cluster.data / PID_FILE).exists()
    _forget_a_reused_process_id(cluster)
    for attempt in range(START_ATTEMPTS):
        if _run(command, cluster, cwd=cluster.data).returncode == 0:
            return
        if not crashed or attempt == START_ATTEMPTS - 1:
            break
        time.sleep(1)
    raise DatabaseProblem(
        f"The archive's own PostgreSQL did not start ({_last_words(cluster)}): mend what "
        f"{cluster.data / 'server.log'} names, or set DATABASE_URL."
    )


def create_database(cluster: Cluster) -> None:
    """Create the archive's database unless it exists."""
    with _connect(cluster) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _connect(cluster: Cluster) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(cluster.socket_folder), user=ROLE, dbname="postgres", connect_timeout=5, autocommit=True
    )


def _fits(folder: Path) -> bool:
    path = str(folder)
    return len(os.fsencode(path)) <= LONGEST_SOCKET_FOLDER and not set(path) & set(UNSAFE_IN_SOCKET_FOLDER)


def _home_elsewhere(link: Path) -> Path:
    """Return where `link` leads. A new link leads to a new folder: whoever removes it begins anew."""
    if not link.is_symlink():
        link.symlink_to(tempfile.mkdtemp(prefix="parallax-", dir=OPEN_STATE_FOLDER))
    home = link.readlink()
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    return home


def _unsafe_in_shell(folder: Path) -> bool:
    return bool(set(str(folder)) & set(UNSAFE_IN_SHELL))


def _fingerprint(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]


def _initialise(cluster: Cluster, bin_folder: Path, lock: int) -> None:
    """Run initdb beside the final place and rename, so that a killed start leaves nothing half made."""
    unfinished = cluster.data.with_name(cluster.data.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    cluster.account.give(unfinished)
    # The sort order is built in, so that no update of the system's C library can spoil an index.
    options = "--auth=trust --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
    command: list[Path | str] = [
        bin_folder / "initdb",
        "-D",
        unfinished,
        "-U",
        ROLE,
        "--no-instructions",
        *options.split(),
    ]
    done = _run(command, cluster, pass_fds=[lock])
    if done.returncode:
        raise DatabaseProblem(
            f"The archive's own PostgreSQL could not make its data directory ({_one_line(done.stdout)}): "
            f"make room and rights in {cluster.home}, or set DATABASE_URL."
        )
    unfinished.rename(cluster.data)


def _forget_a_reused_process_id(cluster: Cluster) -> None:
    """After a loss of power the number of the lost server may be another process's by now.

    PostgreSQL would take that one for the server and refuse to start. It knows by itself that a
    number which belongs to nobody is out of date.
    """
    file = cluster.data / PID_FILE
    try:
        number = file.read_text().split(maxsplit=1)[0]
        process = Path("/proc", number, "comm").read_text().strip()
    except (OSError, IndexError):
        return
    if process != "postgres":
        file.unlink()


def _make_private(folder: Path, account: Account) -> None:
    """Make a folder that only `account` (and root) can enter, in a place where others may write too."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), account.user):
        raise DatabaseProblem(f"{folder} belongs to someone else: remove it, or set ARCHIVE_DATA.")
    account.give(folder)
    folder.chmod(0o700)


def _configure(cluster: Cluster) -> None:
    settings = {
        **SETTINGS,
        "shared_buffers": f"{buffers(_memory())}MB",
        "unix_socket_directories": f'"{cluster.socket_folder}"',
    }
    lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
    file = cluster.data / "postgresql.auto.conf"
    file.write_text("".join(lines))
    cluster.account.give(file)


def buffers(memory: int) -> int:
    """Megabytes that the server holds for itself, of so many bytes of memory."""
    return min(max(memory // 8 // 2**20, SMALLEST_BUFFERS), LARGEST_BUFFERS)


def _memory() -> int:
    """Bytes of memory of the machine, or of the container that this runs in."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(machine, int(CONTAINERS_LIMIT.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit ("max")
        return machine


def _run(
    command: Sequence[Path | str], cluster: Cluster, cwd: Path = Path("/"), pass_fds: Sequence[int] = ()
) -> subprocess.CompletedProcess[str]:
    # The data directory goes through the environment: pg_ctl hands its arguments to a shell.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        cwd=cwd,
        pass_fds=pass_fds,
        env={**inherited, "PGDATA": str(cluster.data)},
        **cluster.account.switch,
    )


def _last_words(cluster: Cluster) -> str:
    try:
        log = (cluster.data / "server.log").read_text(errors="replace")
    except OSError:
        return "it wrote no log"
    complaints = [line for line in log.splitlines() if "FATAL" in line or "PANIC" in line]
    return _one_line(complaints[-1] if complaints else log[-200:])


def _one_line(text: str) -> str:
    return " ".join(text.split())[-300:]
