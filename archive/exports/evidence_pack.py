"""A comparison frozen for a paper or a fact-check: one ZIP, the same bytes from the same archive.

Nothing in it depends on when it was made: files stand in a fixed order with a fixed time, and the time that
is given is that of the last change to what is compared.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.exports.articles import as_known
from archive.exports.citations import csl, ris
from archive.exports.comparison_data import TABLES, as_data, file_of, last_change, lines
from archive.exports.formats import BYTE_ORDER_MARK, csv_lines
from archive.search.comparison import Column, Comparison
from archive.text.aligning import Passage

__all__ = ["as_data", "evidence_pack"]

_TIME_OF_FILES = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows
_STYLE = (
    "body{font:1rem/1.5 serif;margin:2rem auto;max-width:75rem;padding:0 1rem}table{border-collapse:collapse;"
    "width:100%;margin:1rem 0}th,td{border:1px solid #999;padding:.4rem;text-align:left;vertical-align:top}"
    "caption{text-align:left;padding:.4rem 0}"
)
_TITLES = {
    "quotations": "Quotations",
    "figures": "Figures",
    "names": "Names, as printed",
    "sources": "Sources",
    "not_mentioned": "Not mentioned",
}


def evidence_pack(comparison: Comparison, address: str, version: str) -> bytes:
    """The ZIP of a comparison.

    Args:
        comparison: what to freeze. Under a veil no file names an outlet, and there are no citations.
        address: where the comparison stands, with the scheme and host of this archive.
        version: of Parallax.

    Returns:
        The bytes of the file: the comparison as HTML, CSV and JSON, citations as RIS and CSL-JSON, each
        body, and what they are, with the SHA-256 of each.
    """
    whole = as_data(comparison, address, version)
    files = {
        "comparison.html": _html(comparison, address, version),
        "comparison.json": json.dumps(whole, ensure_ascii=False, indent=1) + "\n",
        **{f"{name}.csv": _csv(comparison, name) for name in TABLES},
        **_citations(comparison),
        **{file_of(column): column.text.body + "\n" for column in comparison.columns},
    }
    data = {name: text.encode() for name, text in files.items()}
    data["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in data.items()
    ).encode()
    return _zipped(data)


def _csv(comparison: Comparison, table: str) -> str:
    return BYTE_ORDER_MARK + "".join(csv_lines(lines(comparison, table), TABLES[table]))


def _citations(comparison: Comparison) -> dict[str, str]:
    if comparison.veil:
        return {}
    articles = [article for column in comparison.columns for article in (column.article, *column.copies)]
    return {"citations.ris": "".join(ris(articles)), "citations.json": csl(articles)}


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _TIME_OF_FILES)
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return made.getvalue()


# --- the same to read -------------------------------------------------------------------------------


def _html(comparison: Comparison, address: str, version: str) -> str:
    heads = format_html_join("", '<th scope="col">{}<br>{}</th>', map(_head, comparison.columns))
    rows = format_html_join("\n", "<tr><th scope='row'>{}</th>{}</tr>", _html_rows(comparison))
    return format_html(
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n'
        "<style>{style}</style>\n<h1>{title}</h1>\n<p>{address}<br>Parallax {version}; last change {changed}"
        "{hidden}</p>\n<table><caption>Rows: “perhaps” where a row is unsure, “by hand” where a curator put "
        "it right, “no verdict” where nothing is said.</caption>\n<thead><tr><td></td>{heads}</tr></thead>\n"
        "<tbody>\n{rows}\n</tbody></table>\n{tables}\n</html>\n",
        title=comparison.title,
        style=_STYLE,
        address=address,
        version=version,
        changed=last_change(comparison).isoformat(),
        hidden="; names of outlets hidden" if comparison.veil else "",
        heads=heads,
        rows=rows,
        tables=format_html_join("\n", "{}", ((_html_table(comparison, name),) for name in _TITLES)),
    )


def _html_table(comparison: Comparison, name: str) -> SafeString:
    columns = TABLES[name]
    heads = format_html_join("", '<th scope="col">{}</th>', ((one.replace("_", " "),) for one in columns))
    rows = format_html_join(
        "\n",
        "<tr>{}</tr>",
        (
            (format_html_join("", "<td>{}</td>", ((line.get(column, ""),) for column in columns)),)
            for line in lines(comparison, name)
        ),
    )
    return format_html("<h2>{}</h2>\n<table><tr>{}</tr>\n{}\n</table>", _TITLES[name], heads, rows)


def _head(column: Column) -> tuple[str, str]:
    published = as_known(column.article.published, column.article.published_precision)
    printed = f", printed by {column.printed_by}" if column.copies else ""
    return f"{column.name}, {published or 'no date known'}{printed}", column.headline


def _html_rows(comparison: Comparison) -> Iterator[tuple[str, SafeString]]:
    for row in comparison.alignment.rows:
        label = ", ".join(kind.value for kind in row.kinds) or "no verdict"
        cells = format_html_join(
            "",
            "<td>{}</td>",
            (
                (_printed(column, passages),)
                for column, passages in zip(comparison.columns, row.cells, strict=True)
            ),
        )
        label = label if row.sure else f"perhaps {label}"
        yield (f"{label}, by hand" if row.by_hand else label), cells


def _printed(column: Column, passages: tuple[Passage, ...]) -> SafeString:
    return format_html_join(
        "",
        "<p>¶{} {}</p>",
        ((passage.paragraph, column.text.body[passage.start : passage.end]) for passage in passages),
    )
