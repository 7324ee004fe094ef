"""Curators join and part rows of a comparison."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("archive", "0007_search_layout")]

    operations = [
        migrations.AlterField(
            model_name="judgement",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("same", "same"),
                    ("different", "different"),
                    ("not a name", "not a name"),
                    ("kind is", "kind is"),
                    ("display name is", "display name is"),
                    ("alias of", "alias of"),
                    ("mention is", "mention is"),
                    ("same event", "same event"),
                    ("other event", "other event"),
                    ("title is", "title is"),
                    ("copy of", "copy of"),
                    ("not a copy", "not a copy"),
                    ("field is", "field is"),
                    ("outlet is", "outlet is"),
                    ("line is", "line is"),
                    ("same passage", "same passage"),
                    ("other passage", "other passage"),
                    ("withdrawn", "withdrawn"),
                ],
                max_length=15,
            ),
        ),
    ]
