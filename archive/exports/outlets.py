"""Outlets as rows."""

from __future__ import annotations

from typing import Any

from archive.models import Outlet
from archive.models.outlet import OutletQuerySet
from archive.search.outlets import outlets_by_coverage


def live() -> OutletQuerySet:
    """All outlets: none is ever withdrawn."""
    return Outlet.objects.all()


def rows(outlets: OutletQuerySet) -> list[dict[str, Any]]:
    """A row for each outlet, in the order of their numbers."""
    counted = outlets_by_coverage().filter(pk__in=outlets.values("pk")).order_by("pk")
    return [
        {
            "id": outlet.pk,
            "path": outlet.get_absolute_url(),
            "name": outlet.name,
            "short_name": outlet.short_name,
            "domain": outlet.domain,
            "articles": outlet.articles_found,
        }
        for outlet in counted
    ]
