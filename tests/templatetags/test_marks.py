import re
from pathlib import Path

import pytest

from archive.templatetags.marks import SIGNS, mark

SPRITE = Path(__file__).resolve().parents[2] / "templates/parts/sprite.html"


def test_an_unknown_sign_is_refused_instead_of_drawn_as_nothing():
    with pytest.raises(ValueError, match="no sign 'stars'"):
        mark("stars")


def test_every_sign_is_in_the_sprite_and_hidden_from_screen_readers():
    drawn = re.findall(r'<symbol id="m-(\w+)"', SPRITE.read_text())
    assert drawn == list(SIGNS)
    for sign in SIGNS:
        assert f'href="#m-{sign}"' in mark(sign)
        assert 'aria-hidden="true"' in mark(sign)
