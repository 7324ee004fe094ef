"""Which texts are one article: never two addresses, never a flip between two files that disagree."""

from hypothesis import given
from hypothesis import strategies as st

from archive.pipeline import identity
from archive.pipeline.identity import Known, Met, recognise
from archive.pipeline.sources import read_sources
from archive.text.types import Facts

URL, OTHER_URL = "https://post.example/1", "https://times.example/1"

said = st.fixed_dictionaries(
    {},
    optional={
        "url": st.sampled_from([URL, OTHER_URL]),
        "outlet": st.sampled_from(["Post", "Times"]),
        "headline": st.sampled_from(["One", "Two"]),
    },
)


def test_another_address_is_never_the_same_article():
    known = Known(1, "a.txt", 1, {"url": URL, "outlet": "Post"})
    finding = recognise("a.txt", 1, {"url": OTHER_URL, "outlet": "Post"}, [known], set())
    assert finding.met is Met.ELSEWHERE
    assert finding.known == known


def test_another_outlet_without_addresses_is_not_the_same_article():
    known = Known(1, "a.txt", 1, {"outlet": "Post"})
    assert recognise("a.txt", 1, {"outlet": "Times"}, [known], set()).met is Met.ELSEWHERE


def test_a_new_text_is_new():
    assert recognise("a.txt", 1, {"url": URL}, [], set()).met is Met.NEW


def test_the_same_address_is_the_same_article_though_its_file_moved():
    known = Known(1, "old/a.txt", 1, {"url": URL})
    assert recognise("new/a.txt", 1, {"url": URL}, [known], set()).met is Met.AGAIN


def test_two_files_with_one_address_in_one_run_are_copies():
    known = Known(1, "a.txt", 1, {"url": URL})
    assert recognise("b.txt", 1, {"url": URL}, [known], {1}).met is Met.SAME_TEXT


def test_a_corrected_outlet_at_the_same_address_is_taken_over():
    known = Known(1, "a.txt", 1, {"url": URL, "outlet": "Psot"})
    finding = recognise("a.txt", 1, {"url": URL, "outlet": "Post"}, [known], set())
    assert finding.met is Met.AGAIN
    assert finding.changes_what_is_stated
    assert finding.said["outlet"] == "Post"


def test_an_import_that_says_less_changes_nothing():
    known = Known(1, "a.txt", 1, {"url": URL, "outlet": "Post"})
    finding = recognise("a.txt", 1, {}, [known], set())
    assert finding.met is Met.AGAIN
    assert not finding.changes_what_is_stated


def test_another_file_with_the_text_adds_what_was_not_said_and_replaces_nothing():
    known = Known(1, "a.txt", 1, {"headline": "One"})
    finding = recognise("b.txt", 1, {"headline": "Two", "outlet": "Post"}, [known], set())
    assert finding.met is Met.SAME_TEXT
    assert finding.said == {"headline": "One", "outlet": "Post"}


def test_the_article_at_the_same_path_is_preferred():
    here = Known(2, "b.txt", 1, {})
    there = Known(1, "a.txt", 1, {})
    assert recognise("b.txt", 1, {}, [there, here], set()).known == here


@given(
    st.lists(st.tuples(st.sampled_from(["a.txt", "b.txt", "c.txt"]), said), unique_by=lambda file: file[0])
)
def test_meeting_the_same_files_again_adds_nothing_and_changes_nothing(files):
    shelf: list[Known] = []
    meet(shelf, files)
    after_once = [(known.path, known.stated) for known in shelf]
    outcomes = meet(shelf, files)
    assert [(known.path, known.stated) for known in shelf] == after_once
    assert {Met.NEW, Met.ELSEWHERE}.isdisjoint(outcomes)


def meet(shelf: list[Known], files) -> list[Met]:
    """One run over files that all hold the same text."""
    outcomes, met = [], set()
    for path, stated in files:
        finding = recognise(path, 1, stated, shelf, met)
        outcomes.append(finding.met)
        if finding.met in (Met.NEW, Met.ELSEWHERE):
            shelf.append(Known(len(shelf) + 1, path, 1, stated))
            met.add(shelf[-1].pk)
        elif finding.known:
            met.add(finding.known.pk)
            shelf[shelf.index(finding.known)] = finding.known._replace(stated=finding.said)
    return outcomes


def test_facts_survive_being_stored(tmp_path):
    (tmp_path / "a.txt").write_text("A")
    row = (
        "file,outlet,url,published,authors\na.txt,Post,https://post.example/1,2019-03-12,Ada Moss; Ben Reed\n"
    )
    facts = read_sources(row.encode(), tmp_path).facts["a.txt"]
    assert identity.facts(identity.stated(facts)) == facts
    assert identity.facts(identity.stated(Facts())) == Facts()


def test_a_content_key_is_of_the_words_alone():
    assert identity.content_key("one\ntwo") == identity.content_key("one\ntwo")
    assert identity.content_key("one\ntwo") != identity.content_key("one two")
    assert len(identity.content_key("\ud800")) == 64  # a lone surrogate does not raise
