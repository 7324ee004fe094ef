"""Who finds names is a setting; what is not installed is said in one sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.models import Mention
from archive.pipeline import annotating, authority
from archive.text import recognisers
from archive.text.spacy_recogniser import MODEL
from archive.text.types import Evidence, Kind
from archive.text.types import Mention as Found
from tests.archive_factory import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "mend"), [("nobody", "installed are: rules"), ("spacy", f"download {MODEL}")]
)
def test_a_recogniser_that_is_not_there_annotates_nothing(settings, name, mend):
    settings.RECOGNISER = name
    article = make_article(body="Ines Oduya spoke.")
    with pytest.raises(ImproperlyConfigured, match=mend):
        annotating.run([article.pk], authority.current())
    assert not Mention.objects.exists()


def test_another_recogniser_finds_the_names(settings, monkeypatch):
    def finds_a_word(body):
        at = body.find("Zorblatt")
        evidence = (Evidence("test", "Zorblatt"),)
        return [] if at < 0 else [Found(at, at + 8, Kind.ORGANISATION, 0.9, evidence, "words")]

    monkeypatch.setattr(recognisers, "named", {"words": finds_a_word}.__getitem__)
    settings.RECOGNISER = "words"
    article = make_article(body="Yesterday the zeal of Zorblatt grew.")
    annotating.run([article.pk], authority.current())
    (mention,) = Mention.objects.all()
    assert (mention.surface, mention.recogniser, mention.kind) == ("Zorblatt", "words", "organisation")
