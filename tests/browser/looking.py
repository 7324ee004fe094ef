"""What browser tests do on every page: follow a link to its end, and look for faults."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def follow(link: Locator, key: str = "") -> None:
    """Click a link or button, or press a key on it, and wait until the page it leads to is loaded.

    A click alone comes back while the old page is still there: what is looked at next could be either.
    """
    with link.page.expect_navigation():
        if key:
            link.press(key)
        else:
            link.click()


def faults(page: Page, *, targets: bool = False) -> list[tuple[str, list[str]]]:
    """Return what axe finds that is serious or critical on a page that has come to rest.

    Args:
        targets: whether to look at the size of what is pressed too, which axe leaves out by itself.

    Returns:
        the rule and the first places that break it
    """
    page.wait_for_load_state()
    options = {"rules": {"target-size": {"enabled": targets}}, "resultTypes": ["violations"]}
    return [
        (violation["id"], [node["html"][:150] for node in violation["nodes"][:4]])
        for violation in Axe().run(page, options=options).response["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate(SIDEWAYS))
