"""Fit the weights of archive/text/rules/body_model.toml anew, and say what they reach on pages not seen.

    python -m benchmarks.refit_body_model DUMPS.jsonl.gz [MORE.jsonl.gz ...] [--write]

Needs numpy (pip install numpy). The files hold rows as `manage.py evaluate cleaning` reads them: {id, dumps:
{kind: text}, clean} or {id, scraped, clean}. Every figure is cross-validated by page: all dumps of one page
are in one fold, and the second weighing is fitted on first verdicts of pages that the first did not see.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy

from archive.evaluation.shingles import overlap, shingles
from archive.text import blockfeatures, bodymodel
from archive.text.blocks import TextBlock, cut_blocks
from archive.text.languages import language_of

FOLDS = 6
RIDGE = 3.0  # strength of the pull of weights towards 0; of 1, 3, 10 the best on pages not seen
STAYS = (0.3, 0.5, 1.0)
SHIFTS = (0.0, 0.3, 0.6)
RULES = Path(__file__).parents[1] / "archive/text/rules/body_model.toml"


class Page(NamedTuple):
    """One dump of one page, its blocks and which of them are body."""

    page_id: str
    kind: str
    clean: str
    blocks: list[TextBlock]
    rows: list[blockfeatures.Features]
    labels: list[bool]
    english: bool

    @property
    def fold(self) -> int:
        return zlib.crc32(self.page_id.encode()) % FOLDS


def read_pages(paths: Iterable[Path]) -> Iterator[Page]:
    for path in paths:
        data = path.read_bytes()
        for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines():
            row = json.loads(line)
            dumps = row.get("dumps") or {"scraped": row["scraped"]}
            for kind, text in dumps.items():
                yield make_page(row["id"], kind, text, row["clean"])


def make_page(page_id: str, kind: str, text: str, clean: str) -> Page:
    blocks = cut_blocks(text)
    rows = blockfeatures.first_look(blocks) if blocks else []
    return Page(page_id, kind, clean, blocks, rows, labels_of(blocks, clean), language_of(clean) == "en")


def labels_of(blocks: Sequence[TextBlock], clean: str) -> list[bool]:
    """A block is body if half its shingles are in the clean text; a very short one if it is a line of it."""
    wanted = set(shingles(clean))
    lines = {tuple(shingles(line)) for line in clean.splitlines()}
    labels = []
    for block in blocks:
        own = shingles(block.text)
        if own and len(next(iter(own))) < 4:
            labels.append(tuple(own) in lines)
        else:
            found = sum(count for shingle, count in own.items() if shingle in wanted)
            labels.append(found >= 0.5 * own.total() > 0)
    return labels


def matrix(rows: Sequence[blockfeatures.Features], names: Sequence[str]) -> numpy.ndarray:
    place = {name: index for index, name in enumerate(names)}
    values = numpy.zeros((len(rows), len(names) + 1))
    for number, row in enumerate(rows):
        for name, value in row.items():
            if name in place:
                values[number, place[name]] = value
    values[:, -1] = 1
    return values


def fit(values: numpy.ndarray, labels: numpy.ndarray, importance: numpy.ndarray) -> numpy.ndarray:
    """Logistic regression by Newton's method, the last column being the bias, which is not pulled."""
    weights = numpy.zeros(values.shape[1])
    pull = numpy.full(values.shape[1], RIDGE)
    pull[-1] = 1e-6
    for _ in range(25):
        likely = 1 / (1 + numpy.exp(-numpy.clip(values @ weights, -30, 30)))
        gradient = values.T @ (importance * (labels - likely)) - pull * weights
        curve = (values.T * (importance * likely * (1 - likely))) @ values + numpy.diag(pull)
        step = numpy.linalg.solve(curve, gradient)
        weights += step
        if numpy.abs(step).max() < 1e-4:
            break
    return weights


def importance_of(page: Page) -> list[float]:
    """Blocks count by the root of their words, pages alike: long pages must not outvote short ones."""
    counts = [len(block.text.split()) ** 0.5 for block in page.blocks]
    scale = PAGE_MASS / (sum(counts) or 1) ** 0.5
    return [count * scale for count in counts]


PAGE_MASS = 10.0


class Stage(NamedTuple):
    """The weights of one weighing by feature name, and its bias."""

    weights: dict[str, float]
    bias: float

    def probabilities(self, rows: Sequence[blockfeatures.Features]) -> list[float]:
        return [bodymodel.probability(bodymodel.logit(row, self.weights, self.bias)) for row in rows]


