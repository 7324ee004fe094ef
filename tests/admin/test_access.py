"""Who may do what: readers nothing, curators judge, administrators keep the accounts. Nobody deletes."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from archive.models import Judgement, Mention, Outlet

OURS = [model for model in admin.site._registry if model._meta.app_label in ("archive", "auth")]


def writing_addresses(mention):
    """Return every address of the admin that could change something, built for this mention's entity."""
    entity = mention.entity
    pages = [
        reverse(f"admin:archive_{entity.kind}_{act}", args=[entity.pk])
        for act in ("change", "merge", "split", "reject")
    ]
    pages += [reverse(f"admin:archive_mention_{act}", args=[mention.pk]) for act in ("move", "reject")]
    pages += [reverse("admin:archive_alias_add"), reverse("admin:archive_outlet_add")]
    pages.append(reverse("admin:archive_article_change", args=[mention.article_id]))
    pages.append(reverse("admin:archive_event_change", args=[mention.article.event_id]))
    pages.append(reverse("admin:archive_outlet_change", args=[mention.article.outlet_id]))
    return pages


def test_a_visitor_and_a_reader_are_sent_to_sign_in_and_change_nothing(client, seeds):
    mention = Mention.objects.filter(entity__key="ayad allawi").first()
    User.objects.create_user("reader", password="reader's password")
    for signed_in in (False, True):
        if signed_in:
            client.force_login(User.objects.get(username="reader"))
        for page in writing_addresses(mention):
            answer = client.post(page, {"decide": "1", "name": "Nobody", "kind": "person"})
            assert answer.status_code == 302
            assert answer["Location"].startswith(reverse("admin:login"))
    mention.entity.refresh_from_db()
    assert mention.entity.name == "Ayad Allawi"
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_nobody_deletes(rf, model, admin_user):
    request = rf.get("/")
    request.user = admin_user
    model_admin = admin.site._registry[model]
    assert not model_admin.has_delete_permission(request)
    assert "delete_selected" not in model_admin.get_actions(request)


@pytest.mark.parametrize("model", ["person", "article", "outlet", "event", "alias"])
def test_the_address_that_would_delete_is_forbidden(admin_client, seeds, model):
    from archive import models

    row = getattr(models, model.capitalize()).objects.first()
    address = reverse(f"admin:archive_{model}_delete", args=[row.pk])
    assert admin_client.post(address, {"post": "yes"}).status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_curator_sees_outlets_and_does_not_change_them(curating, seeds):
    outlet = Outlet.objects.first()
    address = reverse("admin:archive_outlet_change", args=[outlet.pk])
    assert outlet.name in curating.get(address).content.decode()
    assert curating.post(address, {"name": "Another"}).status_code == 403
    assert curating.post(reverse("admin:archive_outlet_add"), {"name": "Another"}).status_code == 403
    assert not Outlet.objects.filter(name="Another").exists()


def test_a_curator_does_not_see_accounts(curating):
    assert curating.get(reverse("admin:auth_user_changelist")).status_code == 403
    assert "auth/user" not in curating.get(reverse("admin:index")).content.decode()


def test_an_administrator_makes_a_curator_who_can_sign_in(admin_client, client):
    admin_client.post(
        reverse("admin:auth_user_add"),
        {
            "username": "ben",
            "usable_password": "true",
            "password1": "a long one, and new",
            "password2": "a long one, and new",
            "is_staff": "on",
        },
    )
    assert client.login(username="ben", password="a long one, and new")
    assert client.get(reverse("admin:archive_person_changelist")).status_code == 200


def test_a_closed_account_can_do_nothing(curating, curator):
    curator.is_active = False
    curator.save()
    assert curating.get(reverse("admin:index")).status_code == 302


LISTS = ["article", "outlet", "person", "organisation", "alias", "event", "judgement", "run", "entry"]


@pytest.mark.parametrize("page", ["index", *(f"archive_{noun}_changelist" for noun in LISTS)])
def test_every_list_opens_whole_and_searched(curating, seeds, page):
    address = reverse(f"admin:{page}")
    assert curating.get(address).status_code == 200
    assert curating.get(address, {"q": "'; \" <x> allawi & |"}).status_code == 200


def test_runs_and_entries_are_read_only(admin_client, seeds):
    for noun in ("run", "entry"):
        assert admin_client.get(reverse(f"admin:archive_{noun}_add")).status_code == 403


def test_an_administrator_lets_a_curator_read_the_whole_ledger_and_gives_nothing_else(admin_client, curator):
    address = reverse("admin:auth_user_change", args=[curator.pk])
    page = admin_client.get(address).content.decode()
    assert page.count('name="user_permissions"') == 1 and "run" in page
    others = Permission.objects.exclude(codename="view_run").first()
    ledger = Permission.objects.get(codename="view_run")
    sent = {"username": "ann", "is_active": "on", "is_staff": "on"}
    assert admin_client.post(address, {**sent, "user_permissions": [others.pk]}).status_code == 200
    assert admin_client.post(address, {**sent, "user_permissions": [ledger.pk]}).status_code == 302
    assert list(curator.user_permissions.all()) == [ledger]
