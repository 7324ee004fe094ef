"""What a curator can say, and what cannot be said as long as earlier judgements stand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from archive.models import Entity, Judgement, Outlet
from archive.pipeline import outlets
from archive.pipeline.family import Family, local_name
from archive.pipeline.filling import CORRECTABLE, judged_line
from archive.pipeline.joining import Joined, chain, heads
from archive.text import judged_rows
from archive.text.lines import key_of
from archive.text.names import normal_form
from archive.text.types import Kind

Verdict = Judgement.Verdict

_JOINING = (Verdict.SAME, Verdict.ALIAS_OF)
_OF_PASSAGES = (Verdict.SAME_PASSAGE, Verdict.OTHER_PASSAGE)
_OF_EVENTS = (Verdict.SAME_EVENT, Verdict.OTHER_EVENT)
_OF_COPIES = (Verdict.COPY_OF, Verdict.NOT_A_COPY)
_OF_FOLLOWING = (Verdict.FOLLOWS, Verdict.NOT_FOLLOWS)
_OF_TWO = (
    *(*_JOINING, Verdict.DIFFERENT, Verdict.MENTION_IS),
    *(*_OF_EVENTS, *_OF_FOLLOWING, *_OF_PASSAGES, *_OF_COPIES),
)
_WITH_A_VALUE = (Verdict.NAME_IS, Verdict.TITLE_IS, Verdict.KNOWN_NAME)


class Decision(NamedTuple):
    """What is said, in the terms of archive.models.Judgement: keys, never row numbers."""

    verdict: str
    left: str
    right: str = ""
    article: str = ""
    value: str = ""


class Refused(Exception):
    """A decision that cannot be made.

    `reason` is a sentence with the mend. `chain` are the names over which a pair that was judged different
    would be joined, from the one to the other.
    """

    def __init__(self, reason: str, chain: Iterable[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.chain = tuple(chain)


def check(decision: Decision) -> None:
    """Raise Refused if a decision makes no sense or contradicts judgements in force."""
    check_sense(decision)
    if decision.verdict in _JOINING:
        _check_join(decision)
    if decision.verdict == Verdict.OUTLET_IS:
        _check_free(decision)


def check_sense(decision: Decision) -> None:
    """Raise Refused if a decision makes no sense, whatever was judged before."""
    if decision.verdict not in set(Verdict) - {Verdict.WITHDRAWN}:
        raise Refused(f"There is no verdict '{decision.verdict}'.")
    if not decision.left:
        raise Refused("Nothing was named to decide about.")
    if decision.verdict in _OF_TWO and not decision.right:
        raise Refused("This needs two: name the other one too.")
    if decision.left == decision.right and decision.verdict in _OF_COPIES:
        raise Refused("Both have the very same text, to the letter: they are copies without saying so.")
    if decision.left == decision.right:
        raise Refused(
            f"Both are '{local_name(decision.left)}' already; case, accents and punctuation do not count."
        )
    _check_value(decision)


def _check_value(decision: Decision) -> None:
    if decision.verdict in _WITH_A_VALUE and not decision.value.strip():
        raise Refused("An empty name cannot be shown.")
    if decision.verdict == Verdict.KIND_IS and decision.value not in set(Kind):
        raise Refused(f"There is no kind '{decision.value}'; there are {', '.join(Kind)}.")
    if decision.verdict == Verdict.KNOWN_NAME and decision.right not in set(Kind):
        raise Refused(f"There is no kind '{decision.right}'; there are {', '.join(Kind)}.")
    form = decision.value if decision.verdict in (Verdict.ALIAS_OF, Verdict.KNOWN_NAME) else ""
    if form and normal_form(form) != decision.left:
        raise Refused(f"'{decision.left}' is not how '{form}' is looked up.")
    if decision.verdict == Verdict.FIELD_IS:
        _check_correction(decision)
    if decision.verdict == Verdict.OUTLET_IS:
        _check_outlet(decision)
    if decision.verdict in _OF_PASSAGES:
        _check_passages(decision)
    if decision.verdict == Verdict.LINE_IS:
        _check_line(decision)


def _check_outlet(decision: Decision) -> None:
    if decision.right not in outlets.FIELDS:
        raise Refused(f"'{decision.right}' of an outlet cannot be changed; {', '.join(outlets.FIELDS)} can.")
    try:
        value = json.loads(decision.value)
    except ValueError as error:
        raise Refused(f"The value of '{decision.right}' is not JSON: {error}.") from error
    longest = getattr(Outlet._meta.get_field(decision.right), "max_length", None) or 0
    if not isinstance(value, str) or len(value) > longest:
        raise Refused(f"The value of '{decision.right}' is no text of at most {longest} characters.")
    if decision.right == "name" and not value.strip():
        raise Refused("An outlet without a name cannot be shown.")


def _check_free(decision: Decision) -> None:
    """A name or domain belongs to one outlet."""
    value = json.loads(decision.value)
    if decision.right == "short_name" or not value:
        return
    here = outlets.find(decision.left)
    others = Outlet.objects.filter(**{decision.right: value}).exclude(pk=here.pk if here else 0)
    if other := others.first():
        raise Refused(f"“{value}” is the {decision.right} of the outlet “{other}” already.")


def _check_correction(decision: Decision) -> None:
    if decision.right not in CORRECTABLE:
        raise Refused(f"The field '{decision.right}' cannot be corrected; {', '.join(CORRECTABLE)} can.")
    try:
        json.loads(decision.value)
    except ValueError as error:
        raise Refused(f"The value of '{decision.right}' is not JSON: {error}.") from error


def _check_line(decision: Decision) -> None:
    try:
        line = judged_line(decision.value)
    except ValueError as error:
        raise Refused(f"This does not say what a line is: {error}") from error
    if decision.right != key_of(line.words, line.number):
        raise Refused(f"'{decision.right}' is not how this line is looked up.")


def _check_passages(decision: Decision) -> None:
    try:
        judged_rows.words_of(decision.value)
    except ValueError as error:
        raise Refused(f"This does not say which passages are meant: {error}.") from error


def _check_join(decision: Decision) -> None:
    """A join may not bring together, however indirectly, two names that were judged different."""
    family = Family([decision.left, decision.right])
    before = family.heads()
    strands = [Joined(key, head) for key, head in before.items() if key != head]
    wanted = [*strands, Joined(decision.left, decision.right)]
    together = heads(before, wanted)
    for row in sorted(family.joining.values(), key=lambda row: row.pk):
        apart = row.verdict == Verdict.DIFFERENT and before[row.left] != before[row.right]
        if apart and together[row.left] == together[row.right]:
            raise _refusal(row, chain(wanted, row.left, row.right))


def _refusal(different: Judgement, way: list[str]) -> Refused:
    names = {key: local_name(key) for key in way}
    names |= dict(Entity.objects.filter(key__in=way).values_list("key", "name"))
    said = [names[key] for key in way]
    return Refused(
        f"'{said[0]}' and '{said[-1]}' were judged different by {different.made_by_name} on "
        f"{different.made_at:%-d %B %Y}, and this would join them: {' = '.join(said)}. "
        "Take that judgement back first if it was wrong.",
        said,
    )
