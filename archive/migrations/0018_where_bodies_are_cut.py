from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("archive", "0017_articles_of_outlets"),)

    operations = (
        migrations.CreateModel(
            name="Cut",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=models.CASCADE,
                        primary_key=True,
                        related_name="cut",
                        serialize=False,
                        to="archive.article",
                    ),
                ),
                ("rules", models.CharField(max_length=12)),
                ("starts", ArrayField(base_field=models.IntegerField(), size=None)),
            ],
        ),
    )
