"""What an administrator says of an outlet is a judgement: it survives re-imports and travels."""

import pytest
from django.contrib.auth.models import User

from archive.curation import acts, travelling
from archive.curation.decisions import Decision, Refused
from archive.curation.history import of_outlet, sentence
from archive.curation.judging import judge, withdraw_batch
from archive.models import Article, Effect, Entity, Event, Judgement, Mention, Outlet
from archive.pipeline import river
from tests.stories import HARBOUR, ORCHARD, put, put_sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return User.objects.create_user("ada")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with two articles of two outlets, one known by its address alone."""
    put(tmp_path, a=HARBOUR, b=ORCHARD)
    put_sources(
        tmp_path,
        "a.txt,The Varnholm Post,https://post.example/ferry,2019-03-12,its site",
        "b.txt,,https://tellen.example/frost,2021-05-02,its site",
    )
    return tmp_path


def described():
    """Return what every outlet is called."""
    return sorted(Outlet.objects.values_list("name", "short_name", "domain"))


def edit(ada):
    """Rename both outlets, and give one another domain."""
    post = Outlet.objects.get(domain="post.example")
    tellen = Outlet.objects.get(domain="tellen.example")
    judge(acts.describe(post.key, {"name": "Post of Varnholm", "domain": "varnholm.example"}), ada)
    return judge(acts.describe(tellen.key, {"name": "Tellen Today", "short_name": "Today"}), ada)


def test_both_survive_a_re_import_and_come_back_when_they_are_undone(ada, folder):
    river.import_paths([folder])
    before = described()
    judged = edit(ada)
    wanted = [("Post of Varnholm", "", "varnholm.example"), ("Tellen Today", "Today", "tellen.example")]
    assert described() == wanted
    river.import_paths([folder], clean_again=True)
    assert described() == wanted
    for batch in {row.batch for row in Judgement.objects.live()}:
        withdraw_batch(batch, ada)
    assert described() == before
    assert judged.changes.lines[0].of == "outlet"


@pytest.mark.parametrize("judgements_first", [True, False])
def test_they_travel_into_an_empty_archive(ada, folder, judgements_first):
    river.import_paths([folder])
    edit(ada)
    wanted, lines = described(), list(travelling.lines())
    Judgement.objects.all().delete()
    Effect.objects.all().delete()
    Mention.objects.all().delete()
    Article.objects.all().delete()
    Event.objects.all().delete()
    Entity.objects.all().delete()
    Outlet.objects.all().delete()
    if judgements_first:
        travelling.take(lines)
        river.import_paths([folder])
    else:
        river.import_paths([folder])
        travelling.take(lines)
    assert described() == wanted
    assert sorted(Article.objects.values_list("path", "outlet__name")) == [
        ("a.txt", "Post of Varnholm"),
        ("b.txt", "Tellen Today"),
    ]
    assert list(travelling.lines()) == lines


@pytest.mark.parametrize("field", ["name", "domain"])
def test_what_another_outlet_has_is_refused(ada, folder, field):
    river.import_paths([folder])
    post, tellen = Outlet.objects.order_by("pk")
    with pytest.raises(Refused, match="already"):
        judge(acts.describe(post.key, {field: getattr(tellen, field)}), ada)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", '""'), ("name", "1"), ("locked", "true"), ("name", "no json"), ("short_name", f'"{"x" * 61}"')],
)
def test_what_makes_no_sense_is_refused(ada, folder, field, value):
    with pytest.raises(Refused):
        judge(Decision("outlet is", "The Varnholm Post", field, value=value), ada)
    assert not Judgement.objects.exists()


def test_an_outlet_has_a_history(ada, folder):
    river.import_paths([folder])
    edit(ada)
    post = Outlet.objects.get(name="Post of Varnholm")
    said = {sentence(row) for row in of_outlet(post)}
    assert "the name of the outlet 'The Varnholm Post' is \"Post of Varnholm\"" in said
    assert len(said) == 2
