"""A run that nobody made: round figures, of which every ratio can be told by looking."""

from __future__ import annotations

from benchmarks.results import Machine, Memory, Results


def results(**changed: float) -> Results:
    """Make a run; `changed` are median microseconds of the library's operations, by name with `_` for a space."""
    library = {"get": 90.0, "insert": 200.0, "list 1000": 6000.0, "bulk 1000": 9000.0}
    library["insert, committed"] = 240.0
    library |= {name.replace("_", " "): value for name, value in changed.items()}
    psycopg = {"get": 100.0, "insert": 200.0, "insert, committed": 300.0, "list 1000": 10_000.0, "bulk 1000": 30_000.0}
    return Results(
        taken="2026-01-31",
        quick=False,
        machine=Machine("A processor", 4, "Linux", "3.13.0", "18.1", {"psycopg": "3.3.0"}, load=0.1, one_core=True),
        rows=1000,
        labels={
            "library": "attune_sql",
            "psycopg_tuples": "psycopg, tuples",
            "psycopg_async": "psycopg async, tuples",
            "sqlalchemy_core": "SQLAlchemy Core",
            "asyncpg_records": "asyncpg",
        },
        timings={
            **{
                operation: {"library": rounds(library[operation]), "psycopg_tuples": rounds(psycopg[operation])}
                for operation in library
            },
            "update": {"library": rounds(200), "sqlalchemy_core": rounds(360)},
            "update, committed": {"library": rounds(200), "sqlalchemy_core": rounds(500)},
            "pipeline 20": {"psycopg_tuples": rounds(1500), "asyncpg_records": rounds(3000)},
            "16 tasks": {"psycopg_async": rounds(4000), "asyncpg_records": rounds(3000)},
        },
        one_by_one={"pipeline 20": ["asyncpg_records"]},
        memory_rows=1000,
        memory={"library": Memory(held=10.4, peak=12.6)},
        startup={
            "attune_sql, a first query ready": [41.0, 42.0, 44.0],
            "attune_sql, every query read and made": [81.0, 82.0, 84.0],
        },
        at_once={"without fsync": [(0.05, 0.2), (0.06, 0.3)], "on a durable disk": [(0.1, 2.5), (0.2, 5.0)]},
    )


def rounds(microseconds: float) -> list[float]:
    """Spread a time over three rounds, of which the machine was slow in one."""
    return [microseconds * 1e-6, microseconds * 2e-6, microseconds * 0.9e-6]
