"""How the archive's own server is set up."""

import pytest

from archive.database.cluster import buffers


@pytest.mark.parametrize(("gigabytes", "held"), [(1, 256), (2, 256), (8, 1024), (24, 3072), (512, 4096)])
def test_the_server_takes_an_eighth_of_the_memory_within_bounds(gigabytes, held):
    assert buffers(gigabytes * 2**30) == held
