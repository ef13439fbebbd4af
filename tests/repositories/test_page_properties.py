"""Every list that goes on after a key, while rows come in between its pages, against a model in plain Python.

The lists are read from the query files, so that a new one is covered without a word here, unless it filters by a
reference that `REFERENCES` does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import cycle
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune_sql.bundled import folder
from attune_sql.source.operation import Operation, Parameter
from attune_sql.source.tree import read_tree
from tests.fix_repositories import Database
from tests.repositories import factories

Row = SimpleNamespace


def _keys(operation: Operation) -> tuple[str, ...]:
    names = (parameter.name for parameter in operation.parameters)
    return tuple(name.removeprefix("after_") for name in names if name.startswith("after_"))


LISTS = [each for each in read_tree(folder("queries")) if each.name.startswith("list") and _keys(each)]

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
# Hours after noon in the order of the ids: times tie, and neither rise nor fall with the ids.
HOURS = [1, 0, 0, 2, 1, 1, 0, 2, 1, 0, 1, 2, 1]
# None ties with the row where the walk stands; 3 is newer than all.
NEW_HOURS = st.none() | st.sampled_from([3, 3, 2, 1, 0.5, -1])

NAMES = ["b", "a_", "-", "a", "a_b", "9", "a-b", "_", "a0", "10", "a-", "aa"]
PREFIXES = {"pack": ("p",), "identity": ("", "A@", "é")}
OTHER_PREFIXES = ("core.", "core-a.")


def _assignment(db: Database, **columns: Any) -> Row:
    values = {"identity": factories.identity(db).id, "permset": factories.permission_set(db).id, **columns}
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    statement = f"INSERT INTO attune.permission_assignment ({names}) VALUES ({marks}) RETURNING id"
    [(id,)] = db.execute(statement, *values.values())
    return Row(**{**values, "id": id})


MAKERS: dict[str, Callable[..., Row]] = {"permission_assignment": _assignment}
REFERENCES: dict[str, Callable[[Database], Row]] = {
    "action": factories.action,
    "enforcement": factories.enforcement,
    "event": factories.event,
    "execution": factories.execution,
    "identity": factories.identity,
    "pack": factories.pack,
    "permset": factories.permission_set,
    "rule": factories.rule,
    "runtime": factories.runtime,
    "source": factories.sensor,
    "trigger": factories.trigger,
    "workflow_def": factories.workflow_definition,
}
# What all rows of a repository may refer to alike; without it every row would bring rows of its own.
SHARED = {
    "action": ("pack",),
    "inquiry": ("execution",),
    "rule": ("pack", "action", "trigger"),
    "sensor": ("runtime", "trigger"),
    "workflow_execution": ("workflow_def",),
}


def _two_values(db: Database, parameter: Parameter) -> tuple[Any, Any]:
    """Two values of the column that a filter compares, to tell the rows that are listed from others."""
    if parameter.cast == "text":
        return "core.wanted", "core.other"
    if parameter.cast and parameter.cast.startswith("attune."):
        labels = [label for (label,) in db.execute(f"SELECT unnest(enum_range(NULL::{parameter.cast}))")]
        return labels[1], labels[0]
    assert parameter.name in REFERENCES, f"say in REFERENCES what row the filter {parameter.name!r} refers to"
    return REFERENCES[parameter.name](db), REFERENCES[parameter.name](db)


class Paged:
    """One list with the rows that it lists; what the contract says of them, and how to add one more."""

    def __init__(self, db: Database, operation: Operation) -> None:
        self._db = db
        self._repository = operation.namespace[-1]
        self._operation = getattr(getattr(db, self._repository), operation.name)
        self.keys = _keys(operation)
        self.newest_first = self.keys == ("created", "id")
        passed_over = {"limit", *(f"after_{key}" for key in self.keys)}
        filters = [each for each in operation.parameters if each.name not in passed_over]
        shared = {name: REFERENCES[name](db) for name in SHARED.get(self._repository, ())}
        values = {each.name: _two_values(db, each) for each in filters}
        self._wanted = {name: wanted for name, (wanted, _) in values.items()}
        self._columns = {**shared, **self._wanted}
        other = {**shared, **{name: other for name, (_, other) in values.items()}}
        self.rows: list[Row] = []
        for number, value in enumerate(HOURS if self.newest_first else self._names()):
            self.rows.append(self.add(value))
            if filters and number % 3 == 1:
                self.add(value, other)

    def _names(self) -> list[str]:
        prefixes = PREFIXES.get(self._repository, OTHER_PREFIXES)
        names = [prefixes[number % len(prefixes)] + name for number, name in enumerate(NAMES)]
        return [*names, ""] if self._repository == "identity" else names

    def new_values(self) -> st.SearchStrategy[Any]:
        """Values of the leading sort key for rows that come later."""
        if self.newest_first:
            return NEW_HOURS
        prefixes = PREFIXES.get(self._repository, OTHER_PREFIXES)
        # Those of NAMES do not end in c.
        return st.builds("{}{}c".format, st.sampled_from(prefixes), st.text("ab_-09", max_size=3))

    def add(self, value: Any, columns: dict[str, Any] | None = None) -> Row:
        """Insert a row, by default a listed one, with this leading sort key: hours after noon, or a name."""
        key = {"created": NOON + timedelta(hours=value)} if self.newest_first else {self.keys[0]: value}
        make = MAKERS.get(self._repository) or getattr(factories, self._repository)
        return make(self._db, **(columns or self._columns), **key)

    def position(self, row: Any) -> tuple[Any, ...]:
        """The sort keys of a row."""
        return tuple(getattr(row, key) for key in self.keys)

    def call(self, limit: int, last: tuple[Any, ...] | None) -> list[Any]:
        """Ask the operation for a page."""
        after = {f"after_{key}": value for key, value in zip(self.keys, last, strict=True)} if last else {}
        wanted = {name: getattr(value, "id", value) for name, value in self._wanted.items()}
        return list(self._operation(limit=limit, **wanted, **after))

    def model(self, rows: list[Row], last: tuple[Any, ...] | None) -> list[int]:
        """The ids of the rows that come after a position, in order."""
        if self.newest_first:
            rows = [row for row in rows if last is None or self.position(row) < last]
        else:
            rows = [row for row in rows if last is None or self.position(row) > last]
        return [row.id for row in sorted(rows, key=self.position, reverse=self.newest_first)]


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.full_name)
def test_a_walk_sees_every_row_once_while_others_come(db: Database, operation: Operation) -> None:
    paged = Paged(db, operation)
    sizes = st.lists(st.integers(1, 7), min_size=1, max_size=5)
    db.execute("SAVEPOINT filled")

    @settings(max_examples=4, deadline=None)
    @given(sizes, st.integers(0, 4), st.lists(paged.new_values(), max_size=3, unique=not paged.newest_first))
    def walk(sizes: list[int], pause: int, newcomers: list[Any]) -> None:
        rows, seen = list(paged.rows), list[int]()
        last: tuple[Any, ...] | None = None
        try:
            for number, size in enumerate(cycle(sizes)):
                if number == pause:
                    rows += [paged.add(_here(last) if value is None else value) for value in newcomers]
                page = paged.call(size, last)
                assert [row.id for row in page] == paged.model(rows, last)[:size]
                if not page and number >= pause:
                    break
                seen += [row.id for row in page]
                last = paged.position(page[-1]) if page else last
        finally:
            db.execute("ROLLBACK TO SAVEPOINT filled")
        assert len(seen) == len(set(seen))
        at_start = {row.id for row in paged.rows}
        assert [id for id in seen if id in at_start] == paged.model(paged.rows, None)

    walk()


def _here(last: tuple[Any, ...] | None) -> float:
    """The hours after noon at which a walk stands."""
    return (last[0] - NOON) / timedelta(hours=1) if last else HOURS[0]


def test_the_lists_are_found_and_limited() -> None:
    found = {each.full_name: each for each in LISTS}
    assert {"execution.list", "event.list_by_source", "pack.list", "identity.list"} <= found.keys()
    assert [name for name, each in found.items() if "limit" not in each.arguments] == []
    assert {_keys(each) for each in LISTS} == {("created", "id"), ("ref",), ("login",)}
