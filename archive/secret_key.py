"""The key that signs sessions and forms, kept in the data folder."""

import os
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

FILE_NAME = "secret_key"


def read_or_make_secret_key(data_folder: Path) -> str:
    """Return the secret key kept in `data_folder`; the first call makes it, readable by its owner only.

    Processes that start at once agree on one key. Raises ImproperlyConfigured, one sentence, if the
    folder cannot be used.
    """
    file = data_folder / FILE_NAME
    try:
        if not file.exists():
            data_folder.mkdir(parents=True, exist_ok=True)
            _make(file)
        return file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {data_folder} cannot be used ({error.strerror}): give this user the right to "
            "write there, or name another folder in ARCHIVE_DATA."
        ) from None


def _make(file: Path) -> None:
    """Write a complete file, then link it: of several processes the first one wins."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=FILE_NAME)  # mode 0600
    with os.fdopen(handle, "w", encoding="ascii") as new:
        new.write(get_random_secret_key())
    try:
        os.link(name, file)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
