"""Somebody or something with names: a person or an organisation.

One table for both, with a proxy each (docs/decisions): a curator's "kind is" moves an entity from one to
the other without a new id, so its address, its mentions and its judgements stay.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.models.addresses import address
from archive.text.types import Kind


class EntityQuerySet(models.QuerySet["Entity"]):
    def live(self) -> EntityQuerySet:
        """Entities that have a page: neither merged into another nor withdrawn."""
        return self.filter(merged_into=None, withdrawn=False)

    def by_coverage(self) -> EntityQuerySet:
        return self.order_by("-article_count", "-mention_count", "name", "pk")


class Entity(models.Model):
    """One row for every name key ever seen; rows are never deleted, so that addresses live.

    `key` is the normal form of the name (archive.text.names.normal_form), without the kind. A local
    entity is a lone name that nobody introduced; its key is "<name>@<content key of its article>".
    `merged_into`, `withdrawn`, `name`, `kind` and the counts are computed from mentions, aliases and
    live judgements (archive.text.resolving), never edited in place.
    """

    class KindChoice(models.TextChoices):
        PERSON = Kind.PERSON.value, "person"
        ORGANISATION = Kind.ORGANISATION.value, "organisation"

    key = models.CharField(max_length=400)
    kind = models.CharField(max_length=12, choices=KindChoice)
    name = models.CharField(max_length=300)
    local = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="merged"
    )
    withdrawn = models.BooleanField(
        default=False, help_text="not a name, or no mention left: its address says gone"
    )
    article_count = models.PositiveIntegerField(default=0)
    mention_count = models.PositiveIntegerField(default=0)

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "entities"
        indexes = (
            models.Index(
                "kind",
                F("article_count").desc(),
                "name",
                condition=Q(merged_into=None, withdrawn=False),
                name="entity_by_coverage",
            ),
            models.Index("merged_into", condition=Q(merged_into__isnull=False), name="entity_merged_into"),
        )
        constraints = (
            models.UniqueConstraint(fields=("key",), name="entity_key_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in Kind]), name="entity_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="entity_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="entity_has_key_and_name"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address(self.kind, self.pk, self.name)
