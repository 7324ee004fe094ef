"""Clues of where a pasted text stood: silence beats a wrong address or outlet."""

import pytest

from archive.text.cleaning import clean
from archive.text.clues import address_told, outlet_told
from tests.text.test_lines import PAGE

HEADLINE = "Ferry to Varnholm stops for the winter"
OWN = "https://post.example/2019/03/12/ferry-varnholm-stops-winter"


@pytest.mark.parametrize(
    "text",
    [
        f"{OWN}\n\n{PAGE}",
        f"{PAGE}\nSource: {OWN}?utm_source=x.\n",
        f"{PAGE}\nhttps://facebook.com/ferry-varnholm-stops-winter\nhttps://post.example/\n({OWN})\n",
        f"{PAGE}\nhttps://post.example/a-112233\n".replace("https://post.example/a-112233", OWN),
    ],
)
def test_the_texts_own_address_is_found(text):
    assert address_told(text, HEADLINE).value == OWN


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        f"{PAGE}\nhttps://post.example/\n",
        f"{PAGE}\nhttps://twitter.com/post/status/1\nhttps://t.co/abcdefg\n",
        PAGE.replace(
            "Advertisement", "He wrote on https://blog.example/entry that it was late, and more of it."
        ),
        f"https://post.example/one-story\n{PAGE}\nhttps://herald.example/other-story\n",
        f"{PAGE}\njavascript:alert(1)\nhttps://\nhttps://[::1\n",
    ],
)
def test_what_is_in_doubt_is_not_told(text):
    assert address_told(text, HEADLINE).value == ""


@pytest.mark.parametrize(
    ("around", "outlet"),
    [
        ("© 2019 The Varnholm Post", "The Varnholm Post"),
        ("post.example", "The Varnholm Post"),
        ("The Varnholm Posture Club", ""),
        ("The Varnholm Post | Osterby Herald", ""),
        ("", ""),
    ],
)
def test_an_outlet_is_told_if_it_is_the_only_one(around, outlet):
    text = f"{PAGE}\n\n{around}\n"
    known = {"The Varnholm Post": ["post.example"], "Osterby Herald": [], "Post": []}
    assert outlet_told(text, clean(text), known).value == outlet


def test_an_outlet_that_the_article_is_about_is_no_clue():
    text = PAGE.replace("a spokeswoman told", "a spokeswoman of Osterby Herald told")
    assert outlet_told(text, clean(text), {"Osterby Herald": []}).value == ""
