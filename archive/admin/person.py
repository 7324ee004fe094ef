"""People."""

from django.contrib import admin

from archive.admin.entity import NamedAdmin
from archive.models import Person
from archive.text.types import Kind


@admin.register(Person)
class PersonAdmin(NamedAdmin):
    """Names that name people."""

    kind = Kind.PERSON
