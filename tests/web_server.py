"""A small web server on loopback that does what a test tells it to, good and bad."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WHO = (
    *("The council of Varnholm", "A baker from Osterby", "The school board", "Two fishermen", "Her deputy"),
    *("The island's doctor", "A spokeswoman for the port", "The owner of the mill", "Nobody on the pier"),
)
DID = (
    *("wanted to see", "had long asked for", "turned down", "paid for", "was told about", "did not sign"),
    *("read out", "sent back", "praised in a letter", "counted again", "hid for a year", "never saw"),
)
WHAT = (
    *("the plan for a second quay", "a list of thirty repairs", "the bill for the new lamps", "six offers"),
    *("the vote of last autumn", "a map of the old wells", "the keys to the lighthouse", "a crate of apples"),
    *("what the surveyors wrote", "the timetable for buses", "a loan from the mainland", "the storm report"),
)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Pages by path: text, or a function that answers itself. `asked` has every request in order."""

    def __init__(self) -> None:
        self.pages: dict[str, str | bytes | Answer] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.over = threading.Event()  # set at the end: what drips then stops
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.agents.add(self.headers.get("User-Agent", ""))
                page = site.pages.get(self.path)
                try:
                    if page is None:
                        send(self, b"", status=404)
                    elif callable(page):
                        page(self)
                    else:
                        data = page.encode() if isinstance(page, str) else page
                        send(self, data, **{"Content-Type": kind_of(data)})
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    def at(self, path: str = "/") -> str:
        """Return the address of a page."""
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def send(handler: BaseHTTPRequestHandler, data: bytes, status: int = 200, **headers: str) -> None:
    """Answer with a body, its length and these headers."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(data)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(data)


def redirect(address: str, status: int = 302) -> Answer:
    """Return an answer that leads elsewhere."""
    return lambda handler: send(handler, b"", status, Location=address)


def kind_of(data: bytes) -> str:
    """Return the media type of what tests send."""
    if data.startswith(b"{"):
        return "application/feed+json"
    return "application/rss+xml" if b"<rss" in data[:200] or b"<feed" in data[:200] else "text/html"


def story(headline: str, words: str = "", **meta: str) -> str:
    """Return a page with an article of some invented paragraphs."""
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in meta.items())
    chance = random.Random(headline)
    told = [
        " ".join(f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)}." for _ in range(3))
        for _ in range(4)
    ]
    paragraphs = (
        f"The harbour office of Varnholm said on Monday that {headline.lower()} was decided.",
        *told,
        f"Ada Lund, who leads the office, told reporters that nothing would change before summer. {words}",
    )
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title>{head}</head>"
        f"<body><article><h1>{headline}</h1>{body}</article></body></html>"
    )


def rss(title: str, *links: str, summary: str = "") -> str:
    """Return a feed with these links; the headline is the link's last word."""
    items = "".join(
        f"<item><title>{link.rsplit('/', 1)[-1]}</title><link>{link}</link>"
        f"<description>{summary}</description></item>"
        for link in links
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'
