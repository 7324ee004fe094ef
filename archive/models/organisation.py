"""An organisation: the entities whose names name groups, agencies, companies, parties."""

from __future__ import annotations

from django.db import models

from archive.models.entity import Entity, EntityQuerySet
from archive.text.types import Kind


class OrganisationManager(models.Manager.from_queryset(EntityQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> EntityQuerySet:
        queryset: EntityQuerySet = super().get_queryset()
        return queryset.filter(kind=Kind.ORGANISATION)


class Organisation(Entity):
    objects = OrganisationManager()

    class Meta:
        proxy = True
