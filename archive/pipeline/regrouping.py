"""The whole archive grouped again by today's rules: the events that importing all of it now would give.

Articles keep their texts and names, events keep their addresses where most of their articles stay together,
and judgements hold as ever. Each batch is a transaction; what was reached is noted with the run, so that one
that was broken off goes on behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db import transaction

from archive.models import Article, Event, Run, SearchRow
from archive.pipeline import grouping, ledger, searching
from archive.pipeline.report import Report

COMMAND = "regroup"
AT_ONCE = 200  # articles of a transaction

# Told how many articles were dealt with since it was told last, and how many are left.
Watch = Callable[[int, int], None]


class _Moved(NamedTuple):
    """The event of an article before and after, None for none."""

    had: int | None
    has: int | None

    @property
    def outcome(self) -> str:
        if self.had == self.has:
            return "as before"
        if self.had is None:
            return "taken into an event"
        return "taken out of their event" if self.has is None else "moved to another event"


def run(*, anew: bool = False, watch: Watch = lambda done, left: None, at_once: int = AT_ONCE) -> Report:
    """Group every article again; returns how many have another event now.

    Goes on where the last run was broken off, unless it is to begin `anew`.
    """
    before, opened = Event.objects.live().count(), _opened(anew)
    first = opened.reached or 0
    moved: dict[int, _Moved] = {}
    dealt = 0
    while batch := _behind(opened.reached or 0, at_once):
        with transaction.atomic():
            ledger.wait_for_turn()
            for article, one in _regroup(batch).items():
                moved[article] = moved[article]._replace(has=one.has) if article in moved else one
            opened.reached = batch[-1]
            opened.save(update_fields=["reached"])
        dealt += len(batch)
        watch(len(batch), _left(batch[-1]))
    ledger.end(opened)
    return _report(dealt, moved, [before, Event.objects.live().count()], first)


def _opened(anew: bool) -> Run:
    """The run that was broken off last, or a new one."""
    last = Run.objects.filter(command=COMMAND).order_by("-pk").first()
    goes_on = last is not None and last.ended_at is None and last.tool_version == ledger.tool_version()
    return last if last is not None and goes_on and not anew else ledger.begin(COMMAND, [])


def _behind(reached: int, most: int) -> list[int]:
    newest = Article.objects.newest_versions().filter(pk__gt=reached)
    return list(newest.order_by("pk").values_list("pk", flat=True)[:most])


def _left(reached: int) -> int:
    return Article.objects.newest_versions().filter(pk__gt=reached).count()


def _regroup(articles: Sequence[int]) -> dict[int, _Moved]:
    """Group some articles, with those around them; returns those that have another event now."""
    changed = grouping.run(articles).articles
    # The rows of the search still say what was.
    had = dict(SearchRow.objects.filter(article__in=changed).values_list("article", "event_id"))
    has = dict(Article.objects.filter(pk__in=changed).values_list("pk", "event"))
    searching.refresh_filters(changed)
    return {article: _Moved(had.get(article), has[article]) for article in changed}


def _report(dealt: int, moved: dict[int, _Moved], events: Sequence[int], first: int) -> Report:
    counts = Counter(one.outcome for one in moved.values())
    changed = sum(number for outcome, number in counts.items() if outcome != "as before")
    lines = [f"Events: {events[0]:,} before, {events[1]:,} now."]
    if first:
        lines.append(f"It went on behind article {first}, where the last run was broken off.")
    as_before = max(0, dealt - changed)
    return Report("Grouped again", {**counts, "as before": as_before}, tuple(lines))
