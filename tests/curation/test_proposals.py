"""What is proposed to curators: likely pairs and doubtful kinds, and never again what was judged."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts, lone_names
from archive.curation.decisions import Decision
from archive.curation.evidence import lone_rows, rows
from archive.curation.judging import judge, withdraw_batch
from archive.curation.proposals import DoubtfulKind, LoneName, Pair, queue
from archive.models import Entity, Judgement, Mention
from archive.text.names import normal_form
from tests.archive_factory import make_article, mention_everywhere, places_of, recount

pytestmark = pytest.mark.django_db

Verdict = Judgement.Verdict


@pytest.fixture
def ada():
    return User.objects.create_user("ada")


def print_names(*names, kind="person", outlet="The Courier"):
    """Store an article that prints these names, and return their entities."""
    article = make_article(body=" met ".join(names) + ".", outlet=outlet)
    for name in names:
        mention_everywhere(article, name, kind)
    return [Entity.objects.get(name=name) for name in names]


def proposed():
    """Return what is proposed, as the names of entities."""
    name = dict(Entity.objects.values_list("pk", "name"))
    return [
        {name[one.kept], name[one.other]} if isinstance(one, Pair) else name[one.entity] for one in queue()
    ]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Ada Lund", "Bo Ek", "person"),
        ("Ada Lund", "Eve Lund", "person"),
        ("Tellen Growers Association", "Varnholm Growers Association", "organisation"),
        ("Company 7", "Company 8", "organisation"),
    ],
)
def test_two_names_that_are_rather_two_are_not_asked_about(one, other, kind):
    print_names(one, kind=kind)
    print_names(other, kind=kind)
    assert proposed() == []


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Iyad Lundqvist", "Ayad Lundqvist", "person"),
        ("Abu Omar Varnholmi", "Omar Varnholmi", "person"),
        ("Varnholm Dock Workers Union", "Varnholm Dock Workers’ Unions", "organisation"),
        ("VDWU", "Varnholm Dock Workers Union", "organisation"),
    ],
)
def test_two_names_that_may_be_one_are_asked_about(one, other, kind):
    print_names(one, kind=kind)
    print_names(other, kind=kind)
    assert proposed() == [{one, other}]


def test_a_person_and_an_organisation_are_not_one():
    print_names("Lundqvist Holm")
    print_names("Lundqvist Holms", kind="organisation")
    assert proposed() == []


def test_two_lines_of_the_authority_file_are_two():
    print_names("al-Qaeda in Iraq", kind="organisation")
    print_names("al-Qaeda", kind="organisation")
    assert proposed() == []


def test_the_most_mentioned_come_first():
    print_names("Iyad Lundqvist")
    print_names("Ayad Lundqvist")
    for _ in range(3):
        print_names("Karim Okoro")
    print_names("Kareem Okoro")
    assert proposed() == [{"Karim Okoro", "Kareem Okoro"}, {"Iyad Lundqvist", "Ayad Lundqvist"}]


def print_alone(word, times=1, kind="person", company=()):
    """Store an article that prints a name of one word and nobody's full name, and return its entity."""
    article = make_article(body=f"{word} spoke. " * times + " ".join(f"{one} came." for one in company))
    for one in company:
        mention_everywhere(article, one)
    article_key = f"{normal_form(word)}@{article.content_key}"
    entity = Entity.objects.create(key=article_key, kind=kind, name=word, local=True)
    for start in places_of(word, article.body):
        Mention.objects.create(
            article=article,
            start=start,
            end=start + len(word),
            surface=word,
            kind=kind,
            score=0.9,
            recogniser="test",
            key=article_key,
            name=word,
            entity=entity,
        )
    recount(entity)
    return entity


def test_every_name_that_nobody_introduced_is_asked_about_once_for_all_articles():
    first = print_alone("Lund")
    print_alone("Lund", times=2)
    print_alone("NFB", kind="organisation")
    print_names("Bo Ek")
    asked = queue()
    assert [(one.key, one.kind, one.articles, one.mentions) for one in asked] == [
        ("lund@", "person", 2, 3),
        ("nfb@", "organisation", 1, 1),
    ]
    assert asked[0].entity == first.pk


@pytest.mark.parametrize(
    ("kind", "word", "full"), [("person", "Lund", "Ada Lund"), ("organisation", "NFB", "North Fisher Board")]
)
def test_whom_a_lone_name_may_mean_is_offered(kind, word, full):
    (somebody,) = print_names(full, kind=kind)
    print_names("Bo Ek", kind=kind)
    print_alone(word, kind=kind)
    (asked,) = queue()
    rows = lone_names.shown(asked)
    assert lone_names.candidates(asked, rows) == [somebody]


