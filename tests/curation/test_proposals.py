"""What is proposed to curators: likely pairs and doubtful kinds, and never again what was judged."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts
from archive.curation.decisions import Decision
from archive.curation.evidence import rows
from archive.curation.judging import judge, withdraw_batch
from archive.curation.proposals import DoubtfulKind, Pair, queue
from archive.models import Entity, Judgement, Mention
from tests.archive_factory import make_article, make_entity, mention_everywhere

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


def test_a_lone_name_is_asked_about_with_the_full_names_that_it_ends():
    print_names("Ada Lund")
    local = make_entity("Lund", local=True, mention_count=1, article_count=1)
    assert local.local
    assert proposed() == [{"Ada Lund", "Lund"}]


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


def test_a_lone_name_that_is_somebody_is_linked_in_its_article_only(ada):
    (lund,) = print_names("Ada Lund")
    articles = [make_article(body="Lund spoke.") for _ in range(2)]
    for article in articles:
        (mention,) = mention_everywhere(article, "Lund")
        mention.key = f"lund@{article.content_key}"
        mention.entity = Entity.objects.create(
            key=mention.key, kind="person", name="Lund", local=True, mention_count=1, article_count=1
        )
        mention.save()
    Entity.objects.filter(key="lund").update(withdrawn=True)
    first, second = queue()
    assert (first.kept, second.kept, first.mentions) == (lund.pk, lund.pk, 1)
    judge(acts.merge(lund, [Entity.objects.get(pk=first.other)]), ada)
    assert [one.other for one in queue()] == [second.other]
    linked = Mention.objects.filter(surface="Lund", entity=lund)
    assert linked.count() == 1
