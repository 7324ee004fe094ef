from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("archive", "0016_indexes_of_lists"),)

    operations = (
        migrations.AddIndex(
            model_name="article",
            index=models.Index("outlet", condition=models.Q(newest=True), name="article_outlet_count"),
        ),
    )
