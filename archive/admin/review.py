"""The review queue: one question after the other, answered by mouse or by keys that press buttons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from archive.admin.asking import ask, in_short
from archive.admin.curating import numbers, seen_by
from archive.curation import acts, lone_names
from archive.curation.changes import counted
from archive.curation.decisions import Decision, Refused
from archive.curation.history import names_in, sentence
from archive.curation.judging import judge
from archive.curation.overtaken import Overtaken, newest_judgement
from archive.curation.proposals import DoubtfulKind, LoneName, Proposal, queue
from archive.models import Entity, Judgement
from archive.text.types import Kind

NEXT_SHOWN = 5  # questions listed beside the one that is asked
LATER, LAST, DONE = "review_later", "review_last", "review_done"  # what the session keeps
MOST_LATER = 500


def review(request: HttpRequest) -> HttpResponse:
    """Ask the first question that was not put off, or take an answer and go on to the next."""
    if request.method == "POST":
        _answer(request)
        return HttpResponseRedirect(reverse("admin:archive_judgement_review"))
    seen = newest_judgement()
    later = set(request.session.get(LATER, []))
    open_questions = [one for one in queue() if one.name not in later]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Review",
        "asked": ask(request, open_questions[0]) if open_questions else None,
        "waiting": [in_short(one) for one in open_questions[1 : 1 + NEXT_SHOWN]],
        "left": len(open_questions),
        "later": len(later),
        "done": request.session.get(DONE, 0),
        "last": _last(request),
        "seen": seen,
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
    decisions = _decisions(request, proposal, verdict)
    if not decisions:
        messages.error(request, "That is no answer to this question.")
        return
    try:
        judged = judge(decisions, request.user, seen=seen_by(request))
    except Overtaken as overtaken:  # asked again, as things stand now
        messages.warning(request, overtaken.reason)
        return
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


def _decisions(request: HttpRequest, proposal: Proposal, verdict: str) -> list[Decision]:
    """What an answer says; nothing if it is none to this question."""
    if isinstance(proposal, LoneName):
        return _of_lone_name(request, proposal, verdict)
    if isinstance(proposal, DoubtfulKind):
        entity = Entity.objects.get(pk=proposal.entity)
        if verdict == "no name":
            return acts.reject(entity)
        return acts.change_kind(entity, verdict) if verdict in set(Kind) else []
    kept, other = Entity.objects.get(pk=proposal.kept), Entity.objects.get(pk=proposal.other)
    if verdict == "same":
        return acts.merge(kept, [other])
    if verdict == "different":
        return [Decision(Judgement.Verdict.DIFFERENT, kept.key, other.key)]
    return []


def _of_lone_name(request: HttpRequest, proposal: LoneName, verdict: str) -> list[Decision]:
    if verdict == "no name":
        return lone_names.is_no_name(proposal)
    if verdict in set(Kind):
        return lone_names.is_of_kind(proposal, verdict)
    lone = lone_names.shown(proposal)
    seen = lone_names.chosen(lone, numbers(request.POST.get("shown", "").split(",")))
    wanted = numbers([verdict.removeprefix("is-")])
    somebody = next((one for one in lone_names.candidates(proposal, lone) if one.pk in wanted), None)
    return lone_names.is_somebody(seen, somebody) if somebody else []


def _what_happened(request: HttpRequest) -> str:
    """Why a question is no longer there: what somebody judged since it was shown."""
    seen = numbers([request.POST.get("seen", "")])
    asked = Entity.objects.filter(pk__in=numbers(request.POST.get("item", "").split("-")))
    keys = set(asked.values_list("key", flat=True))
    keys |= {f"{key.partition('@')[0]}@" for key in keys if "@" in key}
    newer = Judgement.objects.filter(Q(left__in=keys) | Q(right__in=keys), pk__gt=(seen or [0])[0])
    about = newer.select_related("withdraws").order_by("-pk").first()
    if about is None:
        return "This question is settled already."
    return f"Meanwhile {about.made_by_name} judged: {_in_words(about)}. Nothing was added."


def _last(request: HttpRequest) -> dict[str, Any] | None:
    """What was judged last in this session and is still in force: the first thing that can be undone."""
    batch = request.session.get(LAST)
    if not batch or not Judgement.objects.live().filter(batch=UUID(batch)).exists():
        return None
    return {"batch": batch, "said": request.session.get("review_said", "")}


def _in_words(judgement: Judgement) -> str:
    return sentence(judgement, names_in([judgement]))
