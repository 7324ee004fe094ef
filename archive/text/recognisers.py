"""Other recognisers than the rules, installed as plug-ins.

A plug-in is a package that names a function under the entry-point group `archive.recognisers`:

    [project.entry-points."archive.recognisers"]
    mine = "my_package:recognise"

The function takes a body and gives mentions (`archive.text.types.Mention`), each with a score, its evidence
and the plug-in's name as `recogniser`.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import cast

from archive.text.mentions import RULES, Recogniser

GROUP = "archive.recognisers"


class NoSuchRecogniser(LookupError):
    """A recogniser that is not installed; the message names those that are."""


def installed() -> list[str]:
    """The names of all recognisers, the rules first."""
    return [RULES, *sorted(point.name for point in entry_points(group=GROUP))]


def named(name: str) -> Recogniser | None:
    """The recogniser of this name; None for the rules, as `mentions.recognise` takes it.

    Raises NoSuchRecogniser if no installed package has it.
    """
    if name == RULES:
        return None
    for point in entry_points(group=GROUP, name=name):
        return cast(Recogniser, point.load())
    raise NoSuchRecogniser(
        f"No recogniser is called “{name}”; installed are: {', '.join(installed())}. "
        f"Install a package that has it, or choose one of these."
    )
