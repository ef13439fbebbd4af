"""A short hunt in every run of the tests; the long one is `python -m tests.fuzz`."""

from __future__ import annotations

import psycopg
import pytest

from attune_sql.describe import nullability
from attune_sql.describe.nullability import verdict
from tests.fuzz.hunt import Broken, Figures, hunt
from tests.fuzz.shrink import script, shrunk


@pytest.mark.parametrize("seed", [1, 2])
def test_no_promise_is_broken(empty_dsn: str, seed: int) -> None:
    figures = Figures()
    found = list(hunt(empty_dsn, seed, wanted=100, datasets=3, figures=figures))
    assert [script(each) for each in found] == []
    # What is refused, or gives no row, shows nothing.
    assert figures.refused < figures.accepted / 5
    assert figures.with_rows > figures.accepted / 4


def _lies(dsn: str, seed: int) -> list[Broken]:
    return list(hunt(dsn, seed, wanted=20, datasets=2, figures=Figures()))


def test_an_engine_that_lies_is_found_out_with_a_script_that_shows_it(
    empty_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = nullability.columns
    monkeypatch.setattr("tests.fuzz.promises.columns", lambda *given: [verdict.never("a lie")] * len(honest(*given)))
    found = _lies(empty_dsn, 3)
    assert found
    assert found[0].promise == _lies(empty_dsn, 3)[0].promise
    small = shrunk(empty_dsn, found[-1])
    assert len(small.promise.query) <= len(found[-1].promise.query)
    assert "is NULL; said: a lie" in small.words
    with psycopg.connect(empty_dsn) as conn:
        conn.execute("DROP SCHEMA f CASCADE")
        conn.execute(script(small).replace(small.promise.query, "").rstrip(";").encode())
        cursor = psycopg.RawCursor(conn)
        cursor.execute(small.promise.query.encode(), small.values if "$" in small.promise.query else ())
        assert any(None in row for row in cursor.fetchall())
        conn.rollback()
