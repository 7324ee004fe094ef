"""The rules of the house, held over the real files (docs/reference/house.md explains them)."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = ROOT / "archive"

# room -> what it may import of the archive, besides itself
MAY_IMPORT = {
    "text": set(),
    "evaluation": {"text"},
    "models": {"text"},
    "search": {"models", "text"},
    "exports": {"search", "models", "text"},
    "pipeline": {"models", "text"},
    "curation": {"pipeline", "models", "text"},
    "web": {"exports", "search", "models", "text"},
    "admin": {"curation", "search", "models", "text"},
    "management": {"pipeline", "curation", "exports", "search", "models", "evaluation", "database"},
    "templatetags": {"text"},
    "database": set(),
}
ROOMS_IN_ORDER_INSIDE = ("text", "pipeline")
ROOMS_THAT_ONLY_READ = ("search", "exports", "web", "templatetags")
WRITING_CALLS = {
    "save",
    "delete",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
}

FORBIDDEN_NAMES = {"utils", "helpers", "lib", "common", "core", "util", "helper", "misc"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Not in text/: frameworks, databases, the network, the clock, files, chance.
IMPURE_MODULES = {
    "django",
    "psycopg",
    "sqlite3",
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "requests",
    "httpx",
    "asyncio",
    "subprocess",
    "os",
    "pathlib.Path",  # PurePath only takes names apart
    "shutil",
    "tempfile",
    "time",
    "random",
    "secrets",
}
IMPURE_CALLS = {"open", "input", "print", "now", "today", "utcnow"}

# Paths of one person's machine, and addresses of package registries: neither belongs in a project.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|mnt)/\w")
REGISTRY_ADDRESS = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|crates\.io|proxy\.golang)"
    r"|--(?:extra-)?index-url|--find-links|--hash="
)


def python_files(*folders: Path) -> list[Path]:
    """Return the project's own Python files below `folders`; migrations are Django's."""
    found = [file for folder in folders for file in folder.rglob("*.py")]
    return sorted(file for file in found if "migrations" not in file.parts)


def imported_modules(source: str, module: str) -> set[str]:
    """Return the full names of everything that the `source` of `module` imports, at any depth."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parent = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*parent, *([node.module] if node.module else [])])
            names |= {f"{origin}.{alias.name}" for alias in node.names} | {origin}
    return names


def module_name(file: Path) -> str:
    """Return the dotted name of a Python file of the project; that of a package ends in __init__."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def rooms_imported(names: set[str]) -> set[str]:
    """Return the rooms of the archive that imported names stand in."""
    parts = [name.split(".") for name in names]
    return {part[1] for part in parts if part[0] == "archive" and len(part) > 1 and part[1] in MAY_IMPORT}


def impurities(source: str) -> set[str]:
    """Return what a module of text/ may not do: imports and calls that reach the world outside."""
    imports = imported_modules(source, "archive.text.module")
    found = {name for name in imports for bad in IMPURE_MODULES if name == bad or name.startswith(f"{bad}.")}
    return found | (called_names(source) & IMPURE_CALLS)


def called_names(source: str) -> set[str]:
    """Return the last part of the name of everything that is called."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    functions = {call.id for call in calls if isinstance(call, ast.Name)}
    return functions | {call.attr for call in calls if isinstance(call, ast.Attribute)}


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield the name and the number of lines of every function, nested ones too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def import_graph(room: str) -> dict[str, set[str]]:
    """Return which module of a room imports which other modules of the same room."""
    names = {module_name(file): file for file in python_files(ARCHIVE / room)}
    return {
        name: (imported_modules(file.read_text("utf-8"), name) & set(names)) - {name}
        for name, file in names.items()
    }


