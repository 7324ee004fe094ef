"""spaCy as a recogniser, for those who have a model of it: `pip install parallax[spacy]` and a model.

It only finds names; the authority file and the spreading of names inside a text work after it as they do
after the rules. spaCy gives no probability with a name, so every mention has the same score.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from archive.text.types import Evidence, Kind, Mention

MODEL = "en_core_web_sm"  # the smallest English pipeline that spaCy's makers publish
NAME = "spacy"
_KINDS = {"PERSON": Kind.PERSON, "PER": Kind.PERSON, "ORG": Kind.ORGANISATION}
_SCORE = (
    0.8  # about the precision that published English pipelines state for names of people and organisations
)


class ModelMissing(RuntimeError):
    """spaCy or its model is not installed; the message says how to get it, in one sentence."""


def recognise(body: str) -> list[Mention]:
    """Names of people and organisations as the pipeline `MODEL` finds them.

    Raises:
        ModelMissing: if spaCy or the pipeline is not installed.
    """
    return recogniser_of(_pipeline(MODEL))(body)


def recogniser_of(pipeline: Any) -> Callable[[str], list[Mention]]:
    """A recogniser from any spaCy pipeline that sets `doc.ents`, trained or with rules of its own."""

    def recognise_with_it(body: str) -> list[Mention]:
        return [
            Mention(
                entity.start_char,
                entity.end_char,
                _KINDS[entity.label_],
                _SCORE,
                (Evidence("spaCy", f"labelled {entity.label_}", entity.start_char, entity.end_char),),
                NAME,
            )
            for entity in pipeline(body).ents
            if entity.label_ in _KINDS and entity.text.strip()
        ]

    return recognise_with_it


@cache
def _pipeline(model: str) -> Any:
    try:
        import spacy

        return spacy.load(model)
    except (ImportError, OSError) as problem:
        raise ModelMissing(
            f"The recogniser “{NAME}” needs spaCy and its model {model}: run `pip install spacy` and "
            f"`python -m spacy download {model}`, or set RECOGNISER=rules."
        ) from problem
