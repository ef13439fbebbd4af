"""Fixtures that every test may use: one scratch PostgreSQL per worker, a rolled-back connection or a clone per test."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, settings

import attune_sql

# A machine under load is slow, and slowness is no defect.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# A shell ignores interrupts for what it runs in the background, and the programs that tests interrupt inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ["tests.fix_exercised", "tests.fix_repositories", "tests.fix_workplace"]

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer


@pytest.fixture(scope="session")
def server() -> Iterator[ScratchServer]:
    """A scratch server with the bundled migrations."""
    with attune_sql.scratch() as server:
        yield server


@pytest.fixture
def conn(server: ScratchServer) -> Iterator[psycopg.Connection[Any]]:
    """A connection on the migrated database, in a transaction that is rolled back."""
    with attune_sql.connect(server.dsn) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def clone_dsn(server: ScratchServer) -> str:
    """A migrated database of the test's own, for tests that commit or use several connections."""
    return server.clone()


@pytest.fixture
def empty_dsn(server: ScratchServer) -> str:
    """An empty database of the test's own."""
    return server.empty()
