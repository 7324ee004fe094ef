"""The command: lists of feeds, the report, and exit codes that cron and scripts can rely on."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from archive.management.commands import harvest
from archive.models import Article
from archive.pipeline import harvesting
from tests.web_server import Site, rss, send, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """Return a server with a feed of one article."""
    made = Site()
    made.pages |= {"/feed": rss("Post", made.at("/ferry")), "/ferry": story("Ferry stops for winter")}
    yield made
    made.close()


def run(*arguments):
    """Run the command as on loopback, without pauses."""
    call_command("harvest", *arguments, "--allow-private", "--pause", "0")


def test_what_was_new_is_said_in_one_short_report(site, capsys):
    run(site.at("/feed"))
    said = capsys.readouterr().out
    assert said.splitlines()[0] == "Harvested: 1 created"
    assert f"{site.at('/feed')}: 1 article, 1 new." in said
    assert "created: Ferry stops for winter" in said
    run(site.at("/feed"))
    assert capsys.readouterr().out.splitlines()[0] == "Harvested: nothing"


def test_loopback_is_refused_unless_it_is_allowed(site, capsys):
    with pytest.raises(CommandError, match="None of the feeds") as error:
        call_command("harvest", site.at("/feed"))
    assert error.value.returncode == 1
    assert "127.0.0.1, which is no public address; --allow-private allows it" in capsys.readouterr().out
    assert site.asked == []


@pytest.mark.parametrize(
    "lines",
    [
        "# our feeds\n\n{feed}\n",
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="News">'
        '<outline type="rss" xmlUrl="{feed}"/></outline></body></opml>',
    ],
)
def test_a_list_may_be_opml_or_an_address_a_line(site, tmp_path, lines):
    place = tmp_path / "feeds"
    place.write_text(lines.format(feed=site.at("/feed")))
    run("--list", str(place))
    assert Article.objects.count() == 1


def test_an_entity_of_a_list_is_not_looked_up(site, tmp_path, capsys):
    secret = tmp_path / "secret"
    secret.write_text("told to nobody")
    place = tmp_path / "feeds.opml"
    place.write_text(
        f'<!DOCTYPE opml [<!ENTITY x SYSTEM "file://{secret}">]><opml><body>'
        f'<outline xmlUrl="{site.at("/feed")}" text="&x;"/><outline xmlUrl="ftp://&x;"/></body></opml>'
    )
    with pytest.raises(SystemExit):
        run("--list", str(place))
    said = capsys.readouterr()
    assert "told to nobody" not in said.out + said.err
    assert Article.objects.count() == 1


def test_some_failures_have_an_exit_code_of_their_own(site):
    site.pages["/ferry"] = lambda handler: send(handler, b"", 500)
    with pytest.raises(SystemExit) as end:
        run(site.at("/feed"))
    assert end.value.code == harvest.SOME_FAILED == 3


def test_nothing_to_do_is_an_error_with_the_mend(tmp_path):
    with pytest.raises(CommandError, match="name one, or a list"):
        call_command("harvest")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("harvest", "--list", str(tmp_path / "nowhere"))
    empty = tmp_path / "empty"
    empty.write_text("nonsense\n")
    with pytest.raises(CommandError, match="Line 1: 'nonsense' is no web address"):
        call_command("harvest", "--list", str(empty))


def test_another_harvest_and_a_stop_have_exit_codes(site, monkeypatch):
    for problem, code in ((harvesting.AlreadyHarvesting(), 4), (KeyboardInterrupt(), 130)):

        def broken(*arguments, problem=problem, **options):
            raise problem

        monkeypatch.setattr(harvesting, "run", broken)
        with pytest.raises(CommandError) as error:
            run(site.at("/feed"))
        assert error.value.returncode == code


def test_the_help_says_what_the_exit_codes_mean():
    said = subprocess.run(
        [sys.executable, "manage.py", "harvest", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(f" {code} " in " ".join(said.split()) for code in (0, 1, 3, 4, 130))
