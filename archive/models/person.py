"""A person: the entities whose names name people."""

from __future__ import annotations

from django.db import models

from archive.models.entity import Entity, EntityQuerySet
from archive.text.types import Kind


class PersonManager(models.Manager.from_queryset(EntityQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> EntityQuerySet:
        queryset: EntityQuerySet = super().get_queryset()
        return queryset.filter(kind=Kind.PERSON)


class Person(Entity):
    objects = PersonManager()

    class Meta:
        proxy = True
        verbose_name_plural = "people"