def tracked_files() -> list[Path]:
    """Return the files under version control, or skip where that cannot be asked."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("the files under version control are known only in a checkout with git")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_every_folder_with_code_is_a_room_of_the_table():
    folders = {file.parent.name for file in ARCHIVE.glob("*/__init__.py")} - {"migrations"}
    assert folders == set(MAY_IMPORT)


def test_the_documented_table_is_the_one_held_here():
    rows = re.findall(
        r"^\| `archive/(\w+)` \|[^|]*\| ([^|]*) \|", (ROOT / "docs/reference/house.md").read_text(), re.M
    )
    documented = {room: set(allowed.split(", ")) & set(MAY_IMPORT) for room, allowed in rows}
    assert documented == MAY_IMPORT


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_its_row_allows(room):
    for file in python_files(ARCHIVE / room):
        imported = rooms_imported(imported_modules(file.read_text("utf-8"), module_name(file)))
        assert imported <= MAY_IMPORT[room] | {room}, f"{file.relative_to(ROOT)} may not import that"


@pytest.mark.parametrize("room", ROOMS_IN_ORDER_INSIDE)
def test_a_stage_imports_only_earlier_stages(room):
    try:
        TopologicalSorter(import_graph(room)).prepare()
    except CycleError as error:
        pytest.fail(f"modules that import each other: {' -> '.join(error.args[1])}")


def test_text_touches_nothing_outside():
    found = {file.name: impurities(file.read_text("utf-8")) for file in python_files(ARCHIVE / "text")}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("room", ROOMS_THAT_ONLY_READ)
def test_a_room_that_shows_never_writes(room):
    for file in python_files(ARCHIVE / room):
        assert called_names(file.read_text("utf-8")) & WRITING_CALLS == set(), file


def test_no_drawer_for_everything():
    names = {part for file in python_files(ARCHIVE) for part in file.relative_to(ROOT).with_suffix("").parts}
    words = {word: name for name in names for word in name.split("_")}
    assert set(words) & FORBIDDEN_NAMES == set()


def test_files_and_functions_stay_short():
    files = [*python_files(ARCHIVE, ROOT / "tests", ROOT / "benchmarks"), ROOT / "manage.py"]
    for file in files:
        source = file.read_text("utf-8")
        lines = len(source.splitlines())
        assert lines <= LONGEST_FILE, f"{file.relative_to(ROOT)} has {lines} lines"
        for name, length in functions(source):
            assert length <= LONGEST_FUNCTION, f"{file.relative_to(ROOT)}: {name} has {length} lines"


def test_no_tracked_file_names_a_machine_or_a_registry():
    for file in tracked_files():
        text = file.read_bytes().decode("utf-8", "replace")
        assert not MACHINE_PATH.search(text), f"{file.relative_to(ROOT)} holds the path of a machine"
        if file != Path(__file__):
            assert not REGISTRY_ADDRESS.search(text), f"{file.relative_to(ROOT)} holds a registry's address"


def test_the_two_commands_are_written_down_where_they_are_used():
    setup = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e "
    start, test = (
        f"{setup}. && .venv/bin/python manage.py up",
        f"{setup}'.[test]' && .venv/bin/python -m pytest",
    )
    readme = (ROOT / "README.md").read_text().splitlines()
    assert start in readme
    assert test in readme
    assert test in (ROOT / ".ci/run").read_text()


def test_every_pinned_version_is_a_bare_name_and_number():
    pin = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+")
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert lines
    assert [line for line in lines if not pin.fullmatch(line)] == []


# --- the checks themselves can fail ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "rooms"),
    [
        ("import archive.models.article", {"models"}),
        ("from archive import search", {"search"}),
        ("from ..models import Article", {"models"}),
        ("from . import words", {"text"}),
        ("def late():\n    from archive.web import urls", {"web"}),
        ("from archive.secret_key import read_or_make_secret_key", set()),
        ("import re", set()),
    ],
)
def test_imports_are_seen_however_they_are_written(source, rooms):
    assert rooms_imported(imported_modules(source, "archive.text.module")) == rooms


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from django.db import models", {"django.db", "django.db.models"}),
        ("import os.path", {"os.path"}),
        ("import urllib.request", {"urllib.request"}),
        ("from pathlib import Path", {"pathlib.Path"}),
        ("from pathlib import PurePosixPath", set()),
        ("from datetime import datetime\ndatetime.now()", {"now"}),
        ("open('file')", {"open"}),
        ("import urllib.parse, osmium\nfrom datetime import datetime\ndatetime(2000, 1, 1)", set()),
    ],
)
def test_impurities_are_seen(source, found):
    assert impurities(source) == found


def test_function_lengths_are_counted():
    source = "def outer():\n    def inner():\n        pass\n    return inner\n"
    assert dict(functions(source)) == {"outer": 4, "inner": 2}


@pytest.mark.parametrize("path", ["/".join(["", "home", "somebody", "x"]), "'" + "/".join(["", "root", "x"])])
def test_machine_paths_are_seen(path):
    assert MACHINE_PATH.search(f"open {path}") is not None


@pytest.mark.parametrize("innocent", ["https://example.org/home/news", "/data/home", "~/home/x"])
def test_addresses_are_no_machine_paths(innocent):
    assert MACHINE_PATH.search(innocent) is None
