"""The reference of the API and of the export is true."""

import re
from pathlib import Path

from archive.exports.articles import COLUMNS
from archive.exports.matching import FORMATS
from archive.models.article import LONGEST_EXCERPT
from archive.web.api import parts
from archive.web.api.urls import api
from archive.web.feeds import ENTRIES

DOCS = Path(__file__).resolve().parents[3] / "docs/reference"
API = (DOCS / "api.md").read_text()
EXPORT = (DOCS / "export.md").read_text()


def first_cells(page):
    """Return what stands in code in the first cell of every row of every table."""
    return {
        word for cell in re.findall(r"^\| (`.*?) \|", page, re.M) for word in re.findall(r"`([^`]+)`", cell)
    }


def test_every_address_is_documented_and_none_besides():
    assert first_cells(API) == set(api.get_openapi_schema()["paths"])


def test_every_status_is_documented():
    documented = set(re.findall(r"^\| (\d+) \|", API, re.M))
    promised = {
        str(status)
        for methods in api.get_openapi_schema()["paths"].values()
        for status in methods["get"]["responses"]
    }
    assert promised | {"405"} == documented


def test_the_numbers_are_those_of_the_code(settings):
    assert f"1 to {parts.MOST}, {parts.USUAL} if not given" in API
    assert f"{settings.API_REQUESTS} requests a minute" in API
    assert f"the {ENTRIES} articles" in EXPORT
    assert f"{LONGEST_EXCERPT}\ncharacters" in EXPORT


def test_every_column_and_every_format_is_documented():
    named = first_cells(EXPORT)
    assert set(COLUMNS) <= named
    assert {f".{format}" for format in FORMATS} <= named