def fit_stage(pages: Sequence[Page], rows_of: Sequence[Sequence[blockfeatures.Features]]) -> Stage:
    rows = [row for rows in rows_of for row in rows]
    names = sorted({name for row in rows for name in row})
    labels = numpy.array([label for page in pages for label in page.labels], dtype=float)
    importance = numpy.array([weight for page in pages for weight in importance_of(page)])
    fitted = fit(matrix(rows, names), labels, importance)
    return Stage(
        {name: round(float(w), 3) for name, w in zip(names, fitted, strict=False)},
        round(float(fitted[-1]), 3),
    )


def fit_both(pages: Sequence[Page]) -> tuple[Stage, Stage]:
    """Both weighings; the second sees verdicts of a first that was fitted without the page's fold."""
    verdicts: dict[int, Stage] = {}
    for fold in {page.fold for page in pages}:
        kept = [page for page in pages if page.fold != fold]
        verdicts[fold] = fit_stage(kept, [page.rows for page in kept])
    seconds = [
        blockfeatures.second_look(page.blocks, page.rows, verdicts[page.fold].probabilities(page.rows))
        for page in pages
    ]
    return fit_stage(pages, [page.rows for page in pages]), fit_stage(pages, seconds)


def unseen_logits(pages: Sequence[Page]) -> list[list[float]]:
    """Each block's last logit from weights that were fitted without its page."""
    logits: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        first, second = fit_both([page for page in pages if page.fold != fold])
        for number, page in enumerate(pages):
            if page.fold == fold:
                rows = blockfeatures.second_look(page.blocks, page.rows, first.probabilities(page.rows))
                logits[number] = [bodymodel.logit(row, second.weights, second.bias) for row in rows]
    return [logits[number] for number in range(len(pages))]


def body_of(page: Page, logits: Sequence[float], shift: float, stay: float) -> str:
    path = bodymodel.choose(logits, shift, stay)
    return "\n\n".join(block.text for block, kept in zip(page.blocks, path, strict=True) if kept)


def report(
    pages: Sequence[Page], logits: Sequence[Sequence[float]], shift: float, stay: float
) -> dict[str, list[float]]:
    """Mean precision, recall and F1 of English pages by kind of dump."""
    scores: dict[str, list[tuple[float, ...]]] = {}
    for page, values in zip(pages, logits, strict=True):
        if page.english:
            scores.setdefault(page.kind, []).append(overlap(page.clean, body_of(page, values, shift, stay)))
    return {
        kind: [round(sum(column) / len(column), 4) for column in zip(*rows, strict=True)]
        for kind, rows in scores.items()
    }


def choose_path(pages: Sequence[Page], logits: Sequence[Sequence[float]]) -> tuple[float, float]:
    """The shift and the price of a change with the best mean of F1 and a third of recall."""

    def worth(setting: tuple[float, float]) -> float:
        rows = report(pages, logits, *setting).values()
        return sum(f1 + recall / 3 for _, recall, f1 in rows) / len(rows)

    return max(((shift, stay) for shift in SHIFTS for stay in STAYS), key=worth)


def table(name: str, pages: Sequence[Page], shift: float, stay: float) -> list[str]:
    first, second = fit_both(pages)
    lines = [f"[{name}]", f"shift = {shift}", f"stay = {stay}"]
    lines += [f"first_bias = {first.bias}", f"second_bias = {second.bias}"]
    for part, stage in (("first", first), ("second", second)):
        lines += ["", f"[{name}.{part}]"]
        lines += [f"{json.dumps(key)} = {value}" for key, value in stage.weights.items() if value]
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the weights of the rules")
    options = parser.parse_args()
    pages = [page for page in read_pages(options.files) if page.blocks]
    ids = len({page.page_id for page in pages})
    out = [
        "# Weights of the body model (archive/text/bodymodel.py), fitted by benchmarks/refit_body_model.py",
        f"# on {date.today():%d %B %Y} over {ids} pages, {len(pages)} dumps:",
        "# public text dumps of web pages (MIT) and scraped news articles, both with their clean bodies.",
        "",
    ]
    for name, wanted in (("lines", False), ("flat", True)):
        shaped = [page for page in pages if bodymodel.is_flat(page.blocks) is wanted]
        logits = unseen_logits(shaped)
        shift, stay = choose_path(shaped, logits)
        print(name, "shift", shift, "stay", stay, file=sys.stderr)
        for kind, figures in report(shaped, logits, shift, stay).items():
            print(
                f"  {kind:15} precision {figures[0]:.3f} recall {figures[1]:.3f} F1 {figures[2]:.3f}",
                file=sys.stderr,
            )
        out += table(name, shaped, shift, stay)
    if options.write:
        RULES.write_text("\n".join(out), encoding="utf-8")


if __name__ == "__main__":
    main()
