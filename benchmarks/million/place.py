"""Where the archive of a benchmark lies: an embedded PostgreSQL of its own in FOLDER/archive."""

from __future__ import annotations

import os
from pathlib import Path


def open_archive(folder: Path) -> None:
    """Make the archive's settings point at the benchmark's own folder, and bring its tables up to date."""
    os.environ["ARCHIVE_DATA"] = str((folder / "archive").resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "archive.settings"
    os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    from archive.management import static_files

    call_command("migrate", verbosity=0)
    static_files.collect_if_changed()
