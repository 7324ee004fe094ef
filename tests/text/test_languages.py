"""Languages: when nothing is said, and what is said of running text."""

import pytest

from archive.text.languages import language_of


@pytest.mark.parametrize("text", ["", "12 34", "Norby Gazette Harbour Market", "qwx zzt vrr plk"])
def test_names_and_nonsense_have_no_language(text: str) -> None:
    assert language_of(text) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The market was closed on Monday and will not open before the end of the year.", "en"),
        ("Der Markt ist seit Montag geschlossen und wird nicht vor dem Ende des Jahres öffnen.", "de"),
        ("Le marché est fermé depuis lundi et ne sera pas ouvert avant la fin de l’année.", "fr"),
        ("El mercado está cerrado desde el lunes y no se abrirá antes de que termine el año.", "es"),
        ("Il mercato è chiuso da lunedì e non sarà aperto prima della fine di questo anno.", "it"),
        ("Рынок закрыт с понедельника, и он не будет открыт до конца года.", "ru"),
    ],
)
def test_function_words_tell_the_language(text: str, code: str) -> None:
    assert language_of(text) == code
