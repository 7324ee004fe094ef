"""What a version changed, as HTML: new words in <ins>, those that went in <del>."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.search.versions import Versions
from archive.text.versions import Paragraph, Part, Words

_FORMS = {
    Part.KEPT: "{}{}",
    Part.NEW: "<ins>{}</ins>{}",
    Part.GONE: "<del>{}</del>{}",
}


class Step(NamedTuple):
    """A changed paragraph, or how many unchanged ones stand in its place."""

    html: SafeString | None = None
    kept: int = 0
    headline: bool = False


def changed(versions: Versions | None) -> list[Step]:
    """What the version that is read changed, in the order of reading; nothing for the first."""
    if versions is None or versions.before is None:
        return []
    headline = [Step(_html(one), headline=True) for one in versions.headline if one.changed]
    return [*headline, *_steps(versions.paragraphs)]


def _steps(paragraphs: Iterable[Paragraph]) -> Iterator[Step]:
    kept = 0
    for paragraph in paragraphs:
        if not paragraph.changed:
            kept += 1
            continue
        if kept:
            yield Step(kept=kept)
        kept = 0
        yield Step(_html(paragraph))
    if kept:
        yield Step(kept=kept)


def _html(paragraph: Paragraph) -> SafeString:
    return format_html_join("", "{}", ((_run(words),) for words in paragraph.words))


def _run(words: Words) -> SafeString:
    """A run of words; the space behind it stays outside of the mark."""
    text = words.text.rstrip()
    return format_html(_FORMS[words.part], text, " " if text else words.text)
