"""The bytes that came in, kept unchanged under their SHA-256. Everything else can be rebuilt from them."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length


class SourceQuerySet(models.QuerySet["Source"]):
    def keep(self, data: bytes) -> Source:
        """Store `data` once, whoever asks and however often, and return its row."""
        digest = hashlib.sha256(data).hexdigest()
        source, _ = self.get_or_create(sha256=digest, defaults={"data": data, "size": len(data)})
        return source


class Source(models.Model):
    sha256 = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    size = models.BigIntegerField(help_text="bytes")
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="source_sha256_is_hex"),
            models.CheckConstraint(condition=Q(size=Length("data")), name="source_size_is_true"),
        )

    def __str__(self) -> str:
        return self.sha256[:12]
