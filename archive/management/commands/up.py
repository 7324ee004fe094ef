"""`manage.py up`: from a fresh checkout to a running site, and every start after that."""

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection

from archive.management import first_start, static_files
from archive.management.serving import Address, serve
from archive.models import Article, Event, Organisation, Outlet, Person
from archive.pipeline import searching

SEEDS = settings.BASE_FOLDER / "seeds"
PREPARING = 0x7061_7261_6C6C_6178  # "parallax", as the number of a PostgreSQL advisory lock
FRONT_PAGES = (Article, Outlet, Event, Person, Organisation)


class Command(BaseCommand):
    """Prepare whatever is missing, then serve until Ctrl-C."""

    help = "Start the archive: database, migrations, seeds, the first curator's account, web server."

    def add_arguments(self, parser):
        """Take the address to serve at."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")

    def handle(self, *, host: str, port: int, **options):
        """Start what is missing and serve."""
        address = Address(host, port)
        address.check_free()
        _wait_for_other_starts()
        call_command("migrate", interactive=False, verbosity=0)
        static_files.collect_if_changed()
        if not Article.objects.exists():
            call_command("import_articles", str(SEEDS), stdout=self.stdout, stderr=self.stderr)
        searching.renew(self._say_renewed)
        curator = first_start.make_first_curator()
        welcome = self._welcome(address, curator)
        connection.close()  # lets other starts go on; the workers are forked, and each opens its own
        serve(address, when_ready=lambda: self.stdout.write(welcome))

    def _say_renewed(self, done: int, of: int) -> None:
        if done == of or done % 10_000 == 0:
            self.stdout.write(f"Search brought up to date: {done:,} of {of:,} articles")

    def _welcome(self, address: Address, curator: first_start.NewCurator | None) -> str:
        counts = ", ".join(_count(model) for model in FRONT_PAGES)
        lines = [
            f"The archive is open at {address.url}",
            f"It holds {counts}.",
            f"Curators sign in at {address.url}admin/",
        ]
        if curator:
            lines.append(curator.note)
        lines += [f"Its data is in {settings.DATA_FOLDER}.", "Ctrl-C stops it."]
        return "\n".join(lines)


def _wait_for_other_starts() -> None:
    """Of several starts on one database, prepare it one after another: held until the connection closes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])


def _count(model) -> str:
    number = model.objects.count()
    names = model._meta
    return f"{number:,} {names.verbose_name if number == 1 else names.verbose_name_plural}"
