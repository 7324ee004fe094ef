"""The address of a row's page: its number and, to be read, words of its title."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.text import slugify

_LONGEST = 60  # characters of the words


@lru_cache(8_192)
def address(page: str, number: int, title: str) -> str:
    """The address of a page, remembered: a page of a comparison names the same article hundreds of times.

    Args:
        page: the name of the address, which stands in place of the words where the title has none.
        number: of the row.
        title: of the row.
    """
    words = slugify(title)[:_LONGEST]
    # "raw" is the address of the raw text.
    return reverse(page, args=[number, words if words not in ("", "raw") else page])
