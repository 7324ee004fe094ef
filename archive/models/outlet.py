"""Who publishes: a newspaper, broadcaster, agency or site."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from archive.models.addresses import address


class OutletQuerySet(models.QuerySet["Outlet"]):
    pass


class Outlet(models.Model):
    """`name`, `short_name` and `domain` are as judged, else as stated (archive.pipeline.outlets)."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, blank=True, help_text="as printed over a narrow column")
    domain = models.CharField(max_length=253, blank=True, help_text="without www., such as dw.com")
    stated_names = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="names under which imports met it: a renamed outlet is found again by them",
    )
    stated = models.JSONField(
        default=dict, blank=True, help_text="name, short_name and domain as imports stated them first"
    )
    locked = models.BooleanField(
        default=False, help_text="a judgement says what it is called: the import leaves that alone"
    )

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("domain",), condition=~Q(domain=""), name="outlet_domain_once"),
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("outlet", self.pk, self.name)

    @property
    def key(self) -> str:
        """What judgements call it: a name that was stated of it, or its domain; a re-import has it too."""
        return next(iter(self.stated_names), "") or self.stated.get("domain") or self.name

    @property
    def label(self) -> str:
        """The name for a narrow column: the short name where there is one."""
        return self.short_name or self.name
