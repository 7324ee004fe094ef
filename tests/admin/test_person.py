"""People in the admin: found by any name, renamed and given aliases by judgement, with the words around."""

import re

import pytest
from django.urls import reverse

from archive.curation import acts
from archive.curation.judging import judge
from archive.models import Alias, Entity, Judgement, Mention
from archive.pipeline import river
from tests.admin.conftest import SEEDS

Verdict = Judgement.Verdict


def page(entity, act="change"):
    """Return the address of a page about a person or organisation."""
    return reverse(f"admin:archive_{entity.kind}_{act}", args=[entity.pk])


def save(client, entity, **changed):
    """Send the form as a browser does, with `changed` filled in, and return the page that follows."""
    sent = {"name": entity.name, "kind": entity.kind, "new_alias": "", "reason": "", **changed}
    return client.post(page(entity), sent, follow=True)


def text_of(answer):
    """Return the words of a page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


# --- finding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Allawi", "alla", "ayad", "Allawi Ayad", "ÁLLAWI"])
def test_a_person_is_found_by_any_part_of_any_name(curating, allawi, typed):
    found = curating.get(reverse("admin:archive_person_changelist"), {"q": typed})
    assert "Ayad Allawi" in text_of(found)
    assert "Baghdadi" not in text_of(found)


def test_the_box_that_suggests_finds_both_kinds(curating, seeds):
    sent = {"app_label": "archive", "model_name": "alias", "field_name": "entity"}
    for typed, name in (("alla", "Ayad Allawi"), ("tele", "The Daily Telegraph")):
        found = curating.get(reverse("admin:autocomplete"), {**sent, "term": typed}).json()
        assert [result["text"] for result in found["results"]] == [name]


def test_the_page_shows_every_mention_with_the_words_around_it(curating, allawi):
    shown = curating.get(page(allawi)).content.decode()
    assert shown.count("<mark>") == allawi.mention_count > 5
    assert "<mark>Allawi</mark> told the Reuters news agency" in shown


def test_mentions_come_in_pages_and_by_printed_form(curating, allawi, monkeypatch):
    monkeypatch.setattr("archive.admin.entity_page.MENTIONS_ON_A_PAGE", 4)
    assert curating.get(page(allawi)).content.decode().count("<mark>") == 4
    assert curating.get(page(allawi), {"mentions": "x"}).status_code == 200
    full = Mention.objects.filter(entity=allawi, surface="Ayad Allawi").count()
    shown = curating.get(page(allawi), {"form": "Ayad Allawi"}).content.decode()
    assert shown.count("<mark>Ayad Allawi</mark>") == shown.count("<mark>") == full


# --- what is changed is judged ---------------------------------------------------------------------


def test_nothing_changed_is_nothing_judged(curating, allawi):
    assert "Nothing was changed" in text_of(save(curating, allawi))
    assert not Judgement.objects.exists()


def test_a_new_name_is_a_judgement_and_survives_an_import(curating, curator, allawi):
    save(curating, allawi, name="Iyad Allawi", reason="as he writes it")
    judgement = Judgement.objects.get()
    assert (judgement.verdict, judgement.left, judgement.value) == (
        Verdict.NAME_IS,
        "ayad allawi",
        "Iyad Allawi",
    )
    assert (judgement.made_by, judgement.made_by_name, judgement.reason) == (
        curator,
        "ann",
        "as he writes it",
    )
    river.import_paths([SEEDS], clean_again=True)
    allawi.refresh_from_db()
    assert allawi.name == "Iyad Allawi"


def test_a_new_kind_keeps_the_id_and_moves_the_page(curating, allawi):
    answer = save(curating, allawi, kind="organisation")
    assert answer.redirect_chain[-1][0] == reverse("admin:archive_organisation_change", args=[allawi.pk])
    allawi.refresh_from_db()
    assert allawi.kind == "organisation"


def test_an_empty_name_is_refused_on_the_form(curating, allawi):
    assert "This field is required" in text_of(save(curating, allawi, name="  "))
    assert not Judgement.objects.exists()


def test_a_hostile_name_is_shown_as_text(curating, allawi):
    answer = save(curating, allawi, name="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in answer.content
    assert b"&lt;script&gt;alert(1)" in answer.content


# --- aliases ---------------------------------------------------------------------------------------


def test_a_new_alias_says_at_once_which_articles_it_brings(curating, seeds):
    rasool = Entity.objects.get(key="yahya rasool")
    answer = save(curating, rasool, new_alias="Islamic State spokesman Kelly")
    assert "It brings 0 articles (1 before, 1 now)" in text_of(answer)
    answer = save(curating, rasool, new_alias="John Kelly")
    assert "It brings 1 article: " in text_of(answer)
    assert "(1 before, 2 now)" in text_of(answer)
    kelly = Entity.objects.get(key="john kelly")
    assert kelly.merged_into == rasool


def test_an_alias_links_words_that_were_no_name_before(curating, allawi):
    assert not Mention.objects.filter(surface__iexact="Iraqi Vice President").exists()
    save(curating, allawi, new_alias="Iraqi Vice President")
    linked = Mention.objects.filter(surface__iexact="Iraqi Vice President")
    assert linked
    assert set(linked.values_list("entity", flat=True)) == {allawi.pk}


def test_an_alias_survives_an_import_and_can_be_taken_back(curating, allawi):
    before = set(Mention.objects.values_list("article", "start", "surface", "entity"))
    save(curating, allawi, new_alias="Iraqi Vice President")
    river.import_paths([SEEDS], clean_again=True)
    assert Alias.objects.get(form="Iraqi Vice President").entity == allawi
    undo = reverse("admin:archive_judgement_undo", args=[Judgement.objects.get().batch])
    assert undo in curating.get(page(allawi)).content.decode()
    answer = curating.post(undo, {"next": page(allawi)})
    assert answer["Location"] == page(allawi)
    assert not Alias.objects.filter(form="Iraqi Vice President").exists()
    assert set(Mention.objects.values_list("article", "start", "surface", "entity")) == before


@pytest.mark.parametrize(
    ("alias", "why"),
    [("AYAD ALLAWI", "already"), ("–!–", "no letter or digit"), (" ", "Nothing was changed")],
)
def test_an_alias_that_says_nothing_new_is_refused_with_the_reason(curating, allawi, alias, why):
    assert why in text_of(save(curating, allawi, new_alias=alias))
    assert not Judgement.objects.exists()


def test_an_alias_of_somebody_judged_different_is_refused_with_the_chain(curating, curator, seeds):
    from archive.curation.decisions import Decision

    kelly, comey = Entity.objects.get(key="john kelly"), Entity.objects.get(key="james comey")
    judge(Decision(Verdict.DIFFERENT, kelly.key, comey.key), curator)
    answer = text_of(save(curating, kelly, new_alias="James Comey"))
    assert "judged different by ann" in answer
    assert Judgement.objects.count() == 1


def test_an_alias_that_is_printed_everywhere_is_refused_with_the_mend(curating, allawi, monkeypatch):
    monkeypatch.setattr(acts, "MOST_READ_AGAIN", 2)
    assert "printed in 3 articles" in text_of(save(curating, allawi, new_alias="Mosul"))
    assert not Judgement.objects.exists()


# --- merge, split, reject --------------------------------------------------------------------------


def test_a_merge_is_seen_before_it_is_made_and_undone_with_one_click(curating, seeds):
    kelly, comey = Entity.objects.get(key="john kelly"), Entity.objects.get(key="james comey")
    sent = {"others": [comey.pk], "reason": "a test"}
    seen = text_of(curating.post(page(kelly, "merge"), {**sent, "preview": "1"}))
    assert "merged into John Kelly: its address leads there" in seen
    assert not Judgement.objects.exists()
    done = curating.post(page(kelly, "merge"), {**sent, "decide": "1"})
    assert done["Location"] == page(kelly)
    comey.refresh_from_db()
    assert comey.merged_into == kelly
    curating.post(reverse("admin:archive_judgement_undo", args=[Judgement.objects.get().batch]))
    comey.refresh_from_db()
    assert comey.merged_into is None
    assert Judgement.objects.count() == 2


def test_the_chosen_of_a_list_are_merged_into_the_one_most_written_about(curating, seeds):
    chosen = Entity.objects.filter(key__in=["ayad allawi", "yahya rasool"])
    sent = {"action": "merge_chosen", "_selected_action": [entity.pk for entity in chosen]}
    answer = curating.post(reverse("admin:archive_person_changelist"), sent)
    allawi, rasool = chosen.get(key="ayad allawi"), chosen.get(key="yahya rasool")
    assert answer["Location"] == f"{page(allawi, 'merge')}?others={rasool.pk}"
    assert f'<option value="{rasool.pk}" selected>' in curating.get(answer["Location"]).content.decode()


def test_one_of_three_is_split_off_and_the_others_stay_together(curating, seeds):
    allawi, rasool, kelly = (
        Entity.objects.get(key=key) for key in ("ayad allawi", "yahya rasool", "john kelly")
    )
    curating.post(page(rasool, "merge"), {"others": [kelly.pk], "decide": "1"})
    curating.post(page(allawi, "merge"), {"others": [rasool.pk], "decide": "1"})
    curating.post(page(allawi, "split"), {"member": f"entity:{rasool.pk}", "decide": "1"})
    standing = dict(
        Entity.objects.filter(pk__in=[allawi.pk, rasool.pk, kelly.pk]).values_list("key", "merged_into__key")
    )
    assert standing == {"ayad allawi": None, "yahya rasool": None, "john kelly": "ayad allawi"}


def test_a_name_that_is_none_loses_its_page_and_gets_it_back(curating, seeds):
    kelly = Entity.objects.get(key="john kelly")
    shown = text_of(curating.get(page(kelly, "reject")))
    assert "no page: its address says gone" in shown
    curating.post(page(kelly, "reject"), {"decide": "1"})
    kelly.refresh_from_db()
    assert kelly.withdrawn
    assert "has no page" in text_of(curating.get(page(kelly)))
    curating.post(reverse("admin:archive_judgement_undo", args=[Judgement.objects.get().batch]))
    kelly.refresh_from_db()
    assert not kelly.withdrawn


def test_what_is_merged_is_shown_but_not_changed(curating, seeds):
    kelly, comey = Entity.objects.get(key="john kelly"), Entity.objects.get(key="james comey")
    curating.post(page(kelly, "merge"), {"others": [comey.pk], "decide": "1"})
    assert "Merged into John Kelly" in text_of(curating.get(page(comey)))
    assert save(curating, comey, name="Somebody").status_code == 403
    assert curating.get(page(comey, "merge")).status_code == 404


def test_a_name_of_the_authority_file_is_split_off_with_a_preview_and_undone(curating, seeds):
    group = Mention.objects.filter(surface="Daesh").first().entity
    shown = text_of(curating.get(page(group, "split")))
    assert "Daesh (a name from the authority file)" in shown
    sent = {"member": "alias:Daesh"}
    effect = text_of(curating.post(page(group, "split"), {**sent, "preview": "1"}))
    assert "1 article and 1 mention will change" in effect
    assert not Judgement.objects.exists()
    curating.post(page(group, "split"), {**sent, "decide": "1"})
    daesh = Entity.objects.get(key="daesh")
    assert set(Mention.objects.filter(surface="Daesh").values_list("entity", flat=True)) == {daesh.pk}
    history = text_of(curating.get("/admin/archive/judgement/", {"about": daesh.pk}))
    assert "are different" in history
    assert "nobody" in history
    curating.post(reverse("admin:archive_judgement_undo", args=[Judgement.objects.get().batch]))
    assert set(Mention.objects.filter(surface="Daesh").values_list("entity", flat=True)) == {group.pk}


@pytest.mark.parametrize("member", ["", "alias:Nobody At All", "entity:x", "entity:0", "x"])
def test_only_what_is_offered_can_be_split_off(curating, seeds, member):
    group = Mention.objects.filter(surface="Daesh").first().entity
    answer = curating.post(page(group, "split"), {"member": member, "decide": "1"})
    assert answer.status_code == 200
    assert not Judgement.objects.exists()


def test_a_known_name_is_added_with_a_preview(curating, seeds):
    address = reverse("admin:archive_organisation_known")
    assert (
        "Add a known name" in curating.get(reverse("admin:archive_organisation_changelist")).content.decode()
    )
    sent = {"name": "Iraqi", "reason": "tried"}
    assert "will change" in text_of(curating.post(address, {**sent, "preview": "1"}))
    curating.post(address, {**sent, "decide": "1"})
    assert Judgement.objects.get().verdict == "known name"
    assert Entity.objects.get(key="iraqi").mention_count > 0
