"""The archive's own server under everything that happens to a server on somebody's laptop."""

import fcntl
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from archive.database.account import Account
from archive.database.binaries import PACKAGE, runs
from archive.database.cluster import (
    LINK_ELSEWHERE,
    LONGEST_SOCKET_FOLDER,
    MAJOR_VERSION,
    OPEN_STATE_FOLDER,
    Cluster,
    cluster_in,
    runnable_programs,
)
from archive.database.reaper import IDLE_SECONDS
from tests.places import (
    CLIENT,
    PATIENCE_SECONDS,
    ROOT,
    Place,
    children,
    environment,
    free_port,
    is_alive,
    wait_until,
)

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def kill(process: subprocess.Popen) -> None:
    process.kill()
    process.communicate()


# --- where the data lies ---------------------------------------------------------------------------


def test_a_path_with_spaces_and_quotes_works(place):
    place.folder = place.folder.parent / 'the archive\'s "own" $(data), again'
    assert place.connect() == place.connect()


def test_programs_installed_under_an_odd_name_are_copied_to_a_plain_one(tmp_path, monkeypatch):
    installed, folder = tmp_path / '$(touch x) "' / PACKAGE / "programs", tmp_path / "`data`"
    monkeypatch.setattr("archive.database.cluster.installed_programs", lambda: installed)
    cluster = Cluster(folder, Account(os.geteuid(), os.getegid()))
    copy = runnable_programs(cluster)
    try:
        assert runs(copy, cluster.account)
        assert copy.is_relative_to(cluster.short_folder)
    finally:
        shutil.rmtree(cluster.short_folder)


def test_a_path_too_long_for_a_socket_works(place):
    place.folder = place.folder.parent.joinpath(*["a-folder-of-a-long-name"] * 4)
    assert len(str(place.folder)) > LONGEST_SOCKET_FOLDER
    client = place.stay_connected()
    elsewhere = place.run("-c", CLIENT, input="", env={"TMPDIR": str(place.folder)})
    assert client.stdout.readline() == elsewhere.stdout
    near = cluster_in(place.database_folder.resolve()).socket_folder
    assert len(str(near)) <= LONGEST_SOCKET_FOLDER
    assert stat.S_IMODE(near.stat().st_mode) == 0o700


@needs_root
def test_a_folder_closed_to_others_works_for_root_and_stays_closed(place):
    place.folder.mkdir(mode=0o700)
    client = place.stay_connected()
    started = client.stdout.readline().strip()
    assert place.connect() == started
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
    assert (place.database_folder / LINK_ELSEWHERE).readlink().parent == OPEN_STATE_FOLDER


@needs_root
def test_removing_a_closed_folder_begins_anew(place):
    place.folder.mkdir(mode=0o700)
    link = place.folder / LINK_ELSEWHERE
    before = cluster_in(place.folder).home
    assert cluster_in(place.folder).home == before
    link.unlink()
    after = cluster_in(place.folder).home
    before.rmdir()
    after.rmdir()
    assert after != before


@needs_root
def test_the_server_of_root_runs_as_somebody_else(place):
    client = place.stay_connected()
    client.stdout.readline()
    assert Path(f"/proc/{place.postmaster}").stat().st_uid != 0


@needs_root
def test_a_user_without_rights_or_a_home_has_a_server_too(place):
    place.become_nobody()
    assert place.connect()
    client = place.stay_connected()
    client.stdout.readline()
    assert Path(f"/proc/{place.postmaster}").stat().st_uid == place.account["user"]


@needs_root
def test_root_joins_the_server_that_a_user_began(place):
    ordinary = Place(place.folder)
    place.become_nobody()
    client = place.stay_connected()
    started = client.stdout.readline().strip()
    assert ordinary.connect() == started


