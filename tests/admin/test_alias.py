"""Aliases in the admin: added, changed and taken back; what the texts and the authority file say is shown."""

import pytest
from django.urls import reverse

from archive.models import Alias, Entity, Judgement

ADD = "/admin/archive/alias/add/"


def change(alias):
    """Return the address of an alias's form."""
    return reverse("admin:archive_alias_change", args=[alias.pk])


@pytest.fixture
def added(curating, allawi):
    """Add an alias by its form."""
    curating.post(ADD, {"entity": allawi.pk, "form": "Iraqi Vice President", "reason": ""})
    return Alias.objects.get(form="Iraqi Vice President")


def test_an_alias_is_added_and_leads_to_whose_name_it_is(curating, allawi):
    answer = curating.post(ADD, {"entity": allawi.pk, "form": " Iraqi  Vice President", "reason": "office"})
    assert answer["Location"] == reverse("admin:archive_person_change", args=[allawi.pk])
    alias = Alias.objects.get(form="Iraqi Vice President")
    assert (alias.entity, alias.origin) == (allawi, "curator")
    assert Judgement.objects.get().reason == "office"


def test_a_curators_alias_is_changed_by_two_judgements_and_none_is_lost(curating, allawi, added):
    kelly = Entity.objects.get(key="john kelly")
    curating.post(change(added), {"entity": kelly.pk, "form": "Iraqi Vice President", "reason": ""})
    alias = Alias.objects.get(form="Iraqi Vice President")
    assert alias.entity == kelly
    verdicts = list(Judgement.objects.order_by("pk").values_list("verdict", flat=True))
    assert verdicts == ["alias of", "withdrawn", "alias of"]


def test_a_change_that_is_refused_leaves_the_old_alias(curating, allawi, added):
    answer = curating.post(change(added), {"entity": allawi.pk, "form": "Ayad Allawi", "reason": ""})
    assert "already" in answer.content.decode()
    assert Alias.objects.filter(form="Iraqi Vice President", origin="curator").exists()
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("origin", ["printed", "authority"])
def test_what_was_not_added_by_a_curator_is_not_changed(curating, allawi, origin):
    alias = allawi.aliases.filter(origin=origin).first()
    assert curating.get(change(alias)).status_code == 200
    assert curating.post(change(alias), {"entity": allawi.pk, "form": "X", "reason": ""}).status_code == 403


def test_an_alias_of_nobody_is_refused(curating, seeds):
    assert "This field is required" in curating.post(ADD, {"form": "X"}).content.decode()
    assert "valid choice" in curating.post(ADD, {"entity": 10**9, "form": "X"}).content.decode()
