"""Pasting: seen as it would be imported, put right, imported; what was put right outlasts every cleaning."""

import json

import pytest
from django.contrib.auth.models import User

from archive.curation.decisions import Refused
from archive.curation.judging import withdraw
from archive.curation.pasting import Given, Piece, as_published, look, save
from archive.models import Article, Entry, Judgement, Outlet, Run
from archive.pipeline import importing, river
from tests.archive_factory import make_outlet
from tests.text.test_lines import PAGE

pytestmark = pytest.mark.django_db

TEXT = Piece("pasted.txt", PAGE.encode())
PAGE_HTML = Piece(
    "page.html",
    b"<!doctype html><html><head><title>Ferry stops</title>"
    b'<meta property="og:url" content="https://post.example/2019/03/12/ferry">'
    b'<meta property="og:site_name" content="The Varnholm Post"></head><body><article><h1>Ferry stops</h1>'
    b"<p>The ferry between Varnholm and the mainland will stop for the winter, the harbour office said.</p>"
    b"<p>Passengers will have to take the bus, two hours longer, a spokeswoman told the council.</p>"
    b"<p>The council wants the line to open again in March, and has asked the owner to say when.</p>"
    b"</article></body></html>",
)


@pytest.fixture
def ann():
    """Return a curator."""
    return User.objects.create_user("ann", is_staff=True)


def only(seen):
    """Return the one article that was seen."""
    (one,) = seen
    return one


def line(seen, words):
    """Return the line that holds these words."""
    return next(one for one in seen.lines if words in one.words)


def look_at(piece, **given):
    """Look at one piece with this said of it."""
    return only(look([piece], {1: Given(**given)}, {}))


def clean_again(article):
    """Clean an article again as a later version would."""
    importing.fill_again([article.pk])
    article.refresh_from_db()


# --- looking ---------------------------------------------------------------------------------------


def test_looking_writes_nothing():
    seen = look_at(TEXT)
    assert (seen.form, seen.problem, seen.known) == ("text", "", None)
    assert seen.fields["headline"] == "Ferry to Varnholm stops for the winter"
    assert seen.fields["authors"] == "Ada Lund"
    assert not Article.objects.exists() and not Run.objects.exists() and not Judgement.objects.exists()


def test_every_line_is_shown_with_what_became_of_it_and_why():
    seen = look_at(TEXT)
    shown = [" ".join(one.words.split()) for one in seen.lines]
    assert (
        shown == [" ".join(words.split()) for words in PAGE.split("\n") if words.strip()] or len(shown) >= 10
    )
    advertisement = line(seen, "Advertisement")
    assert (advertisement.is_text, advertisement.kind) == (False, "advertisement")
    assert advertisement.reason
    assert line(seen, "Passengers").is_text


def test_a_page_says_its_address_and_outlet_and_date():
    seen = look_at(PAGE_HTML)
    assert seen.form == "html"
    assert seen.fields["url"] == "https://post.example/2019/03/12/ferry"
    assert seen.fields["outlet"] == "The Varnholm Post"
    assert seen.fields["published"] == "2019-03-12"
    assert seen.why["url"] == "stated in the file"


def test_an_address_in_the_text_is_filled_in_and_names_its_outlet():
    make_outlet("The Varnholm Post", domain="post.example")
    text = PAGE + "\nSource: https://post.example/2019/03/12/ferry-varnholm-stops-winter?utm_source=x\n"
    seen = look_at(Piece("pasted.txt", text.encode()))
    assert seen.fields["url"] == "https://post.example/2019/03/12/ferry-varnholm-stops-winter"
    assert seen.fields["outlet"] == "The Varnholm Post"
    assert seen.fields["published"] == "2019-03-12"
    assert seen.why["outlet"] == "known to stand at post.example"


def test_a_known_outlet_that_is_named_around_the_text_is_filled_in():
    make_outlet("The Varnholm Post")
    make_outlet("The Post")
    seen = look_at(
        Piece("pasted.txt", (PAGE + "\n© 2019 The Varnholm Post. All rights reserved.\n").encode())
    )
    assert seen.fields["outlet"] == "The Varnholm Post"
    assert "The Varnholm Post" in seen.why["outlet"]


