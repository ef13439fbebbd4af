"""One empty database for all tests of this folder: each works in a transaction that is rolled back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer


@pytest.fixture(scope="session")
def blank_dsn(server: ScratchServer) -> str:
    return server.empty()
