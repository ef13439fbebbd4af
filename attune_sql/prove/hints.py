"""The text of a CHECK → values that may satisfy it: its literals, its patterns, its numbers and their neighbours. Pure.

A hint need not fit: PostgreSQL judges every row that is made of them.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from attune_sql.describe.description import PgType
from attune_sql.prove.pattern import UnreadableError, matching

TEXTS = frozenset({"text", "character varying", "character", "name", '"char"'})
NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})

# As pg_get_constraintdef writes them: '…'::schema.type, after the operator of a comparison.
_LITERAL = re.compile(
    r"(?P<operator>[!~*]+)?\s*\(*'(?P<text>(?:[^']|'')*)'"
    r'(?:::(?P<type>(?:"[^"]+"|\w+)(?:\.(?:"[^"]+"|\w+))?(?: varying| precision| with(?:out)? time zone)?))?'
)
_NUMBER = re.compile(r"(?<![\w.$])-?\d+(?:\.\d+)?(?![\w.])")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hints:
    """What the checks of one column name: whole values, and patterns that a value must match."""

    values: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.patterns)

    def draw(self, dice: random.Random) -> str:
        """Draw a value; call it only where there are hints."""
        choice = dice.randrange(len(self.values) + 3 * len(self.patterns))
        if choice < len(self.values):
            return self.values[choice]
        try:
            return matching(self.patterns[(choice - len(self.values)) // 3], dice)
        except UnreadableError:
            return dice.choice(self.values or ("",))


def hints(definitions: list[str], type: PgType) -> Hints:
    """Find what the definitions of some checks say of a column of this type."""
    base = innermost(type)
    values: dict[str, None] = {}
    patterns: dict[str, None] = {}
    for definition in definitions:
        for found in _LITERAL.finditer(definition):
            text = found["text"].replace("''", "'")
            operator = found["operator"] or ""
            if operator in ("~", "~*"):
                patterns[text] = None
            elif operator in ("~~", "~~*"):
                values[text.replace("%", "").replace("_", "x")] = None
            elif not operator.startswith("!") and _fits(found["type"], base):
                values[text] = None
        for number in _NUMBER.findall(_LITERAL.sub(" ", definition)):
            values.update(dict.fromkeys(_of_number(number, base)))
    return Hints(tuple(values), tuple(patterns))


def innermost(type: PgType) -> PgType:
    """Go down from a domain to the type that its values have."""
    while type.base is not None:
        type = type.base
    return type


def _fits(cast: str | None, base: PgType) -> bool:
    return cast is None or cast == base.name or (cast in TEXTS and base.name in TEXTS)


def _of_number(number: str, base: PgType) -> list[str]:
    if base.name in NUMBERS:
        if "." in number:
            return [number]
        return [str(int(number) + step) for step in (-1, 0, 1)]
    # Of a text, a number is most often its length.
    if base.name in TEXTS and number.isdigit() and int(number) <= _LONGEST:
        return ["x" * int(number)]
    return []
