"""People as rows."""

from __future__ import annotations

from archive.models import Person
from archive.models.entity import EntityQuerySet


def live() -> EntityQuerySet:
    """The people that the site counts."""
    return every().live()


def every() -> EntityQuerySet:
    """Merged and withdrawn people too."""
    people: EntityQuerySet = Person.objects.all()
    return people
