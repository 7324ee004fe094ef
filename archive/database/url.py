"""DATABASE_URL: the address of a PostgreSQL server, as a DATABASES entry."""

from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CONNECT_SECONDS = "10"  # a name that leads nowhere must not look like a hang
SCHEMES = ("postgresql", "postgres")


def database_from_url(url: str) -> dict[str, object]:
    """Return the DATABASES entry for `postgresql://user:password@host:port/name?option=value`.

    A host given as an option may be the folder of a socket. Raises ImproperlyConfigured, one
    sentence, if the address is of another kind, names no database or has a port that is no number.
    """
    example = "it reads postgresql://user:password@host:5432/name"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read ({error}): {example}.") from None
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(f"DATABASE_URL names no PostgreSQL server: {example}.")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured(f"DATABASE_URL names no database: {example}.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "archive.database",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS, **options},
    }
