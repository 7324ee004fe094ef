"""Two curators at once: whoever decides second sees what the first did, before anything is written."""

from __future__ import annotations

from django.db.models import Max, Q

from archive.curation.decisions import Refused
from archive.curation.history import names_in, sentence
from archive.curation.reach import Reach
from archive.models import Judgement
from archive.pipeline.family import local_name


class Overtaken(Refused):
    """Somebody decided about the same names, texts or outlets since the curator looked."""


def newest_judgement() -> int:
    """The number of the newest judgement: what whoever looks now has seen."""
    return Judgement.objects.aggregate(newest=Max("pk"))["newest"] or 0


def refuse_overtaken(within: Reach, seen: int | None) -> None:
    """Raise Overtaken if something in reach was decided after the judgement `seen`."""
    judgement = None if seen is None else meanwhile(within, seen)
    if judgement is not None:
        raise Overtaken(
            f"Meanwhile {judgement.made_by_name} judged: {sentence(judgement, names_in([judgement]))}. "
            "Nothing was added; look again."
        )


def meanwhile(within: Reach, seen: int) -> Judgement | None:
    """The newest judgement or withdrawal after `seen` that is about something in reach."""
    newer = Judgement.objects.filter(pk__gt=seen)
    if not newer.exists():
        return None
    keys = within.keys | {local_name(key) for key in within.keys} | within.texts | within.outlets
    about = newer.filter(Q(left__any_of=keys) | Q(right__any_of=keys) | Q(article__any_of=within.texts))
    return about.select_related("withdraws").order_by("-pk").first()
