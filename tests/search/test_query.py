import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.explaining import explanations
from archive.search.query import MOST_APART, Both, Dated, Either, Lexemes, Named, Not, Term, parse, terms
from archive.search.tsquery import is_words, phrases, tsquery


def written(text: str) -> str:
    expression = parse(text).expression
    return tsquery(expression) if expression else ""


def notes(text: str) -> str:
    query = parse(text)
    return " ".join(note.text for note in (*query.notes, *explanations(query)))


def instead(text: str) -> dict[str, str]:
    query = parse(text)
    return {note.label: note.instead for note in (*query.notes, *explanations(query)) if note.label}


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
        ("title:bridge", "(':ti:bridge')"),
        ('title:"harbour bridg*"', "(':ti:harbour' <-> ':ti:bridg':*)"),
        ("title:well-being", "((':ti:well' <-> ':ti:being') | ':ti:wellbeing')"),
        ("title:(harbour OR port)", "((':ti:harbour') | (':ti:port'))"),
        ("by:brand", "(':by:brand')"),
        ('by:"ida brand"', "(':by:ida' <-> ':by:brand')"),
        ("-title:bridge port", "(!((':ti:bridge')) & ('port'))"),
        ("lang:de", "(':lng:de')"),
        ("lang:en-GB", "(':lng:en')"),
        ('"harbour bridge"~1', "('harbour' & 'bridge')"),  # that they are near is a condition besides
        ('"bridge bridge"~3', "('bridge' <-> 'bridge')"),
        ("TITLE:bridge", "(':ti:bridge')"),
        ("title :bridge", "(('title') & ('bridge'))"),
        ("subtitle:bridge", "('subtitle' <-> 'bridge')"),
    ],
)
def test_the_syntax(text, query):
    assert written(text) == query


def test_words_near_each_other_are_phrases_in_every_order_at_every_distance():
    assert list(phrases(["a", "b"], 2)) == ["a <1> b", "b <1> a", "a <2> b", "b <2> a"]
    three = list(phrases(["a", "b", "c"], 3))
    assert len(three) == len(set(three)) == 6 * 3
    assert {one for one in three if one.startswith("a")} == {
        f"a <{first}> {one} <{then}> {other}"
        for first, then in ((1, 1), (1, 2), (2, 1))
        for one, other in (("b", "c"), ("c", "b"))
    }


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
        ("title:", "('title')", ""),
        ("colour:red", "('colour' <-> 'red')", "“colour:” is no field of a search"),
        ("from:yesterday", "('yesterday')", "is no date"),
        ("to:soon", "('soon')", "is no date"),
        ("lang:12", "('12')", "no code of a language"),
        ("br*dge", "('br' <-> 'dge')", "only at the end of a word"),
        ("bridge~2", "('bridge')", "only after a phrase"),
        ('"harbour bridge"~', "('harbour' <-> 'bridge')", "without a number"),
        ('-"harbour bridge', "(('harbour') & ('bridge'))", "no partner"),
    ],
)
def test_what_is_no_syntax_is_read_as_words_and_said(text, query, note):
    assert written(text) == query
    assert note in notes(text)


def test_the_notes_say_how_a_query_was_read():
    assert "all of these words" in notes("harbour bridge")
    assert "Read as harbour OR (bridge AND port). OR: either side" in notes("harbour OR bridge port")
    assert "is a phrase" in notes('"harbour bridge"')
    assert "begins so" in notes("bridg*")
    assert "Left out" in notes("bridge -harbour")
    assert notes("bridge") == ""


def test_each_reading_can_be_undone():
    assert instead("harbour or port") == {"Use OR": "harbour OR port"}
    assert instead("harbour OR port") == {"Read OR as a word": "harbour or port"}
    assert instead('"harbour bridge" closes') == {"Words apart": "harbour bridge closes"}
    assert instead('title:"harbour bridge"') == {"Words apart": "title:(harbour bridge)"}
    for text in ("harbour or port", "harbour OR port", '"harbour bridge"'):
        for other in instead(text).values():
            assert written(other) != written(text)


def test_names_and_dates_are_read_with_their_words():
    both = parse('person:"ida brand" -outlet:courier from:2017-04 NOT to:2016').expression
    assert [type(part) for part in both.parts] == [Named, Not, Dated, Not]
    assert both.parts[0].forms == ("ida", "brand")
    assert both.parts[2].bound == "from"
    assert parse("org:ships").expression.field == "organisation"


def test_nearness_is_bounded_and_says_so():
    term = parse(f'"harbour bridge"~{MOST_APART * 9}').expression
    assert term.apart == MOST_APART
    assert f"read as ~{MOST_APART}" in notes('"harbour bridge"~450')
    assert not is_words(parse('"one two three"~4').expression)
    assert is_words(parse('"one two three"').expression)


def test_a_dash_between_spaces_excludes_nothing():
    assert written("harbour - bridge") == "(('harbour') & ('bridge'))"
    assert written("harbour -bridge") == "(('harbour') & !(('bridge')))"


def test_a_filter_cannot_be_forged():
    assert written("ent:12") == "('ent' <-> '12')"
    assert written("'ent:12'") == "('ent' <-> '12')"


def test_too_much_is_cut_and_said():
    assert "first 200 words" in notes("word " * 300)
    assert "4,000 characters" in notes("a" * 5000)
    assert "deeper" in notes("(" * 50 + "word" + ")" * 50)


def test_wanted_and_unwanted_terms_are_told_apart():
    expression = parse("a -b (c OR -d)").expression
    assert [term.printed for term in terms(expression)] == ["a", "c"]
    assert [term.printed for term in terms(expression, wanted=False)] == ["b", "d"]


@given(st.text())
def test_nothing_typed_is_an_error(text):
    query = parse(text)
    if query.expression:
        assert isinstance(query.expression, Term | Not | Both | Either | Named | Dated | Lexemes)
    explanations(query)


@given(
    st.lists(
        st.sampled_from(
            ["(", ")", '"', "“", "-", "OR", "AND", "NOT", "word", "other*", " ", "title:", "by:", '"~3', "~"]
        ),
        max_size=60,
    ),
    st.sampled_from(["", " "]),
)
def test_no_row_of_signs_is_an_error(pieces, between):
    query = parse(between.join(pieces))
    explanations(query)
    if query.expression:
        text = tsquery(query.expression)
        assert text.count("(") == text.count(")")


@pytest.mark.parametrize(
    "hostile", ["(" * 2000, '"' * 2000, "- " * 1000, "NOT " * 500, "a" * 1_000_000, "-(" * 1000]
)
def test_hostile_queries_end_quickly(hostile):
    parse(hostile)
