"""The measure of who is called what: what counts as found, as linked, and as the same person."""

from __future__ import annotations

from archive.evaluation.naming import predict_all, score

FIRST = "Harbour master Ada Dunmore closed the pier. Dunmore said it was old. Mayor Ian Dunmore agreed."
SECOND = "The harbour master, Ada Dunmore, spoke on Monday. Sailors cheered Ms. Dunmore."
HER, HIM = "x:1:VAR\\Dunmore", "x:1:VAR\\Brother"


def mention(article: str, text: str, words: str, nth: int = 0, chain: str = HER, kind: str = "ACTOR") -> dict:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {
        "article": article,
        "chain": chain,
        "concept": chain.rsplit(":", 1)[1],
        "type": kind,
        "text": words,
        "char_start": start,
        "char_end": start + len(words),
    }


ROWS = [
    {"id": "a", "text": FIRST, "date": "2020-05-04"},
    {"id": "b", "text": SECOND, "date": None},
    mention("a", FIRST, "Ada Dunmore"),
    mention("a", FIRST, "Dunmore", 1),
    mention("b", SECOND, "Ada Dunmore"),
    mention("b", SECOND, "Dunmore", 1),
    mention("b", SECOND, "The harbour master"),  # no name, and not counted
    mention("a", FIRST, "Mayor Ian Dunmore", chain=HIM),
]


def named(article: str, *spans: tuple[str, str | None, int]) -> dict:
    text = FIRST if article == "a" else SECOND
    names = []
    for words, key, nth in spans:
        place = mention(article, text, words, nth)
        names.append({"start": place["char_start"], "end": place["char_end"], "key": key})
    return {"id": article, "names": names}


def test_nothing_predicted_scores_nothing():
    measures = score(ROWS, [])
    assert (measures["people"], measures["names"]) == (1, 4)
    assert not any(measures[name] for name in ("found", "linked", "precision", "one_key"))


def test_a_name_without_a_key_is_found_but_not_linked():
    guess = [
        named("a", ("Ada Dunmore", "ada", 0), ("Dunmore", None, 1)),
        named("b", ("Ada Dunmore", "ada", 0)),
    ]
    measures = score(ROWS, guess)
    assert (measures["found"], measures["linked"]) == (0.75, 0.5)


def test_the_key_on_somebody_else_costs_precision():
    guess = [named("a", ("Ada Dunmore", "ada", 0), ("Mayor Ian Dunmore", "ada", 0))]
    assert score(ROWS, guess)["precision"] == 0.5


def test_two_keys_for_one_person_are_not_one_key():
    guess = [named("a", ("Ada Dunmore", "ada", 0)), named("b", ("Ada Dunmore", "ada d", 0))]
    assert score(ROWS, guess)["one_key"] == 0
    same = [named("a", ("Ada Dunmore", "ada", 0)), named("b", ("Ada Dunmore", "ada", 0))]
    assert score(ROWS, same)["one_key"] == 1


def test_the_rules_say_what_each_article_calls_whom():
    found = {row["id"]: row for row in predict_all(ROWS)}
    assert set(found) == {"a", "b"}
    assert found["b"]["forms"]["ada dunmore"]["Ada Dunmore"] == 1
    assert score(ROWS, found.values())["linked"] >= 0.5
