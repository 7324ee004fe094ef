"""The API keeps what its OpenAPI document promises: requests made up by schemathesis."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from archive.wsgi import application

EXAMPLES = 10  # of each operation

schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.fixture(autouse=True)
def often(one_connection, settings):
    """Nobody is asked to wait."""
    settings.API_REQUESTS = 10**9


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_what_the_document_says(archive, case):
    # An id or date that the schema allows may still be one that the archive does not know: 422.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
