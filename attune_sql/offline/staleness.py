"""What was kept against what is there now → what of it is stale, and why. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from attune_sql.offline.definitions import Definitions
from attune_sql.offline.dependencies import columns_by_word
from attune_sql.offline.digest import of_operation
from attune_sql.offline.kept import Entry, Kept
from attune_sql.source.operation import Operation

QUERY_CHANGED = "its query has changed"
NOT_DESCRIBED = "it has not been described yet"
_RELATION = "relation "


@dataclass(frozen=True, slots=True)
class State:
    """What the files tell: of the descriptions as a whole, of single migrations by name, of single operations.

    The lists say why something is stale; where all are empty, every description is as a server would make it.
    """

    whole: str | None
    migrations: tuple[tuple[str, str], ...]
    operations: tuple[tuple[Operation, str], ...]

    @property
    def fresh(self) -> bool:
        """Tell whether no server is needed."""
        return self.whole is None and not self.migrations and not self.operations


def examine(
    kept: Kept | None, operations: Iterable[Operation], engine: str, migrations: Mapping[str, str], major: int | None
) -> State:
    """Compare what was kept with the files; `major` is the server's version that is wanted, None for any."""
    if kept is None:
        return State("there are no descriptions beside the queries", (), ())
    if kept.engine != engine:
        return State("the descriptions were made by another version of attune_sql", (), ())
    if major is not None and major != kept.postgresql:
        return State(f"the descriptions are those of PostgreSQL {kept.postgresql}, and this is {major}", (), ())
    return State(None, tuple(_migrations(kept.migrations, migrations)), tuple(_operations(kept, operations)))


def _migrations(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in sorted({*before, *now}):
        if name not in now:
            yield name, "this migration is gone"
        elif name not in before:
            yield name, "this migration is new"
        elif before[name] != now[name]:
            yield name, "this migration has changed"


def _operations(kept: Kept, operations: Iterable[Operation]) -> Iterator[tuple[Operation, str]]:
    for operation in operations:
        entry = kept.operations.get(operation.full_name)
        if entry is None:
            yield operation, NOT_DESCRIBED
        elif entry.query != of_operation(operation):
            yield operation, QUERY_CHANGED


def outdated(entry: Entry, operation: Operation, kept: Kept, known: Definitions) -> str | None:
    """Say which definition has changed under the description of an operation; None where it would be made the same."""
    if kept.schema == known.whole:
        return None
    if entry.depends is None:
        return "the schema has changed, and it may depend on any part of it"
    for name in entry.depends:
        if name not in known.digests:
            return f"{name} is gone"
        if known.digests[name] != kept.definitions[name]:
            return f"{name} has changed"
    # A new column can make a name ambiguous that was none of its own.
    relations = [known.relations[each.removeprefix(_RELATION)] for each in entry.depends if each.startswith(_RELATION)]
    by_word = [each for each in relations if f"columns {each.name}" not in entry.depends]
    new = sorted(set(columns_by_word(operation, by_word)) - set(entry.depends))
    return f"{new[0]} is new" if new else None
