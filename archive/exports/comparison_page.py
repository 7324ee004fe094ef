"""A comparison as one HTML page that needs nothing else: it opens from a disk, on any width, and prints."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from archive.exports.articles import as_known
from archive.exports.comparison_data import TABLES, last_change, lines, numbered
from archive.search.comparison import Column, Comparison
from archive.text.aligning import Passage
from archive.text.aligning import Row as AlignedRow

_TITLES = {
    "quotations": "Quotations",
    "figures": "Figures",
    "names": "Names, as printed",
    "sources": "Sources",
    "not_mentioned": "Not mentioned",
}
_STYLE = """
:root{color-scheme:light dark;--quiet:#555;--line:#999}
@media (prefers-color-scheme:dark){:root{--quiet:#bbb;--line:#777}}
body{font:1rem/1.5 Georgia,serif;margin:2rem auto;max-width:80rem;padding:0 1rem;overflow-wrap:anywhere}
h1{line-height:1.15}h2{margin-top:2.5rem}
nav a{margin-right:1rem}p{margin:0}p+p{margin-top:.5rem}small,caption,nav,header p{color:var(--quiet)}
small,th,caption,nav,header p{font-family:system-ui,sans-serif}th{font-weight:600;font-size:.9rem}
small{display:block;font-weight:400;font-size:.8rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;padding:.4rem 0}
th,td{border-bottom:1px solid var(--line);padding:.5rem 1rem .5rem 0;text-align:left;vertical-align:top}
.rows{table-layout:fixed}.rows th:first-child,.rows thead td{width:8rem}
u{text-decoration:underline dotted}:target{outline:2px solid;outline-offset:2px}
@media (max-width:50rem){table,caption,tbody,tr,th,td{display:block}
thead,thead *{position:absolute;clip-path:inset(50%)}
tr{border-bottom:1px solid var(--line);padding:.5rem 0}
th,td,.rows th:first-child{border:0;padding:.2rem 0;width:auto}
td:empty{display:none}td[data-label]::before{content:attr(data-label);display:block;
font:600 .8rem/1.4 system-ui,sans-serif;color:var(--quiet)}}
@media print{@page{margin:13mm}body{font-size:9pt;margin:0;max-width:none;padding:0}nav{display:none}
:root{color-scheme:light;--quiet:#333}tr{break-inside:avoid}h2,caption{break-after:avoid}a{color:inherit}}
"""


def as_page(comparison: Comparison, address: str, version: str) -> str:
    """The page. Every text of an article is escaped; the page asks for no file and runs no script."""
    return format_html(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{title}</title>\n'
        "<style>{style}</style></head><body>\n<header><h1>{title}</h1>\n"
        '<p><a href="{address}">{address}</a><br>Parallax {version}; last change {changed}{hidden}</p>\n'
        '<nav aria-label="Parts"><a href="#rows">Rows</a>{parts}</nav></header>\n<main>\n{rows}\n{tables}\n'
        "</main></body></html>\n",
        title=comparison.title,
        style=mark_safe(_STYLE),  # noqa: S308 - a constant
        address=address,
        version=version,
        changed=last_change(comparison).isoformat(),
        hidden="; names of outlets hidden" if comparison.veil else "",
        parts=format_html_join("", ' <a href="#{}">{}</a>', _TITLES.items()),
        rows=_rows(comparison),
        tables=format_html_join("\n", "{}", ((_table(comparison, name),) for name in _TITLES)),
    )


def _rows(comparison: Comparison) -> SafeString:
    return format_html(
        '<table class="rows" id="rows" role="table"><caption>A number is a passage that several texts '
        "have, as the page of the comparison numbers it. “Perhaps”: unsure; “by hand”: put right by a "
        "curator; “no verdict”: nothing is said of counterparts. Underlined with dots: words "
        "that no counterpart has."
        '</caption>\n<thead role="rowgroup"><tr role="row"><td role="cell"></td>{}</tr></thead>\n'
        '<tbody role="rowgroup">\n{}\n</tbody></table>',
        format_html_join(
            "",
            '<th scope="col" role="columnheader"><bdi>{}</bdi><small>{}</small><bdi>{}</bdi></th>',
            map(_head, comparison.columns),
        ),
        format_html_join(
            "\n",
            '<tr id="row-{}" role="row"><th scope="row" role="rowheader">{}<small>row {}</small></th>{}</tr>',
            _lines(comparison),
        ),
    )


def _head(column: Column) -> tuple[str, str, str]:
    published = as_known(column.article.published, column.article.published_precision)
    printed = f", printed by {column.printed_by}" if column.copies else ""
    return column.name, f"{published or 'no date known'}{printed}", column.headline


def _lines(comparison: Comparison) -> Iterator[tuple[int, str, int, SafeString]]:
    for number, passage, row in numbered(comparison):
        cells = format_html_join(
            "",
            '<td role="cell" data-label="{}">{}</td>',
            (
                (column.name, _printed(column, passages))
                if passages
                else (column.name, "No counterpart found" if passage else "")
                for column, passages in zip(comparison.columns, row.cells, strict=True)
            ),
        )
        yield number, _label(passage, row), number, cells


def _label(passage: int | None, row: AlignedRow) -> str:
    kinds = ", ".join(kind.value for kind in row.kinds) or "no verdict"
    return "".join(
        (
            f"{passage} " if passage else "",
            "" if row.sure else "perhaps ",
            kinds,
            ", by hand" if row.by_hand else "",
        )
    )


def _printed(column: Column, passages: tuple[Passage, ...]) -> SafeString:
    return format_html_join(
        "",
        '<p dir="auto">¶{} {}{}{}</p>',
        (
            (
                one.paragraph,
                "… " if one.continued_before else "",
                _marked(column, one),
                " …" if one.continued_after else "",
            )
            for one in passages
        ),
    )


def _marked(column: Column, passage: Passage) -> SafeString:
    """The words of a passage; those that no counterpart has are underlined."""
    body, parts, at = column.text.body, [], passage.start
    for start, end in passage.differing:
        parts += [(body[at:start], body[start:end])]
        at = end
    marked = format_html_join("", "{}<u>{}</u>", parts)
    return format_html("{}{}", marked, body[at : passage.end])


def _table(comparison: Comparison, name: str) -> SafeString:
    columns = {column: column.replace("_", " ") for column in TABLES[name]}
    rows = format_html_join(
        "\n",
        '<tr role="row">{}</tr>',
        (
            (
                format_html_join(
                    "",
                    '<td role="cell" data-label="{}" dir="auto">{}</td>',
                    ((label, _cell(column, line.get(column, ""))) for column, label in columns.items()),
                ),
            )
            for line in lines(comparison, name)
        ),
    )
    heads = format_html_join(
        "", '<th scope="col" role="columnheader">{}</th>', ((one,) for one in columns.values())
    )
    return format_html(
        '<h2 id="{0}">{1}</h2>\n<table role="table" aria-labelledby="{0}"><thead role="rowgroup">'
        '<tr role="row">{2}</tr></thead>\n<tbody role="rowgroup">{3}</tbody></table>',
        name,
        _TITLES[name],
        heads,
        rows,
    )


def _cell(column: str, value: object) -> object:
    """A value of a table; a row's number leads to the row."""
    if column == "row" and value:
        return format_html('<a href="#row-{}">{}</a>', value, value)
    return "" if value is None else value
