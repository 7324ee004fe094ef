from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = (("archive", "0015_days_and_look_backs"),)

    operations = (
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                F("last_published").desc(nulls_last=True),
                F("article_count").desc(),
                F("id").desc(),
                name="event_latest",
            ),
        ),
        migrations.AddIndex(
            model_name="searchrow",
            index=models.Index(
                "event_id", condition=models.Q(text_id__isnull=False), name="search_event_copies"
            ),
        ),
    )
