"""Quotations: first what is none, then the ways in which papers print them, then who speaks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.quotes import quotations
from archive.text.types import Kind, Mention, Quote, QuoteKind

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "tests/golden/seeds.json").read_text(encoding="utf-8"))["articles"]


def spoken(body: str) -> list[str]:
    return [body[start:end] for quote in quotations(body) for start, end in quote.spoken]


def speakers(body: str) -> list[str | None]:
    return [printed_speaker(body, quote) for quote in quotations(body)]


def printed_speaker(body: str, quote: Quote) -> str | None:
    return body[slice(*quote.speaker)] if quote.speaker else None


def mentions(body: str, *persons: str, organisations: tuple[str, ...] = ()) -> list[Mention]:
    return sorted(
        Mention(match.start(), match.end(), kind, 1.0, (), "test")
        for kind, names in ((Kind.PERSON, persons), (Kind.ORGANISATION, organisations))
        for name in names
        for match in re.finditer(rf"\b{re.escape(name)}\b", body)
    )


def links(body: str, names: list[Mention]) -> list[str | None]:
    found = quotations(body, names)
    indexes = [quote.speaker_mention for quote in found]
    return [None if i is None else body[names[i].start : names[i].end] for i in indexes]


# --- what is no quotation ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Nobody said anything.",
        'The shelf is 30" wide and 12" deep.',
        "The ministers' plan and the farmers' answer were printed.",
        "The band's 'n' roll record of the '90s.",
        "The so-called 'quiet zone' near Lowport was closed.",
        'The novel "Salt Road" sold well. It rained.',
        'An empty pair "" of marks.',
        'Left-over <img src="pier.png" alt="The pier at Lowport in the early morning"> markup.',
    ],
)
def test_no_quotation_is_found_where_nobody_speaks(body: str) -> None:
    assert quotations(body) == []


def test_words_of_a_list_behind_a_colon_are_no_block_quotation() -> None:
    assert quotations("The harbour master said:\n\nShort item\n\nOther item") == []


def test_a_speaker_is_not_guessed() -> None:
    body = '"The pier was never safe, and everybody in the town knew it."\n\nIt rained in Lowport.'
    assert speakers(body) == [None]


# --- the ways of printing ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words", "speaker"),
    [
        ('"The pier is safe," Dunmore said.', "The pier is safe,", "Dunmore"),
        ("“The pier is safe,” said Dunmore.", "The pier is safe,", "Dunmore"),
        ("«The pier is safe now,» said Dunmore.", "The pier is safe now,", "Dunmore"),
        ("''The pier is safe,'' Dunmore said.", "The pier is safe,", "Dunmore"),
        ("‘The pier is safe,’ Dunmore said.", "The pier is safe,", "Dunmore"),
        ("'The pier isn't safe,' said Dunmore.", "The pier isn't safe,", "Dunmore"),
        ('Dunmore said: "The pier is safe."', "The pier is safe.", "Dunmore"),
        ('According to Dunmore, "the pier is safe."', "the pier is safe.", "Dunmore"),
        ('Dunmore told the Lowport Echo that "the pier is safe."', "the pier is safe.", "Dunmore"),
        ('"Is the pier safe?" asked the harbour master.', "Is the pier safe?", "the harbour master"),
        ('"The pier is safe," Ann Dunmore, the harbour master, said.', "The pier is safe,", "Ann Dunmore"),
        ('Dunmore, who built it, said "the pier is safe."', "the pier is safe.", "Dunmore"),
        ('"The pier is safe," officials said.', "The pier is safe,", "officials"),
        ("Dunmore said, \"The [old] pier is 'safe' now.\"", "The [old] pier is 'safe' now.", "Dunmore"),
        ("“He called it “safe” to me,” Dunmore said.", "He called it “safe” to me,", "Dunmore"),
    ],
)
def test_quotation_and_speaker(body: str, words: str, speaker: str) -> None:
    assert spoken(body) == [words]
    assert speakers(body) == [speaker]


def test_a_split_quotation_has_one_speaker() -> None:
    body = '"The pier is safe," Dunmore said. "It will stand for years."'
    assert spoken(body) == ["The pier is safe,", "It will stand for years."]
    assert speakers(body) == ["Dunmore", "Dunmore"]


def test_a_missing_opening_mark_begins_at_the_sentence() -> None:
    body = "I cannot see the pier falling down,” Dunmore said. “It will stand.”"
    assert spoken(body) == ["I cannot see the pier falling down,", "It will stand."]
    assert speakers(body) == ["Dunmore", "Dunmore"]


def test_a_second_closing_mark_does_not_quote_the_report() -> None:
    body = "“The storm will bring much water to the west” but also to the north,” she added."
    assert spoken(body) == ["The storm will bring much water to the west"]
    assert speakers(body) == ["she"]


def test_a_missing_closing_mark_ends_with_the_paragraph() -> None:
    body = "Dunmore said, “The pier will stand for years.\n\nIt rained."
    assert spoken(body) == ["The pier will stand for years."]


def test_a_quotation_continued_over_paragraphs_opens_anew() -> None:
    body = "“The pier will stand,” Dunmore said.\n\n“It was built well.\n\n“It has seen storms.”"
    assert spoken(body) == ["The pier will stand,", "It was built well.", "It has seen storms."]
    assert speakers(body) == ["Dunmore", "Dunmore", "Dunmore"]


def test_an_article_in_single_marks_is_read_like_one_in_double_marks() -> None:
    body = "'The pier is safe,' Dunmore said. 'It was built well.'\n\n'It has seen storms.'"
    assert spoken(body) == ["The pier is safe,", "It was built well.", "It has seen storms."]
    assert speakers(body) == ["Dunmore", "Dunmore", "Dunmore"]


def test_a_paragraph_of_quoted_words_belongs_to_who_was_brought_in_before_it() -> None:
    body = '"The pier is safe," Dunmore said.\n\nOrla Finch told the council so.\n\n"It will stand for long."'
    assert speakers(body) == ["Dunmore", "Orla Finch"]


def test_a_block_quotation_is_the_paragraph_that_is_announced() -> None:
    block = (
        "And as the tide comes in, many of these ‘old boats’ will be carried to other harbours of the coast."
    )
    body = f"During a talk about the sea, Dunmore said:\n\n{block}\n\nThe talk was free."
    (quote,) = quotations(body)
    assert quote.kind is QuoteKind.BLOCK
    assert body[quote.start : quote.end] == block
    assert printed_speaker(body, quote) == "Dunmore"


def test_who_passes_words_on_does_not_speak_them() -> None:
    body = 'Dunmore said on Monday, "The pier is safe," reports the Lowport Echo.'
    assert speakers(body) == ["Dunmore"]


def test_some_words_in_a_reported_statement_are_mixed() -> None:
    body = "Dunmore warned that the pier has “come to its end.” She said “the pier is no longer safe.”"
    assert [quote.kind for quote in quotations(body)] == [QuoteKind.MIXED, QuoteKind.DIRECT]


# --- to whom a printed source refers ------------------------------------------------------------------


def test_a_name_refers_to_its_own_mention_and_not_to_the_one_before_it() -> None:
    body = "“The pier is safe,” said Orla Finch's engineer Ann Dunmore."
    assert links(body, mentions(body, "Orla Finch", "Ann Dunmore")) == ["Ann Dunmore"]


@pytest.mark.parametrize(
    "source", ["Finch's campaign", "A spokesman for Finch", "The wife of Finch", "The Finch campaign"]
)
def test_what_belongs_to_a_person_is_not_the_person(source: str) -> None:
    body = f"{source} said “the pier is safe now.”"
    assert links(body, mentions(body, "Finch")) == [None]


def test_he_refers_to_the_one_person_in_reach() -> None:
    body = "Brian Dunmore spoke in Lowport.\n\n“The pier is safe,” he said."
    assert links(body, mentions(body, "Brian Dunmore")) == ["Brian Dunmore"]


def test_he_refers_to_nobody_where_two_may_be_meant() -> None:
    body = "Brian Dunmore met Carl Finch in Lowport.\n\n“The pier is safe,” he said."
    assert links(body, mentions(body, "Brian Dunmore", "Carl Finch")) == [None]


def test_she_is_not_somebody_called_mr() -> None:
    body = "Mr. Dunmore met Carla Finch in Lowport.\n\n“The pier is safe,” she said."
    assert links(body, mentions(body, "Dunmore", "Carla Finch")) == ["Carla Finch"]


def test_a_name_inside_the_quoted_words_is_nobody_who_speaks() -> None:
    body = "Brian Dunmore spoke in Lowport.\n\n“Carl Finch knows that the pier is safe,” he said."
    assert links(body, mentions(body, "Brian Dunmore", "Carl Finch")) == ["Brian Dunmore"]


def test_he_is_nobody_whom_his_own_words_name() -> None:
    body = "Brian Dunmore spoke in Lowport.\n\n“Dunmore knows that the pier is safe,” he said."
    assert links(body, mentions(body, "Brian Dunmore")) == [None]


def test_he_is_nobody_who_only_owns_something() -> None:
    body = "Brian Dunmore's engineer spoke.\n\n“The pier is safe,” he said."
    assert links(body, mentions(body, "Brian Dunmore")) == [None]


def test_who_is_put_into_a_sentence_about_another_is_not_that_other() -> None:
    body = "“I will never agree with” Dunmore on the pier, he said."
    assert links(body, mentions(body, "Dunmore")) == [None]


def test_a_plural_is_no_office() -> None:
    body = "The engineer Ann Dunmore spoke.\n\n“The pier is safe,” the engineers said."
    assert links(body, mentions(body, "Ann Dunmore")) == [None]


def test_a_title_is_no_statement_and_does_not_go_on() -> None:
    body = "“The pier is safe,” Dunmore told the programme “Voices and Sounds of Lowport.”"
    assert [quote.kind for quote in quotations(body)] == [QuoteKind.DIRECT, QuoteKind.MIXED]
    body = "“The pier is safe,” Dunmore said. It was heard on “Voices of Lowport.”"
    assert spoken(body) == ["The pier is safe,"]


def test_he_is_saying_is_said_by_him() -> None:
    body = "He’s saying the pier is “quite safe.”"
    assert speakers(body) == ["He"]


def test_an_office_refers_to_the_one_who_bears_it() -> None:
    body = "Harbour master Ann Dunmore met Carl Finch.\n\n“The pier is safe,” the harbour master said."
    assert links(body, mentions(body, "Ann Dunmore", "Carl Finch")) == ["Ann Dunmore"]


# --- the seeds ------------------------------------------------------------------------------------------


def gold_mentions(body: str, gold: dict) -> tuple[list[Mention], dict[tuple[int, int], str]]:
    names: dict[tuple[int, int], str] = {}
    found: list[Mention] = []
    for kind, people in ((Kind.PERSON, gold["persons"]), (Kind.ORGANISATION, gold["organisations"])):
        forms = sorted(
            ((form, name) for name, all_ in people.items() for form in all_), key=lambda f: -len(f[0])
        )
        for form, name in forms:
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", body):
                if not any(start < match.end() and match.start() < end for start, end in names):
                    names[match.span()] = name
                    found.append(Mention(*match.span(), kind, 1.0, (), "gold"))
    return sorted(found), names


@pytest.mark.parametrize("file", sorted(GOLD))
def test_the_seeds_quotations_are_those_of_the_gold(file: str) -> None:
    body = (ROOT / "seeds" / file).read_text(encoding="utf-8").replace("\u00a0", " ")
    found, names = gold_mentions(body, GOLD[file])
    pairs = [
        (body[slice(*quote.spoken[0])], names[found[quote.speaker_mention][:2]])
        for quote in quotations(body, found)
        if quote.kind is not QuoteKind.MIXED and quote.speaker_mention is not None
    ]
    wanted = [(quote["text"], quote["speaker"]) for quote in GOLD[file]["quotes"]]
    assert [speaker for _, speaker in pairs] == [speaker for _, speaker in wanted]
    for (text, _), (words, _) in zip(pairs, wanted, strict=True):
        beginning = re.match(r"the paragraph that begins '(.+)'", words)
        assert text.startswith(beginning.group(1)) if beginning else text == words


# --- properties and hostile text ------------------------------------------------------------------------


PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "'",
        "‘",
        "’",
        "''",
        "«",
        "»",
        " ",
        "\n\n",
        ".",
        ",",
        ":",
        "said",
        "Dunmore",
        "he",
        "safe",
        "(",
        "[",
        "by",
        "of",
    ]
)


@pytest.mark.parametrize("body", ["\x000", "\x00 A", "\x00 “We go,” said \x00", "x “\x00” \x00 5"])
def test_a_null_character_is_no_word(body: str) -> None:
    quotations(body)


@given(
    st.lists(PIECES, max_size=60).map(" ".join)
    | st.lists(PIECES, max_size=60).map("".join)
    | st.text(max_size=80)
)
def test_spans_are_true_sorted_and_apart(body: str) -> None:
    end = 0
    for quote in quotations(body):
        assert end <= quote.start < quote.end <= len(body)
        assert all(quote.start <= a < b <= quote.end for a, b in quote.spoken)
        for span in (quote.speaker, quote.verb):
            assert span is None or (0 <= span.start < span.end <= len(body) and body[slice(*span)].strip())
        end = quote.end


@pytest.mark.parametrize(
    "body",
    [
        '"' * 100_000,
        "“" * 100_000,
        "” " * 100_000,
        "'a " * 50_000,
        "‘a’ " * 50_000,
        '"a b" ' * 50_000,
        '"a b," he said. ' * 20_000,
        "he said " * 30_000 + '"so it is"',
        "of the head " * 20_000 + 'said "so it is"',
        '"a", ' * 20_000 + "said X " * 20_000,
        "Mr. A, the b, " * 20_000 + 'said "so it is"',
        "x" * 1_000_000 + '"',
        "according to " * 40_000 + '"so"',
    ],
    ids=lambda body: body[:12],
)
def test_hostile_text_ends_quickly(body: str) -> None:
    quotations(body)


def test_many_names_and_pronouns_on_one_line_end_quickly() -> None:
    body = 'Ann Dunmore ran. "It is so," he said. ' * 8_000
    quotations(body, mentions(body, "Ann Dunmore"))


def test_of_many_stretches_in_marks_no_more_are_read_than_prose_can_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = '"We go home by the harbour road tonight," said Ann Dunmore. '
    monkeypatch.setattr("archive.text.quotes._MOST", 30)
    assert len(quotations(line * 60)) == 30
