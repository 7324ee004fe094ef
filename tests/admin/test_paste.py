"""Paste or drop: looking stores nothing, saving stores what was seen; hostile words stay words."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.admin import paste
from archive.curation.pasting import Piece
from archive.models import Article, Entry, Judgement, Run
from tests.text.test_lines import PAGE

PASTE = "/admin/archive/article/paste/"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e"


def fields_of(answer):
    """Return the form of a page as a browser would send it back."""
    page = answer.content.decode()
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" not in attributes or attributes.get("type") in ("submit", "file"):
            continue
        if attributes.get("type") == "checkbox" and " checked" not in tag:
            continue
        sent.setdefault(attributes["name"], []).append(unescape(attributes.get("value", "")))
    for name, value in re.findall(r'<textarea name="([^"]+)"[^>]*>\s?(.*?)</textarea>', page, re.DOTALL):
        sent.setdefault(name, []).append(unescape(value))
    sent.pop("csrfmiddlewaretoken", None)
    sent.pop("q", None)
    return sent


def unescape(text):
    """Return the text that HTML stands for."""
    for sign, code in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"), ("&", "&amp;")):
        text = text.replace(code, sign)
    return text


def look(client, text=PAGE, **more):
    """Send the first form."""
    return client.post(PASTE, {"text": text, "url": "", "columns": "", **more})


def turned(sent, words, raw=PAGE):
    """Return the form with the box of the line that holds these words turned."""
    start = raw.index(words)
    shown = [part.partition(":")[0] for part in sent["a1-shown"][0].split()]
    places = [tuple(map(int, place.split("-"))) for place in shown]
    place = next(f"{first}-{last}" for first, last in places if first <= start < last)
    ticked = sent.setdefault("a1-line", [])
    if place in ticked:
        ticked.remove(place)
    else:
        ticked.append(place)
    return sent


def test_looking_shows_everything_and_stores_nothing(curating):
    shown = look(curating).content.decode()
    assert "1 piece, 1 article" in shown
    assert "taken for: text" in shown
    assert "<b>advertisement</b>" in shown and "<b>menu</b>" in shown
    assert 'value="Ferry to Varnholm stops for the winter"' in shown
    assert "Ada Lund" in shown
    assert not Article.objects.exists() and not Run.objects.exists() and not Judgement.objects.exists()


def test_what_was_seen_is_saved_and_told(curating, curator):
    sent = fields_of(look(curating))
    answer = curating.post(PASTE, {**sent, "save": "1"}, follow=True)
    article = Article.objects.get()
    run = Run.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:archive_run_change", args=[run.pk])
    assert (run.command, run.started_by) == ("paste", curator)
    page = answer.content.decode()
    assert "Created: <a" in page and article.headline in page
    assert not Judgement.objects.exists()


def test_a_line_put_back_is_seen_before_it_is_saved_and_lasts(curating):
    sent = turned(fields_of(look(curating)), "Advertisement")
    again = curating.post(PASTE, {**sent, "look": "1"})
    assert "put back by you" in again.content.decode()
    assert not Judgement.objects.exists()
    sent = fields_of(again)
    sent["a1-headline"] = ["No ferry in winter"]
    curating.post(PASTE, {**sent, "save": "1"})
    article = Article.objects.get()
    assert "Advertisement" in article.body
    assert article.headline == "No ferry in winter"
    assert sorted(Judgement.objects.values_list("verdict", flat=True)) == ["field is", "line is"]


def test_a_line_that_was_turned_twice_is_as_it_was(curating):
    sent = turned(fields_of(look(curating)), "Advertisement")
    sent = turned(fields_of(curating.post(PASTE, {**sent, "look": "1"})), "Advertisement")
    curating.post(PASTE, {**sent, "save": "1"})
    assert "Advertisement" not in Article.objects.get().body
    assert not Judgement.objects.exists()


def test_files_are_taken_for_what_they_are(curating):
    page = f"<html><head><title>T</title></head><body><article><p>{PAGE}</p></article></body></html>"
    files = [
        SimpleUploadedFile("a.html", page.encode()),
        SimpleUploadedFile("b.jsonl", b'{"headline": "Bus", "text": "' + b"The bus runs. " * 20 + b'"}\n'),
        SimpleUploadedFile("c.bin", b"\x00\x01"),
    ]
    answer = look(curating, "", files=files)
    shown = answer.content.decode()
    assert "3 pieces, 2 articles" in shown
    for form in ("html", "json lines"):
        assert f"taken for: {form}" in shown
    curating.post(PASTE, {**fields_of(answer), "save": "1"})
    outcomes = dict(Entry.objects.values_list("path", "outcome"))
    assert outcomes == {"a.html": "created", "b.jsonl": "created", "c.bin": "rejected"}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\x.txt", "/x/y.txt", "a\x00b.txt", "n" * 300 + ".txt"]
)
def test_a_file_name_is_no_path(curating, name):
    answer = look(curating, "", files=[SimpleUploadedFile(name, PAGE.encode())])
    if "kept" in fields_of(answer):
        curating.post(PASTE, {**fields_of(answer), "save": "1"})
        assert "/" not in Entry.objects.get().path and "\\" not in Entry.objects.get().path.replace(
            "\\x00", ""
        )


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"text": "  \n"}, "Paste a text or choose a file"),
        ({"text": "x" * 5_000_001}, "more than 5 MB"),
        ({"text": PAGE, "url": "javascript:alert(1)"}, "opens with http"),
        ({"text": PAGE, "columns": "nonsense"}, "is no COLUMN=FIELD"),
    ],
)
def test_what_cannot_be_taken_is_said_on_the_form(curating, sent, why):
    assert why in look(curating, **sent).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [("published", "yesterday", "is no date"), ("url", "data:text/html,x", "opens with http")],
)
def test_what_cannot_be_said_is_told_and_not_saved(curating, field, value, why):
    sent = fields_of(look(curating))
    sent[f"a1-{field}"] = [value]
    assert why in curating.post(PASTE, {**sent, "save": "1"}).content.decode()
    assert not Article.objects.exists()


def test_taking_out_every_line_is_refused_on_the_page(curating):
    sent = fields_of(look(curating))
    sent["a1-line"] = []
    answer = curating.post(PASTE, {**sent, "save": "1"})
    assert "leave at least one" in answer.content.decode()
    assert not Article.objects.exists() and not Judgement.objects.exists()


@pytest.mark.parametrize("kept", ["", "x", "a:b:c", "\x00"])
def test_what_was_not_packed_here_is_refused(curating, kept):
    answer = curating.post(PASTE, {"kept": kept, "save": "1"}, follow=True)
    assert "not sent back whole" in answer.content.decode()
    assert not Run.objects.exists()


def test_what_is_packed_comes_back():
    pieces = [Piece("a.txt", b"\x00\xff"), Piece("ü", "ø".encode())]
    assert paste.unpacked(paste.packed(pieces, {"a": "text"})) == (pieces, {"a": "text"})


def test_hostile_words_stay_words_wherever_they_stand(curating):
    text = f"{HOSTILE}\n\n{PAGE}\n\n{HOSTILE}\n"
    answer = look(curating, text, files=[SimpleUploadedFile("<img src=x>.txt", b"\x00")])
    sent = fields_of(answer)
    for name in ("headline", "outlet", "authors"):
        sent[f"a1-{name}"] = [HOSTILE[:150]]
    pages = [answer, curating.post(PASTE, {**sent, "look": "1"})]
    pages.append(curating.post(PASTE, {**sent, "save": "1"}, follow=True))
    for page in pages:
        shown = page.content.decode()
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;" in shown or "&lt;img" in shown


@pytest.mark.parametrize(
    "said", ["9-1:paragraph", "0-99999999:other", "1-2:nonsense", "a-b:c", "-:", "0-0:paragraph"]
)
def test_nonsense_about_lines_is_passed_over(curating, said):
    sent = fields_of(look(curating))
    sent["a1-said"] = [said]
    assert curating.post(PASTE, {**sent, "look": "1"}).status_code == 200


def test_a_reader_reaches_none_of_it(client, db):
    client.force_login(User.objects.create_user("reader", password="reader's password"))
    for answer in (client.get(PASTE), look(client), client.post(PASTE, {"kept": "x", "save": "1"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("admin:login"))
    assert not Run.objects.exists()


def test_the_columns_of_a_table_can_be_told_where_it_is_seen(admin_client):
    table = f"Titel;verhaal\nThe pier of Lodby;{' '.join(PAGE.split()[40:140]).replace(';', ',')}\n"
    sent = fields_of(look(admin_client, files=[SimpleUploadedFile("table.csv", table.encode())]))
    sent["a1-headline"] = ["No ferry in winter"]
    answer = admin_client.post(PASTE, {**sent, "columns": "verhaal=text", "save": "1"})
    assert not Article.objects.exists()  # what was never seen is not saved
    seen = fields_of(answer)
    assert seen["a1-headline"] == ["No ferry in winter"]
    assert seen["a2-headline"] == ["The pier of Lodby"]
    assert seen["columns"] == ["verhaal=text"]
    answer = admin_client.post(PASTE, {**seen, "columns": "verhaal", "look": "1"})
    assert "COLUMN=FIELD" in answer.content.decode()
    assert fields_of(answer)["a2-headline"] == ["The pier of Lodby"]
    admin_client.post(PASTE, {**seen, "save": "1"})
    assert set(Article.objects.values_list("headline", flat=True)) == {
        "No ferry in winter",
        "The pier of Lodby",
    }
