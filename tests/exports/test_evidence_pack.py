"""The evidence pack: the same bytes from the same archive, hostile text as text, hashes that hold."""

import hashlib
import io
import json
import re
import zipfile
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from archive.curation.judging import judge, withdraw
from archive.curation.passages import Chosen, belong_apart
from archive.exports.citations import csl, ris
from archive.exports.comparison_data import TABLES
from archive.exports.evidence_pack import evidence_pack
from archive.models import Judgement
from archive.search.comparison import comparison
from tests.archive_factory import make_article, make_event

pytestmark = pytest.mark.django_db

ATTACK = "<script>alert(1)</script>"


@pytest.fixture
def event():
    articles = [
        make_article(
            f"{ATTACK} shut",
            "The harbour bridge of Brevik stays shut until May.",
            outlet=f"Outlet {number}",
            published=datetime(2019, 3, number, tzinfo=UTC),
            published_precision="day",
            authors=["Ines Oduya"],
        )
        for number in (1, 2)
    ]
    return make_event("Bridge shut", *articles)


def opened(event):
    data = evidence_pack(comparison(event), "https://archive.example/compare/1/", "1.0")
    return zipfile.ZipFile(io.BytesIO(data))


def test_made_twice_it_is_the_same_to_the_byte(event):
    packs = [evidence_pack(comparison(event), "https://archive.example/", "1.0") for _ in range(2)]
    assert packs[0] == packs[1]


def test_hostile_text_stays_text(event):
    assert ATTACK not in opened(event).read("comparison.html").decode()


def test_every_file_has_the_hash_that_is_given(event):
    pack = opened(event)
    sums = dict(reversed(line.split("  ")) for line in pack.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(pack.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(pack.read(name)).hexdigest() == digest for name, digest in sums.items())


def test_every_passage_is_the_words_at_its_place(event):
    pack = opened(event)
    whole = json.loads(pack.read("comparison.json"))
    for row in whole["rows"]:
        for column, cell in zip(whole["columns"], row["cells"], strict=True):
            body = pack.read(column["text"]).decode()
            assert all(body[one["start"] : one["end"]] == one["text"] for one in cell)


def test_a_line_break_in_a_headline_begins_no_new_tag():
    article = make_article("Bridge\nAU  - Somebody else", authors=[], url="")
    lines = "".join(ris([article])).split("\r\n")
    assert [line for line in lines if line.startswith("AU")] == []


def test_citations_say_no_more_of_a_date_than_is_known():
    article = make_article(published=datetime(2019, 3, 1, tzinfo=UTC), published_precision="month")
    assert json.loads(csl([article]))[0]["issued"] == {"date-parts": [[2019, 3]]}
    assert "DA  - 2019/03//\r\n" in list(ris([article]))


def test_every_table_is_there_as_csv_and_in_the_page(event):
    pack = opened(event)
    for table, columns in TABLES.items():
        assert pack.read(f"{table}.csv").decode("utf-8-sig").splitlines()[0] == ",".join(columns)
    page = pack.read("comparison.html").decode()
    assert all(f">{title}</h2>" in page for title in ("Quotations", "Figures", "Sources"))


def test_passages_are_numbered_as_on_the_page_and_the_page_of_the_pack_asks_for_no_file(event):
    pack = opened(event)
    rows = json.loads(pack.read("comparison.json"))["rows"]
    shared = [row["passage"] for row in rows if row["passage"]]
    assert shared == list(range(1, len(shared) + 1)) and shared
    page = pack.read("comparison.html").decode()
    assert not re.search(r"<(script|link|img|iframe)\b|url\(|@import", page)
    assert all(f'id="row-{row["row"]}"' in page for row in rows)


def test_without_the_names_of_outlets_no_file_names_one(event):
    bodies = "The Outlet 1 asked, and Outlet 2 answered: the harbour bridge of Brevik stays shut until May."
    event.articles.update(body=bodies, blocks=[[0, len(bodies), "paragraph"]])
    found = comparison(event, names=False)
    pack = zipfile.ZipFile(io.BytesIO(evidence_pack(found, "https://archive.example/compare/1/", "1.0")))
    assert not any("citations" in name for name in pack.namelist())
    for name in pack.namelist():
        text = pack.read(name).decode()
        assert "Outlet 1" not in text and "Outlet 2" not in text and "courier.example" not in text, name
    assert json.loads(pack.read("comparison.json"))["names_of_outlets"] == "hidden"
    assert "names of outlets hidden" in pack.read("comparison.html").decode()


def test_a_row_put_right_by_hand_says_so_and_dates_the_pack(event):
    curator = User.objects.create_user("ada")
    articles = list(event.articles.order_by("pk"))
    judge(belong_apart(Chosen(one, 0, len(one.body)) for one in articles), curator)
    whole = json.loads(opened(event).read("comparison.json"))
    assert all(row["by_hand"] for row in whole["rows"])
    judged = Judgement.objects.get()
    assert datetime.fromisoformat(whole["last_change"]) == judged.made_at
    withdraw(judged, curator)
    after = json.loads(opened(event).read("comparison.json"))
    assert not any(row["by_hand"] for row in after["rows"])
    assert after["last_change"] > whole["last_change"]
