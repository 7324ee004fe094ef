"""A name that an entity goes by."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q


class AliasQuerySet(models.QuerySet["Alias"]):
    def binding(self) -> AliasQuerySet:
        """Aliases that link names across articles. Printed forms do not: they only help to find."""
        return self.filter(origin__in=[Alias.Origin.AUTHORITY, Alias.Origin.CURATOR])


class Alias(models.Model):
    """`normal_form` is archive.text.names.normal_form of `form`; `tokens` serves suggestions by any part."""

    class Origin(models.TextChoices):
        AUTHORITY = "authority", "authority file"
        CURATOR = "curator", "added by a curator"
        PRINTED = "printed", "printed in an article"

    entity = models.ForeignKey("archive.Entity", models.CASCADE, db_index=False, related_name="aliases")
    form = models.CharField(max_length=300)
    normal_form = models.CharField(max_length=300)
    origin = models.CharField(max_length=9, choices=Origin)
    mention_count = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300, blank=True, help_text="where the alias is known from")
    tokens = models.GeneratedField(
        expression=models.Func(
            models.F("normal_form"),
            template="to_tsvector('simple'::regconfig, %(expressions)s)",
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AliasQuerySet.as_manager()

    class Meta:
        ordering = ("form",)
        verbose_name_plural = "aliases"
        indexes = (
            GinIndex(fields=("tokens",), name="alias_tokens"),
            models.Index(
                fields=("normal_form",), opclasses=("varchar_pattern_ops",), name="alias_normal_form"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("entity", "form"), name="alias_once"),
            models.CheckConstraint(condition=~Q(form=""), name="alias_has_a_form"),
        )

    def __str__(self) -> str:
        return self.form
