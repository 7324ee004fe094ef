import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.query import Both, Either, Not, Term, parse, terms
from archive.search.tsquery import tsquery


def written(text: str) -> str:
    expression = parse(text).expression
    return tsquery(expression) if expression else ""


def notes(text: str) -> str:
    return " ".join(parse(text).notes)


@pytest.mark.parametrize("text", ["", "   ", "&", '""', "( )", "-", "+", "AND", "OR", "NOT", "* *", "\x00"])
def test_nothing_to_search_is_no_expression(text):
    assert parse(text).expression is None


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("bridge", "('bridge')"),
        ("harbour bridge", "(('harbour') & ('bridge'))"),
        ("harbour AND bridge", "(('harbour') & ('bridge'))"),
        ("harbour OR bridge", "(('harbour') | ('bridge'))"),
        ("harbour or bridge", "(('harbour') & ('or') & ('bridge'))"),
        ("a b OR c", "((('a') & ('b')) | ('c'))"),
        ("a (b OR c)", "(('a') & (('b') | ('c')))"),
        ("bridge -harbour", "(('bridge') & !(('harbour')))"),
        ("bridge NOT harbour", "(('bridge') & !(('harbour')))"),
        ("+bridge", "('bridge')"),
        ("NOT NOT bridge", "('bridge')"),
        ('"harbour bridge"', "('harbour' <-> 'bridge')"),
        ("“harbour bridge”", "('harbour' <-> 'bridge')"),
        ("«harbour bridge»", "('harbour' <-> 'bridge')"),
        ("bridg*", "('bridg':*)"),
        ('"harbour bridg*"', "('harbour' <-> 'bridg':*)"),
        ("well-being", "(('well' <-> 'being') | 'wellbeing')"),
        ("well‑being", "(('well' <-> 'being') | 'wellbeing')"),
        ("al-Qaeda's", "(('al' <-> 'qaeda') | 'alqaeda')"),
        ("rt.com", "('rt' <-> 'com')"),
        ("U.S.", "('us')"),
        ("30,000", "('30000')"),
    ],
)
def test_the_syntax(text, query):
    assert written(text) == query


@pytest.mark.parametrize(
    ("text", "query", "note"),
    [
        ('harbour "bridge closes', "(('harbour') & ('bridge') & ('closes'))", "no partner"),
        ("harbour )", "('harbour')", "closing bracket"),
        ("(harbour", "('harbour')", "not closed"),
        ("harbour OR", "('harbour')", "OR with nothing"),
        ("OR harbour", "('harbour')", "OR with nothing"),
        ("harbour NOT", "('harbour')", "NOT with nothing"),
        ("harbour or", "(('harbour') & ('or'))", "the operator is OR"),
        ("harbour &", "('harbour')", "holds no word"),
    ],
)
def test_what_is_no_syntax_is_read_as_words_and_said(text, query, note):
    assert written(text) == query
    assert note in notes(text)


def test_the_notes_say_how_a_query_was_read():
    assert "all of these words" in notes("harbour bridge")
    assert "either side" in notes("harbour OR bridge")
    assert "is a phrase" in notes('"harbour bridge"')
    assert "begins so" in notes("bridg*")
    assert "Left out" in notes("bridge -harbour")
    assert notes("bridge") == ""


def test_a_dash_between_spaces_excludes_nothing():
    assert written("harbour - bridge") == "(('harbour') & ('bridge'))"
    assert written("harbour -bridge") == "(('harbour') & !(('bridge')))"


def test_a_filter_cannot_be_forged():
    assert written("ent:12") == "('ent' <-> '12')"
    assert written("'ent:12'") == "('ent' <-> '12')"


def test_too_much_is_cut_and_said():
    assert "first 100 words" in notes("word " * 200)
    assert "2,000 characters" in notes("a" * 3000)
    assert "deeper" in notes("(" * 50 + "word" + ")" * 50)


def test_wanted_and_unwanted_terms_are_told_apart():
    expression = parse("a -b (c OR -d)").expression
    assert [term.printed for term in terms(expression)] == ["a", "c"]
    assert [term.printed for term in terms(expression, wanted=False)] == ["b", "d"]


@given(st.text())
def test_nothing_typed_is_an_error(text):
    query = parse(text)
    if query.expression:
        assert isinstance(query.expression, Term | Not | Both | Either)
        assert tsquery(query.expression).count("(") == tsquery(query.expression).count(")")


@given(
    st.lists(
        st.sampled_from(["(", ")", '"', "“", "-", "OR", "AND", "NOT", "word", "other*", " "]), max_size=60
    )
)
def test_no_row_of_signs_is_an_error(pieces):
    query = parse(" ".join(pieces))
    assert query.expression is None or tsquery(query.expression)


@pytest.mark.parametrize(
    "hostile", ["(" * 2000, '"' * 2000, "- " * 1000, "NOT " * 500, "a" * 1_000_000, "-(" * 1000]
)
def test_hostile_queries_end_quickly(hostile):
    parse(hostile)
