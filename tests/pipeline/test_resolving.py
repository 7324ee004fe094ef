"""Names across articles: silence beats a wrong link, counts are true, addresses stay."""

import pytest

from archive.models import Alias, Article, Entity, Mention, SearchRow
from archive.pipeline import resolving, river
from tests.stories import HARBOUR, HARBOUR_ELSEWHERE, ORCHARD, put

pytestmark = pytest.mark.django_db

ANOTHER_LINDQVIST = """Skating champion retires at thirty

1 March 2020

The skating champion Petra Lindqvist ends her career after the world cup in Norrmark, she said on Sunday.

"I have skated enough circles," Lindqvist told the broadcaster. Lindqvist won nine medals in eleven years.

The skating union thanked her and asked her to coach the young team.
"""
LONE_LINDQVIST = ANOTHER_LINDQVIST.replace("Petra Lindqvist ends", "Lindqvist ends")


def import_texts(folder, **texts):
    river.import_paths([put(folder, **texts)])


def test_a_surname_alone_never_joins_two_articles(tmp_path):
    import_texts(tmp_path, a=HARBOUR, b=ANOTHER_LINDQVIST, c=LONE_LINDQVIST)
    keys = {
        path: set(
            Mention.objects.filter(article__path=path, surface__endswith="Lindqvist").values_list(
                "entity__key", flat=True
            )
        )
        for path in ("a.txt", "b.txt", "c.txt")
    }
    assert keys["a.txt"] == {"marta lindqvist"}
    assert keys["b.txt"] == {"petra lindqvist"}
    assert all("@" in key for key in keys["c.txt"])


def test_every_count_is_the_number_of_rows_it_stands_for(tmp_path):
    import_texts(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    for entity in Entity.objects.all():
        assert entity.mention_count == entity.mentions.count()
        assert entity.article_count == entity.mentions.values("article").distinct().count()
    for alias in Alias.objects.filter(origin="printed"):
        forms = [" ".join(mention.surface.split()) for mention in alias.entity.mentions.all()]
        assert alias.mention_count == forms.count(alias.form)


def test_counts_are_of_the_newest_versions(tmp_path):
    import_texts(tmp_path, a=HARBOUR)
    import_texts(tmp_path, a=HARBOUR.replace("the Varnholm Dock Workers Union", "the union"))
    lindqvist = Entity.objects.get(key="marta lindqvist")
    union = Entity.objects.get(key="varnholm dock workers union")
    assert lindqvist.article_count == 1
    assert (union.article_count, union.withdrawn) == (0, False)  # an old version still names them


def test_a_name_that_nothing_mentions_any_more_is_gone_and_keeps_its_row(tmp_path):
    import_texts(tmp_path, a=ORCHARD)
    okoro = Entity.objects.get(key="jonas okoro")
    Mention.objects.filter(entity=okoro).delete()
    resolving.run({okoro.key})
    okoro.refresh_from_db()
    assert okoro.withdrawn
    assert not okoro.aliases.exists()
    river.import_paths([tmp_path], clean_again=True)
    okoro.refresh_from_db()
    assert not okoro.withdrawn


def test_resolving_again_changes_nothing(tmp_path):
    import_texts(tmp_path, a=HARBOUR, b=HARBOUR_ELSEWHERE, c=ORCHARD)
    before = list(Entity.objects.values()), list(Alias.objects.values()), list(Mention.objects.values())
    resolved = resolving.run(resolving.keys_in(Article.objects.values_list("pk", flat=True)))
    after = list(Entity.objects.values()), list(Alias.objects.values()), list(Mention.objects.values())
    assert after == before
    assert resolved.articles == set()


def test_a_search_row_lists_whom_its_article_names(tmp_path):
    import_texts(tmp_path, a=HARBOUR, c=ORCHARD)
    for row in SearchRow.objects.all():
        named = set(row.article.mentions.exclude(entity=None).values_list("entity", flat=True))
        assert set(row.entity_ids) == named
        assert all(f"':ent:{entity}'" in row.vector for entity in named)


def test_words_of_the_headline_weigh_more_than_those_of_the_body(tmp_path):
    import_texts(tmp_path, a=HARBOUR)
    vector = SearchRow.objects.get().vector.split()
    assert any(lexeme.startswith("'strike':") and "A" in lexeme for lexeme in vector)
    assert any(lexeme.startswith("'terminal':") and "A" not in lexeme for lexeme in vector)
