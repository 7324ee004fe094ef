"""The keys that live judgements join, and what those judgements say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from archive.models import Judgement, Mention
from archive.pipeline.joining import Joined, heads
from archive.text.names import normal_form

Verdict = Judgement.Verdict

_JOINING = (Verdict.SAME, Verdict.DIFFERENT, Verdict.ALIAS_OF)
_IN_ARTICLE = (Verdict.NOT_A_NAME, Verdict.MENTION_IS)


class Moved(NamedTuple):
    """Where a judgement about its article sends a mention: to a key, or to nobody."""

    key: str | None
    judgement: int


class Family:
    """All keys that judgements connect, however indirectly, to the keys asked for.

    What is decided of a family depends on nothing outside it, so recomputing it alone gives what
    recomputing the whole archive would give.
    """

    def __init__(self, keys: Collection[str]) -> None:
        self.keys: set[str] = set()
        self.moved: dict[int, Moved] = {}
        self.joining: dict[int, Judgement] = {}
        frontier = set(keys) - {""}
        while frontier:
            self.keys |= frontier
            frontier = (self._joined_to(frontier) | self._moved_between(frontier)) - self.keys
        self.names: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self._rejected: set[str] = set()
        self._read_single_judgements()

    def rejected(self, key: str) -> bool:
        """Whether a curator said that this is no name, in its own article or everywhere."""
        return any(name in self._rejected for name in _said_of(key))

    def kind(self, key: str) -> str:
        """Of which kind a curator said that this is; "" if none did."""
        return next((self.kinds[name] for name in _said_of(key)[:2] if name in self.kinds), "")

    def heads(self) -> dict[str, str]:
        """Each key with the key whose entity stands for it: itself unless a judgement joins it to others."""
        judgements = sorted(self.joining.values(), key=lambda judgement: (judgement.made_at, judgement.pk))
        usable = [j for j in judgements if not self.rejected(j.left) and not self.rejected(j.right)]
        return heads(
            self.keys,
            joins=[Joined(j.left, j.right) for j in usable if j.verdict != Verdict.DIFFERENT],
            apart=[(j.left, j.right) for j in usable if j.verdict == Verdict.DIFFERENT],
        )

    @property
    def aliases(self) -> list[Judgement]:
        """The live "alias of" judgements of the family."""
        return [judgement for judgement in self.joining.values() if judgement.verdict == Verdict.ALIAS_OF]

    @property
    def apart(self) -> list[tuple[str, str]]:
        """The pairs that were judged different."""
        return [(j.left, j.right) for j in self.joining.values() if j.verdict == Verdict.DIFFERENT]

    def _joined_to(self, keys: set[str]) -> set[str]:
        found: set[str] = set()
        for judgement in _live_about(keys, _JOINING, either_side=True):
            self.joining[judgement.pk] = judgement
            found |= {judgement.left, judgement.right}
        return found

    def _moved_between(self, keys: set[str]) -> set[str]:
        """Keys of mentions that a judgement moves to one of `keys`, and keys that theirs are moved to."""
        touching = Mention.objects.filter(article__content_key=OuterRef("article"), key__any_of=keys)
        judgements = list(
            Judgement.objects.live()
            .filter(Exists(touching) | Q(right__any_of=keys), verdict__in=_IN_ARTICLE)
            .exclude(article="")
            .order_by("made_at", "pk")
        )
        found: set[str] = set()
        for pk, key, moved in _mentions_meant(judgements):
            if key in keys or moved.key in keys:
                self.moved[pk] = moved
                found |= {key, moved.key or key}
        return found

    def _read_single_judgements(self) -> None:
        names = {name for key in self.keys for name in _said_of(key)}
        verdicts = [Verdict.NOT_A_NAME, Verdict.KIND_IS, Verdict.NAME_IS]
        for judgement in _live_about(names, verdicts):
            if judgement.verdict == Verdict.KIND_IS:
                self.kinds[judgement.left] = judgement.value
            elif judgement.verdict == Verdict.NAME_IS:
                self.names[judgement.left] = judgement.value
            elif not judgement.article:
                self._rejected.add(judgement.left)


def local_name(key: str) -> str:
    """The name of a key without the text that a lone name's key is bound to."""
    return key.partition("@")[0]


def of_all_lone(key: str) -> bool:
    """Whether a key ("name@") means a name wherever an article prints it without introducing anybody."""
    return key.endswith("@")


def _said_of(key: str) -> list[str]:
    """What judgements about a single name may call a key: itself, the lone name in all articles, the name."""
    name, at, _ = key.partition("@")
    return [key, name + at, name] if at else [key]


def keys_meant(judgement: Judgement) -> set[str]:
    """The keys of the mentions that a judgement about one article speaks of."""
    return {key for _, key, _ in _mentions_meant([judgement])}


def _live_about(
    names: Collection[str], verdicts: Iterable[str], *, either_side: bool = False
) -> Iterable[Judgement]:
    """Live judgements about names, oldest first, so that the newest has the last word."""
    sides = Q(left__any_of=names)
    if either_side:
        sides |= Q(right__any_of=names)
    return Judgement.objects.live().filter(sides, verdict__in=verdicts).order_by("made_at", "pk")


def _mentions_meant(judgements: Collection[Judgement]) -> Iterable[tuple[int, str, Moved]]:
    """Each mention that judgements about its article mean, with its key; of several the newest counts."""
    meant = {
        (judgement.article, judgement.left): Moved(
            judgement.right if judgement.verdict == Verdict.MENTION_IS else None, judgement.pk
        )
        for judgement in judgements
    }
    if not meant:
        return
    mentions = Mention.objects.filter(article__content_key__any_of={article for article, _ in meant})
    for pk, article, surface, key in mentions.values_list("pk", "article__content_key", "surface", "key"):
        for name in (normal_form(surface), key, local_name(key)):
            if (article, name) in meant:
                yield pk, key, meant[article, name]
                break
