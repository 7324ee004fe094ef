"""Run a task's rules over labelled rows, and hold what was reached against pinned floors."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from archive import evaluation

Row = dict[str, Any]
REPOSITORY = Path(__file__).parents[2]
GOLDEN = "tests/golden/"


class Unusable(Exception):
    """Data or floors that cannot be used: one sentence that names the file, the place and the mend."""


class Result(NamedTuple):
    """What a task predicted for its rows, and the measures by name."""

    predictions: list[Row]
    measures: dict[str, float]


class Shortfall(NamedTuple):
    """A measure below its floor, or a floor that cannot be held because its data is not the same."""

    file: str
    reason: str


def tasks() -> list[str]:
    """The tasks that can be evaluated: the modules of archive.evaluation that predict and score."""
    names = [module.name for module in pkgutil.iter_modules(evaluation.__path__)]
    return [name for name in names if hasattr(_module(name), "score")]


def read_rows(files: Iterable[Path], *, limit: int | None = None, without: Sequence[str] = ()) -> list[Row]:
    """The rows of plain or gzip JSON lines, at most `limit` of each file, the keys in `without` left out.

    A `.txt` file holds texts, each below a line "== name": its rows are {id, text}.

    Raises Unusable with the file and the line that cannot be read.
    """
    rows: list[Row] = []
    for file in files:
        for number, row in enumerate(_read_lines(file)):
            if limit is not None and number >= limit:
                break
            if "html_path" in row:  # relative to the folder of the file that names it
                row["html_path"] = str(file.parent / row["html_path"])
            rows.append({key: value for key, value in row.items() if key not in without})
    return rows


def evaluate(task: str, rows: Sequence[Row]) -> Result:
    """Predict and score rows of a task (one of `tasks`)."""
    module = _module(task)
    if hasattr(module, "predict_all"):
        predictions = list(module.predict_all(rows))
    else:
        predictions = [prediction for row in rows for prediction in module.predict(row)]
    return Result(predictions, module.score(rows, predictions))


def write_rows(file: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON lines; gzip if the name ends in .gz."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    file.write_bytes(gzip.compress(lines, mtime=0) if file.suffix == ".gz" else lines)


def read_floors(file: Path) -> list[Row]:
    """The entries of a floors file: task, file, sha256, without, floors."""
    try:
        return list(json.loads(file.read_text("utf-8"))["floors"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{file} cannot be read as floors ({error}); see benchmarks/floors.json.") from error


def hold(entry: Row, data: Path) -> tuple[dict[str, float], list[Shortfall]]:
    """Evaluate one entry of a floors file; its measures, and every one that falls short.

    Files of tests/golden are those of this repository, all others lie in `data`.
    `beside` of an entry are further files that the task needs, each with its fingerprint.
    """
    needed = {entry["file"]: entry["sha256"], **entry.get("beside", {})}
    data = REPOSITORY if entry["file"].startswith(GOLDEN) else data
    fallen = [reason for name, digest in needed.items() for reason in _unlike(data / name, name, digest)]
    if fallen:
        return {}, fallen
    rows = read_rows([data / name for name in needed], without=entry.get("without", ()))
    measures = evaluate(entry["task"], rows).measures
    return measures, [
        Shortfall(entry["file"], f"{name} is {measures.get(name, 0):.4f}, below {floor:.4f}")
        for name, floor in entry["floors"].items()
        if measures.get(name, 0) < floor
    ]


def _unlike(file: Path, name: str, digest: str) -> Iterator[Shortfall]:
    """Why a file cannot be held against floors: it is not there, or not the same."""
    if not file.is_file():
        yield Shortfall(name, f"is not in {file.parents[name.count('/')]}")
    elif (fingerprint := hashlib.sha256(file.read_bytes()).hexdigest()) != digest:
        yield Shortfall(name, f"is other data: its SHA-256 is {fingerprint}")


def _module(task: str) -> Any:
    return importlib.import_module(f"{evaluation.__name__}.{task}")


def _read_texts(file: Path) -> Iterator[Row]:
    for section in ("\n" + file.read_text("utf-8")).split("\n== ")[1:]:
        name, _, text = section.partition("\n")
        yield {"id": name, "text": text}


def _read_lines(file: Path) -> Iterator[Row]:
    if file.suffix == ".txt":
        yield from _read_texts(file)
        return
    done = 0
    try:
        with gzip.open(file, "rb") if _is_gzip(file) else file.open("rb") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)
                done += 1
    except (OSError, EOFError, ValueError) as error:
        raise Unusable(f"{file} cannot be read as JSON lines at line {done + 1}: {error}") from error


def _is_gzip(file: Path) -> bool:
    with file.open("rb") as start:
        return start.read(2) == b"\x1f\x8b"
