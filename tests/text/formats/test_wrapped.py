"""Articles wrapped in something: feeds, mail, mailboxes, saved pages in one file, web records."""

import gzip
import io
import json
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.text.formats import mail as mail_format
from archive.text.formats import mhtml
from archive.text.reading import form_of, read, read_parts
from archive.text.types import RawFile, Reading
from tests.text.formats.test_html_pages import BODY, PARAGRAPHS, page

TEXT = "\n".join(PARAGRAPHS)


def reading(data: bytes | str, path: str = "a") -> Reading:
    return read(RawFile(path, data if isinstance(data, bytes) else data.encode()))


# --- feeds -------------------------------------------------------------------------------------------


def rss(*items: str, head: str = "") -> str:
    channel = f"<title>The Lodby Post</title><language>en</language>{''.join(items)}"
    space = "http://purl.org/rss/1.0/modules/content/"
    channel = f'<rss version="2.0" xmlns:content="{space}"><channel>{channel}</channel></rss>'
    return f'<?xml version="1.0"?>{head}{channel}'


ITEM = (
    "<item><title>Harbour opens</title><link>https://post.example/a</link><author>Ann Lee</author>"
    "<pubDate>Tue, 18 Apr 2017 09:49:00 GMT</pubDate>"
    f"<content:encoded><![CDATA[{BODY}]]></content:encoded></item>"
)
LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def test_a_billion_laughs_are_not_laughed():
    item = ITEM.replace("Harbour opens", "Harbour &j; opens")
    found = reading(rss(item, head=LAUGHS + "]>"))
    assert found.format == "feed"
    assert sum(len(article.text) + len(article.facts.headline) for article in found.articles) < 2000


def test_an_entity_that_names_a_file_is_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish")
    head = f'<!DOCTYPE x [<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    found = reading(rss(ITEM.replace("Harbour opens", "Harbour &file; opens"), head=head))
    assert found.articles[0].facts.outlet == "The Lodby Post"
    assert "swordfish" not in repr(found)


def test_a_teaser_is_no_article():
    found = reading(rss("<item><title>Harbour</title><description>Ships came.</description></item>", ITEM))
    assert len(found.articles) == 1
    assert "only the beginning" in found.rejections[0].reason


@pytest.mark.parametrize("feed", [rss(), "<rss>", "<feed xmlns='http://www.w3.org/2005/Atom'><entry>"])
def test_a_feed_without_entries_says_so(feed):
    found = reading(feed)
    assert found.format == "feed"
    assert found.articles == ()
    assert len(found.rejections) == 1


def test_rss_and_atom_and_json_feeds():
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>The Lodby Post</title><entry>"
        "<title>Harbour opens</title><link href='https://post.example/a'/>"
        "<published>2017-04-18T09:49:00Z</published><author><name>Ann Lee</name></author>"
        f"<content type='html'><![CDATA[{BODY}]]></content></entry></feed>"
    )
    entry = {"id": "1", "url": "https://post.example/a", "title": "Harbour opens", "content_html": BODY}
    entry |= {"date_published": "2017-04-18T09:49:00Z", "authors": [{"name": "Ann Lee"}]}
    version = "https://jsonfeed.org/version/1.1"
    for feed in (
        rss(ITEM),
        atom,
        json.dumps({"version": version, "title": "The Lodby Post", "items": [entry]}),
    ):
        (article,) = reading(feed).articles
        facts = article.facts
        assert article.text.split("\n\n") == list(PARAGRAPHS)
        assert (facts.headline, facts.outlet, facts.authors) == (
            "Harbour opens",
            "The Lodby Post",
            ("Ann Lee",),
        )
        assert facts.published.value.isoformat() == "2017-04-18T09:49:00"
        assert facts.url == "https://post.example/a"


# --- mail --------------------------------------------------------------------------------------------


def mail(html: str = "", plain: str = TEXT, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given_headers = {"From": "The Lodby Post <news@post.example>", "Subject": "Harbour opens – at last"}
    given_headers |= {"Date": "Tue, 18 Apr 2017 09:49:00 +0200", "To": "reader@example.org", **headers}
    for name, value in given_headers.items():
        message[name] = value
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_text_that_begins_like_a_letter_stays_text():
    assert form_of(RawFile("a.txt", b"From: a reader\n\nThe harbour opened.")).name == "text"
    assert form_of(RawFile("a.txt", b"From the harbour on Monday at 09:49\n\nIt opened.")).name == "text"


def test_an_attachment_is_not_the_letter():
    message = mail(plain="See the file.")
    message.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="a.txt")
    assert reading(message.as_bytes(), "a.eml").articles == ()


def test_mail_in_parts_of_parts_without_end():
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000))
    found = reading(b"From: a@example.org\nSubject: b\nDate: c\n" + nested)
    assert (found.articles, len(found.rejections)) == ((), 1)


@pytest.mark.parametrize("html", ["", page()])
def test_a_newsletter(html):
    (article,) = reading(mail(html).as_bytes(), "a.eml").articles
    assert [line for line in article.text.split("\n") if line] == list(PARAGRAPHS)
    facts = article.facts
    assert (facts.headline, facts.outlet, facts.domain) == (
        "Harbour opens – at last",
        "The Lodby Post",
        "post.example",
    )
    assert facts.published.value.isoformat() == "2017-04-18T09:49:00"


