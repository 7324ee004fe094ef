"""Searches that people keep. Each has its own; nobody else sees, changes or counts them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from archive.models import SavedSearch
from archive.models.saved_search import LONGEST_NAME, LONGEST_QUERY, SavedSearchQuerySet

MOST = 200  # of one person


class NotSaved(ValueError):
    """A search or its name could not be kept; the message says why, and what to do."""


def of(user: User) -> SavedSearchQuerySet:
    """The searches of somebody, by name."""
    return SavedSearch.objects.filter(user=user)


def save(user: User, name: str, query: str, mark: int, now: datetime) -> SavedSearch:
    """Keep a search.

    Args:
        user: whose it is.
        name: what they call it.
        query: of the search's address.
        mark: where the archive ends now (archive.search.arrivals): what comes later is new.
        now: the time.

    Raises:
        NotSaved: there is no room, or the name or the query cannot be kept.
    """
    if of(user).count() >= MOST:
        raise NotSaved(f"You keep {MOST} searches already, and no more fit: remove one first.")
    if len(query) > LONGEST_QUERY:
        raise NotSaved(
            f"The address of this search is longer than {LONGEST_QUERY:,} characters: lift a filter."
        )
    kept = SavedSearch(
        user=user,
        query=query,
        made_at=now,
        looked_at=now,
        new_since=now,
        seen_to=mark,
        new_after=mark,
    )
    _name(kept, name)
    return kept


def rename(kept: SavedSearch, name: str) -> None:
    """Call a search something else.

    Raises:
        NotSaved: the name cannot be kept.
    """
    _name(kept, name)


def remove(kept: SavedSearch) -> None:
    """Keep a search no longer."""
    kept.delete()


def look(kept: SavedSearch, mark: int, now: datetime) -> None:
    """Note that its owner looks at what is new: after a visit has ended, that is new no more."""
    kept.new_after, kept.new_since = kept.unseen(now)
    kept.seen_to, kept.looked_at = mark, now
    kept.save(update_fields=["new_after", "new_since", "seen_to", "looked_at"])


def _name(kept: SavedSearch, name: str) -> None:
    kept.name = " ".join(name.replace("\x00", " ").split())
    if not kept.name:
        raise NotSaved("A saved search needs a name: write one.")
    if len(kept.name) > LONGEST_NAME:
        raise NotSaved(f"A name has at most {LONGEST_NAME} characters: write a shorter one.")
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise NotSaved(f"You keep another search under the name “{kept.name}”: write another name.") from None