def test_what_is_in_doubt_is_left_empty():
    make_outlet("The Varnholm Post")
    make_outlet("Osterby Herald")
    links = (
        "\nhttps://facebook.com/share/ferry-varnholm-stops-winter\nhttps://post.example/\nOsterby Herald\n"
    )
    seen = look_at(Piece("pasted.txt", (PAGE + links + "The Varnholm Post\n").encode()))
    assert (seen.fields["url"], seen.fields["outlet"]) == ("", "")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"Menu\nHome\n", b"%PDF-1.4 x", b"PK\x03\x04broken"])
def test_what_is_no_article_says_why(data):
    seen = look([Piece("x.txt", data)], {}, {})
    assert all(one.problem for one in seen)


# --- saving ----------------------------------------------------------------------------------------


def test_what_is_saved_is_in_the_archive_and_in_the_ledger(ann):
    run = save([TEXT], {}, {}, ann)
    article = Article.objects.get()
    entry = Entry.objects.get()
    assert (run.command, run.started_by, run.arguments) == ("paste", ann, ["pasted.txt"])
    assert run.ended_at is not None
    assert (entry.run, entry.outcome, entry.article) == (run, "created", article)
    assert bytes(article.source.data) == PAGE.encode()
    assert article.mentions.filter(surface="Ada Lund").exists() or article.authors == ["Ada Lund"]
    assert not Judgement.objects.exists()


def test_the_same_again_doubles_nothing(ann):
    save([TEXT], {}, {}, ann)
    save([TEXT], {}, {}, ann)
    assert Article.objects.count() == 1
    assert list(Entry.objects.order_by("pk").values_list("outcome", flat=True)) == ["created", "unchanged"]


def test_what_was_put_right_outlasts_every_cleaning(ann, tmp_path):
    seen = look_at(TEXT)
    back, away = line(seen, "Advertisement"), line(seen, "Passengers")
    given = Given(
        url="https://post.example/ferry",
        outlet="The Varnholm Post",
        headline="No ferry in winter",
        published="2019-03-12",
        authors="Bo Ek\nAda Lund",
        lines=((back.start, back.end, "paragraph"), (away.start, away.end, "other")),
    )
    save([TEXT], {1: given}, {}, ann)
    article = Article.objects.get()

    def as_said():
        assert article.headline == "No ferry in winter"
        assert article.authors == ["Bo Ek", "Ada Lund"]
        assert (article.published.isoformat(), article.published_precision) == (
            "2019-03-12T00:00:00+00:00",
            "day",
        )
        assert (article.url, article.outlet.name) == ("https://post.example/ferry", "The Varnholm Post")
        assert "Advertisement" in article.body and "Passengers" not in article.body

    as_said()
    clean_again(article)
    as_said()
    (tmp_path / "pasted.txt").write_bytes(PAGE.encode())
    river.import_paths([tmp_path], clean_again=True)
    article = Article.objects.get()
    as_said()


def test_all_that_was_put_right_can_be_taken_back(ann):
    seen = look_at(TEXT)
    before = seen.article
    back = line(seen, "Advertisement")
    save([TEXT], {1: Given(headline="X", lines=((back.start, back.end, "paragraph"),))}, {}, ann)
    withdraw(Judgement.objects.live(), ann)
    article = Article.objects.get()
    assert (article.headline, article.body) == (before.headline, before.body)


def test_what_was_left_as_it_was_is_no_judgement(ann):
    seen = look_at(TEXT)
    kept = line(seen, "Passengers")
    given = Given(**seen.fields, lines=((kept.start, kept.end, "paragraph"),))
    save([TEXT], {1: given}, {}, ann)
    assert not Judgement.objects.exists()


def test_a_text_without_article_is_imported_once_a_line_is_put_back(ann):
    piece = Piece("x.txt", b"Menu\nHome\n")
    seen = look_at(piece)
    assert "No article text" in seen.problem
    words = line(seen, "Home")
    run = save([piece], {1: Given(lines=((words.start, words.end, "paragraph"),))}, {}, ann)
    assert run.entries.get().outcome == "created"
    assert Article.objects.get().body == "Home"


