"""gunicorn, started from inside the process that prepared the archive."""

import errno
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

PORTS = range(1, 65536)
# Two cores: about 1,200 one-row pages a second with 2 x 4 threads, against 670-830 with plain workers.
WORKERS = 2
THREADS = 4
# A visitor reads longer than gunicorn's usual two seconds, and one who asks for the next page just when the
# connection is closed gets none. An open connection takes no thread.
KEPT_OPEN_SECONDS = 75
FAREWELL_SECONDS = 5  # for requests under way when the archive is stopped
MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108  gunicorn's heartbeat must not wait for a disk


@dataclass(frozen=True)
class Address:
    """Where the site is served."""

    host: str
    port: int

    @property
    def bind(self) -> str:
        """Return the address as gunicorn takes it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the address to open in a browser."""
        return f"http://{self.bind}/"

    def check_free(self) -> None:
        """Raise CommandError, one sentence, unless the site can be served here."""
        if self.port not in PORTS:
            raise CommandError(f"{self.port} is no port: choose one from 1 to {PORTS[-1]} with --port.")
        try:
            family, kind, *_, place = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
        except OSError as error:
            raise CommandError(self._complaint(error)) from error

    def _complaint(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return f"Port {self.port} is taken: stop what listens there, or choose another with --port."
        if isinstance(error, PermissionError):
            return f"Port {self.port} may only be opened by root: choose one above 1023 with --port."
        return f"Nothing can listen at {self.bind} ({error}): choose another --host or --port."


class _Server(BaseApplication):
    def __init__(self, settings: dict[str, object]):
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return get_wsgi_application()


def serve(address: Address, when_ready: Callable[[], None]) -> None:
    """Serve the site until a signal ends it; `when_ready` is called once it answers."""
    _Server(
        {
            "bind": address.bind,
            "workers": WORKERS,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "loglevel": "warning",
            "keepalive": KEPT_OPEN_SECONDS,
            "graceful_timeout": FAREWELL_SECONDS,
            "worker_tmp_dir": str(MEMORY_FOLDER) if os.access(MEMORY_FOLDER, os.W_OK) else None,
            "control_socket_disable": True,
            "when_ready": lambda arbiter: when_ready(),
        }
    ).run()
