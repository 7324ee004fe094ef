"""A name as printed at one place of an article, and to whom it is taken to refer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.text.types import Kind


class MentionQuerySet(models.QuerySet["Mention"]):
    pass


class Mention(models.Model):
    """`surface` is `article.body[start:end]` and never changes; `key` is what resolving inside the article
    found (see archive.text.types.Link; a local name's key carries its article's content key); `entity` is
    derived from `key` and the live judgements, and may be empty.
    """

    article = models.ForeignKey("archive.Article", models.CASCADE, db_index=False, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    score = models.FloatField()
    evidence = models.JSONField(default=list)
    recogniser = models.CharField(max_length=60)
    key = models.CharField(max_length=400, blank=True)
    name = models.CharField(max_length=300, help_text="the fullest form known when it was linked")
    link_evidence = models.JSONField(default=list)
    entity = models.ForeignKey(
        "archive.Entity", models.SET_NULL, null=True, blank=True, db_index=False, related_name="mentions"
    )

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ("article", "start")
        verbose_name = "mention"
        # Every article has dozens of mentions: no index beside one that answers the same questions.
        indexes = (
            models.Index("entity", "article", name="mention_entity_article"),
            models.Index(fields=("key",), opclasses=("varchar_pattern_ops",), name="mention_key"),
        )
        constraints = (
            models.UniqueConstraint(fields=("article", "start"), name="mention_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_span_in_order"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="mention_score_is_a_share"),
        )

    def __str__(self) -> str:
        return self.surface
