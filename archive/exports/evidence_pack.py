"""A comparison frozen for a paper or a fact-check: one ZIP, the same bytes from the same archive.

Nothing in it depends on when it was made: files stand in a fixed order with a fixed time, and the time that
is given is that of the last change to what is compared.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

from archive.exports.citations import csl, ris
from archive.exports.comparison_data import TABLES, as_data, file_of, lines
from archive.exports.comparison_page import as_page
from archive.exports.formats import BYTE_ORDER_MARK, csv_lines
from archive.search.comparison import Comparison

__all__ = ["as_data", "evidence_pack"]

_TIME_OF_FILES = (1980, 1, 1, 0, 0, 0)  # the earliest that the format knows


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
        "comparison.html": as_page(comparison, address, version),
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
