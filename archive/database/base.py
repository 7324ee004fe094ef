"""Django's PostgreSQL backend, as ENGINE "archive.database".

With a folder under FOLDER in the settings it uses the archive's own server there, which starts with
the first connection, so that commands which need no database (`check`, `--help`) start no server.
Without FOLDER it uses the server that DATABASE_URL names. Either way a server that is missing or too
old is told in one sentence.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base, client, features

from archive.database.problems import DatabaseProblem

OLDEST_SERVER = 15  # a major version


class DatabaseFeatures(features.DatabaseFeatures):
    """What the archive asks of a server."""

    minimum_database_version = (OLDEST_SERVER,)


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`: psql finds the server once a connection has joined it."""

    def runshell(self, parameters: Iterable[str]) -> None:
        """Start the server, then psql."""
        self.connection.ensure_connection()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that makes sure that its server runs."""

    client_class = DatabaseClient
    features_class = DatabaseFeatures

    @property
    def is_embedded(self) -> bool:
        """Whether the archive runs this server itself."""
        return "FOLDER" in self.settings_dict

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg needs; the first call of a process starts or joins the archive's own server."""
        if self.is_embedded and not self.settings_dict["HOST"]:
            self._join_server()
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if the archive's own server died since, start it again and connect once more."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError as error:
            if not self.is_embedded:
                reason = str(error).splitlines()[0]
                raise DatabaseProblem(
                    f"The database that DATABASE_URL names cannot be reached ({reason}): "
                    "start that server, or correct the address."
                ) from error
            self._join_server()
            return super().get_new_connection(conn_params)

    def check_database_version_supported(self) -> None:
        """Raise DatabaseProblem if the server is too old."""
        version = self.get_database_version()
        if version < (OLDEST_SERVER,):
            found = ".".join(map(str, version))
            raise DatabaseProblem(
                f"The database server is PostgreSQL {found}, and the archive needs {OLDEST_SERVER} or later: "
                "name a newer server in DATABASE_URL, or unset it to use the archive's own."
            )

    def _join_server(self) -> None:
        if sys.platform == "win32":
            raise DatabaseProblem(
                "The archive's own PostgreSQL needs Linux or macOS: name a PostgreSQL server in DATABASE_URL."
            )
        from archive.database.embedded import ensure_running  # needs the locks and accounts of a Unix

        self.settings_dict.update(ensure_running(Path(self.settings_dict["FOLDER"])))
