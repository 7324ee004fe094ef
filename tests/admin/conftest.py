"""An archive of the three seeds, read as an import reads them, and a curator who is no administrator."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from archive.models import Entity
from archive.pipeline import river

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture
def curator(db):
    """Return an account that may judge."""
    return User.objects.create_user("ann", password="ann's password", is_staff=True)


@pytest.fixture
def curating(client, curator):
    """Return a browser in which the curator is signed in."""
    client.force_login(curator)
    return client


@pytest.fixture
def seeds(db):
    """Import the seeds."""
    river.import_paths([SEEDS])


@pytest.fixture
def allawi(seeds):
    """Return the person whom all three articles quote."""
    return Entity.objects.get(key="ayad allawi")
