"""Bylines, datelines and cited agencies: who must not be credited, and who must."""

import pytest

from archive.text.bylines import agencies_cited, begins_like_byline, credit_of, dateline_of


@pytest.mark.parametrize("text", ["By then it was late.", "by the river", "Bystanders", "From there on"])
def test_running_text_is_no_byline(text: str) -> None:
    assert not begins_like_byline(text)


@pytest.mark.parametrize(
    ("byline", "authors", "agencies"),
    [
        ("By Staff", (), ()),
        ("By Our Correspondent", (), ()),
        ("Norby News Desk", (), ()),
        ("By Jane Roe", ("Jane Roe",), ()),
        ("By JANE ROE and JOHN DOE, Associated Press", ("Jane Roe", "John Doe"), ("AP",)),
        ("Jane Roe Reuters, AP", ("Jane Roe",), ("Reuters", "AP")),
        ("By Jane Roe, Chief Political Correspondent | 5 April 2017 10:30", ("Jane Roe",), ()),
        ("By Jan van der Berg for the Norby Times", ("Jan van der Berg",), ()),
        ("Reporting by Ali Khan in Kabul; editing by Sue Poe", ("Ali Khan",), ()),
        ("Agence France-Presse", (), ("AFP",)),
        ("By Jane Roe on May 5, 2020", ("Jane Roe",), ()),
        ("By Jane Roe, Chief Marketing Officer", ("Jane Roe",), ()),
        ("Jane Roe Fact checked by Ali Khan", ("Jane Roe",), ()),
        ("September 1st, 2023 By Jane Roe", ("Jane Roe",), ()),
        ("New York | By Jane Roe", ("Jane Roe",), ()),
        ("Authors: Jane Roe, Ali Khan", ("Jane Roe", "Ali Khan"), ()),
        ("By Jane Roe & Ali Khan", ("Jane Roe", "Ali Khan"), ()),
    ],
)
def test_credits_of_bylines(byline: str, authors: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    assert credit_of(byline) == (authors, agencies)


@pytest.mark.parametrize("text", ["NEW YORK-based firms lost.", "The mayor – a lawyer – left.", "A — b"])
def test_what_is_no_dateline(text: str) -> None:
    assert dateline_of(text) is None


@pytest.mark.parametrize(
    ("text", "dateline", "agency"),
    [
        ("KABUL, Afghanistan (AP) — The", "KABUL, Afghanistan (AP)", "AP"),
        ("OSLO, May 3 (Reuters) - The", "OSLO, May 3 (Reuters)", "Reuters"),
        ("London (AFP) - The", "London (AFP)", "AFP"),
        ("PARIS — The", "PARIS", ""),
        ("(Reuters) - The", "(Reuters)", "Reuters"),
    ],
)
def test_datelines(text: str, dateline: str, agency: str) -> None:
    assert dateline_of(text) == (dateline, agency)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters was founded in London.",
        "She works for AP and lives in Rome.",
        "He told the AP's lawyer nothing.",
        "The photograph is Getty's.",
    ],
)
def test_agencies_that_are_only_named_are_not_cited(text: str) -> None:
    assert agencies_cited(text) == []


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("The mayor told the Reuters news agency that it was over.", "Reuters"),
        ("A spokesman told the news agency AP that nobody was hurt.", "AP"),
        ("“It is over,” reports Reuters.", "Reuters"),
        ("According to Russian state news agency TASS, the ship was late.", "TASS"),
        ("The Associated Press reported on Monday that it sank.", "AP"),
        ("The ship sank, AFP has reported.", "AFP"),
        ("Nobody was hurt. (dpa)", "dpa"),
    ],
)
def test_agencies_that_somebody_told_or_that_report(text: str, agency: str) -> None:
    assert agencies_cited(text) == [agency]
