"""One article, as cleaned, with the way back to the bytes it came from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import MD5, Coalesce

from archive.models.addresses import address
from archive.text.sentences import sentences
from archive.text.types import Block, BlockKind, Precision, Removed, RemovedKind, Segment, Span

# How many independent texts some articles are, in an aggregate or beside the articles of each group.
INDEPENDENT_TEXTS = Count("pk") - Count("text_group") + Count("text_group", distinct=True)

LONGEST_EXCERPT = 300  # characters


class ArticleQuerySet(models.QuerySet["Article"]):
    def newest_versions(self) -> ArticleQuerySet:
        """Leave out texts that a later version of the same article has replaced."""
        return self.filter(newest=True)

    def count_texts(self) -> int:
        """How many independent texts these articles are: copies of one text count once."""
        return int(self.order_by().aggregate(texts=INDEPENDENT_TEXTS)["texts"])

    def to_read(self) -> ArticleQuerySet:
        """With the outlet and the text, without what only the article's own page needs."""
        unread = ("raw", "segments", "removed", "grouping", "stated", "captions", "credits")
        return self.select_related("outlet").defer(*unread)

    def to_name(self, *further: str) -> ArticleQuerySet:
        """With what a link to it says: headline, date and outlet; and with further fields."""
        shown = ("headline", "published", "published_precision", "outlet__name", "outlet__short_name")
        return self.select_related("outlet").only(*shown, *further)

    def in_order_of_publication(self) -> ArticleQuerySet:
        """Undated articles last; ties in the order of their ids, so that the order never flickers."""
        return self.order_by(F("published").asc(nulls_last=True), "pk")


