"""Which account of the machine runs the server: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.database.problems import DatabaseProblem

# Tried in this order when root starts the archive in a folder that belongs to root.
ACCOUNTS_FOR_ROOT = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The user and group ids that the server runs under."""

    user: int
    group: int

    @property
    def is_other_user(self) -> bool:
        """Whether this process has to switch to the account."""
        return self.user != os.geteuid()

    @property
    def switch(self) -> dict[str, Any]:
        """Return the arguments of `subprocess.run` that switch to the account."""
        if not self.is_other_user:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Make `path` the account's own."""
        if self.is_other_user:
            os.chown(path, self.user, self.group)

    def reaches(self, folder: Path) -> bool:
        """Return whether the account may enter `folder`, asked of the system itself."""
        enter = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
        return subprocess.run(enter, cwd="/", capture_output=True, check=False, **self.switch).returncode == 0


def account_for(*folders: Path) -> Account:
    """Return the account that runs the server whose files are in `folders`.

    That is the present user. For root it is the owner of the first folder that exists and belongs
    to someone else, so that root joins what a user began; otherwise `postgres` or `nobody`.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for folder in folders:
        if folder.exists() and (owner := folder.stat()).st_uid != 0:
            return Account(owner.st_uid, owner.st_gid)
    for name in ACCOUNTS_FOR_ROOT:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise DatabaseProblem(
        "PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody: "
        "start the archive as another user, or set DATABASE_URL."
    )
