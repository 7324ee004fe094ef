"""Where curators work: a file per noun. Whoever may sign in may curate; accounts are for administrators.

What is computed is never edited in place: a change of a name, a kind, an event or a field of an article
becomes a judgement of archive.curation, and nothing is ever deleted.
"""

from django.contrib import admin

from archive.admin import (
    account,
    alias,
    article,
    entity,
    event,
    feed,
    judgement,
    mention,
    organisation,
    outlet,
    person,
    run,
)

__all__ = [
    "account",
    "alias",
    "article",
    "entity",
    "event",
    "feed",
    "judgement",
    "mention",
    "organisation",
    "outlet",
    "person",
    "run",
]

admin.site.site_header = "Parallax – curating"
admin.site.site_title = "Parallax"
admin.site.index_title = "What do you want to look after?"
