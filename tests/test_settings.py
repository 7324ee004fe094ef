"""What the environment changes, and what every answer carries."""

import json
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.secret_key import FILE_NAME, read_or_make_secret_key
from tests.places import ROOT, environment

PRINT_SETTINGS = """
import json, sys
from archive import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""


def read(folder: Path, *names: str, **variables: str) -> dict:
    """Return settings as a process with these environment variables sees them."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_SETTINGS, *names],
        env={**environment(folder), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


# --- the secret key --------------------------------------------------------------------------------


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    key = read_or_make_secret_key(tmp_path / "data")
    file = tmp_path / "data" / FILE_NAME
    assert len(key) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_or_make_secret_key(tmp_path / "data") == key
    assert list((tmp_path / "data").iterdir()) == [file]


def test_two_folders_have_two_keys(tmp_path):
    assert read_or_make_secret_key(tmp_path / "a") != read_or_make_secret_key(tmp_path / "b")


def test_starts_at_once_agree_on_one_key(tmp_path):
    keys = set()
    threads = [threading.Thread(target=lambda: keys.add(read_or_make_secret_key(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 1


def test_a_folder_that_cannot_be_used_is_told_with_the_mend(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ImproperlyConfigured, match="ARCHIVE_DATA"):
        read_or_make_secret_key(tmp_path / "file" / "data")


def test_a_command_tells_an_unusable_data_folder_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check"],
        env=environment(tmp_path / "file" / "data"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "ARCHIVE_DATA" in done.stderr


def test_a_secret_key_from_the_environment_is_used_and_nothing_written(tmp_path):
    seen = read(tmp_path / "data", "SECRET_KEY", SECRET_KEY="from outside")
    assert seen == {"SECRET_KEY": "from outside"}
    assert not (tmp_path / "data").exists()


# --- what is on and off ----------------------------------------------------------------------------


def test_nothing_is_loose_unless_asked(tmp_path):
    seen = read(tmp_path, "DEBUG", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE")
    assert seen["DEBUG"] is False
    assert seen["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert seen["CSRF_TRUSTED_ORIGINS"] == []
    assert not seen["SESSION_COOKIE_SECURE"]  # without TLS a secure cookie would never come back


@pytest.mark.parametrize(("value", "on"), [("1", True), ("0", False), ("", False)])
def test_debug_is_on_only_by_the_number_one(tmp_path, value, on):
    assert read(tmp_path, "DEBUG", DEBUG=value) == {"DEBUG": on}


def test_hosts_and_origins_come_from_the_environment(tmp_path):
    seen = read(
        tmp_path,
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
        ALLOWED_HOSTS="archive.example.org, localhost,",
        CSRF_TRUSTED_ORIGINS="https://archive.example.org",
    )
    assert seen["ALLOWED_HOSTS"] == ["archive.example.org", "localhost"]
    assert seen["CSRF_TRUSTED_ORIGINS"] == ["https://archive.example.org"]


def test_everything_is_written_below_the_data_folder(tmp_path):
    seen = read(tmp_path, "STATIC_ROOT", "DATABASES")
    assert Path(seen["STATIC_ROOT"]).is_relative_to(tmp_path)
    assert Path(seen["DATABASES"]["default"]["FOLDER"]).is_relative_to(tmp_path)


def test_a_database_address_replaces_the_archives_own_server(tmp_path):
    seen = read(tmp_path, "DATABASES", DATABASE_URL="postgresql://me@db.example/news")
    assert seen["DATABASES"]["default"]["HOST"] == "db.example"
    assert "FOLDER" not in seen["DATABASES"]["default"]


def test_django_finds_nothing_to_complain_about_behind_tls(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={**environment(tmp_path), "BEHIND_TLS": "1", "ALLOWED_HOSTS": "archive.example.org"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


# --- what every answer carries ---------------------------------------------------------------------


def directives(header: str) -> dict[str, str]:
    """Return a Content-Security-Policy taken apart."""
    return dict(part.strip().split(" ", 1) for part in header.split(";") if part.strip())


@pytest.mark.parametrize("address", ["/healthz", "/admin/login/"])
def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere(client, db, address):
    policy = directives(client.get(address)["Content-Security-Policy"])
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}


def test_the_headers_that_close_what_browsers_leave_open(client, db):
    answer = client.get("/healthz")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


def test_a_visitor_gets_no_cookie(client, db):
    assert not client.get("/healthz").cookies


def test_an_unknown_host_name_is_refused(client, db):
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 400


def test_the_admins_pages_need_nothing_inline(admin_client):
    page = admin_client.get("/admin/").content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page) == []


def test_behind_tls_only_the_health_check_is_answered_without(client, db, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    assert client.get("/admin/login/")["Location"].startswith("https://")
    assert client.get("/healthz").status_code == 200
