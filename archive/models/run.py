"""The ledger: what each run of a command did with each piece it met."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class RunQuerySet(models.QuerySet["Run"]):
    pass


class Run(models.Model):
    command = models.CharField(max_length=60)
    arguments = models.JSONField(default=list)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    tool_version = models.CharField(max_length=40)
    queued = models.PositiveIntegerField(
        null=True, blank=True, help_text="entries that the workers of a queue will have made in the end"
    )
    reached = models.BigIntegerField(
        null=True, blank=True, help_text="the last article that a run through all of them dealt with"
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.command} {self.started_at:%Y-%m-%d %H:%M}"


class EntryQuerySet(models.QuerySet["Entry"]):
    pass


class Entry(models.Model):
    """One piece of input under exactly one outcome."""

    class Outcome(models.TextChoices):
        CREATED = "created", "created"
        UNCHANGED = "unchanged", "unchanged"
        EXACT_COPY = "exact copy", "exact copy"
        NEAR_COPY = "near copy", "near copy"
        NEW_VERSION = "new version", "new version"
        REJECTED = "rejected", "rejected"

    run = models.ForeignKey(Run, models.CASCADE, db_index=False, related_name="entries")
    path = models.CharField(max_length=1000)
    block = models.PositiveIntegerField(default=1)
    byte_offset = models.BigIntegerField(default=0)
    form = models.CharField(
        "taken for", max_length=20, blank=True, default="", help_text="the kind of file that it was read as"
    )
    outcome = models.CharField(max_length=11, choices=Outcome)
    reason = models.TextField(blank=True)
    source = models.ForeignKey(
        "archive.Source", models.PROTECT, null=True, blank=True, related_name="entries"
    )
    article = models.ForeignKey(
        "archive.Article", models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    retry_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tries",
        db_index=False,
        help_text="the rejected entry that was tried again",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("run", "pk")
        verbose_name_plural = "entries"
        indexes = (
            models.Index("run", "outcome", name="entry_run_outcome"),
            models.Index("retry_of", condition=Q(retry_of__isnull=False), name="entry_retry_of"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(outcome="rejected") | ~Q(reason=""), name="entry_rejection_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} [{self.block}]: {self.outcome}"
