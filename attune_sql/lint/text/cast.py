"""AT08: a parameter that is not cast at its first use."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.text.body import Body, TextFinding
from attune_sql.source.placeholders import cast_of


def find(body: Body) -> Iterator[TextFinding]:
    """Yield every parameter whose first use in the file stands bare."""
    seen: set[str] = set()
    for token in body.parameters:
        name = body.part(token)
        if name not in seen and cast_of(body.text, token) is None:
            yield TextFinding(token.start, token.end, f"{name} is not cast at its first use.", f"write {name}::type")
        seen.add(name)
