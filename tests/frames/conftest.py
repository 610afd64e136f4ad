"""A kind of frame as a fixture: where it says so, the library goes without Polars for the time of the test."""

import pytest
from frames.engines import Kind

from povertyrules.frames import engines


@pytest.fixture
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Kind:
    found: Kind = request.param
    if not found.polars:
        monkeypatch.setattr(engines, "_has_polars", lambda: False)
    return found
