"""The authority file as curators extend and split it: it travels, survives re-imports, and can be undone."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts, travelling
from archive.curation.decisions import Refused
from archive.curation.judging import judge, withdraw_batch
from archive.models import Entity, Judgement, Mention
from archive.pipeline import river
from tests.stories import put

pytestmark = pytest.mark.django_db

TALKS = """Talks of the two groups end

{day} March 2019

ISIS denied the report on Monday. Daesh said nothing, and Zorvex of Varnholm said nothing either.
"""


@pytest.fixture
def ada(tmp_path):
    """Import two texts that print two names of one group, and return a curator."""
    put(tmp_path, a=TALKS.format(day=3), b=TALKS.format(day=4))
    river.import_paths([tmp_path])
    return User.objects.create_user("ada")


def linked(word):
    """Return the keys of those whom a word means."""
    return set(Mention.objects.filter(surface=word).values_list("entity__key", flat=True))


def group():
    """Return the group of the authority file that both names mean."""
    return Entity.objects.get(key=linked("ISIS").pop())


def test_an_alias_of_the_authority_file_is_split_off_and_comes_back(ada):
    both = group()
    assert linked("Daesh") == {both.key}
    split = judge(acts.split_alias(both, "Daesh"), ada)
    assert linked("Daesh") == {"daesh"}
    assert linked("ISIS") == {both.key}
    assert Entity.objects.get(key="daesh").kind == "organisation"
    assert not both.aliases.filter(form="Daesh").exists()
    assert split.changes.mentions == 2
    withdraw_batch(split.judgements[0].batch, ada)
    assert linked("Daesh") == {both.key}
    assert both.aliases.filter(form="Daesh", origin="authority").exists()


def test_what_was_split_off_stays_so_through_a_re_import(ada, tmp_path):
    judge(acts.split_alias(group(), "Daesh"), ada)
    put(tmp_path / "more", c=TALKS.format(day=5))
    river.import_paths([tmp_path], clean_again=True)
    assert linked("Daesh") == {"daesh"}
    assert Mention.objects.filter(surface="Daesh").count() == 3


def test_what_was_split_off_can_be_an_alias_of_another(ada):
    judge(acts.split_alias(group(), "Daesh"), ada)
    judge(acts.add_known_name("Zorvex", "organisation"), ada)
    judge(acts.add_alias(Entity.objects.get(key="zorvex"), "Daesh"), ada)
    assert linked("Daesh") == {"zorvex"}


def test_what_the_authority_file_does_not_say_cannot_be_split_off(ada):
    with pytest.raises(Refused, match="authority file does not say"):
        acts.split_alias(group(), "Zorvex")


def test_a_known_name_is_found_in_old_texts_and_new_ones_and_goes_when_it_is_taken_back(ada, tmp_path):
    assert linked("Zorvex") == set()
    added = judge(acts.add_known_name("Zorvex", "organisation"), ada)
    assert linked("Zorvex") == {"zorvex"}
    put(tmp_path / "more", c=TALKS.format(day=5))
    river.import_paths([tmp_path])
    zorvex = Entity.objects.get(key="zorvex")
    assert (zorvex.article_count, zorvex.kind, zorvex.name) == (3, "organisation", "Zorvex")
    withdraw_batch(added.judgements[0].batch, ada)
    assert linked("Zorvex") == set()


def test_both_travel_with_the_judgements(ada, tmp_path):
    judge(acts.split_alias(group(), "Daesh"), ada)
    judge(acts.add_known_name("Zorvex", "organisation"), ada)
    lines = list(travelling.lines())
    Judgement.objects.all().delete()
    river.import_paths([tmp_path], clean_again=True)
    travelling.take(lines)
    assert (linked("Daesh"), linked("Zorvex")) == ({"daesh"}, {"zorvex"})
    assert list(travelling.lines()) == lines


def test_a_kind_that_is_none_is_refused(ada):
    with pytest.raises(Refused, match="no kind"):
        judge(acts.add_known_name("Zorvex", "ship"), ada)
