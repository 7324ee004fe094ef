"""The names of outlets, hidden until somebody asks for them: the same words without who prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from archive.models import Article

_HIDDEN = "\N{FULL BLOCK}"
_FEWEST = 2  # letters; one letter is nobody's name


class Veil:
    """Covers every printing of some outlets' names, letter for letter, so that places in a text stay true."""

    def __init__(self, articles: Iterable[Article]) -> None:
        outlets = [article.outlet for article in articles if article.outlet]
        names = {
            name.removeprefix("The ").strip()
            for outlet in outlets
            for name in (outlet.name, outlet.short_name, outlet.domain, *outlet.stated_names)
        }
        self._names = sorted((name for name in names if len(name) >= _FEWEST), key=lambda name: -len(name))

    def over(self, text: str) -> str:
        """The text with the names covered; as long as before."""
        return self._printed.sub(_covered, text) if self._names else text

    def hides(self, text: str) -> bool:
        """Whether the text prints one of the names."""
        return bool(self._names) and self._printed.search(text) is not None

    @cached_property
    def _printed(self) -> re.Pattern[str]:
        forms = "|".join(_form(name) for name in self._names)
        return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


def _form(name: str) -> str:
    """How a name is searched for: short ones ("RT", "Sun") and such in small letters as they are printed."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    plain = len(name) > 5 and (" " in name or "." in name)
    return rf"(?i:{words})" if plain else words


def _covered(found: re.Match[str]) -> str:
    return re.sub(r"\S", _HIDDEN, found.group())
