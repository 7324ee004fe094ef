"""Which outlet is meant by a name, a domain or an address, and what it is called."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q

from archive.models import Judgement, Outlet

LONGEST_HOST = 253  # characters, by RFC 1035
FIELDS = ("name", "short_name", "domain")  # what can be judged of an outlet


class Outlets:
    """The outlets that a batch of articles asks for, each found or made once.

    An outlet is found by its domain, its name, or those under which an import met it before it was judged to
    have others. An address whose host is an outlet's domain, or below it, names that outlet.
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


def at(domain: str) -> Outlet | None:
    """The outlet that is known to stand at a domain, or above it."""
    return _find("", domain)


def believed(name: str, domain: str) -> str:
    """A name that a fetched page gives its outlet; "" if that is known to stand at another domain."""
    known = Outlet.objects.filter(Q(name__iexact=name) | Q(stated_names__contains=[name])) if name else ()
    elsewhere = [one.domain for one in known if one.domain]
    here = any(domain == one or domain.endswith(f".{one}") for one in elsewhere)
    return name if here or not elsewhere else ""


def find(key: str) -> Outlet | None:
    """The outlet that a judgement means."""
    return _find(key, "") or Outlet.objects.filter(stated__domain=key).order_by("pk").first()


def describe_again(keys: Iterable[str]) -> None:
    """Bring outlets in line with the judgements about them; one that no article has named yet is made."""
    for key in sorted(set(keys)):
        outlet = find(key)
        if outlet is not None and not outlet.stated:
            outlet.stated = {field: getattr(outlet, field) for field in FIELDS}
        if outlet is None:
            domain = key if "." in key and host(f"http://{key}") == key else ""
            stated = {"name": key, "short_name": "", "domain": domain}
            outlet = Outlet(stated_names=[] if domain else [key], stated=stated)
        _describe(outlet)
        outlet.save()


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
    wanted = above[:1] if name else above
    candidates = Outlet.objects.filter(Q(domain__in=wanted) | Q(stated__domain__in=wanted)).order_by("pk")
    return max(candidates, key=lambda outlet: len(outlet.domain), default=None)


def _complete(outlet: Outlet, name: str, short_name: str, domain: str) -> None:
    """Fill in what is stated and not known yet; what was judged stays as it was judged."""
    before = _values(outlet)
    if name and name not in outlet.stated_names:
        outlet.stated_names = [*outlet.stated_names, name]
    stated = dict(outlet.stated) or {field: getattr(outlet, field) for field in FIELDS}
    if name and stated["name"] == stated["domain"] and not _taken(outlet, "name", name):
        stated["name"] = name
    stated["short_name"] = stated["short_name"] or short_name
    if domain and not stated["domain"] and not _taken(outlet, "domain", domain):
        stated["domain"] = domain
    outlet.stated = stated
    if outlet.pk is None or _values(outlet) != before:
        _describe(outlet)
        outlet.save()


def _describe(outlet: Outlet) -> None:
    """Set what an outlet is called: as judged, else as stated. What another outlet has is left to it."""
    keys = {*outlet.stated_names, outlet.stated["name"], outlet.stated["domain"]} - {""}
    about = Judgement.objects.live().filter(verdict=Judgement.Verdict.OUTLET_IS, left__in=keys)
    judged = {row.right: json.loads(row.value) for row in about.order_by("made_at", "pk")}
    outlet.locked = bool(judged)
    for field in FIELDS:
        values = [judged.get(field), outlet.stated[field]]
        free = [value for value in values if value is not None and not _taken(outlet, field, value)]
        setattr(outlet, field, free[0] if free else getattr(outlet, field))


def _taken(outlet: Outlet, field: str, value: str) -> bool:
    """Whether another outlet has this name or domain, which only one may have."""
    if field == "short_name" or not value:
        return False
    return Outlet.objects.filter(**{field: value}).exclude(pk=outlet.pk).exists()


def _values(outlet: Outlet) -> tuple[Any, ...]:
    return (dict(outlet.stated), tuple(outlet.stated_names))
