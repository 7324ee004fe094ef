"""One key for a name that several texts of a comparison print."""

from archive.search.columns import one_key_each
from archive.text.passages import Text
from archive.text.types import Span


def keys(*named):
    texts = [Text(str(number), "", mention_keys=((Span(0, 1), key),)) for number, key in enumerate(named)]
    return [key for text in one_key_each(texts) for _, key in text.mention_keys]


def test_a_surname_alone_joins_nothing():
    assert keys("brook@one", "brook@two") == ["brook@one", "brook@two"]


def test_a_name_of_several_words_is_one_in_all_texts():
    assert len(set(keys("harbour board@one", "harbour board@two"))) == 1
    assert keys("harbour board@one", "harbour board") == ["harbour board", "harbour board"]
    assert keys("harbour board@one", "water board@two") == ["harbour board@one", "water board@two"]
