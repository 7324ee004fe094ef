"""What a curator decided: append-only rows, keyed by what a re-import reproduces."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class JudgementQuerySet(models.QuerySet["Judgement"]):
    def live(self) -> JudgementQuerySet:
        """Judgements in force: neither withdrawn nor withdrawals themselves."""
        return self.filter(withdraws=None, withdrawal=None)


class Judgement(models.Model):
    """`left` and `right` are name keys (normal forms), content keys of articles or names of outlets as they
    were stated, never row numbers.

    For "not a name" and "mention is", `article` narrows the judgement to the article with that content
    key. `value` holds a name, a kind, a title, a field's value or what a line is. A withdrawal is a row of
    its own that names the row it withdraws.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "same"
        DIFFERENT = "different", "different"
        NOT_A_NAME = "not a name", "not a name"
        KIND_IS = "kind is", "kind is"
        NAME_IS = "display name is", "display name is"
        ALIAS_OF = "alias of", "alias of"
        MENTION_IS = "mention is", "mention is"
        SAME_EVENT = "same event", "same event"
        OTHER_EVENT = "other event", "other event"
        TITLE_IS = "title is", "title is"
        FOLLOWS = "follows", "follows"
        NOT_FOLLOWS = "follows not", "follows not"
        COPY_OF = "copy of", "copy of"
        NOT_A_COPY = "not a copy", "not a copy"
        FIELD_IS = "field is", "field is"
        OUTLET_IS = "outlet is", "outlet is"
        KNOWN_NAME = "known name", "known name"
        LINE_IS = "line is", "line is"
        SAME_PASSAGE = "same passage", "same passage"
        OTHER_PASSAGE = "other passage", "other passage"
        WITHDRAWN = "withdrawn", "withdrawn"

    verdict = models.CharField(max_length=15, choices=Verdict)
    left = models.CharField(max_length=400)
    right = models.CharField(max_length=400, blank=True)
    article = models.CharField(
        max_length=64, blank=True, help_text="content key, where it holds in one article only"
    )
    value = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by_name = models.CharField(max_length=150, help_text="kept when judgements travel between archives")
    made_at = models.DateTimeField()
    batch = models.UUIDField(default=uuid.uuid4, help_text="judgements made, and undone, together")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, help_text="its name in exports")
    tool_version = models.CharField(max_length=40)
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="withdrawal")

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index("left", name="judgement_left"),
            models.Index("right", condition=~Q(right=""), name="judgement_right"),
            models.Index("batch", name="judgement_batch"),
            models.Index("article", condition=~Q(article=""), name="judgement_article"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(left=""), name="judgement_is_about_something"),
            models.CheckConstraint(
                condition=Q(verdict="withdrawn", withdraws__isnull=False)
                | (~Q(verdict="withdrawn") & Q(withdraws=None)),
                name="judgement_withdrawal_names_its_row",
            ),
            models.CheckConstraint(condition=~Q(left=F("right")), name="judgement_between_two"),
        )

    def __str__(self) -> str:
        return f"{self.left} {self.verdict} {self.right or self.value}".strip()
