"""Checks on names that each comparable archive fails somewhere, one by one."""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection

from archive.curation import acts
from archive.curation.decisions import Decision, Refused
from archive.curation.judging import judge, withdraw_batch
from archive.models import Entity, Judgement, Mention
from archive.pipeline import river
from tests.archive_factory import make_article, mention_everywhere
from tests.stories import put

Verdict = Judgement.Verdict

MET = """Harbour talks go on in Varnholm

13 March 2019

{first} met reporters in Varnholm on Tuesday. {last} said that the talks on the ferries would go on.
"""


@pytest.fixture
def ada():
    return User.objects.create_user("ada")


def people(*names):
    """Store an article for each name and return the entities."""
    for name in names:
        mention_everywhere(make_article(body=f"{name} spoke."), name)
    return [Entity.objects.get(key=name.lower()) for name in names]


def heads():
    """Return to whom each name leads, by their keys."""
    return dict(Entity.objects.values_list("key", "merged_into__key"))


@pytest.mark.django_db
def test_two_people_of_one_surname_never_merge_by_machine_but_link_inside_their_article(tmp_path):
    put(
        tmp_path,
        a=MET.format(first="Marta Lindqvist", last="Lindqvist"),
        b=MET.format(first="Jonas Lindqvist", last="Lindqvist"),
    )
    river.import_paths([tmp_path])
    links = Mention.objects.filter(surface="Lindqvist").values_list("article__path", "entity__name")
    assert sorted(links) == [("a.txt", "Marta Lindqvist"), ("b.txt", "Jonas Lindqvist")]
    assert not Entity.objects.exclude(merged_into=None).exists()


@pytest.mark.django_db
def test_a_merge_that_would_join_a_pair_judged_different_is_refused_with_the_chain(ada):
    a, b, c = people("Ada Alpha", "Bo Beta", "Cy Gamma")
    judge(acts.merge(a, [b]), ada)
    judge(Decision(Verdict.DIFFERENT, a.key, c.key), ada)
    for kept, other in ((b, c), (c, b), (a, c)):
        with pytest.raises(Refused) as refused:
            judge(acts.merge(kept, [other]), ada)
        assert set(refused.value.chain) >= {"Ada Alpha", "Cy Gamma"}
        assert "ada" in refused.value.reason
    assert heads()["cy gamma"] is None
    assert Judgement.objects.count() == 2


@pytest.mark.django_db
def test_a_rejected_name_stays_rejected_through_a_merge_and_its_undoing(ada):
    x, y = people("Bridge Harbour", "Ada Lund")
    judge(acts.reject(x), ada)
    merge = judge(acts.merge(y, [x]), ada)
    x.refresh_from_db()
    assert not Mention.objects.filter(entity=x).exists()
    withdraw_batch(merge.judgements[0].batch, ada)
    x.refresh_from_db()
    assert (x.withdrawn, x.merged_into) == (True, None)
    assert Mention.objects.get(surface="Bridge Harbour").entity is None


@pytest.mark.django_db
@pytest.mark.parametrize("split", range(3))
def test_one_split_from_three_leaves_the_other_two_together(ada, split):
    group = people("Ada Alpha", "Bo Beta", "Cy Gamma")
    judge(acts.merge(group[1], [group[0]]), ada)
    judge(acts.merge(group[2], [group[1]]), ada)
    judge(acts.split(group[split]), ada)
    leads = heads()
    rest = [person.key for place, person in enumerate(group) if place != split]
    assert leads[group[split].key] is None
    assert sorted(leads[key] or key for key in rest) in ([rest[0]] * 2, [rest[1]] * 2)


@pytest.mark.django_db
@pytest.mark.parametrize("split", range(3))
def test_undoing_a_split_gives_the_three_back(ada, split):
    group = people("Ada Alpha", "Bo Beta", "Cy Gamma")
    judge(acts.merge(group[1], [group[0]]), ada)
    judge(acts.merge(group[2], [group[1]]), ada)
    before = heads()
    judged = judge(acts.split(group[split]), ada)
    withdraw_batch(judged.judgements[0].batch, ada)
    assert heads() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_curators_who_decide_at_once_the_second_sees_what_the_first_did(ada):
    one, other = people("Ada Alpha", "Bo Beta")
    decisions = [
        Decision(Verdict.DIFFERENT, one.key, other.key),
        Decision(Verdict.SAME, one.key, other.key),
    ]
    ready, told = threading.Barrier(2), []

    def decide(decision):
        ready.wait(timeout=30)
        try:
            judge(decision, ada)
        except Refused as refused:
            told.append(refused.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[decision]) for decision in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    verdicts = list(Judgement.objects.order_by("pk").values_list("verdict", flat=True))
    if verdicts == ["different"]:
        assert "judged different by ada" in told[0]
    else:  # the merge was first: the one who says "different" after it has the last word
        assert (verdicts, told) == (["same", "different"], [])
    assert heads() == {"ada alpha": None, "bo beta": None}
