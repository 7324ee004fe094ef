"""The review queue: one question after the other, answered by mouse or by keys that press buttons."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import F, Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from archive.admin.curating import counted, numbers
from archive.admin.deciding import Around, around
from archive.curation import acts
from archive.curation.decisions import Decision, Refused
from archive.curation.evidence import Row, rows
from archive.curation.history import names_in, sentence
from archive.curation.judging import judge
from archive.curation.previewing import preview
from archive.curation.proposals import DoubtfulKind, Pair, Proposal, queue
from archive.models import Entity, Judgement, Mention
from archive.text.types import Kind

NEXT_SHOWN = 5  # questions listed beside the one that is asked
EXAMPLES = 3  # places shown of each name
LATER, LAST, DONE = "review_later", "review_last", "review_done"  # what the session keeps
MOST_LATER = 500
UNSURE = ("unsure", "Unsure, later", "u")


class Side(NamedTuple):
    """One of two names with places that print it."""

    entity: Entity
    places: list[tuple[Mention, Around]]


class Asked(NamedTuple):
    """A question as it is shown."""

    proposal: Proposal
    title: str
    sides: list[Side]
    evidence: list[Row]
    verdicts: list[tuple[str, str, str]]  # value, words, key
    effect: str


def review(request: HttpRequest) -> HttpResponse:
    """Ask the first question that was not put off, or take an answer and go on to the next."""
    if request.method == "POST":
        _answer(request)
        return HttpResponseRedirect(reverse("admin:archive_judgement_review"))
    later = set(request.session.get(LATER, []))
    open_questions = [one for one in queue() if one.name not in later]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Review",
        "asked": _asked(request, open_questions[0]) if open_questions else None,
        "waiting": [_short(one) for one in open_questions[1 : 1 + NEXT_SHOWN]],
        "left": len(open_questions),
        "later": len(later),
        "done": request.session.get(DONE, 0),
        "last": _last(request),
        "seen": _newest_judgement(),
        "opts": Judgement._meta,
    }
    return TemplateResponse(request, "admin/archive/review.html", context)


def _answer(request: HttpRequest) -> None:
    """Judge what was answered, unless somebody else has judged it since the question was shown."""
    if "again" in request.POST:
        request.session[LATER] = []
        return
    name, verdict = request.POST.get("item", ""), request.POST.get("verdict", "")
    if verdict == "unsure":
        _put_off(request, name)
        return
    proposal = next((one for one in queue() if one.name == name), None)
    if proposal is None:
        messages.warning(request, _what_happened(request))
        return
    decisions = _decisions(proposal, verdict)
    if not decisions:
        messages.error(request, "That is no answer to this question.")
        return
    try:
        judged = judge(decisions, request.user)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        _put_off(request, name)
        return
    request.session[LAST] = str(judged.judgements[0].batch)
    request.session[DONE] = request.session.get(DONE, 0) + 1
    request.session["review_said"] = (
        f"Judged: {_in_words(judged.judgements[0])}. {counted(len(judged.articles), 'article')} changed."
    )


def _put_off(request: HttpRequest, name: str) -> None:
    put_off = [one for one in request.session.get(LATER, []) if one != name]
    request.session[LATER] = [*put_off, name[:60]][-MOST_LATER:]


def _decisions(proposal: Proposal, verdict: str) -> list[Decision]:
    if isinstance(proposal, DoubtfulKind):
        entity = Entity.objects.get(pk=proposal.entity)
        return acts.change_kind(entity, verdict) if verdict in set(Kind) else []
    kept, other = Entity.objects.get(pk=proposal.kept), Entity.objects.get(pk=proposal.other)
    if verdict == "same":
        return acts.merge(kept, [other])
    if verdict == "different":
        return [Decision(Judgement.Verdict.DIFFERENT, kept.key, other.key)]
    return []


def _what_happened(request: HttpRequest) -> str:
    """Why a question is no longer there: what somebody judged since it was shown."""
    seen = numbers([request.POST.get("seen", "")])
    asked = Entity.objects.filter(pk__in=numbers(request.POST.get("item", "").split("-")))
    keys = list(asked.values_list("key", flat=True))
    newer = Judgement.objects.filter(Q(left__in=keys) | Q(right__in=keys), pk__gt=(seen or [0])[0])
    about = newer.select_related("withdraws").order_by("-pk").first()
    if about is None:
        return "This question is settled already."
    return f"Meanwhile {about.made_by_name} judged: {_in_words(about)}. Nothing was added."


def _asked(request: HttpRequest, proposal: Proposal) -> Asked:
    if isinstance(proposal, DoubtfulKind):
        return _kind_asked(proposal)
    kept, other = Entity.objects.get(pk=proposal.kept), Entity.objects.get(pk=proposal.other)
    return Asked(
        proposal,
        "Same person?" if kept.kind == Kind.PERSON else "Same organisation?",
        [_side(kept), _side(other)],
        rows(proposal, kept, other),
        [("same", "Same", "y"), ("different", "Different", "n"), UNSURE],
        _effect(request, proposal, kept, other),
    )


def _kind_asked(proposal: DoubtfulKind) -> Asked:
    entity = Entity.objects.get(pk=proposal.entity)
    often = f"{proposal.people} times for a person, {proposal.organisations} times for an organisation"
    return Asked(
        proposal,
        "A person?",
        [_side(entity)],
        [Row("Taken for", often, "by the words around it", "–", "none")],
        [("person", "A person", "y"), ("organisation", "An organisation", "n"), UNSURE],
        "",
    )


def _effect(request: HttpRequest, pair: Pair, kept: Entity, other: Entity) -> str:
    found = preview(acts.merge(kept, [other]), request.user)
    if found.refused:
        return found.refused
    changed = found.changes
    changes = f"{counted(changed.articles, 'article')} and {counted(changed.mentions, 'mention')}"
    return f"“Same” will change {changes}; {other.name}’s address will lead to {kept.name}."


def _side(entity: Entity) -> Side:
    mentions = entity.mentions.filter(article__newest=True).select_related("article__outlet")
    shown = mentions.order_by(F("article__published").desc(nulls_last=True), "article", "start")[:EXAMPLES]
    return Side(entity, [(mention, around(mention)) for mention in shown])


def _short(proposal: Proposal) -> tuple[str, int]:
    ids = [proposal.entity] if isinstance(proposal, DoubtfulKind) else [proposal.kept, proposal.other]
    names = dict(Entity.objects.filter(pk__in=ids).values_list("pk", "name"))
    return " · ".join(names[pk] for pk in ids), proposal.mentions


def _last(request: HttpRequest) -> dict[str, Any] | None:
    """What was judged last in this session and is still in force: the first thing that can be undone."""
    batch = request.session.get(LAST)
    if not batch or not Judgement.objects.live().filter(batch=UUID(batch)).exists():
        return None
    return {"batch": batch, "said": request.session.get("review_said", "")}


def _newest_judgement() -> int:
    return Judgement.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _in_words(judgement: Judgement) -> str:
    return sentence(judgement, names_in([judgement]))
