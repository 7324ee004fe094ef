"""Random archives and random sequences of judgements: nothing is lost, nothing comes back, undo is undo."""

import tempfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.curation import acts, lone_names
from archive.curation.decisions import Decision, Refused
from archive.curation.judging import judge, withdraw
from archive.curation.proposals import LoneName, queue
from archive.exports import articles, entities
from archive.exports.formats import json_lines
from archive.models import Article, Entity, Judgement, Mention
from archive.pipeline import river
from archive.text.types import Kind
from tests.stories import put

pytestmark = pytest.mark.django_db

Verdict = Judgement.Verdict

PEOPLE = ("Marta Lindqvist", "Jonas Okoro", "Ines Oduya", "Marta Lundqvist", "Peder Holm")
BODIES = ("Norrsund Ferries", "Varnholm Dock Workers Union", "Tellen Growers Association")
ALONE = ("Lindqvist", "Okoro", "Zorvex", "Peder")
SENTENCES = (
    "{person}, who leads the {body}, said on Monday that the talks had failed.",
    "“We will not sign,” said {person}. {surname} spoke for the {body}.",
    "The {body} denied it. {person} declined to comment.",
    "The talks went on, Mr {surname} said. Zorvex wrote to the {body}.",
)
EXAMPLES = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

texts = st.lists(
    st.lists(
        st.tuples(st.sampled_from(SENTENCES), st.sampled_from(PEOPLE), st.sampled_from(BODIES)),
        min_size=1,
        max_size=3,
    ),
    min_size=2,
    max_size=4,
)
moves = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "merge",
                "different",
                "reject",
                "kind",
                "rename",
                "split",
                "move",
                "known",
                "alias",
                "lone",
                "undo",
            ]
        ),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=7,
)


def written(sentences) -> str:
    body = "\n\n".join(
        form.format(person=person, surname=person.split()[-1], body=group)
        for form, person, group in sentences
    )
    return f"Talks in Varnholm end without result\n\n12 March 2019\n\n{body}\n"


def decisions(move: str, one: int, other: int):
    """What a curator would decide with this move now; entities and mentions are chosen by number."""
    rows = list(Entity.objects.order_by("key"))
    first, second = rows[one % len(rows)], rows[other % len(rows)]
    if move == "merge":
        return acts.merge(first, [second])
    if move == "different":
        return [Decision(Verdict.DIFFERENT, first.key, second.key)]
    if move == "reject":
        return acts.reject(first)
    if move == "kind":
        return acts.change_kind(first, list(Kind)[other % 2].value)
    if move == "rename":
        return acts.rename(first, f"Somebody {other}")
    if move == "split":
        return acts.split(first)
    if move == "known":
        return acts.add_known_name(ALONE[one % len(ALONE)], list(Kind)[other % 2].value)
    if move == "alias":
        return acts.add_alias(first, ALONE[other % len(ALONE)])
    if move == "lone":
        return of_lone_names(one, second)
    mentions = list(Mention.objects.order_by("article__content_key", "start"))
    return acts.move(mentions[one % len(mentions)], second)


def of_lone_names(one: int, somebody: Entity):
    """What a curator would say of a name that nobody introduced."""
    asked = [question for question in queue() if isinstance(question, LoneName)]
    if not asked:
        raise Refused("Every name was introduced.")
    question = asked[one % len(asked)]
    if one % 3 == 0:
        return lone_names.is_no_name(question)
    if one % 3 == 1:
        return lone_names.is_of_kind(question, question.kind.value)
    return lone_names.is_somebody(lone_names.shown(question), somebody)


def play(sequence, curator) -> None:
    """Make the moves that are not refused."""
    for move, one, other in sequence:
        live = list(Judgement.objects.live())
        try:
            if move == "undo" and live:
                withdraw(live[one % len(live)], curator)
            elif move != "undo":
                judge(decisions(move, one, other), curator)
        except Refused:
            continue


def mentions() -> list[tuple[str, int, int, str]]:
    """What the machine found; words that are names only because a curator said so come and go with that."""
    found = Mention.objects.exclude(surface__in=ALONE)
    return sorted(found.values_list("article__content_key", "start", "end", "surface"))


def names() -> list[tuple]:
    """Who is who: everything that readers see of entities, without the numbers of rows."""
    rows = Entity.objects.values_list("key", "kind", "name", "withdrawn", "merged_into__key", "mention_count")
    links = Mention.objects.values_list("article__content_key", "start", "entity__key")
    return [sorted(rows, key=str), sorted(links, key=str)]


def exported(newest: int) -> str:
    """The bytes of an export, of names those that had a row then: one that a curator added stays, gone."""
    rows = [*entities.rows(Entity.objects.filter(pk__lte=newest)), *articles.rows(articles.every())]
    return "".join(json_lines(rows))


def in_an_archive(story_texts, check) -> None:
    """Import the texts, call `check(folder, curator)`, and leave nothing behind."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as place:
        folder = put(Path(place), **{f"t{number}": written(one) for number, one in enumerate(story_texts)})
        river.import_paths([folder])
        if Entity.objects.exists():
            check(folder, User.objects.create_user("ada"))
        transaction.set_rollback(True)


@EXAMPLES
@given(texts, moves)
def test_no_sequence_loses_a_mention_or_changes_what_is_printed(story_texts, sequence):
    def check(folder, curator):
        before = mentions()
        play(sequence, curator)
        assert mentions() == before

    in_an_archive(story_texts, check)


@EXAMPLES
@given(texts, moves)
def test_taking_everything_back_gives_the_same_bytes_of_export(story_texts, sequence):
    def check(folder, curator):
        newest = Entity.objects.latest("pk").pk
        before = exported(newest)
        play(sequence, curator)
        withdraw(list(Judgement.objects.live()), curator)
        assert exported(newest) == before
        assert not Entity.objects.live().filter(pk__gt=newest).exists()

    in_an_archive(story_texts, check)


@EXAMPLES
@given(texts, moves, st.randoms(use_true_random=False))
def test_importing_again_shuffled_doubled_and_cleaned_anew_changes_nobody(story_texts, sequence, chance):
    def check(folder, curator):
        play(sequence, curator)
        before = names()
        again = list(enumerate(story_texts)) * 2
        chance.shuffle(again)
        for place, (_, text) in enumerate(again):
            put(folder / f"again{place}", copy=written(text))
        river.import_paths([folder])
        river.annotate_again(set(Article.objects.values_list("pk", flat=True)), set())
        assert names() == before

    in_an_archive(story_texts, check)


@EXAMPLES
@given(texts, moves)
def test_two_judged_different_are_never_one_and_what_is_rejected_stays_so(story_texts, sequence):
    def check(folder, curator):
        play(sequence, curator)
        head = {key: merged or key for key, merged in Entity.objects.values_list("key", "merged_into__key")}
        for judgement in Judgement.objects.live():
            if judgement.verdict == Verdict.DIFFERENT:
                one, other = (head.get(key, key) for key in (judgement.left, judgement.right))
                assert one != other or one not in head
            if judgement.verdict == Verdict.NOT_A_NAME and not judgement.article:
                rejected = Entity.objects.filter(key=judgement.left)
                assert all(entity.withdrawn or entity.merged_into_id for entity in rejected)

    in_an_archive(story_texts, check)