class Article(models.Model):
    """`content_key` is the SHA-256 of the raw text: what a judgement is keyed by, since cleaning anew,
    another recogniser or another order of import leave it alone.

    Offsets in `blocks` count in `body`; those in `removed` count in the raw text; `segments` map the one
    to the other (see archive.text.types). `locked` names the fields that a curator has changed: a later
    import leaves these alone.
    """

    class PublishedPrecision(models.TextChoices):
        UNKNOWN = "", "not known"
        MINUTE = Precision.MINUTE.value, "to the minute"
        DAY = Precision.DAY.value, "to the day"
        MONTH = Precision.MONTH.value, "to the month"
        YEAR = Precision.YEAR.value, "to the year"

    source = models.ForeignKey("archive.Source", models.PROTECT, related_name="articles")
    path = models.CharField(max_length=1000, help_text="the file, relative to what was imported")
    block = models.PositiveIntegerField(default=1, help_text="1 for the first article of a file")
    byte_start = models.BigIntegerField(default=0)
    byte_end = models.BigIntegerField(default=0)
    encoding = models.CharField(max_length=40, default="utf-8")
    stated = models.JSONField(
        default=dict,
        blank=True,
        help_text="what sources.csv or the file's format said of it: its identity on re-import",
    )
    raw = models.TextField(help_text="the decoded text that the body was taken from")
    content_key = models.CharField(max_length=64)

    outlet = models.ForeignKey(
        "archive.Outlet", models.PROTECT, null=True, blank=True, db_index=False, related_name="articles"
    )
    url = models.CharField(max_length=2000, blank=True)
    published = models.DateTimeField(null=True, blank=True, help_text="as printed, kept as UTC")
    published_precision = models.CharField(
        max_length=6, choices=PublishedPrecision, default=PublishedPrecision.UNKNOWN, blank=True
    )
    published_evidence = models.CharField(max_length=300, blank=True)
    updated = models.DateTimeField(null=True, blank=True)
    headline = models.CharField(max_length=1000, blank=True)
    deck = models.TextField(blank=True)
    authors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    agencies = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    dateline = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12, blank=True)
    body = models.TextField()
    word_count = models.PositiveIntegerField(default=0)
    blocks = models.JSONField(default=list)
    segments = models.JSONField(default=list)
    removed = models.JSONField(default=list)
    captions = ArrayField(models.TextField(), default=list, blank=True)
    credits = ArrayField(models.TextField(), default=list, blank=True)
    locked = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    event = models.ForeignKey(
        "archive.Event", models.SET_NULL, null=True, blank=True, db_index=False, related_name="articles"
    )
    grouping = models.JSONField(default=dict, blank=True, help_text="profile for grouping, stored at import")
    previous = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next",
        help_text="the version before this one",
    )
    newest = models.BooleanField(default=True)
    copy_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="copies",
        help_text="the first that came with the same raw text, under another address or outlet",
    )
    wording = models.ForeignKey(
        "archive.Wording", models.SET_NULL, null=True, blank=True, related_name="articles"
    )
    text_group = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="printings",
        help_text="the first printing of the same independent text; empty where it is printed once",
    )
    imported_at = models.DateTimeField(auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = (F("published").desc(nulls_last=True), "-pk")
        indexes = (
            models.Index(F("published").desc(nulls_last=True), F("id").desc(), name="article_newest"),
            models.Index("outlet", F("published").desc(nulls_last=True), name="article_outlet_newest"),
            models.Index("outlet", condition=Q(newest=True), name="article_outlet_count"),
            models.Index("event", "published", name="article_event_published"),
            models.Index("path", "block", name="article_path_block"),
            HashIndex(fields=("url",), name="article_url"),
            models.Index("text_group", condition=Q(text_group__isnull=False), name="article_text_group"),
            models.Index("copy_of", condition=Q(copy_of__isnull=False), name="article_copy_of"),
        )
        constraints = (
            models.UniqueConstraint(
                F("content_key"), MD5("url"), Coalesce("outlet", models.Value(0)), name="article_once"
            ),
            models.CheckConstraint(condition=Q(byte_start__lte=F("byte_end")), name="article_bytes_in_order"),
            models.CheckConstraint(condition=~Q(copy_of=F("id")), name="article_not_its_own_copy"),
            models.CheckConstraint(
                condition=Q(published=None, published_precision="")
                | (Q(published__isnull=False) & ~Q(published_precision="")),
                name="article_date_with_precision",
            ),
        )

    def __str__(self) -> str:
        return self.headline or f"Article {self.pk} (no headline)"

    def get_absolute_url(self) -> str:
        return address("article", self.pk, self.headline)

    def block_list(self) -> list[Block]:
        """The paragraphs and subheadings of the body."""
        return [Block(start, end, BlockKind(kind)) for start, end, kind in self.blocks]

    def block_spans(self) -> list[Span]:
        """Where paragraphs and subheadings lie in the body, in order."""
        return [Span(start, end) for start, end, _ in self.blocks]

    def removed_list(self) -> list[Removed]:
        """What cleaning took out of the raw text."""
        return [Removed(start, end, RemovedKind(kind), reason) for start, end, kind, reason in self.removed]

    def segment_list(self) -> list[Segment]:
        """Which stretches of the body are which of the raw text."""
        return [Segment(*segment) for segment in self.segments]

    def paragraph_number(self, offset: int) -> int | None:
        """The number of the paragraph that a place of the body lies in, from 1; None in a subheading."""
        number = 0
        for start, end, kind in self.blocks:
            number += kind == BlockKind.PARAGRAPH.value
            if start <= offset < end:
                return number if kind == BlockKind.PARAGRAPH.value else None
        return None

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that a place of the body lies in; None between blocks."""
        for start, end, _ in self.blocks:
            if start <= offset < end:
                found = sentences(self.body, start, end)
                return next((sentence for sentence in found if offset < sentence.end), None)
        return None

    @property
    def lead_text(self) -> str:
        """The words of the lead, "" without one."""
        span = self.lead()
        return self.body[slice(*span)] if span else ""

    @property
    def excerpt(self) -> str:
        """What may stand where the whole text may not: the lead, cut at a word."""
        words = self.lead_text
        if len(words) <= LONGEST_EXCERPT:
            return words
        return words[: LONGEST_EXCERPT - 1].rsplit(maxsplit=1)[0] + "…"

    def lead(self) -> Span | None:
        """The first sentence of the first paragraph, if there is one."""
        for block in self.block_list():
            if block.kind is BlockKind.PARAGRAPH:
                return next(iter(sentences(self.body, block.start, block.end)), None)
        return None
