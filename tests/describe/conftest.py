"""What the tests of nullability share: a small shop on a PostgreSQL of every major that is found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.describe.majors import major_of, other_folders, servers
from tests.describe.world import create

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer


@cache
def _other_majors() -> tuple[str, ...]:
    return tuple(sorted({major_of(folder) for folder in other_folders()}))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of the shop on the session's own server, and on every other major."""
    if "shop" in metafunc.fixturenames:
        metafunc.parametrize("major", ["own", *_other_majors()], scope="session")


@pytest.fixture(scope="session")
def shops(server: ScratchServer) -> Iterator[dict[str, psycopg.Connection[Any]]]:
    """A connection to a shop on each server, by major, and as `own` on the session's own."""
    with servers(server) as found:
        connections = {}
        for major, each in found.items():
            connections[major] = psycopg.connect(each.empty(), autocommit=True)
            create(connections[major])
        connections["own"] = connections[str(server.version // 10000)]
        yield connections
        for connection in connections.values():
            connection.close()


@pytest.fixture
def shop(shops: dict[str, psycopg.Connection[Any]], major: str) -> psycopg.Connection[Any]:
    """A connection to the shop, which has no rows between tests."""
    return shops[major]