def test_taking_out_every_line_is_refused_and_nothing_is_written(ann):
    lines = tuple((one.start, one.end, "other") for one in look_at(TEXT).lines if one.is_text)
    with pytest.raises(Refused, match="leave at least one"):
        save([TEXT], {1: Given(lines=lines)}, {}, ann)
    assert not Run.objects.exists() and not Judgement.objects.exists()


def test_other_words_at_the_same_address_are_a_new_version(ann):
    given = Given(url="https://post.example/ferry")
    save([TEXT], {1: given}, {}, ann)
    changed = PAGE.replace("two hours", "three hours")
    run = save([Piece("other.txt", changed.encode())], {1: given}, {}, ann)
    assert run.entries.get().outcome == "new version"


def test_a_copy_at_another_address_leaves_the_first_where_it_is(ann):
    save([TEXT], {1: Given(url="https://post.example/ferry")}, {}, ann)
    save([Piece("other.txt", PAGE.encode())], {1: Given(url="https://herald.example/ferry")}, {}, ann)
    assert sorted(Article.objects.values_list("url", flat=True)) == [
        "https://herald.example/ferry",
        "https://post.example/ferry",
    ]
    for article in Article.objects.all():
        clean_again(article)
    assert Article.objects.values("url").distinct().count() == 2


def test_a_file_of_several_articles_is_put_right_one_by_one(ann):
    rows = [
        {
            "headline": f"Story {n}",
            "text": f"{PAGE}\nNumber {n} of the harbour's long list.",
            "url": f"https://post.example/{n}",
        }
        for n in (1, 2, 3)
    ]
    piece = Piece("rows.jsonl", "\n".join(json.dumps(row) for row in rows).encode())
    assert [one.form for one in look([piece], {}, {})] == ["json lines"] * 3
    save([piece], {2: Given(headline="Corrected")}, {}, ann)
    assert sorted(Article.objects.values_list("headline", flat=True)) == ["Corrected", "Story 1", "Story 3"]


def test_columns_can_be_told(ann):
    piece = Piece("table.csv", f'kop,verhaal\nFerry,"{PAGE}"\n'.encode())
    assert look([piece], {}, {})[0].problem
    seen = only(look([piece], {}, {"kop": "headline", "verhaal": "text"}))
    assert (seen.problem, seen.fields["headline"]) == ("", "Ferry")


def test_an_outlet_that_is_not_known_yet_is_made(ann):
    save([TEXT], {1: Given(url="https://new.example/a", outlet="The New Paper")}, {}, ann)
    outlet = Outlet.objects.get()
    assert (outlet.name, outlet.domain) == ("The New Paper", "new.example")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2017-04-18 09:49", ["2017-04-18T09:49", "minute"]),
        ("2017-04-18", ["2017-04-18T00:00", "day"]),
        ("2017-04", ["2017-04-01T00:00", "month"]),
        ("2017", ["2017-01-01T00:00", "year"]),
        (" ", None),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_was_written(said, kept):
    assert as_published(said) == kept


def test_a_date_that_is_none_is_told():
    with pytest.raises(ValueError, match="is no date"):
        as_published("yesterday")


def test_a_day_that_may_be_a_month_is_said_to_be_open_until_a_curator_settles_it(ann):
    sentence = "The ferry between Varnholm and the mainland stopped for the winter, the harbour office said."
    paragraphs = ("Ferry stops", "By Ada Lund", "03/04/2017", sentence, sentence.replace("ferry", "boat"))
    piece = Piece("open.txt", "\n\n".join(paragraphs).encode())
    assert "04 March 2017: day and month are not told apart" in look_at(piece).why["published"]
    looked_again = look_at(piece, published="2017-04-03")
    assert "not told apart" in looked_again.why["published"]
    assert "published" not in look_at(piece, published="2017-03-04").why
    save([piece], {1: Given(published="2017-03-04")}, {}, ann)
    article = Article.objects.get()
    for _ in range(2):
        assert f"{article.published:%Y-%m-%d}" == "2017-03-04"
        assert "not told apart" not in article.published_evidence
        clean_again(article)
    assert "published" not in look_at(piece).why
