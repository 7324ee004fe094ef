"""Django's PostgreSQL backend on the archive's own server, which starts with the first connection.

Named in settings as ENGINE "archive.database", with the server's folder under FOLDER. Commands that
need no database (`check`, `--help`, `collectstatic`) start no server.
"""

from pathlib import Path

from django.db.backends.postgresql import base, client

from archive.database import embedded
from archive.database.cluster import ROLE


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`: psql reaches the server through its socket."""

    def runshell(self, parameters):
        """Start the server, then psql."""
        self.connection.ensure_connection()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that makes sure that its server runs."""

    client_class = DatabaseClient

    def get_connection_params(self):
        """Return what psycopg needs; the first call of a process starts or joins the server."""
        if not self.settings_dict["HOST"]:
            self._join_server()
        return super().get_connection_params()

    def get_new_connection(self, conn_params):
        """Connect; if the server died since this process joined it, start it again and connect once more."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            self._join_server()
            return super().get_new_connection(conn_params)

    def _join_server(self):
        socket_folder = embedded.ensure_running(Path(self.settings_dict["FOLDER"]))
        self.settings_dict.update(HOST=str(socket_folder), USER=ROLE)
