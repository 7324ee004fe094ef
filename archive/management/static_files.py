"""Style sheets, scripts and fonts, gathered under hashed names for WhiteNoise."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

FINGERPRINT_FILE = "static.fingerprint"


def collect_if_changed() -> bool:
    """Gather the static files into STATIC_ROOT if one of them changed since, and say whether one did."""
    file = Path(settings.DATA_FOLDER) / FINGERPRINT_FILE
    fingerprint = _fingerprint()
    if Path(settings.STATIC_ROOT).exists() and file.exists() and file.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    file.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    """Return a hash of every static file's place, size and time of change."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{storage.path(path)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
