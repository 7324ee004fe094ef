"""What every test shares: a database of its own for each process that runs tests."""

import fcntl
import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest
from django.conf import settings
from django.db import connection

from tests.places import Place


def pytest_configure() -> None:
    """Serve static files as they lie there, hash passwords fast, and have patience with searches."""
    settings.SEARCH_SECONDS = 60  # a busy machine is slow, not wrong
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Give this process a test database that no other run of the suite uses at the same time.

    The first free number is taken; its lock goes with the process, however it ends, so that a killed
    run's database is used again and none is left over.
    """
    folder = Path(settings.DATA_FOLDER) / "test-databases"
    folder.mkdir(parents=True, exist_ok=True)
    database = settings.DATABASES["default"]
    with _first_free_lock(folder) as lock:
        database.setdefault("TEST", {})["NAME"] = f"test_{database['NAME']}_{Path(lock.name).stem}"
        # A crash may lose test data: nothing waits for the disk.
        database["OPTIONS"] = {**database.get("OPTIONS", {}), "options": "-c synchronous_commit=off"}
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Before the test database is dropped, end the connections that a server's threads still keep to it."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _first_free_lock(folder: Path) -> TextIO:
    files = ((folder / f"{number}.lock").open("a") for number in itertools.count())
    return next(file for file in files if _lock_or_close(file))


def _lock_or_close(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return False
    return True


@pytest.fixture
def place() -> Iterator[Place]:
    """Return a fresh data folder, which the account that runs a server for root can reach."""
    folder = Path(tempfile.mkdtemp(prefix="parallax-test-"))
    folder.chmod(0o755)
    made = Place(folder / "data")
    yield made
    made.clear()
    shutil.rmtree(folder, ignore_errors=True)
