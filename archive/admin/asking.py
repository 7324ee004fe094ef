"""The questions of the review queue as they are shown: names, places, evidence, answers, effect."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import F
from django.http import HttpRequest

from archive.admin.deciding import Around, around
from archive.curation import acts, lone_names
from archive.curation.changes import counted
from archive.curation.evidence import Row, lone_rows, rows
from archive.curation.previewing import preview
from archive.curation.proposals import DoubtfulKind, LoneName, Pair, Proposal
from archive.models import Entity, Mention
from archive.text.types import Kind

EXAMPLES = 3  # places shown of each name


class Verdict(NamedTuple):
    """An answer: what is sent, the words of its button, the key that presses it."""

    value: str
    words: str
    key: str


UNSURE = Verdict("unsure", "Unsure, later", "u")


class Side(NamedTuple):
    """One of the names with places that print it, and how often articles do."""

    entity: Entity
    places: list[tuple[Mention, Around]]
    articles: int
    mentions: int


class Asked(NamedTuple):
    """A question as it is shown. `shown` are the numbers of the entities that an answer may be about."""

    proposal: Proposal
    title: str
    sides: list[Side]
    evidence: list[Row]
    verdicts: list[Verdict]
    effect: str
    shown: tuple[int, ...] = ()


def ask(request: HttpRequest, proposal: Proposal) -> Asked:
    """Everything that a curator needs to answer."""
    if isinstance(proposal, DoubtfulKind):
        return _kind_asked(proposal)
    if isinstance(proposal, LoneName):
        return _lone_asked(proposal)
    kept, other = Entity.objects.get(pk=proposal.kept), Entity.objects.get(pk=proposal.other)
    return Asked(
        proposal,
        "Same person?" if kept.kind == Kind.PERSON else "Same organisation?",
        [_side(kept), _side(other)],
        rows(proposal, kept, other),
        [Verdict("same", "Same", "y"), Verdict("different", "Different", "n"), UNSURE],
        _effect(request, kept, other),
    )


def _kind_asked(proposal: DoubtfulKind) -> Asked:
    entity = Entity.objects.get(pk=proposal.entity)
    often = f"{proposal.people} times for a person, {proposal.organisations} times for an organisation"
    return Asked(
        proposal,
        "A person?",
        [_side(entity)],
        [Row("Taken for", often, "by the words around it", "–", "none")],
        [
            Verdict("person", "A person", "y"),
            Verdict("organisation", "An organisation", "n"),
            Verdict("no name", "Not a name", "x"),
            UNSURE,
        ],
        "",
    )


def _lone_asked(proposal: LoneName) -> Asked:
    lone = lone_names.shown(proposal)
    somebody = lone_names.candidates(proposal, lone)
    kinds = {Kind.PERSON: "A person", Kind.ORGANISATION: "An organisation"}
    other = next(kind for kind in Kind if kind is not proposal.kind)
    return Asked(
        proposal,
        f"Who is “{lone[0].name}”?" if proposal.kind is Kind.PERSON else f"What is “{lone[0].name}”?",
        [Side(lone[0], _first_places(lone), proposal.articles, proposal.mentions)],
        lone_rows(proposal, lone, somebody),
        [
            *(Verdict(f"is-{one.pk}", f"Is {one.name}", str(n)) for n, one in enumerate(somebody, 1)),
            Verdict(proposal.kind.value, f"{kinds[proposal.kind]} not on record", "y"),
            Verdict(other.value, kinds[other], "o"),
            Verdict("no name", "Not a name", "n"),
            UNSURE,
        ],
        _lone_effect(proposal, lone, somebody),
        tuple(one.pk for one in lone),
    )


def _lone_effect(proposal: LoneName, lone: list[Entity], somebody: list[Entity]) -> str:
    everywhere = f"“Not a name” holds for {counted(proposal.articles, 'article')}."
    if not somebody:
        return everywhere
    left = proposal.articles - len(lone)
    rest = f"; the other {left} are asked about next" if left > 0 else ""
    return f"“Is …” links it in the {counted(len(lone), 'article')} shown{rest}. {everywhere}"


def _effect(request: HttpRequest, kept: Entity, other: Entity) -> str:
    found = preview(acts.merge(kept, [other]), request.user)
    if found.refused:
        return found.refused
    changed = found.changes
    changes = f"{counted(changed.articles, 'article')} and {counted(changed.mentions, 'mention')}"
    return f"“Same” will change {changes}; {other.name}’s address will lead to {kept.name}."


def _side(entity: Entity) -> Side:
    return Side(entity, _places(entity, EXAMPLES), entity.article_count, entity.mention_count)


def _first_places(entities: list[Entity]) -> list[tuple[Mention, Around]]:
    return [place for entity in entities for place in _places(entity, 1)]


def _places(entity: Entity, most: int) -> list[tuple[Mention, Around]]:
    mentions = entity.mentions.filter(article__newest=True).select_related("article__outlet")
    newest = mentions.order_by(F("article__published").desc(nulls_last=True), "article", "start")
    return [(mention, around(mention)) for mention in newest[:most]]


def in_short(proposal: Proposal) -> tuple[str, int]:
    """A question in the list of those that follow: its names, and how often they are mentioned."""
    if isinstance(proposal, LoneName):
        return f"{proposal.word} (introduced by nobody)", proposal.mentions
    ids = [proposal.kept, proposal.other] if isinstance(proposal, Pair) else [proposal.entity]
    names = dict(Entity.objects.filter(pk__in=ids).values_list("pk", "name"))
    return " · ".join(names[pk] for pk in ids), proposal.mentions