def test_nobody_else_can_reach_the_server_or_read_its_data(place):
    client = place.stay_connected()
    client.stdout.readline()
    cluster = cluster_in(place.database_folder.resolve())
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.socket_folder.stat().st_mode) == 0o700
    pid_file = (cluster.data / "postmaster.pid").read_text().splitlines()
    assert pid_file[5] == "", "the server listens on a network address"


# --- several at once -------------------------------------------------------------------------------


def test_four_cold_starts_at_once_share_one_server(place):
    clients = [place.stay_connected() for _ in range(4)]
    assert len({client.stdout.readline() for client in clients}) == 1


def test_a_newcomer_waits_while_the_server_is_being_stopped(place):
    place.connect()
    with (place.database_folder / "users.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        client = place.stay_connected()
        said_within_a_second, *_ = select.select([client.stdout], [], [], 1)
        assert said_within_a_second == []
        fcntl.flock(lock, fcntl.LOCK_UN)
    assert client.stdout.readline()


def test_three_imports_at_once_neither_fail_nor_count_twice(place):
    manage, seeds = str(ROOT / "manage.py"), sorted((ROOT / "seeds").glob("*.txt"))
    assert place.run(manage, "migrate").returncode == 0
    imports = [place.start(manage, "import_articles", str(ROOT / "seeds")) for _ in range(3)]
    said = [process.communicate(timeout=PATIENCE_SECONDS) for process in imports]
    assert [process.returncode for process in imports] == [0, 0, 0], said
    exported = place.run(manage, "export", "articles", "--format", "jsonl")
    assert len(exported.stdout.splitlines()) == len(seeds), exported.stderr


@pytest.mark.parametrize("preload", [[], ["--preload"]], ids=["each loads", "preload"])
def test_gunicorn_with_four_workers(place, preload):
    port = free_port()
    options = ["--workers", "4", "--bind", f"127.0.0.1:{port}", "--no-control-socket", *preload]
    static = place.folder / "static"
    static.mkdir(parents=True)
    master = place.start("-m", "gunicorn", "archive.wsgi", *options)
    wait_until(lambda: answers(port))
    assert all(answers(port) for _ in range(20))
    workers = children(master.pid)
    assert len(workers) == 4
    master.send_signal(signal.SIGTERM)
    assert master.wait(20) == 0
    assert not any(is_alive(worker) for worker in workers)


def test_runserver_reloads_and_ends_with_ctrl_c(place):
    port = free_port()
    settings = place.folder.parent / "settings_of_this_test.py"
    settings.write_text("from archive.settings import *")
    here = {"DJANGO_SETTINGS_MODULE": settings.stem, "PYTHONPATH": f"{settings.parent}:{ROOT}"}
    watcher = place.start(
        str(ROOT / "manage.py"),
        "runserver",
        f"127.0.0.1:{port}",
        env=here,
        start_new_session=True,
        preexec_fn=hear_interrupts,
    )
    wait_until(lambda: answers(port))
    (server,) = children(watcher.pid)
    os.utime(settings)
    wait_until(lambda: children(watcher.pid) not in ([], [server]) and answers(port))
    everything = [watcher.pid, *children(watcher.pid)]
    press_ctrl_c(watcher)
    assert not any(is_alive(process) for process in everything)


def hear_interrupts() -> None:
    """Undo what a shell does to jobs in the background: their children would be deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def press_ctrl_c(process: subprocess.Popen[str]) -> None:
    """Interrupt a process and its children until they have ended, as somebody at a keyboard does.

    Once is not always enough: an interrupt that meets a module being loaded is lost, and the reloader of
    Django goes on.
    """
    for _ in range(5):
        os.killpg(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)
            return
    raise AssertionError("Ctrl-C was not heard.")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_SECONDS) as page:
            return page.status == 200
    except OSError:
        return False


# --- sudden ends -----------------------------------------------------------------------------------


def test_killed_processes_leave_a_server_that_the_next_one_uses(place):
    clients = [place.stay_connected() for _ in range(3)]
    started = {client.stdout.readline().strip() for client in clients}
    for client in clients:
        kill(client)
    assert {place.connect()} == started


def test_a_killed_first_start_is_no_obstacle(place):
    client = place.stay_connected()
    wait_until(lambda: any(place.database_folder.glob("*.unfinished")))
    kill(client)
    assert place.connect()
    assert not any(place.database_folder.glob("*.unfinished"))


def test_a_killed_server_is_started_again_even_under_a_process_that_used_it(place):
    client = place.stay_connected()
    before = client.stdout.readline()
    os.kill(place.postmaster, signal.SIGKILL)
    client.stdin.write("again\n")
    client.stdin.flush()
    after = client.stdout.readline()
    assert after not in ("", before), client.stderr.read()
    assert place.connect() == after.strip()


def test_the_number_of_a_lost_server_may_belong_to_another_process_by_now(place):
    client = place.stay_connected()
    client.stdout.readline()
    cluster = cluster_in(place.database_folder.resolve())
    pid_file = cluster.data / "postmaster.pid"
    _, *rest = pid_file.read_text().splitlines()
    kill(client)
    place.stop_server()
    with subprocess.Popen(["sleep", "60"], **cluster.account.switch) as other:
        pid_file.write_text("\n".join([str(other.pid), *rest]) + "\n")
        cluster.account.give(pid_file)
        assert place.connect()
        assert other.poll() is None
        other.kill()


def test_a_widened_data_directory_is_closed_again(place):
    place.connect()
    place.stop_server()
    data = cluster_in(place.database_folder.resolve()).data
    data.chmod(0o755)
    assert place.connect()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


# --- the end ---------------------------------------------------------------------------------------


def test_the_server_stops_once_nobody_has_used_it_for_a_while(place):
    client = place.stay_connected()
    client.stdout.readline()
    server = place.postmaster
    time.sleep(IDLE_SECONDS + 1)
    assert is_alive(server), "it stopped under a process that uses it"
    kill(client)
    wait_until(lambda: not is_alive(server), IDLE_SECONDS + 10)


def test_the_server_stops_even_if_its_reaper_was_killed_with_all_its_users(place):
    client = place.stay_connected()
    started = client.stdout.readline().strip()
    server = place.postmaster
    (reaper,) = processes_that_name("reaper.py", str(place.database_folder))
    os.kill(reaper, signal.SIGKILL)
    kill(client)
    assert place.connect() == started
    wait_until(lambda: not is_alive(server), IDLE_SECONDS + 10)
    wait_until(lambda: processes_that_name("reaper.py", str(place.database_folder)) == [])


def processes_that_name(*words: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if all(word in command for word in words):
            found.append(int(folder.name))
    return found


def test_commands_that_need_no_database_start_no_server(place):
    for command in (["check"], ["migrate", "--help"], ["up", "--help"]):
        done = place.run(str(ROOT / "manage.py"), *command)
        assert done.returncode == 0, done.stderr
    assert not place.database_folder.exists()


# --- what cannot work is told in one sentence ------------------------------------------------------


def test_a_folder_that_cannot_be_written_is_told(place):
    place.folder.mkdir()
    (place.folder / "database").write_text("in the way")
    done = place.run(str(ROOT / "manage.py"), "migrate")
    (place.folder / "database").unlink()
    assert done.returncode == 1
    assert "ARCHIVE_DATA" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_does_not_start_is_told_with_its_reason(place):
    place.connect()
    place.stop_server()
    cluster = cluster_in(place.database_folder.resolve())
    (cluster.data / "PG_VERSION").write_text(f"{MAJOR_VERSION - 1}\n")
    done = place.run(str(ROOT / "manage.py"), "migrate")
    assert done.returncode == 1
    assert "server.log" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_database_address_is_left_alone(place):
    here = {**environment(place.folder), "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/parallax"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "migrate"], env=here, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "DATABASE_URL" in done.stderr
    assert not place.database_folder.exists()
