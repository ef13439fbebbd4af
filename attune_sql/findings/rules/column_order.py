"""Operations of a repository that return the same columns in different orders, or all columns not in the table's.

Why: equal column lists share one row type; another order makes another type of the same row, and a reader of two files
compares in vain.

Do: list the columns in the order that is shown: that of the table for its whole row, else that of most operations.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from attune_sql.describe.description import Description
from attune_sql.findings.finding import Finding
from attune_sql.findings.places import name_place
from attune_sql.findings.rule import Repository, Rule


def check(repository: Repository) -> Iterator[Finding]:
    """Report every operation whose order is not the one of its column set; of equals, the first one's counts."""
    groups: defaultdict[frozenset[str], list[Description]] = defaultdict(list)
    for description in repository.operations:
        names = _names(description)
        if len(names) == len(set(names)) > 1:
            groups[frozenset(names)].append(description)
    for columns, group in groups.items():
        (usual, _), *_ = Counter(map(_names, group)).most_common(1)
        whole = columns == set(repository.table_columns)
        expected = repository.table_columns if whole else usual
        example = next((each.operation for each in group if _names(each) == expected), None)
        for description in group:
            if _names(description) == expected:
                continue
            operation, drifted = description.operation, _first_difference(_names(description), expected)
            model = f"the table {repository.namespace[-1]}" if whole or example is None else example.full_name
            yield Finding(
                RULE.name,
                name_place(operation),
                f"{operation.full_name}: the columns are those of {model}, in another order from {drifted!r} on",
                f"write them in this order: {', '.join(expected)}",
            )


def _names(description: Description) -> tuple[str, ...]:
    return tuple(column.name for column in description.columns)


def _first_difference(names: tuple[str, ...], expected: tuple[str, ...]) -> str:
    return next(mine for mine, other in zip(names, expected, strict=True) if mine != other)


RULE = Rule("column-order", "error", __doc__, check)
