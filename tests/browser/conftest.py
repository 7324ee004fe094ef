"""A server on the three seed articles and a headless Chromium, shared by all browser tests.

The seeds are imported once, committed, and flushed away after the last browser test. All browser tests run
in one process, one after the other.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from archive.search import spelling

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HERE = Path(__file__).resolve().parent
WAIT_MS = 20_000  # for any one step, on a machine that is busy with other things

WIDE, MIDDLE, NARROW = (1440, 900), (1024, 768), (390, 844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and keep them together in one process."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without it the tests are skipped, except in CI, where that is a failure."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        reason = "No Chromium: install Debian's package chromium, or name another in CHROMIUM."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def test_database(
    django_db_setup: None, django_db_modify_db_settings: None, django_db_blocker
) -> Iterator[None]:
    """A database for tests, even if no other test of the run asks for one.

    pytest-django makes none for tests without its marks. The archive's own would be used, and flushed.
    """
    if connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"]:
        yield
        return
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="package")
def site(browser: Browser, test_database: None, django_db_blocker) -> Iterator[str]:
    """The address of a server on the seeds. Rows made by one browser test are seen by the next ones."""
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with django_db_blocker.unblock():
        call_command("import_articles", str(SEEDS), verbosity=0)
        spelling._words.cache_clear()  # those of other tests, whose articles may have had the same numbers
        # The server's threads keep no connection after a request: a database in use cannot be dropped.
        kept_for = connection.settings_dict["CONN_MAX_AGE"]
        connection.settings_dict["CONN_MAX_AGE"] = 0
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        connection.settings_dict["CONN_MAX_AGE"] = kept_for
        call_command("flush", interactive=False, verbosity=0)
        connection.close()  # once Playwright's event loop has ended, this thread has another connection
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Visitor:
    """Opens pages of the site in contexts of its own, and keeps what the console says."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site = site
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def page(
        self, size: tuple[int, int] = WIDE, theme: str = "light", *, script: bool = True, **options: object
    ) -> Page:
        """A blank page of a new context, without cookies; errors on its console are kept."""
        width, height = size
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=theme,
            java_script_enabled=script,
            base_url=self.site,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(WAIT_MS)
        context.set_default_navigation_timeout(3 * WAIT_MS)  # a page of a busy server may take long to begin
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self._keep(message.type, message.text))
        page.on("pageerror", lambda error: self._keep("error", str(error)))
        page.on("dialog", lambda dialog: self._dismiss(dialog))
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _keep(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _dismiss(self, dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """A visitor whose console has to stay silent."""
    visiting = Visitor(browser, site)
    yield visiting
    visiting.close()
    assert visiting.complaints == []
