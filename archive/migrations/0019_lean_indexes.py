"""No index beside one that answers the same, no statistics anew for every tenth row, words in heaps."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Tables that an import fills: their statistics need not be made anew for every tenth row.
_FILLED = (
    *("alias", "article", "entity", "entry", "figure", "lookback", "mention", "quotation", "searchrow"),
    *("storyterm", "wording"),
)
_PATIENT = "autovacuum_analyze_scale_factor = 0.5"
_OFTEN = "autovacuum_analyze_scale_factor"


def _several(statement, **values):
    return [statement.format(table=f"archive_{name}", **values) for name in _FILLED]


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0018_where_bodies_are_cut"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            # The index for beginnings answers what is asked of the whole word as well: it stays, renamed.
            database_operations=[
                migrations.RunSQL(
                    [
                        "DROP INDEX archive_mention_key_353e7baa",
                        "ALTER INDEX archive_mention_key_353e7baa_like RENAME TO mention_key",
                        "DROP INDEX archive_alias_normal_form_225a0843",
                        "ALTER INDEX archive_alias_normal_form_225a0843_like RENAME TO alias_normal_form",
                        "DROP INDEX archive_entity_key_23f2b5bf_like",
                        "ALTER TABLE archive_entity"
                        " RENAME CONSTRAINT archive_entity_key_key TO entity_key_once",
                        "ALTER INDEX search_vector SET (fastupdate = on, gin_pending_list_limit = 65536)",
                    ],
                    [
                        "CREATE INDEX archive_mention_key_353e7baa ON archive_mention (key)",
                        "ALTER INDEX mention_key RENAME TO archive_mention_key_353e7baa_like",
                        "CREATE INDEX archive_alias_normal_form_225a0843 ON archive_alias (normal_form)",
                        "ALTER INDEX alias_normal_form RENAME TO archive_alias_normal_form_225a0843_like",
                        "CREATE INDEX archive_entity_key_23f2b5bf_like"
                        " ON archive_entity (key varchar_pattern_ops)",
                        "ALTER TABLE archive_entity"
                        " RENAME CONSTRAINT entity_key_once TO archive_entity_key_key",
                        "ALTER INDEX search_vector SET (fastupdate = off)",
                    ],
                )
            ],
            state_operations=[
                migrations.RemoveIndex(model_name="searchrow", name="search_vector"),
                migrations.AlterField("alias", "normal_form", models.CharField(max_length=300)),
                migrations.AlterField("entity", "key", models.CharField(max_length=400)),
                migrations.AlterField("mention", "key", models.CharField(blank=True, max_length=400)),
                migrations.AddIndex(
                    model_name="alias",
                    index=models.Index(
                        fields=["normal_form"], name="alias_normal_form", opclasses=("varchar_pattern_ops",)
                    ),
                ),
                migrations.AddIndex(
                    model_name="mention",
                    index=models.Index(
                        fields=["key"], name="mention_key", opclasses=("varchar_pattern_ops",)
                    ),
                ),
                migrations.AddIndex(
                    model_name="searchrow",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fields=["vector"], gin_pending_list_limit=65536, name="search_vector"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="entity",
                    constraint=models.UniqueConstraint(fields=("key",), name="entity_key_once"),
                ),
            ],
        ),
        migrations.AlterField("article", "content_key", models.CharField(max_length=64)),
        migrations.AlterField(
            "alias",
            "entity",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="aliases",
                to="archive.entity",
            ),
        ),
        migrations.AlterField(
            "article",
            "copy_of",
            models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="the first that came with the same raw text, under another address or outlet",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="archive.article",
            ),
        ),
        migrations.AlterField(
            "article",
            "event",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="articles",
                to="archive.event",
            ),
        ),
        migrations.AlterField(
            "article",
            "outlet",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="archive.outlet",
            ),
        ),
        migrations.AlterField(
            "copy",
            "one",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="archive.wording",
            ),
        ),
        migrations.AlterField(
            "entity",
            "merged_into",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="archive.entity",
            ),
        ),
        migrations.AlterField(
            "entry",
            "run",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="archive.run",
            ),
        ),
        migrations.AlterField(
            "figure",
            "article",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figures",
                to="archive.article",
            ),
        ),
        migrations.AlterField(
            "mention",
            "article",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mentions",
                to="archive.article",
            ),
        ),
        migrations.AlterField(
            "mention",
            "entity",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="mentions",
                to="archive.entity",
            ),
        ),
        migrations.AlterField(
            "quotation",
            "article",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="quotations",
                to="archive.article",
            ),
        ),
        migrations.AlterField(
            "lookback",
            "article",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="look_backs",
                to="archive.article",
            ),
        ),
        migrations.AlterField(
            "storyterm",
            "article",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="story_terms",
                to="archive.article",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("copy_of"), condition=models.Q(("copy_of__isnull", False)), name="article_copy_of"
            ),
        ),
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(
                models.F("merged_into"),
                condition=models.Q(("merged_into__isnull", False)),
                name="entity_merged_into",
            ),
        ),
        migrations.RunSQL(
            _several("ALTER TABLE {table} SET ({settings})", settings=_PATIENT),
            _several("ALTER TABLE {table} RESET ({settings})", settings=_OFTEN),
        ),
    ]
