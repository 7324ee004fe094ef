"""What comparisons follow from texts alone: kept outside the archive, never stale, never needed."""

import pytest

from archive.search import compared as comparing
from archive.search.kept import kept
from archive.text.judged_rows import Pair
from archive.text.passages import Text

ONE = Text("1", "The ferry Maren Skye sank off Orrenby on Monday with 31 people on board.")
OTHER = Text(
    "2", "On Monday the ferry Maren Skye sank off Orrenby. Nobody of the 31 people on board was hurt."
)


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path):
    settings.CACHES = {
        **settings.CACHES,
        "comparisons": {**settings.CACHES["comparisons"], "LOCATION": str(tmp_path / "cache")},
    }
    comparing.compared.cache_clear()
    yield
    comparing.compared.cache_clear()


def test_a_kept_value_is_not_made_again_and_another_text_is():
    made = []

    def make():
        made.append(1)
        return ("rows", len(made))

    assert kept("rows", ONE, make) == kept("rows", ONE, make) == ("rows", 1)
    assert kept("rows", ONE._replace(body="Something else happened."), make) == ("rows", 2)
    assert kept("tables", ONE, make) == ("rows", 3)


def test_new_rules_make_everything_anew(monkeypatch):
    assert kept("rows", ONE, lambda: "old") == "old"
    monkeypatch.setattr("archive.search.kept.rules_digest", lambda: "other rules")
    assert kept("rows", ONE, lambda: "new") == "new"


def test_what_was_kept_is_what_was_made_in_every_order_of_columns():
    fresh = comparing.compared((ONE, OTHER), ())
    comparing.compared.cache_clear()
    assert comparing.compared((ONE, OTHER), ()) == fresh
    turned = comparing.compared((OTHER, ONE), ())
    assert turned.alignment.texts == ("2", "1")
    assert [row.cells[::-1] for row in turned.alignment.rows] == [row.cells for row in fresh.alignment.rows]


def test_a_judgement_is_seen_at_once():
    before = comparing.compared((ONE, OTHER), ())
    shared = next(row for row in before.alignment.rows if row.shared)
    words = [
        " ".join(text.body[passage.start : passage.end].lower().replace(".", "").split())
        for text, (passage, *_) in zip((ONE, OTHER), shared.cells, strict=True)
    ]
    after = comparing.compared((ONE, OTHER), (Pair("1", words[0], "2", words[1], False),))
    assert sum(row.shared for row in after.alignment.rows) < sum(row.shared for row in before.alignment.rows)


def test_a_broken_file_or_folder_costs_time_only(settings, tmp_path):
    kept("rows", ONE, lambda: "made")
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(b"no pickle at all")
    assert kept("rows", ONE, lambda: "made again") == "made again"
    blocked = tmp_path / "a file"
    blocked.write_text("where a folder should be")
    settings.CACHES = {
        **settings.CACHES,
        "comparisons": {**settings.CACHES["comparisons"], "LOCATION": str(blocked)},
    }
    assert kept("rows", OTHER, lambda: "not kept") == "not kept"
