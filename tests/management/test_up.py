"""`manage.py up`, as a stranger runs it: in a process of its own, in an empty folder."""

import os
import re
import signal
import socket
import subprocess
import urllib.request

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError

from archive.management import first_start, static_files
from archive.management.serving import Address
from tests.places import ROOT, Place, children, free_port, is_alive, processor_seconds, wait_until

MANAGE = str(ROOT / "manage.py")
SECOND_START_SECONDS = 3  # of one processor: other tests run beside this one
MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def running(place: Place):
    """Return a function that starts `up` and waits until it has said everything."""

    def start(**variables: str) -> tuple[subprocess.Popen[str], str, str]:
        address = f"http://127.0.0.1:{(port := free_port())}/"
        process = place.start(MANAGE, "up", "--port", str(port), env=variables)
        said = []
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        else:
            pytest.fail(process.stderr.read())
        return process, address, "".join(said)

    return start


def fetch(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=20) as page:
        return page.status, page.read().decode()


def stop(process: subprocess.Popen[str], with_signal: int) -> None:
    workers = children(process.pid)
    assert workers
    process.send_signal(with_signal)
    process.wait(20)
    wait_until(lambda: not any(is_alive(worker) for worker in workers))


@pytest.mark.server
@pytest.mark.xdist_group("server")
def test_from_an_empty_folder_to_a_running_site_and_again(place, running):
    process, address, said = running()
    articles = re.search(r"It holds (\d+) articles, (\d+) outlets", said)
    assert articles, said
    assert int(articles[1]) == len(list((ROOT / "seeds").glob("*.txt")))
    assert "password" in said
    assert fetch(address)[0] == 200
    style_sheet = re.search(r'href="(/static/[^"]+\.css)"', fetch(f"{address}admin/login/")[1])
    assert style_sheet
    assert fetch(address.rstrip("/") + style_sheet[1])[0] == 200
    stop(process, signal.SIGINT)

    process, address, said_again = running()
    assert processor_seconds(process.pid) < SECOND_START_SECONDS
    assert fetch(address)[0] == 200
    assert articles[0] in said_again
    assert "password" not in said_again
    stop(process, signal.SIGTERM)
    wait_until(lambda: place.postmaster is None)


@pytest.mark.server
@pytest.mark.xdist_group("server")
def test_workers_end_even_if_up_itself_is_killed(place, running):
    process, _, said = running(CURATOR_PASSWORD="a long password from outside")
    assert "a long password" not in said
    workers = children(process.pid)
    process.kill()
    wait_until(lambda: not any(is_alive(worker) for worker in workers))


@pytest.mark.server
@pytest.mark.xdist_group("server")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user without rights")
def test_an_unwritable_data_folder_is_told_in_one_sentence(place):
    place.become_nobody()
    os.chown(place.folder, 0, 0)
    done = place.run(MANAGE, "up")
    assert_one_sentence(done, "ARCHIVE_DATA")


def test_a_missing_server_is_told_in_one_sentence(place):
    address = f"postgresql://me:secret@127.0.0.1:{free_port()}/news"
    done = place.run(MANAGE, "up", "--port", str(free_port()), env={"DATABASE_URL": address})
    assert_one_sentence(done, "DATABASE_URL")
    assert "secret" not in done.stderr


def test_a_taken_port_is_told_in_one_sentence_before_anything_is_started(place):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = place.run(MANAGE, "up", "--port", str(port))
    assert_one_sentence(done, f"Port {port} is taken")
    assert not place.database_folder.exists()


def assert_one_sentence(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert words in done.stderr


# --- the parts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 99999), ("no.such.host.invalid", 8000), ("192.0.2.1", 8000)]
)
def test_an_impossible_address_is_told_with_the_mend(host, port):
    with pytest.raises(CommandError, match=r"--host|--port"):
        Address(host, port).check_free()


def test_an_address_of_the_newer_kind_is_written_in_brackets():
    assert Address("::1", 8000).url == "http://[::1]:8000/"


def test_the_first_curator_gets_a_password_of_some_length(db):
    made = first_start.make_first_curator()
    user = get_user_model().objects.get()
    assert len(made.generated_password) >= 16
    assert user.check_password(made.generated_password)
    assert user.is_superuser
    assert made.generated_password in made.note


def test_a_given_password_is_used_and_not_repeated(db, monkeypatch):
    monkeypatch.setenv("CURATOR_PASSWORD", "from the environment")
    made = first_start.make_first_curator()
    assert get_user_model().objects.get().check_password("from the environment")
    assert "from the environment" not in made.note


def test_there_is_no_second_first_curator(db):
    get_user_model().objects.create_superuser("somebody", password="x")
    assert first_start.make_first_curator() is None
    assert get_user_model().objects.count() == 1


def test_static_files_are_gathered_only_when_one_of_them_changed(tmp_path, settings):
    source = tmp_path / "source"
    source.mkdir()
    (source / "style.css").write_text("body { color: black }")
    settings.DATA_FOLDER = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    assert static_files.collect_if_changed()
    assert not static_files.collect_if_changed()
    (source / "style.css").write_text("body { color: navy blue }")
    assert static_files.collect_if_changed()
    assert any("navy" in file.read_text() for file in settings.STATIC_ROOT.glob("style.*.css"))
