"""Accounts: administrators make them and close them. None is deleted: judgements keep who made them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.http import HttpRequest

from archive.admin.curating import may_administer

admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Curators are those who may sign in here ("staff"); administrators may change accounts as well."""

    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "is_superuser")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("May", {"fields": ("is_active", "is_staff", "is_superuser", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2")}),
        ("May", {"fields": ("is_staff", "is_superuser")}),
    )
    list_filter = ("is_active", "is_staff", "is_superuser")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest | None, **options: Any) -> Any:
        """Of all permissions only the one that is asked for anywhere: to read the whole ledger."""
        if db_field.name == "user_permissions":
            options["queryset"] = Permission.objects.filter(codename="view_run")
            options["widget"] = forms.CheckboxSelectMultiple()
            options["label"] = "Also"
            options["help_text"] = "A curator without it reads the ledger's runs that they started."
        return super().formfield_for_manytomany(db_field, request, **options)  # type: ignore[arg-type]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
