"""Organisations as rows."""

from __future__ import annotations

from archive.models import Organisation
from archive.models.entity import EntityQuerySet


def live() -> EntityQuerySet:
    """The organisations that the site counts."""
    return every().live()


def every() -> EntityQuerySet:
    """Merged and withdrawn organisations too."""
    organisations: EntityQuerySet = Organisation.objects.all()
    return organisations
