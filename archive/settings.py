"""Settings of the archive. What differs from place to place is read from the environment.

ARCHIVE_DATA           folder for everything the archive writes (default: var/ beside manage.py)
DATABASE_URL           a PostgreSQL server of version 15 or later (default: the archive's own)
SECRET_KEY             (default: generated once into the data folder)
ALLOWED_HOSTS          host names that the site answers to, separated by commas
CSRF_TRUSTED_ORIGINS   origins that forms may come from, separated by commas
BEHIND_TLS             1 if a proxy in front ends TLS and sets X-Forwarded-Proto
SEARCH_SECONDS         after so many seconds a search is cut short, and says so (default: 0.8)
RECOGNISER             who finds names: "rules" (default), or a plug-in such as "spacy"
FULL_TEXT              "public" (default), or "accounts": visitors without an account get excerpts everywhere
INDEXED                1 if search engines may list the pages (default 0: every page says noindex)
AUTHORITY              host name in the permanent ids of feeds (default: the first of ALLOWED_HOSTS)
API_REQUESTS           requests a minute that one client may send to the API (default 120)
DEBUG                  1 for error pages with details; never where strangers can reach the site
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from archive.database.url import database_from_url
from archive.secret_key import read_or_make_secret_key


def _from_environment(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


BASE_FOLDER = Path(__file__).resolve().parent.parent
DATA_FOLDER = Path(os.environ.get("ARCHIVE_DATA") or BASE_FOLDER / "var").absolute()

DEBUG = os.environ.get("DEBUG") == "1"
BEHIND_TLS = os.environ.get("BEHIND_TLS") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY") or read_or_make_secret_key(DATA_FOLDER)
ALLOWED_HOSTS = _from_environment("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _from_environment("CSRF_TRUSTED_ORIGINS")

SEARCH_SECONDS = float(os.environ.get("SEARCH_SECONDS") or 0.8)
RECOGNISER = os.environ.get("RECOGNISER") or "rules"

FULL_TEXT_PUBLIC = os.environ.get("FULL_TEXT", "public") != "accounts"
INDEXED = os.environ.get("INDEXED") == "1"
_NAMES = [host for host in ALLOWED_HOSTS if host[0].isalnum()]  # neither ".example.org" nor "*"
AUTHORITY = os.environ.get("AUTHORITY") or (_NAMES or ["localhost"])[0]
API_REQUESTS = int(os.environ.get("API_REQUESTS") or 120)

INSTALLED_APPS = [
    "archive.apps.ArchiveConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "procrastinate.contrib.django",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_FOLDER / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.web.standing.for_all_pages",
            ]
        },
    }
]

if DATABASE_URL := os.environ.get("DATABASE_URL"):
    DATABASE = database_from_url(DATABASE_URL)
else:
    DATABASE = {"ENGINE": "archive.database", "NAME": "parallax", "FOLDER": DATA_FOLDER / "database"}
# A new connection costs 3-5 ms of processor time: each thread keeps its own, tried before use.
DATABASES = {"default": {**DATABASE, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}

# The queue of imports (archive.pipeline.queueing) lives in the same database.
PROCRASTINATE_IMPORT_PATHS = ["archive.pipeline.queueing"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_FOLDER / "static"]
STATIC_ROOT = DATA_FOLDER / "static"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What comparisons follow from texts alone (archive/search/kept.py); may be deleted at any time.
    "comparisons": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_FOLDER / "cache" / "comparisons",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is uploaded
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Nothing inline, nothing from elsewhere: hostile text that slips through as markup still cannot act.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "saved"
LOGOUT_REDIRECT_URL = "home"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without the proxy
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# A curator's form may carry a long article; nothing else is sent to the site.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"style": "{", "format": "{asctime} {levelname} {name}: {message}"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