def test_a_mailbox_message_by_message():
    one = b"From news@post.example Tue Apr 18 09:49:00 2017\n" + mail().as_bytes() + b"\n"
    two = b"From news@post.example Wed Apr 19 09:49:00 2017\n" + mail(plain="Short.").as_bytes() + b"\n"
    found = reading(one + two + one)
    assert found.format == "mailbox"
    assert [(a.block, a.byte_start, a.byte_end) for a in found.articles] == [
        (1, 0, len(one)),
        (3, len(one + two), len(one + two + one)),
    ]
    assert (found.rejections[0].block, found.rejections[0].byte_offset) == (2, len(one))


def test_a_page_saved_into_one_file():
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://post.example/a"
    message["Subject"] = "Harbour"
    message.set_content(page("<title>Harbour opens after years</title>"), subtype="html")
    message.make_related()
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    found = reading(message.as_bytes())
    assert found.format == "mhtml"
    assert found.articles[0].facts.url == "https://post.example/a"
    assert found.articles[0].facts.headline == "Harbour opens after years"


# --- web records -------------------------------------------------------------------------------------


def warc(*answers: tuple[str, str, bytes, str], packed: bool = False) -> bytes:
    data = io.BytesIO()
    writer = WARCWriter(data, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for address, status, content, kind in answers:
        http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        payload = io.BytesIO(content)
        writer.write_record(
            writer.create_warc_record(address, "response", payload=payload, http_headers=http)
        )
    return data.getvalue()


HTML = page("<title>Harbour opens after years</title>").encode()


def test_pictures_redirects_and_errors_are_no_articles():
    data = warc(
        ("https://post.example/1.png", "200 OK", b"\x89PNG", "image/png"),
        ("https://post.example/2", "301 Moved", HTML, "text/html"),
        ("https://post.example/3", "404 Not Found", HTML, "text/html"),
    )
    found = reading(data)
    assert found.format == "web records"
    assert found.articles == ()
    assert "No article" in found.rejections[0].reason


def test_pages_with_their_addresses_and_places():
    data = warc(
        ("https://post.example/a", "200 OK", HTML, "text/html; charset=utf-8"),
        ("https://post.example/1.png", "200 OK", b"\x89PNG" * 1000, "image/png"),
        (
            "https://post.example/b",
            "200 OK",
            "<p>Café é</p>".encode("latin-1") + HTML,
            "text/html; charset=latin-1",
        ),
    )
    found = reading(data)
    assert [article.facts.url for article in found.articles] == [
        "https://post.example/a",
        "https://post.example/b",
    ]
    assert [article.block for article in found.articles] == [1, 2]
    for article in found.articles:
        assert article.facts.url.encode() in data[article.byte_start : article.byte_end]
        assert data[article.byte_start : article.byte_end].lstrip().startswith(b"WARC/1.")
    for part in read_parts("a.warc", io.BytesIO(data)):
        assert data[part.start :].startswith(part.data)


def test_a_web_archive_that_breaks_off_keeps_what_was_whole():
    data = warc(
        ("https://post.example/a", "200 OK", HTML, "text/html"),
        ("https://b.example/", "200 OK", HTML, "text/html"),
    )
    found = reading(data[:-300])
    assert len(found.articles) == 1
    assert "breaks off" in found.rejections[0].reason
    assert "should begin" in reading(data + b"\nsome words\n\n").rejections[0].reason


def test_an_answer_that_unpacks_without_end_is_refused():
    bomb = gzip.compress(b"<p>" + b"\0" * 50_000_000)
    http = StatusAndHeaders(
        "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1"
    )
    data = io.BytesIO()
    writer = WARCWriter(data, gzip=False)
    record = writer.create_warc_record(
        "https://a.example/", "response", payload=io.BytesIO(bomb), http_headers=http
    )
    writer.write_record(record)
    assert "bytes" in reading(data.getvalue()).rejections[0].reason


@settings(deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        [
            *(
                b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 50\r\n\r\n",
                b"WARC/1.1\r\n",
                b"<rss><channel>",
            ),
            *(b"From a@b Tue Apr 18 09:49:00 2017\nFrom: a\n", b"From: a\nTo: b\nSubject: c\nDate: d\n"),
            *(b"From: <Saved by x>\nSnapshot-Content-Location: x\n", b"<feed><entry><content type='html'>"),
            b"From: a\nSubject: =?utf-8?b?",
        ]
    ),
    st.sampled_from(["a", "a.eml", "a.mhtml", "a.xml", "a.warc"]),
)
def test_any_bytes_behind_a_beginning_end_under_a_name(data, beginning, path):
    found = reading(beginning + data, path)
    assert len(found.articles) + len(found.rejections) >= 1
    assert all(rejection.reason.endswith(".") for rejection in found.rejections)


def test_a_message_and_a_saved_page_that_are_too_long_are_refused_before_they_are_parsed(monkeypatch):
    monkeypatch.setattr(mail_format, "LARGEST_MESSAGE", 1_000)
    monkeypatch.setattr(mhtml, "LARGEST_SAVED", 1_000)
    monkeypatch.setattr(mhtml, "message_from_bytes", lambda data: pytest.fail("it was parsed"))
    monkeypatch.setattr(mail_format, "message_from_bytes", lambda data: pytest.fail("it was parsed"))
    long = b"a" * 2_000
    message = read(RawFile("a.eml", b"From: a@b.example\nSubject: x\nTo: c\n" + long))
    saved = read(RawFile("a.mhtml", b"From: <Saved by x>\nSnapshot-Content-Location: x\n" + long))
    for found in (message, saved):
        assert not found.articles and "more than the 1,000" in found.rejections[0].reason
