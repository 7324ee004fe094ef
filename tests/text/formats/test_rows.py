"""Rows of JSON, JSON lines and tables: what must not become an article, and that every byte has its place."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.formats import streams
from archive.text.reading import form_of, read, read_parts
from archive.text.types import Facts, Precision, RawFile, Reading

TEXT = "The harbour of Lodby opened again on Monday, the mayor said."
ROW = {"title": "Harbour opens", "text": TEXT, "date": "2017-04-18", "author": "Ann Lee and Bo Chen"}
ZERO_WIDTH = "Har\u200bbour\u202e \u2066opens"


def reading(data: bytes | str, path: str, columns: dict[str, str] | None = None) -> Reading:
    return read(RawFile(path, data if isinstance(data, bytes) else data.encode()), columns or {})


def facts(row: dict[str, object]) -> Facts:
    found = reading(json.dumps({"text": TEXT, **row}), "a.jsonl")
    assert found.rejections == ()
    return found.articles[0].facts


def lines(*rows: object) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"title": "x"', "not well-formed JSON"),
        ('{"title": "Only a headline"}', "no text of an article (its columns are: title)"),
        ('{"text": "  "}', "no text of an article"),
        ('{"text": {"no": ["words"]}}', "no text of an article"),
        ("null", "nothing (null)"),
        ("[1, 2]", "a list"),
        ("17", "a lone number"),
        ('"words"', "a lone text"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": ' + "9" * 5000 + "}", "digits"),
        ('{"text": "' + "w " * 500_001 + '"}', "more than the 1,000,000 of one article"),
    ],
)
def test_a_line_that_is_no_article_stops_no_other(line, words):
    found = reading(f"{lines(ROW)}{line}\n{lines(ROW)}", "a.jsonl")
    assert [article.block for article in found.articles] == [1, 3]
    (rejection,) = found.rejections
    assert words in rejection.reason
    assert (rejection.block, rejection.byte_offset) == (2, len(lines(ROW)))


def test_a_line_longer_than_any_article_is_skipped(monkeypatch):
    monkeypatch.setattr(streams, "LONGEST_ROW", 1000)
    found = reading(lines(ROW, {"text": "x" * 200_000}, ROW), "a.jsonl")
    assert len(found.articles) == 2
    assert "too many for one article" in found.rejections[0].reason
    assert found.articles[1].byte_end == len(lines(ROW, {"text": "x" * 200_000}, ROW))


@pytest.mark.parametrize(
    "text", ["[Updated] The harbour opened.", "{curly} words", "[1] A note", "Hi, {name}"]
)
def test_a_text_that_begins_with_a_bracket_stays_text(text):
    assert form_of(RawFile("a.txt", text.encode())).name == "text"


def test_a_text_with_commas_in_its_first_line_is_no_table():
    text = "Headline, with commas, and a date, 2017\n\nThe text, as it goes, has commas; many of them."
    assert form_of(RawFile("a.txt", text.encode())).name == "text"


@pytest.mark.parametrize("value", ["\x00", "\ud800", "\x00\udfff"])
def test_what_no_database_keeps_is_replaced_in_every_field(value):
    row = dict.fromkeys(("title", "text", "author", "source", "url", "date"), f"{value}words and more")
    found = reading(json.dumps(row), "a.jsonl").articles[0]
    assert "\ufffd" in found.text
    assert value not in found.text + repr(found.facts)


def test_zero_width_and_bidirectional_characters_change_no_bytes():
    found = reading(lines({"title": ZERO_WIDTH, "text": TEXT}), "a.jsonl").articles[0]
    assert found.facts.headline == ZERO_WIDTH


def test_script_in_a_field_stays_words():
    found = facts({"title": "<script>alert(1)</script>", "url": "javascript:alert(1)", "source": "<b>x</b>"})
    assert found.headline == "<script>alert(1)</script>"
    assert found.url == ""


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_json_is_told_by_its_content_whatever_its_name(name):
    assert len(reading(lines(ROW, ROW), name).articles) == 2


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ([ROW, ROW, ROW], 3),
        ({"status": "ok", "articles": [ROW, ROW]}, 2),
        ({"response": {"docs": [ROW]}}, 1),
        ({"hits": {"hits": [{"_source": ROW}, {"_source": ROW}]}}, 2),
        ({"anything": [ROW, ROW], "count": 2}, 2),
        (ROW, 1),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_documents_of_json(document, count, indent):
    found = reading(json.dumps(document, indent=indent), "a.json")
    assert len(found.articles) == count
    assert found.rejections == ()
    assert {article.facts.headline for article in found.articles} == {"Harbour opens"}


def test_what_stands_behind_a_list_is_said():
    found = reading(f"[{json.dumps(ROW)}]\n[{json.dumps(ROW)}]\nwords", "a.json")
    assert len(found.articles) == 2
    assert "behind the end" in found.rejections[0].reason


def test_a_list_that_breaks_off_keeps_what_was_whole():
    found = reading(json.dumps([ROW, ROW])[:-30], "a.json")
    assert len(found.articles) == 1
    assert "breaks off" in found.rejections[0].reason


@pytest.mark.parametrize("indent", [None, 1])
def test_the_elements_of_a_list_are_where_they_say(indent):
    rows = [{**ROW, "text": TEXT + '"]},[' + str(number) + "{"} for number in range(5)]
    data = json.dumps(rows, indent=indent).encode()
    found = reading(data, "a.json").articles
    assert len(found) == 5
    for article in found:
        element = data[article.byte_start : article.byte_end].strip().strip(b",").removesuffix(b"]")
        assert json.loads(element)["text"] == article.text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_in_every_delimiter_and_encoding(delimiter, encoding):
    rows = [["Title", "Publish Date", "Content"], ["Café – opens", "18/04/2017", f'"{TEXT}\n""Yes"" – é."']]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    found = reading(data, "a.csv")
    assert found.rejections == ()
    (article,) = found.articles
    assert article.text == f'{TEXT}\n"Yes" – é.'
    assert article.facts.headline == "Café – opens"
    assert article.facts.published.value.isoformat() == "2017-04-18T00:00:00"
    assert (
        data[article.byte_start : article.byte_end]
        .decode(encoding.removesuffix("-sig")[:6])
        .startswith("Café")
    )


def test_a_table_without_a_column_of_text_is_one_rejection_that_names_the_mend():
    found = reading("naslov,besedilo\n" + "een,twee\n" * 500, "a.csv")
    assert found.articles == ()
    assert len(found.rejections) == 1
    assert "--map COLUMN=text" in found.rejections[0].reason


def test_columns_that_a_person_names():
    found = reading(
        f"kop,inhoud\nHaven,{TEXT.replace(',', '')}\n", "a.csv", {"inhoud": "text", "kop": "headline"}
    )
    assert found.articles[0].facts.headline == "Haven"


def test_a_row_with_an_open_quotation_mark_is_rejected_and_does_not_swallow_the_others():
    found = reading('title,text\none,"' + TEXT + "\ntwo,words\n", "a.csv")
    assert found.articles == ()
    assert "not closed" in found.rejections[0].reason


def test_the_order_of_day_and_month_is_that_of_the_other_rows():
    found = reading("title,date,text\na,04/05/2017,words\nb,04/25/2017,words\n", "a.csv").articles
    assert found[0].facts.published.value.month == 4
    (doubtful,) = reading("title,date,text\na,04/05/2017,words\n", "a.csv").articles
    assert "not told apart" in doubtful.facts.published.evidence.detail


@pytest.mark.parametrize(
    ("printed", "moment", "precision"),
    [
        ("2017-04-18", "2017-04-18T00:00:00", Precision.DAY),
        ("2017-04-18T00:00:00Z", "2017-04-18T00:00:00", Precision.DAY),
        ("2017-04-18T09:49:30.5-04:00", "2017-04-18T09:49:00", Precision.MINUTE),
        ("20170418", "2017-04-18T00:00:00", Precision.DAY),
        ("2017-04", "2017-04-01T00:00:00", Precision.MONTH),
        ("Tue, 18 Apr 2017 09:49:00 GMT", "2017-04-18T09:49:00", Precision.MINUTE),
        ("April 18, 2017", "2017-04-18T00:00:00", Precision.DAY),
        (1492508940, "2017-04-18T09:49:00", Precision.MINUTE),
        (1492508940000, "2017-04-18T09:49:00", Precision.MINUTE),
    ],
)
def test_dates_as_machines_write_them(printed, moment, precision):
    published = facts({"date": printed}).published
    assert (published.value.isoformat(), published.precision) == (moment, precision)


@pytest.mark.parametrize(
    "printed", ["", "soon", "2017-13-45", "0000-00-00", "99999999999999", None, [], {"a": 1}]
)
def test_what_is_no_date_is_left_open(printed):
    assert facts({"date": printed}).published is None


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ("By Ann Lee", ("Ann Lee",)),
        ("Ann Lee, Bo Chen", ("Ann Lee", "Bo Chen")),
        ([{"name": "Ann Lee"}, {"name": "Bo Chen"}], ("Ann Lee", "Bo Chen")),
        (["Ann Lee", "https://example.org/bo"], ("Ann Lee",)),
        ("newsroom@example.org", ()),
        (None, ()),
    ],
)
def test_authors_in_every_shape(printed, authors):
    assert facts({"author": printed}).authors == authors


def test_an_outlet_may_be_a_name_or_an_address():
    assert facts({"source": {"id": None, "name": "Lodby Post"}}).outlet == "Lodby Post"
    assert facts({"source": "https://www.lodby.example/"}).domain == "lodby.example"
    assert facts({"source": "lodby.example"}).outlet == ""


def test_markup_in_a_field_becomes_paragraphs():
    row = {
        "title": {"rendered": "Harbour"},
        "content": {"rendered": "<p>One &amp; two.</p><script>x()</script><p>Three.</p>"},
    }
    (article,) = reading(json.dumps(row), "a.json").articles
    assert article.text == "One & two.\n\nThree."
    assert article.facts.headline == "Harbour"


def test_long_files_come_in_parts_that_hold_every_byte():
    data = lines(*({**ROW, "n": number} for number in range(1000))).encode()
    found = list(read_parts("a.jsonl", io.BytesIO(data)))
    assert len(found) > 5
    assert b"".join(part.data for part in found) == data
    assert [part.start for part in found] == [data.index(part.data) for part in found]
    articles = [(part, article) for part in found for article in part.reading.articles]
    assert [article.block for _, article in articles] == list(range(1, 1001))
    for part, article in articles:
        kept = part.data[article.byte_start - part.start : article.byte_end - part.start]
        assert json.loads(kept)["n"] == article.block - 1


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.jsonl", "a.json", "a.csv", "a.tsv", "a"]))
def test_any_bytes_end_under_a_name_and_lose_nothing(data, path):
    found = list(read_parts(path, io.BytesIO(data)))
    assert sum(len(part.reading.articles) + len(part.reading.rejections) for part in found) >= 1
    if found[0].reading.format != "table":  # of a table without a column of text only the header is kept
        assert b"".join(part.data for part in found) == data


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["text", "title", "date", "author", "source", "url", "articles", "_source"]),
            inner,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(st.lists(JSON, max_size=5), st.sampled_from(["a.jsonl", "a.json"]))
def test_any_json_ends_under_a_name(values, path):
    data = lines(*values) if path == "a.jsonl" else json.dumps(values)
    found = reading(data, path)
    assert len(found.articles) + len(found.rejections) >= 1
    for article in found.articles:
        article.text.encode()
        repr(article.facts).encode()


@pytest.mark.parametrize(
    "header",
    [
        "Überschrift;Quelle;Erscheinungsdatum;Verfasser;Volltext;Seite",
        "UEBERSCHRIFT;Zeitung;Veröffentlicht am;Autorin;Artikeltext;Rubrik",
        "Titre;Journal;Date de publication;Auteur;Texte intégral;Page",
        "Título;Medio;Fecha de publicación;Autores;Texto completo;Sección",
        "Titolo;Testata;Data;Autore;Testo;Pagina",
        "Kop;Krant;Publicatiedatum;Auteur;Volledige tekst;Pagina",
        "Manchete;Jornal;Data de publicação;Autor;Conteúdo;Caderno",
        "headline;Newspaper;Date;Author;Article;Edition",
        "Title;pubtitle;pubdate;Authors;FullText;StoreId",
        "HD;SN;PD;BY;TD;AN",
        "head;medium_name;pubtime;author;content;rubric",
    ],
)
def test_columns_of_other_languages_and_databases(header):
    row = f"Harbour opens;The Lodby Post;18 April 2017;Ann Lee;{TEXT.replace(';', ',')};7"
    (article,) = reading(f"{header}\n{row}\n".encode("cp1252"), "a.csv").articles
    facts = article.facts
    assert (facts.headline, facts.outlet, facts.authors) == ("Harbour opens", "The Lodby Post", ("Ann Lee",))
    assert f"{facts.published.value:%Y-%m-%d}" == "2017-04-18"
    assert f"Not taken: {header.split(';')[-1]}." in article.note
    assert "could also be" not in article.note


def test_two_columns_that_belong_together():
    (article,) = reading(f"HD;LP;TD\nHarbour;{TEXT[:48]};{TEXT[49:]}\n", "a.csv").articles
    assert article.text == f"{TEXT[:48]}\n\n{TEXT[49:]}"
    assert "LP and TD = text" in article.note
    assert "could also be" not in article.note


@pytest.mark.parametrize("path", ["a.csv", "a.jsonl", "a.json"])
def test_a_choice_between_columns_is_said(path):
    row = {"title": "The Lodby Post", "headline": "Harbour opens", "content": "In short.", "text": TEXT}
    data = {
        "a.csv": "\t".join(row) + "\n" + "\t".join(row.values()) + "\n",
        "a.jsonl": json.dumps(row) + "\n",
        "a.json": json.dumps([row]),
    }[path]
    (article,) = reading(data, path).articles
    assert "text was taken from text, could also be content" in article.note
    assert "headline was taken from headline, could also be title" in article.note
    (article,) = reading(data, path, {"content": "text", "title": "headline"}).articles
    assert "could also be" not in article.note
