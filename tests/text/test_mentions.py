"""Mentions in invented sentences: first what is no name, then what is one and by what evidence."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.authority import Authority
from archive.text.mentions import recognise
from archive.text.types import Kind, Mention


def names(body: str, kind: Kind) -> list[str]:
    return [body[m.start : m.end] for m in recognise(body) if m.kind is kind]


def people(body: str) -> list[str]:
    return names(body, Kind.PERSON)


def organisations(body: str) -> list[str]:
    return names(body, Kind.ORGANISATION)


@pytest.mark.parametrize(
    "body",
    [
        "The weather stayed dry on Monday in Lisbon and Madrid.",
        "Officials applied the Harbour Safety Act in March.",
        "Under the Guest Worker Program [GWP] they may stay; the GWP ends in June.",
        "Last week Norwegian officials flew to Oslo.",
        "However, Nobody Said So Aloud Here",
        "It rained. Rain fell again. Nothing moved.",
        "LISBON - Rain fell.",
        "The share ( HRB.N ) rose.",
        "TOP OF THE HOUR:",
        "She said it UNLESS asked.",
        "He sailed on the USS Marlowe and the HMS Finch.",
        "They drove along Marlowe Road to Fort Campbell.",
        "The NATO-led force stayed.",
        "Part XVII was the last.",
        "He wrote to @HARBOUR.",
    ],
)
def test_these_hold_no_name(body: str) -> None:
    assert recognise(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Prime Minister Tarek Almasy resigned.", ["Tarek Almasy"]),
        ("Brig. Gen. Orla Finch spoke.", ["Orla Finch"]),
        ("U.S. Secretary of Public Works Maria Stone agreed.", ["Maria Stone"]),
        ("Minister of State for Foreign Affairs Ovrel Tanqist agreed.", ["Ovrel Tanqist"]),
        ("His Highness Sheikh Sultan bin Marwan Al Tayer came.", ["Sultan bin Marwan Al Tayer"]),
        ("Maria Stone spoke first. Later Stone left.", ["Maria Stone", "Stone"]),
        ("Ovrel Tanqist spoke first. Later Tanqist left.", ["Ovrel Tanqist", "Tanqist"]),
        ("It was shown to [group leader Omar] Haddadi and others.", ["Omar] Haddadi"]),
        ("He met [the envoy, Karim al] Haddadi there.", ["Karim al] Haddadi"]),
        ("“We saw it,” villager Mahmoud told a reporter.", ["Mahmoud"]),
        ("The goalkeeper Ovrel Tanqist was hurt.", ["Ovrel Tanqist"]),
        ("Then Hau Lung-tsen stepped down.", ["Hau Lung-tsen"]),
        ("A prize went to N.R. Tanqist of Oslo.", ["N.R. Tanqist"]),
        ("Col. John “Jack” Tanqist agreed.", ["John “Jack” Tanqist"]),
        ("Ovrel Tanqist, 45, was there.", ["Ovrel Tanqist"]),
        (
            "They met Maria Stone, Ovrel Tanqist and Karim Haddadi.",
            ["Maria Stone", "Ovrel Tanqist", "Karim Haddadi"],
        ),
        ("In the end Trump agreed.", ["Trump"]),
        (
            "Ursula von der Tanqist spoke. Then von der Tanqist left.",
            ["Ursula von der Tanqist", "von der Tanqist"],
        ),
        ("A word by Christian Tanqist and Kanye West.", ["Christian Tanqist", "Kanye West"]),
        ("The Harbour Group's Ovrel Tanqist spoke.", ["Ovrel Tanqist"]),
        ("Ovrel Tanqist, spokesman for nobody, left.", ["Ovrel Tanqist"]),
        ("The Refugee Council Maria Stone told us.", ["Maria Stone"]),
        ("Maria Stone won. Then Ms Stone spoke of the MS Stone.", ["Maria Stone", "Stone"]),
    ],
)
def test_people_are_found_without_their_titles(body: str, expected: list[str]) -> None:
    assert people(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The Northern Harbour Party (NHP) won. The NHP governs.", ["Northern Harbour Party", "NHP", "NHP"]),
        (
            "The Harbour Audio Media Rights Authority (Hamra) won.",
            ["Harbour Audio Media Rights Authority", "Hamra"],
        ),
        ("He joined al Qaeda in May.", ["al Qaeda"]),
        ("She left al-Qaeda in the Arabian Peninsula.", ["al-Qaeda in the Arabian Peninsula"]),
        ("The Ministry of Public Works denied it.", ["Ministry of Public Works"]),
        ("The Ministry of Health, Labour and Welfare denied it.", ["Ministry of Health, Labour and Welfare"]),
        ("It is said that IS fighters left.", ["IS"]),
        ("The Commission on Tidal Rights met.", ["Commission on Tidal Rights"]),
        ("He asked the High Court of Justice.", ["High Court of Justice"]),
        ("Reported by the Lisbon Star and others.", ["Lisbon Star"]),
        ("It was bought by the retailer Harbora in May.", ["Harbora"]),
        ("The Harbora newspaper said so.", ["Harbora"]),
        ("Ships of the 65 Air Division and the 407th QXV came.", ["65 Air Division", "407th QXV"]),
        ("The Harbour Council met. Then the Council voted.", ["Harbour Council", "Council"]),
        ("The British Red Cross helped.", ["British Red Cross"]),
        ("The plans of Marrow & Tanqist failed.", ["Marrow & Tanqist"]),
        ("The Tidal Women's Peace Union met.", ["Tidal Women's Peace Union"]),
        ("The Tidal Council for Peace and Order (TCPO) met.", ["Tidal Council for Peace and Order", "TCPO"]),
        ("Players of FC Lisbon and the Boston Marlins met.", ["FC Lisbon", "Boston Marlins"]),
        ("The Reuters Foundation helped.", ["Reuters Foundation"]),
        ("The Tidal National Liberation Army fought.", ["Tidal National Liberation Army"]),
        ("Both the Harbour Party and the Hill Union lost.", ["Harbour Party", "Hill Union"]),
        ("He read The Guardian and met a guardian.", ["Guardian"]),
    ],
)
def test_organisations_are_found_in_full(body: str, expected: list[str]) -> None:
    assert organisations(body) == expected


def test_the_evidence_names_the_rule_and_the_words() -> None:
    (mention,) = recognise("Prime Minister Tarek Almasy resigned.")
    assert mention.evidence[0].rule == "title before the name"
    assert "Prime Minister" in mention.evidence[0].detail


def test_an_empty_authority_is_not_the_shipped_one() -> None:
    assert recognise("He joined al Qaeda in May.", authority=Authority([])) == []


_WORDS = st.sampled_from(
    [
        "Prime",
        "Minister",
        "Maria",
        "Stone",
        "(",
        ")",
        "[",
        "]",
        "NATO",
        "of",
        "and",
        "the",
        "al-",
        "Haddadi",
        ".",
        ",",
        "\n",
        "“",
        "’s",
        "É",
        "I.",
    ]
)


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_mentions_are_in_order_and_never_overlap(body: str) -> None:
    found = recognise(body)
    for one, other in itertools.pairwise(found):
        assert one.end <= other.start
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(body)
        assert body[mention.start : mention.end].strip() == body[mention.start : mention.end]
        assert 0.5 <= mention.score <= 1


@pytest.mark.parametrize(
    "body",
    [
        "A" * 200_000,
        "A " * 100_000,
        "(" * 100_000,
        "“" * 100_000,
        "A. " * 60_000,
        "al-" * 60_000,
        "A-" * 100_000,
        "A'" * 100_000,
        "Maria and " * 20_000,
        "Reuters Maria Stone said. " * 8_000,
        "Ministry of Health, " * 10_000,
        'John "Jack" ' * 10_000,
    ],
    ids=lambda body: body[:9],
)
def test_hostile_text_ends_quickly(body: str) -> None:
    found = recognise(body)
    assert all(isinstance(mention, Mention) for mention in found)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Army Brigadier-General Ovrel Tanqist and Lt-Gen Tarek Almasy spoke.",
            ["Ovrel Tanqist", "Tarek Almasy"],
        ),
        ("DSP Ovrel Tanqist told reporters.", ["Ovrel Tanqist"]),
        ("Tellenian Energy and Mines Minister Ovrel Tanqist said so.", ["Ovrel Tanqist"]),
        ("The head of the union, Ovrel Dor Tanqist, said so.", ["Ovrel Dor Tanqist"]),
        ("Ovrel Tanqist was arrested on Monday.", ["Ovrel Tanqist"]),
        ("It was sent to Hassan Sheikh Warsame.", ["Hassan Sheikh Warsame"]),
        ("FRIENDS SEEN WAITING Maria Stone said that she would come.", ["Maria Stone"]),
        ("They saw the broadcaster Velmar leave.", []),
    ],
)
def test_people_are_found_in_the_news_of_many_regions(body: str, expected: list[str]) -> None:
    assert people(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Velmar Capital will pay. In return Velmar will give stock.", ["Velmar Capital", "Velmar"]),
        ("Officials of the Banco Velmar and of Lashkar-e-Velmar met.", ["Banco Velmar", "Lashkar-e-Velmar"]),
        ("The Prime Minister's Office rejected it.", ["Prime Minister's Office"]),
        ("It was said by the Velmar Air Force C-130 crew.", ["Velmar Air Force"]),
        ("The carmakers' association Anvelma said so.", ["Anvelma"]),
        ("Velmar FC lost again.", ["Velmar FC"]),
        ("Ministers of the Gas Shipping Forum met.", ["Gas Shipping Forum"]),
        ("The Prime Minister's Green Party ally left.", ["Green Party"]),
    ],
)
def test_organisations_are_found_in_the_news_of_many_regions(body: str, expected: list[str]) -> None:
    assert organisations(body) == expected


def test_the_surname_of_somebody_is_no_short_form_of_an_organisation() -> None:
    body = "The Tanqist Foundation paid. Ovrel Tanqist said so. Later Tanqist left."
    assert people(body) == ["Ovrel Tanqist", "Tanqist"]


def test_of_a_list_of_names_no_more_are_judged_than_prose_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[object] = []
    monkeypatch.setattr("archive.text.mentions._MOST_RUNS", 30)
    monkeypatch.setattr("archive.text.mentions.judge", lambda words, run: judged.append(run) or [])
    recognise("Then Oda Brenner came. " * 60)
    assert len(judged) == 30
