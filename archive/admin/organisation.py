"""Organisations."""

from django.contrib import admin

from archive.admin.entity import NamedAdmin
from archive.models import Organisation
from archive.text.types import Kind


@admin.register(Organisation)
class OrganisationAdmin(NamedAdmin):
    """Names that name groups, agencies, companies, parties."""

    kind = Kind.ORGANISATION
