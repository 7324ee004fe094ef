"""What is stored: one file per noun, its QuerySet beside it."""

from archive.models.alias import Alias
from archive.models.article import Article
from archive.models.copy import Copy, Wording
from archive.models.cut import Cut
from archive.models.day import Day
from archive.models.effect import Effect
from archive.models.entity import Entity
from archive.models.event import Event
from archive.models.feed import Feed, FeedItem
from archive.models.figure import Figure
from archive.models.judgement import Judgement
from archive.models.look_back import LookBack
from archive.models.lookups import AnyOf
from archive.models.mention import Mention
from archive.models.organisation import Organisation
from archive.models.outlet import Outlet
from archive.models.person import Person
from archive.models.quotation import Quotation
from archive.models.run import Entry, Run
from archive.models.saved_search import SavedSearch
from archive.models.search_row import SearchRow
from archive.models.source import Source
from archive.models.story_term import StoryTerm

__all__ = [
    "Alias",
    "AnyOf",
    "Article",
    "Copy",
    "Cut",
    "Day",
    "Effect",
    "Entity",
    "Entry",
    "Event",
    "Feed",
    "FeedItem",
    "Figure",
    "Judgement",
    "LookBack",
    "Mention",
    "Organisation",
    "Outlet",
    "Person",
    "Quotation",
    "Run",
    "SavedSearch",
    "SearchRow",
    "Source",
    "StoryTerm",
    "Wording",
]
