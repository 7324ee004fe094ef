"""What is worked out of texts and nothing else, kept in files that all processes share (decision 23).

    rows = kept("rows", texts, lambda: align(texts))

The key is a digest of what it is worked out of and of the rules (the sources of archive.text), so nothing is
ever stale: whatever changes a text, or a rule, changes the key. It is no part of the archive. It may be
deleted at any time, and where it cannot be written or read, everything is worked out again.
"""

from __future__ import annotations

import logging
import pickle
import zlib
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TypeVar, cast

from django.core.cache import caches

Made = TypeVar("Made")

_CACHE = "comparisons"  # its name in the settings
_UNREADABLE = (OSError, EOFError, pickle.UnpicklingError, zlib.error, AttributeError, ImportError, TypeError)

log = logging.getLogger(__name__)


def kept(name: str, out_of: object, make: Callable[[], Made]) -> Made:
    """What `make()` gives, from the cache where it was made before.

    Args:
        name: what is made.
        out_of: everything that it follows from: frozen values of archive.text; `repr` must tell all of it.
        make: makes it. It must be a pure function of `out_of`, and its value no None.
    """
    key = sha256(f"{name} {rules_digest()} {out_of!r}".encode("utf-8", "surrogatepass")).hexdigest()
    try:
        found = caches[_CACHE].get(key)
    except _UNREADABLE:
        found = None
    if found is not None:
        return cast(Made, found)
    made = make()
    try:
        caches[_CACHE].set(key, made)
    except OSError as error:
        log.info("A comparison is not kept: %s", error)
    return made


@cache
def rules_digest() -> str:
    """A digest of the rules: of all sources and tables of archive.text."""
    digest = sha256()
    for folder in (resources.files("archive.text"), resources.files("archive.text.rules")):
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".toml")):
                digest.update(f"{file.name}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
