"""The grammar of FROM: tables, views, sub-queries, VALUES, functions, and joins of every kind and nesting."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fuzz.maker import Column, Maker
from tests.fuzz.types import TYPES

_JOINS = ("JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")

# Functions in FROM: the text, and the types of the columns.
_FUNCTIONS = (
    ("generate_series(1, 2)", ("int",)),
    ("generate_series(1, {int})", ("int",)),
    ("unnest({ints})", ("int",)),
    ("unnest(ARRAY[{int}, {int}])", ("int",)),
    ("unnest(ARRAY[1, 2]) WITH ORDINALITY", ("int", "big")),
    ("unnest({ints}, ARRAY['a', 'b'])", ("int", "text")),
    ("ROWS FROM (generate_series(1, 2), unnest({ints}))", ("int", "int")),
    ("jsonb_each({json} || '{}'::jsonb)", ("text", "json")),
    ("jsonb_array_elements(jsonb_build_array({int}, {text}))", ("json",)),
    ("jsonb_array_elements_text(jsonb_build_array({int}, {text}))", ("text",)),
    ("regexp_split_to_table({text}, 'a')", ("text",)),
    ("string_to_table({text}, 'a')", ("text",)),
    ("string_to_table({text}, 'a', 'b')", ("text",)),
    ("lower({text})", ("text",)),
    ("abs({int})", ("int",)),
    ("f.nothing({int})", ("int",)),
    ("f.both()", ("int", "text")),
    ("f.some({int})", ("int",)),
    ("unnest(ARRAY[ROW({int})::f.single])", ("int",)),
    ("coalesce(ROW({int})::f.single, NULL)", ("int",)),
    ("unnest(ARRAY[{pair}, {pair}])", ("int", "text")),
    ("jsonb_to_record('{}'::jsonb) AS {name}(a integer, b text)", ("int", "text")),
)


def source(maker: Maker, outer: Sequence[Column] = (), items: int = 2) -> tuple[str, list[Column]]:
    """Write what stands behind FROM and tell its columns; `outer` are those that a LATERAL item may refer to."""
    text, columns = _item(maker, outer)
    for _ in range(maker.dice.randint(0, items)):
        text, columns = _joined(maker, text, columns, outer)
    if items > 1 and maker.chance(0.1):
        other, found = _item(maker, [*outer, *columns])
        return f"{text}, {other}", columns + found
    return text, columns


def _joined(maker: Maker, text: str, columns: list[Column], outer: Sequence[Column]) -> tuple[str, list[Column]]:
    if maker.chance(0.06):
        other, found = _item(maker, [*outer, *columns])
        return f"{text} CROSS JOIN {other}", columns + found
    word = maker.pick(_JOINS)
    # PostgreSQL refuses LATERAL references to a side that a RIGHT or FULL JOIN may fill in.
    visible = [*outer, *columns] if word in ("JOIN", "LEFT JOIN") else outer
    if maker.depth > 0 and maker.chance(0.25):
        first, found = _item(maker.deeper(), outer)
        inner, found = _joined(maker.deeper(), first, found, outer)
        other = f"({inner})"
        if "USING" not in inner and maker.chance(0.3):
            other, found = _named(maker, other, found)
    else:
        other, found = _item(maker, visible)
    both = columns + found
    if maker.chance(0.2) and _shared(text, other):
        name = maker.name("u")
        alias = f" AS {name}" if maker.chance(0.5) else ""
        merged = [Column(f"{name}.id", "big")] if alias else []
        return f"{text} {word} {other} USING (id){alias}", both + merged
    return f"{text} {word} {other} ON {_on(maker, word, columns, found)}", both


def _named(maker: Maker, join: str, columns: Sequence[Column]) -> tuple[str, list[Column]]:
    """Give a whole join a name, and all of its columns new ones; the names within are then out of sight."""
    name = maker.name("j")
    stored = [each for each in columns if not each.text.startswith("(")]
    names = [f"x{index}" for index in range(len(stored))]
    found = [Column(f"{name}.{new}", each.type) for new, each in zip(names, stored, strict=True)]
    found += [Column(f"({name} IS NOT NULL)", "bool"), Column(f"({name}::text)", "text")]
    return f"{join} AS {name}({', '.join(names)})", found


def _shared(text: str, other: str) -> bool:
    """Tell whether both are one stored table each, so that a column `id` is on both sides once."""
    return all(each.startswith("f.t") and each.count(" ") == 2 for each in (text, other))


def _on(maker: Maker, word: str, left: Sequence[Column], right: Sequence[Column]) -> str:
    pairs = [(one, other) for one in left for other in right if one.type == other.type and one.type != "json"]
    if pairs and maker.chance(0.6):
        one, other = maker.pick(pairs)
        equality = f"{one.text} = {other.text}"
        if word == "FULL JOIN":
            return equality
        return f"{equality} AND {maker.condition([*left, *right])}" if maker.chance(0.25) else equality
    if word == "FULL JOIN" or maker.chance(0.4):
        return maker.pick(("true", "false"))
    return maker.condition([*left, *right])


def _item(maker: Maker, lateral: Sequence[Column]) -> tuple[str, list[Column]]:
    name = maker.name()
    dice = maker.dice.random()
    if dice < 0.6 or maker.depth <= 0:
        relation = maker.pick(maker.relations)
        sample = (
            " TABLESAMPLE SYSTEM (50) REPEATABLE (1)" if relation.name.startswith("f.t") and maker.chance(0.01) else ""
        )
        columns = [Column(f"{name}.{each}", type) for each, type in relation.columns]
        if maker.chance(0.15):
            columns += [Column(f"({name} IS NOT NULL)", "bool"), Column(f"({name}::text)", "text")]
        return f"{relation.name} AS {name}{sample}", columns
    if dice < 0.8:
        types = [maker.type() for _ in range(maker.dice.randint(1, 3))]
        word, visible = ("LATERAL ", lateral) if maker.chance(0.6) else ("", ())
        names = [f"x{index}" for index in range(len(types))]
        columns = [Column(f"{name}.{each}", type) for each, type in zip(names, types, strict=True)]
        return f"{word}({maker.query(types, visible)}) AS {name}({', '.join(names)})", columns
    if dice < 0.9:
        types = [maker.type() for _ in range(maker.dice.randint(1, 2))]
        names = [f"x{index}" for index in range(len(types))]
        columns = [Column(f"{name}.{each}", type) for each, type in zip(names, types, strict=True)]
        return f"(VALUES {values(maker, types, maker.pick((1, 1, 2, 3)))}) AS {name}({', '.join(names)})", columns
    template, given = maker.pick(_FUNCTIONS)
    called = maker.deeper().fill(template.replace("{name}", name), lateral)
    names = ["a", "b"] if "AS" in template else [f"x{index}" for index in range(len(given))]
    columns = [Column(f"{name}.{each}", type) for each, type in zip(names, given, strict=True)]
    return (called if "AS" in template else f"{called} AS {name}({', '.join(names)})"), columns


def values(maker: Maker, types: Sequence[str], rows: int, columns: Sequence[Column] = ()) -> str:
    """Write the rows of VALUES."""
    written = [", ".join(f"{maker.value(type, columns)}::{TYPES[type]}" for type in types) for _ in range(rows)]
    return ", ".join(f"({each})" for each in written)
