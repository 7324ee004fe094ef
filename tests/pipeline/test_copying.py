"""Copies in the archive: first what must not be joined or lost, then what is found, stored and told."""

from itertools import permutations

import pytest

from archive.models import Article, Copy, Run, SearchRow, Wording
from archive.pipeline import copying, river
from tests.stories import HARBOUR, ORCHARD, put, put_sources
from tests.wire_stories import PAGES, page, put_pages

pytestmark = pytest.mark.django_db


def outcomes():
    run = Run.objects.latest("pk")
    return {entry.path.removesuffix(".txt"): (entry.outcome, entry.reason) for entry in run.entries.all()}


def groups():
    """The independent texts by the names of the files, first printing first."""
    found = {}
    for article in Article.objects.newest_versions().in_order_of_publication():
        found.setdefault(article.text_group_id or article.pk, []).append(article)
    return {
        next(one.path for one in members if one.pk == first): {one.path for one in members}
        for first, members in found.items()
    }


COPIES = {"wire.txt", "post.txt", "strait.txt", "inland.txt"}
EXPECTED = {"wire.txt": COPIES, "market.txt": {"market.txt"}, "review.txt": {"review.txt"}}


def test_reports_of_their_own_stay_independent_and_nothing_is_hidden(tmp_path):
    river.import_paths([put_pages(tmp_path, *PAGES)])
    assert groups() == EXPECTED
    assert Article.objects.count() == SearchRow.objects.count() == 6
    assert Article.objects.all().count_texts() == 3
    assert SearchRow.objects.count_texts() == 3
    assert SearchRow.objects.one_a_text().count() == 3


def test_a_copy_that_alone_matches_is_shown(tmp_path):
    river.import_paths([put_pages(tmp_path, *PAGES)])
    strait = Article.objects.get(path="strait.txt")
    found = SearchRow.objects.filter(outlet_id=strait.outlet_id)
    assert [row.pk for row in found.one_a_text()] == [strait.pk]
    assert found.count_texts() == 1


@pytest.mark.parametrize("order", list(permutations(("wire", "post", "strait", "market")))[::5])
def test_no_order_of_import_matters(tmp_path, order):
    for place, name in enumerate(order):
        river.import_paths([put_pages(tmp_path / str(place), name)])
    assert groups() == {"wire.txt": COPIES - {"inland.txt"}, "market.txt": {"market.txt"}}
    pairs = Copy.objects.filter(kind="near copy").values_list("share_of_one", "share_of_other")
    assert len(pairs) == 3
    rows = dict(SearchRow.objects.values_list("pk", "text_id"))
    assert rows == dict(Article.objects.values_list("pk", "text_group"))


def test_running_again_changes_nothing(tmp_path):
    put_pages(tmp_path, *PAGES)
    river.import_paths([tmp_path])
    before = (groups(), list(Copy.objects.values()), list(Wording.objects.values()))
    river.import_paths([tmp_path])
    river.import_paths([tmp_path], clean_again=True)
    assert (groups(), list(Copy.objects.values()), list(Wording.objects.values())) == before
    assert copying.run(Article.objects.values_list("pk", flat=True)).articles == set()


def test_the_ledger_says_what_is_a_copy_of_what_was_there(tmp_path):
    put_pages(tmp_path, "wire", "post", "strait", "market")
    put(tmp_path, zeta=page("wire").replace("Osterlund closes", "Cracks close").upper())
    river.import_paths([tmp_path])
    told = outcomes()
    assert told["market"][0] == "created"
    assert told["post"][0] == "created"  # the first that came
    outcome, reason = told["strait"]
    assert outcome == "near copy" and "% of its words stand" in reason and "post.txt" in reason
    assert told["wire"][0] == "near copy"
    assert told["zeta"][0] == "exact copy" and told["zeta"][1].startswith("The same words as wire.txt.")
    assert Article.objects.count() == 5


def test_a_new_version_leaves_the_group_of_the_old_text(tmp_path):
    river.import_paths([put_pages(tmp_path, "wire", "strait")])
    assert groups() == {"wire.txt": {"wire.txt", "strait.txt"}}
    put(tmp_path, strait=ORCHARD)
    river.import_paths([tmp_path])
    assert outcomes()["strait"][0] == "new version"
    assert groups() == {"wire.txt": {"wire.txt"}, "strait.txt": {"strait.txt"}}
    assert not Article.objects.exclude(text_group=None).exists()
    assert not SearchRow.objects.exclude(text_id=None).exists()


def test_an_earlier_printing_that_comes_later_becomes_the_first(tmp_path):
    river.import_paths([put_pages(tmp_path / "one", "post", "strait", "inland")])
    assert set(groups()) == {"inland.txt"} or set(groups()) == {"post.txt"}
    river.import_paths([put_pages(tmp_path / "two", "wire")])
    assert groups() == {"wire.txt": COPIES}


def test_many_exact_copies_are_measured_once(tmp_path):
    folder = put(tmp_path, **{f"a{number}": page("wire") for number in range(30)})
    put_sources(folder, *(f"a{number}.txt,Outlet {number},,," for number in range(30)))
    river.import_paths([folder])
    assert Article.objects.count() == 30
    assert Wording.objects.count() == 1
    assert Copy.objects.count() == 0
    assert Article.objects.all().count_texts() == 1


def test_words_that_nobody_has_any_more_are_forgotten(tmp_path):
    river.import_paths([put(tmp_path, a=HARBOUR)])
    Article.objects.update(body="Something else was printed here about the harbour and its ferries. " * 4)
    copying.run(Article.objects.values_list("pk", flat=True))
    assert Wording.objects.count() == 1


def test_a_wording_whose_articles_were_deleted_stops_nothing(tmp_path):
    river.import_paths([put_pages(tmp_path / "one", "wire")])
    SearchRow.objects.all().delete()
    Article.objects.all().delete()
    river.import_paths([put_pages(tmp_path / "two", "post", "market")])
    assert groups() == {"post.txt": {"post.txt"}, "market.txt": {"market.txt"}}
