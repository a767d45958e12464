"""The servers of the slice: one set for all its tests."""

import pytest

from chaos.parts import Parts


@pytest.fixture(scope="session")
def parts(tmp_path_factory) -> Parts:
    with Parts(tmp_path_factory.mktemp("chaos")) as servers:
        yield servers
