"""Which outlet is meant by a name, a domain or an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q

from archive.models import Outlet

LONGEST_HOST = 253  # characters, by RFC 1035


class Outlets:
    """The outlets that a batch of articles asks for, each found or made once.

    An outlet is found by its domain, its name, or a name under which an import met it before a curator
    renamed it. An address whose host is an outlet's domain, or below it, names that outlet.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Outlet | None] = {}

    def of(self, said: dict[str, Any]) -> Outlet | None:
        """The outlet that was stated, made if it is new; None where nothing names one."""
        name = str(said.get("outlet", ""))
        domain = str(said.get("domain", "")) or host(str(said.get("url", "")))
        if not name and not domain:
            return None
        if (name, domain) not in self._found:
            outlet = _find(name, domain) or Outlet(name=name or domain)
            self._found[name, domain] = outlet
            _complete(outlet, name, str(said.get("outlet_short", "")), domain)
        return self._found[name, domain]


def host(url: str) -> str:
    """The host of a web address without "www."; "" for anything else."""
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or len(name) > LONGEST_HOST:
        return ""
    return name.removeprefix("www.")


def _find(name: str, domain: str) -> Outlet | None:
    if name:
        named = Outlet.objects.filter(Q(name__iexact=name) | Q(stated_names__contains=[name]))
        outlet = named.order_by("pk").first()
        if outlet:
            return outlet
    if not domain:
        return None
    labels = domain.split(".")
    above = [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]
    candidates = Outlet.objects.filter(domain__in=above[:1] if name else above)
    return max(candidates, key=lambda outlet: len(outlet.domain), default=None)


def _complete(outlet: Outlet, name: str, short_name: str, domain: str) -> None:
    """Fill in what is stated and not known yet; a curator's outlet keeps what the curator wrote."""
    before = _values(outlet)
    if name and name not in outlet.stated_names:
        outlet.stated_names = [*outlet.stated_names, name]
    if not outlet.locked:
        if name and outlet.name == outlet.domain and not Outlet.objects.filter(name=name).exists():
            outlet.name = name
        outlet.short_name = outlet.short_name or short_name
        if domain and not outlet.domain and not Outlet.objects.filter(domain=domain).exists():
            outlet.domain = domain
    if outlet.pk is None or _values(outlet) != before:
        outlet.save()


def _values(outlet: Outlet) -> tuple[str, str, str, tuple[str, ...]]:
    return (outlet.name, outlet.short_name, outlet.domain, tuple(outlet.stated_names))
