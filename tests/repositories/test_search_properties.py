"""Every search on rows that collide, in random combinations of filters and pages, against a model in plain Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune_sql.bundled import folder
from attune_sql.source.operation import Operation
from attune_sql.source.tree import read_tree
from tests.fix_repositories import Database
from tests.repositories import factories

Row = SimpleNamespace

OPERATIONS = {each.namespace[-1]: each for each in read_tree(folder("queries")) if each.name == "search"}
PAGE = {"limit", "after_created", "after_id"}
NO_PAGE: dict[str, Any] = {"after_created": None, "after_id": None}
UNKNOWN = 9_000_000_000

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)
MOMENTS = [NOON, NOON + TICK, NOON + timedelta(hours=1), NOON + timedelta(hours=2)]
# Refs of rows that outlive what they refer to are free text, so all that LIKE and * know may stand in them.
REFS = [
    *("core.echo", "core.echo_x", "core.echo-x", "core.echoyx", "corelib.echo", "Core.echo", "core.Echo", "cor.echo"),
    *("core.", ".echo", "core", "", "core.100%", "core.100", "core.%", "core._", "core.a\\b", "core.a\\\\b", "core.ab"),
    *("core.a*b", "core.*", "core.a.b", "core.größe", "core.a\nb", "core%echo", "core_echo", "\\", "%", "_", "*"),
]
TEXTS = [
    *("Echo", "ECHO all", "echo_all", "echoXall", "100%", "100 %", "a%b", "a\\b", "a\\\\b", "\\", "%", "_", "*", "a*b"),
    *("Größe", "line\nbreak", " ", "", "core", "The core-x pack", "CORE_X"),
]
STEMS = [
    "".join(parts) for parts in product(("core", "cor", "xecho"), ("", "_x", "-x", "x", "_", "-", "0", "_10", "_9"))
]


@dataclass(frozen=True)
class Filter:
    """One filter of the contract: how to draw a value near that of a row, and whether a row passes."""

    draw: Callable[[st.DrawFn, Row], Any]
    holds: Callable[[Row, Any], bool]


@dataclass(frozen=True)
class Search:
    """One search of the contract: its rows, where the model reads them, its filters and its order."""

    fill: Callable[[Database, Random], None]
    columns: tuple[str, ...]
    filters: dict[str, Filter]
    newest_first: bool = True
    tables: str = ""


NUMBERS = st.integers(0, 59)


def _one(draw: st.DrawFn, values: Sequence[Any]) -> Any:
    """One of these values; strategies made for each draw, as st.sampled_from(values), would take most of the time."""
    return values[draw(NUMBERS) % len(values)]


def equal(column: str, *near: Any) -> Filter:
    """The value of a column; NULL equals nothing, and None filters nothing."""
    return Filter(
        lambda draw, row: _one(draw, [getattr(row, column)] * 4 + list(near)),
        lambda row, value: bool(getattr(row, column) == value),
    )


def glob(column: str) -> Filter:
    """A whole text in which * alone stands for any characters, none and line breaks included."""

    def holds(row: Row, value: str) -> bool:
        text, pattern = getattr(row, column), ".*".join(map(re.escape, value.split("*")))
        return text is not None and re.fullmatch(pattern, text, re.DOTALL) is not None

    def value(draw: st.DrawFn, row: Row) -> str:
        text = _one(draw, [getattr(row, column) or "*"] * 4 + ["co*e.*_x", "core.*", "*"])
        return text if draw(NUMBERS) % 3 == 0 else _edited(draw, text, "***_%\\")

    return Filter(value, holds)


def _edited(draw: st.DrawFn, text: str, marks: str) -> str:
    """The text itself, or with one or two spans, often single characters or empty, replaced by a mark."""
    for _ in range(draw(NUMBERS) % 3):
        start = draw(NUMBERS) % (len(text) + 1)
        text = text[:start] + _one(draw, marks) + text[start + _one(draw, [0, 1, 1, 2, 9]) :]
    return text


def substring(*columns: str) -> Filter:
    """A part of one of these columns, in upper or lower case, with no character special."""

    def value(draw: st.DrawFn, row: Row) -> str:
        text = _one(draw, [getattr(row, column) or "" for column in columns])
        start = draw(NUMBERS) % (len(text) + 1)
        part = text[start : start + _one(draw, [1, 2, 3, 5, 99])]
        # The scratch server folds the case of ASCII letters only.
        part = _one(draw, [part, part.swapcase(), part.upper()]) if part.isascii() else part
        return part if draw(NUMBERS) % 2 else _edited(draw, part, "%_\\*")

    def holds(row: Row, value: str) -> bool:
        return any(value.lower() in (getattr(row, column) or "").lower() for column in columns)

    return Filter(value, holds)


def moment(holds: Callable[[datetime, datetime], bool]) -> Filter:
    """A border in time, at a row or just beside it."""
    return Filter(
        lambda draw, row: row.created + _one(draw, [0, 0, -1, 1]) * TICK,
        lambda row, value: holds(row.created, value),
    )


SPAN = {
    "since": moment(lambda created, since: created >= since),
    "until": moment(lambda created, until: created < until),
}
# Packs have no dot in their ref.
PACK = Filter(
    lambda draw, row: _one(draw, [row.action_ref.split(".")[0]] * 4 + ["cor", "c_re", "core%", ""]),
    lambda row, value: "." in row.action_ref and row.action_ref.split(".")[0] == value,
)
TOP_LEVEL = Filter(lambda draw, row: _one(draw, [True, False]), lambda row, value: not value or row.parent is None)


def _executions(db: Database, random: Random) -> None:
    who = [None, factories.identity(db), factories.identity(db)]
    asked = [
        factories.enforcement(db, rule_ref=random.choice(REFS), trigger_ref=random.choice(REFS)) for _ in range(12)
    ]
    made: list[Row] = []
    for number in range(56):
        # An enforcement has one execution at the top, and children of it without number.
        parent = random.choice(made[:16]) if number > len(asked) and number % 5 else None
        enforcement = random.choice([*asked, None]) if parent else asked[number] if number < len(asked) else None
        columns = {"parent": parent, "enforcement": enforcement, "executor": random.choice(who)}
        status = random.choice(["requested", "running", "failed"])
        action_ref, created = random.choice(REFS), random.choice(MOMENTS)
        made.append(factories.execution(db, action_ref=action_ref, status=status, created=created, **columns))
    # Their children become orphans.
    db.execute("DELETE FROM attune.execution WHERE id = ANY(%s)", [each.id for each in made[:4]])


def _events(db: Database, random: Random) -> None:
    sources = [None, factories.sensor(db), factories.sensor(db)]
    for ref in (*REFS, *random.sample(REFS, 20)):
        rule_ref, created = random.choice([None, *REFS]), random.choice(MOMENTS)
        factories.event(db, trigger_ref=ref, rule_ref=rule_ref, source=random.choice(sources), created=created)


def _enforcements(db: Database, random: Random) -> None:
    rules, events = ([None, make(db), make(db), make(db)] for make in (factories.rule, factories.event))
    pairs = [*product(rules, events)]
    # One enforcement for each rule and event, but any number where one of them is missing.
    for rule, event in (*pairs, *(pair for pair in pairs if None in pair), *[(None, None)] * 20):
        columns = {"rule": rule, "rule_ref": random.choice(REFS[:5]), "trigger_ref": random.choice(REFS[:5])}
        status, created = random.choice(["created", "processed"]), random.choice(MOMENTS)
        factories.enforcement(db, event=event, status=status, created=created, **columns)


def _inquiries(db: Database, random: Random) -> None:
    executions = [factories.execution(db) for _ in range(3)]
    people = [None, factories.identity(db), factories.identity(db)]
    for execution, who, status in product(executions, people, ("pending", "responded", "timeout", "pending")):
        created = random.choice(MOMENTS)
        factories.inquiry(db, execution=execution, assigned_to=who, status=status, created=created)


def _packs(db: Database, random: Random) -> None:
    for stem in STEMS:
        factories.pack(db, ref=stem, label=random.choice(TEXTS), description=random.choice([None, *TEXTS]))


def _actions(db: Database, random: Random) -> None:
    owner = factories.pack(db)
    for stem, pack in product(STEMS[::2], ("core", "core-x", "_")):
        label, description = random.choice(TEXTS), random.choice(TEXTS)
        factories.action(db, pack=owner, ref=f"{pack}.{stem}", label=label, description=description)


def _keys(db: Database, random: Random) -> None:
    # Owners of different types with the same id, which `owner` gives as text.
    owners = [(kind, getattr(factories, kind)(db, id=UNKNOWN)) for kind in ("identity", "pack", "action", "sensor")]
    owners += [("identity", factories.identity(db)), ("pack", factories.pack(db))]
    for ref in (*STEMS, *(f"core.{stem}" for stem in STEMS[::2])):
        kind, owner = random.choice([*owners, ("system", None)])
        factories.key(db, ref=ref, owner_type=kind, **({f"owner_{kind}": owner} if owner else {}))


def _artifacts(db: Database, random: Random) -> None:
    for _ in range(60):
        texts = {name: random.choice([None, *TEXTS]) for name in ("name", "description")}
        scope, type_ = random.choice(["system", "pack"]), random.choice(["file_text", "url"])
        place = {"ref": random.choice(REFS), "scope": scope, "owner": random.choice(["", "core", "Core", "core_"])}
        factories.artifact(db, type=type_, created=random.choice(MOMENTS), **texts, **place)


FLOW = ("id", "created")
ASKED = (
    "execution LEFT JOIN (SELECT id AS asked, rule_ref, trigger_ref FROM attune.enforcement) e ON asked = enforcement"
)
LABELLED = substring("ref", "label", "description")
SEARCHES = {
    "execution": Search(
        _executions,
        (*FLOW, "status", "action_ref", "rule_ref", "trigger_ref", "executor", "enforcement", "parent"),
        {name: glob(name) for name in ("action_ref", "rule_ref", "trigger_ref")}
        | {name: equal(name, UNKNOWN) for name in ("executor", "enforcement", "parent")}
        | {"status": equal("status", "running", "abandoned"), "pack": PACK, "top_level_only": TOP_LEVEL, **SPAN},
        tables=ASKED,
    ),
    "event": Search(
        _events,
        (*FLOW, "trigger_ref", "rule_ref", "source"),
        {"trigger_ref": glob("trigger_ref"), "rule_ref": glob("rule_ref"), "source": equal("source", UNKNOWN), **SPAN},
    ),
    "enforcement": Search(
        _enforcements,
        (*FLOW, "rule", "event", "status", "trigger_ref", "rule_ref"),
        {name: equal(name, UNKNOWN) for name in ("rule", "event")}
        | {name: equal(name, "core.*", "core.echo", "CORE.ECHO", "") for name in ("trigger_ref", "rule_ref")}
        | {"status": equal("status", "disabled")},
    ),
    "inquiry": Search(
        _inquiries,
        (*FLOW, "status", "execution", "assigned_to"),
        {name: equal(name, UNKNOWN) for name in ("execution", "assigned_to")}
        | {"status": equal("status", "cancelled")},
    ),
    "pack": Search(_packs, ("id", "ref", "label", "description"), {"text": LABELLED}, newest_first=False),
    "action": Search(_actions, ("id", "ref", "label", "description"), {"text": LABELLED}, newest_first=False),
    "key": Search(
        _keys,
        ("id", "ref", "owner_type", "owner"),
        {"owner_type": equal("owner_type", "sensor"), "owner": equal("owner", str(UNKNOWN), "system", "")},
        newest_first=False,
    ),
    "artifact": Search(
        _artifacts,
        (*FLOW, "ref", "scope", "owner", "type", "name", "description"),
        {"scope": equal("scope", "sensor"), "owner": equal("owner", "co", ""), "type": equal("type", "other")}
        | {"text": substring("ref", "name", "description")},
    ),
}


@st.composite
def calls(draw: st.DrawFn, search: Search, operation: Operation, rows: list[Row]) -> dict[str, Any]:
    """The arguments of one call: a few filters, most of them near one row, a limit and a place to go on."""
    required = {parameter.name for parameter in operation.parameters if not parameter.optional}
    witness = _one(draw, rows)
    names = sorted(search.filters)
    chosen = {_one(draw, names) for _ in range(draw(NUMBERS) % 5)} | (required - PAGE)
    given: dict[str, Any] = {}
    for name in sorted(chosen):
        given[name] = search.filters[name].draw(draw, witness if draw(NUMBERS) % 8 else _one(draw, rows))
    if "limit" in required or draw(NUMBERS) % 2:
        given["limit"] = _one(draw, [1000, 1000, 5, 3, 2, 1, 0])
    if search.newest_first and draw(NUMBERS) % 2:
        last = _one(draw, rows)
        created = _one(draw, [last.created, last.created, *MOMENTS, NOON + timedelta(minutes=90)])
        given |= {"after_created": created, "after_id": last.id} if draw(NUMBERS) % 8 else NO_PAGE
    return given


def model(search: Search, rows: list[Row], given: dict[str, Any]) -> list[Row]:
    """What the contract says: filter, order, go on after the key, cut."""
    for name, each in search.filters.items():
        if given.get(name) is not None:
            rows = [row for row in rows if each.holds(row, given[name])]
    if not search.newest_first:
        rows = sorted(rows, key=lambda row: row.ref)
        return rows[: given.get("limit")]
    rows = sorted(rows, key=lambda row: (row.created, row.id), reverse=True)
    if given.get("after_id") is not None:
        rows = [row for row in rows if (row.created, row.id) < (given["after_created"], given["after_id"])]
    return rows[: given["limit"]]


@pytest.mark.parametrize("repository", SEARCHES)
def test_search_finds_what_the_model_finds(db: Database, repository: str) -> None:
    search = SEARCHES[repository]
    search.fill(db, Random(repository))
    read = f"SELECT {', '.join(search.columns)} FROM attune.{search.tables or repository}"
    rows = [Row(**dict(zip(search.columns, values, strict=True))) for values in db.execute(read)]
    assert len(rows) >= 25
    db.execute("SAVEPOINT filled")

    @settings(max_examples=20 + 3 * len(search.filters), deadline=None)
    @given(calls(search, OPERATIONS[repository], rows))
    def agrees(given: dict[str, Any]) -> None:
        try:
            found = getattr(db, repository).search(**given)
        except psycopg.Error:
            db.execute("ROLLBACK TO SAVEPOINT filled")
            raise
        assert [_values(search, row) for row in found] == [_values(search, row) for row in model(search, rows, given)]

    agrees()


def _values(search: Search, row: Any) -> dict[str, Any]:
    return {column: getattr(row, column) for column in search.columns}


def test_every_search_and_every_filter_is_in_the_model() -> None:
    filters = {name: {each.name for each in operation.parameters} - PAGE for name, operation in OPERATIONS.items()}
    assert {name: set(search.filters) for name, search in SEARCHES.items()} == filters
    newest_first = {name: search.newest_first for name, search in SEARCHES.items()}
    assert newest_first == {name: "after_id" in each.arguments for name, each in OPERATIONS.items()}
