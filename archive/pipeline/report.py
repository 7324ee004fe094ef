"""What a stage says when it is done: every item counted once under a named outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Report:
    """`counts` by outcome, in the order in which they are to be read; `lines` say what needs a sentence."""

    title: str
    counts: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many items were counted, each under exactly one outcome."""
        return sum(self.counts.values())

    def __str__(self) -> str:
        said = ", ".join(f"{number:,} {outcome}" for outcome, number in self.counts.items() if number)
        return "\n".join([f"{self.title}: {said or 'nothing'}", *self.lines])


def together(title: str, reports: Iterable[Report]) -> Report:
    """Reports on parts of the same work as one report; outcomes keep the order in which they first came."""
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for report in reports:
        counts.update(report.counts)
        lines += report.lines
    return Report(title, dict(counts), tuple(lines))
