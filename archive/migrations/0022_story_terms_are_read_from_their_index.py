# Takes some 20 seconds of processor time in an archive of a million articles.
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0021_run_reached'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='storyterm',
            name='story_term_day',
        ),
        migrations.AddIndex(
            model_name='storyterm',
            index=models.Index(fields=['term', 'day'], include=('article', 'weight'), name='story_term_found'),
        ),
    ]
