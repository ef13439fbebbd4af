"""What was read and described → findings, in the order of files and lines. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attune_sql.describe.description import Description
from attune_sql.describe.rejection import RejectedError
from attune_sql.errors import SourceError
from attune_sql.findings.finding import Finding
from attune_sql.findings.row_classes import RowClasses
from attune_sql.findings.rule import Repository
from attune_sql.findings.rules import OF_OPERATIONS, OF_REJECTIONS, OF_REPOSITORIES
from attune_sql.location import Location

Table = tuple[str, str]
"""The schema and the name of a table."""


def collect(
    described: Iterable[Description | RejectedError],
    table_columns: Mapping[Table, tuple[str, ...]],
    unreadable: Iterable[tuple[Path, SourceError]] = (),
    ignore: Collection[str] = (),
    classes: RowClasses | None = None,
) -> list[Finding]:
    """Apply every rule, except those named in `ignore`, which cannot silence a file that is not readable."""
    results = list(described)
    found = [finding for each in results for finding in _of_one(each)]
    for repository in repositories([each for each in results if isinstance(each, Description)], table_columns, classes):
        found += (finding for rule in OF_REPOSITORIES for finding in rule.check(repository))
    kept = [finding for finding in found if finding.rule not in ignore]
    kept += (Finding.of_error(error, Location(path, 1)) for path, error in unreadable)
    return sorted(kept, key=_place)


def repositories(
    descriptions: Sequence[Description],
    table_columns: Mapping[Table, tuple[str, ...]],
    classes: RowClasses | None = None,
) -> list[Repository]:
    """Group descriptions by their namespace, each with the columns of its own table and its generated row classes."""
    groups: defaultdict[tuple[str, ...], list[Description]] = defaultdict(list)
    for description in descriptions:
        groups[description.operation.namespace].append(description)
    return [
        Repository(
            namespace,
            tuple(group),
            table_columns.get(own, ()) if (own := own_table(group)) else (),
            None if classes is None else classes.get(".".join(namespace), frozenset()),
        )
        for namespace, group in groups.items()
    ]


def own_table(descriptions: Iterable[Description]) -> Table | None:
    """Name the table of a repository: the one with its name that most of its columns come from."""
    counted = Counter(
        column.origin[:2]
        for description in descriptions
        for column in description.columns
        if column.origin and description.operation.namespace[-1:] == (column.origin[1],)
    )
    return counted.most_common(1)[0][0] if counted else None


def _of_one(result: Description | RejectedError) -> Iterator[Finding]:
    if isinstance(result, Description):
        for rule in OF_OPERATIONS:
            yield from rule.check(result)
    else:
        for rejection in OF_REJECTIONS:
            yield from rejection.check(result)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    return str(finding.location.path), finding.location.line, finding.location.column, finding.rule