def test_a_lone_name_that_is_somebody_is_linked_in_the_articles_shown_only(ada):
    (lund,) = print_names("Ada Lund")
    for _ in range(lone_names.MOST_SHOWN + 1):
        print_alone("Lund")
    (asked,) = queue()
    rows = lone_names.shown(asked)
    judge(lone_names.is_somebody(rows, lund), ada)
    assert Mention.objects.filter(surface="Lund", entity=lund).count() == lone_names.MOST_SHOWN
    (rest,) = queue()
    assert (rest.articles, rest.key) == (1, "lund@")
    lund.refresh_from_db()
    assert lund.name == "Ada Lund"


def test_a_lone_name_of_a_kind_is_settled_for_good_and_comes_back_when_that_is_undone(ada):
    print_alone("Lund")
    (asked,) = queue()
    judged = judge(lone_names.is_of_kind(asked, "organisation"), ada)
    print_alone("Lund")
    assert queue() == ()
    assert Entity.objects.filter(key__startswith="lund@", kind="organisation").count() == 1
    withdraw_batch(judged.judgements[0].batch, ada)
    assert [one.articles for one in queue()] == [2]


def test_a_lone_word_that_is_no_name_leaves_the_full_name_alone(ada):
    (harbour,) = print_names("Harbour", kind="organisation")
    lone = [print_alone("Harbour") for _ in range(2)]
    (asked,) = queue()
    judge(lone_names.is_no_name(asked), ada)
    for one in (harbour, *lone):
        one.refresh_from_db()
    assert [harbour.withdrawn, *(one.withdrawn for one in lone)] == [False, True, True]
    assert queue() == ()


def test_somebody_judged_different_is_offered_no_more(ada):
    (lund,) = print_names("Ada Lund")
    lone = print_alone("Lund")
    judge(Decision(Verdict.DIFFERENT, lone.key, lund.key), ada)
    (asked,) = queue()
    assert lone_names.candidates(asked, lone_names.shown(asked)) == []


def test_evidence_of_a_lone_name_says_what_it_shares_with_each():
    (lund, *_) = print_names("Ada Lund", "Bo Ek", "Eve Holm")
    print_alone("Lund", company=("Bo Ek", "Eve Holm"))
    asked = next(one for one in queue() if isinstance(one, LoneName))
    rows = lone_rows(asked, lone_names.shown(asked), [lund])
    assert (rows[0].what, rows[0].words) == ("Printed", "1 mention in 1 article")
    assert (rows[1].what, rows[1].weight) == ("Is Ada Lund?", "fair")
    assert "Bo Ek, Eve Holm beside both" in rows[1].words


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.DIFFERENT])
def test_what_was_judged_is_not_asked_again_until_it_is_taken_back(ada, verdict):
    (one,), (other,) = print_names("Iyad Lundqvist"), print_names("Ayad Lundqvist")
    assert len(queue()) == 1
    judged = judge(Decision(verdict, one.key, other.key), ada)
    assert queue() == ()
    withdraw_batch(judged.judgements[0].batch, ada)
    assert len(queue()) == 1


def test_a_pair_that_was_split_is_never_proposed_again(ada):
    """PEERS, check 7: the other two stay together, and nothing proposes the split pair again."""
    people = [print_names(name)[0] for name in ("Iyad Lundqvist", "Ayad Lundqvist", "Eyad Lundqvist")]
    judge(acts.merge(people[0], people[1:]), ada)
    judge(acts.split(people[1]), ada)
    for person in people:
        person.refresh_from_db()
    assert (people[1].merged_into, people[2].merged_into) == (None, people[0])
    assert queue() == ()
    print_names("Ayad Lundqvist")
    assert queue() == ()


def test_a_name_taken_for_both_kinds_is_asked_about_until_its_kind_is_judged(ada):
    (entity,) = print_names("Varnholm", kind="organisation")
    article = make_article(body="Varnholm spoke.")
    mention_everywhere(article, "Varnholm", "person")
    assert set(Mention.objects.values_list("kind", flat=True)) == {"person", "organisation"}
    assert list(queue()) == [DoubtfulKind(entity.pk, 1, 1, 2)]
    judge(acts.change_kind(entity, "organisation"), ada)
    assert queue() == ()


def test_evidence_speaks_for_and_against_in_words():
    print_names("Iyad Lundqvist", "Bo Ek", "Eve Holm")
    print_names("Ayad Lundqvist", "Bo Ek", "Eve Holm")
    (pair,) = queue()
    kept, other = Entity.objects.get(pk=pair.kept), Entity.objects.get(pk=pair.other)
    said = {row.what: row for row in rows(pair, kept, other)}
    assert said["Names"].speaks == "for"
    assert "is like" in said["Names"].detail
    assert said["In one article"].words == "never"
    assert (said["Company"].words, said["Company"].weight) == ("Bo Ek, Eve Holm", "fair")
    assert said["Outlets"].words == "The Courier"
    print_names("Iyad Lundqvist", "Ayad Lundqvist")
    assert {row.what: row.speaks for row in rows(pair, kept, other)}["In one article"] == "against"
