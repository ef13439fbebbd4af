"""The grammar of SELECT: grouping, windows, DISTINCT, LIMIT, set operations, VALUES and WITH."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fuzz.maker import Column, Maker, Relation
from tests.fuzz.sources import source, values

# Aggregates by the type of their value.
_AGGREGATES: dict[str, tuple[str, ...]] = {
    "int": ("max({int})", "min({int})", "bit_or({int})", "count(*)::integer", "min(DISTINCT {int})"),
    "big": ("count(*)", "count({int})", "sum({int})", "regr_count({float}, {float})"),
    "num": ("sum({num})", "avg({int})", "stddev_pop({num})", "var_samp({num})", "max({num})"),
    "float": ("sum({float})", "percentile_cont(0.5) WITHIN GROUP (ORDER BY {float})", "corr({float}, {float})"),
    "text": ("max({text})", "string_agg({text}, {text})", "string_agg({text}, ',' ORDER BY {int})"),
    "bool": ("bool_and({bool})", "bool_or({bool})", "every({bool})"),
    "json": ("jsonb_agg({text})", "jsonb_agg({int})", "jsonb_object_agg({int}, {text})"),
    "ints": ("array_agg({int})", "array_agg(DISTINCT {int})"),
    "mood": ("max({mood})", "mode() WITHIN GROUP (ORDER BY {mood})"),
    "ts": ("max({ts})",),
    "span": ("range_intersect_agg({span})",),
}
_ANY_VALUE = 16

_WINDOWS: dict[str, tuple[str, ...]] = {
    "big": ("row_number()", "rank()", "count(*)", "count({int})", "dense_rank()"),
    "int": (
        "lag({int})",
        "lead({int}, 1, {int})",
        "first_value({int})",
        "nth_value({int}, 2)",
        "max({int})",
        "ntile(2)",
    ),
    "num": ("sum({num})", "avg({int})"),
    "text": ("first_value({text})", "last_value({text})", "lag({text}, 1, {text})", "string_agg({text}, ',')"),
    "bool": ("bool_or({bool})", "first_value({bool})"),
    "float": ("percent_rank()", "cume_dist()"),
    "ints": ("array_agg({int})",),
}
_FRAMES = (
    "",
    "",
    "ROWS UNBOUNDED PRECEDING",
    "ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
    "ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
    "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    "ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING",
    "ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW",
    "GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING EXCLUDE TIES",
    "GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE GROUP",
    "RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING",
    "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
)
_GROUPINGS = ("ROLLUP ({})", "CUBE ({})", "GROUPING SETS (({}), ())", "GROUPING SETS (({}))")
_LIMITS = ("LIMIT 1", "LIMIT 1", "LIMIT 2", "LIMIT 0", "OFFSET 1", "OFFSET 0", "LIMIT 1 OFFSET 1", "LIMIT {big}")


def query(maker: Maker, types: Sequence[str], outer: Sequence[Column] = ()) -> str:
    """Write a query with columns of these types; `outer` are the columns of the queries around it."""
    if maker.depth > 0:
        dice = maker.dice.random()
        if dice < 0.12:
            return _united(maker.deeper(), types, outer)
        if dice < 0.2:
            return _with(maker.deeper(), types, outer)
    if maker.chance(0.03):
        return f"VALUES {values(maker, types, maker.dice.randint(1, 2), outer)}"
    return _select(maker, types, outer)


def pinned(maker: Maker, types: Sequence[str]) -> str:
    """Write a query whose conditions fix columns, perhaps those of a key: how many rows it has is the question."""
    text, found = source(maker, (), 1)
    keys = [each for each in found if each.type in ("big", "int", "text", "num")]
    chosen = [each for each in keys if each.text.endswith(".id")] if maker.chance(0.5) else keys
    pins = [f"{each.text} = {maker.leaf(each.type, found if maker.chance(0.2) else ())}" for each in chosen[:2]]
    pins += [maker.condition(found)] if maker.chance(0.3) else []
    where = f" WHERE {' AND '.join(pins)}" if pins else ""
    shown = ", ".join(maker.value(type, found) for type in types)
    return f"SELECT {maker.pick(('', '', 'DISTINCT '))}{shown} FROM {text}{where}"


def _select(maker: Maker, types: Sequence[str], outer: Sequence[Column]) -> str:
    if maker.chance(0.06):
        found: list[Column] = []
        parts = []
    else:
        text, found = source(maker, outer)
        parts = [f"FROM {text}"]
    columns = [*found, *found, *outer]
    if maker.chance(0.45):
        parts.append(f"WHERE {_where(maker, columns)}")
    seen: list[Column] = columns
    groups = False
    if maker.chance(0.25):
        groups = True
        clauses, seen = _grouped(maker, found, columns)
        parts += clauses
        seen = [*seen, *outer]
    if maker.chance(0.15):
        seen = [*seen, *(_window(maker, seen) for _ in range(2))]
    shown = [_shown(maker, type, seen, outer) for type in types]
    distinct = "DISTINCT " if maker.chance(0.08) else ""
    if distinct and maker.chance(0.3) and types[0] != "json":
        distinct = f"DISTINCT ON ({shown[0]}) "
    parts += _tail(maker, types, distinct, groups)
    return f"SELECT {distinct}{', '.join(shown)} {' '.join(parts)}".rstrip()


def _shown(maker: Maker, type: str, columns: Sequence[Column], outer: Sequence[Column]) -> str:
    if type == "int" and maker.chance(0.02):
        return maker.pick(("generate_series(1, 2)", "unnest(ARRAY[1, NULL])"))
    if maker.chance(0.45):
        return maker.leaf(type, columns)
    return maker.value(type, columns)


def _where(maker: Maker, columns: Sequence[Column]) -> str:
    """Write a condition, often one that fixes a column, so that a key may be fixed."""
    found = maker.condition(columns)
    keys = [each for each in columns if each.plain and each.type in ("big", "text", "int", "num")]
    for _ in range(maker.pick((0, 0, 0, 1, 2))):
        if keys:
            key = maker.pick(keys)
            equality = f"{key.text} = {maker.leaf(key.type, columns if maker.chance(0.3) else ())}"
            found = equality if maker.chance(0.5) else f"{equality} AND {found}"
    return found


def _grouped(maker: Maker, rows: Sequence[Column], columns: Sequence[Column]) -> tuple[list[str], list[Column]]:
    """Write GROUP BY and HAVING; tell what may be shown of a group: grouped expressions and aggregates."""
    groups: list[Column] = []
    plain = [each for each in rows if each.type not in ("json", "pair")]
    if plain and maker.chance(0.75):
        for _ in range(maker.dice.randint(1, 2)):
            column = maker.pick(plain)
            if maker.chance(0.25):
                shallow = maker.deeper(maker.depth)
                shallow.takes_parameters = False
                text = shallow.deeper(-1).fill(
                    {"int": "({@int} + 1)", "text": "lower({@text})"}.get(column.type, ""), [column]
                )
                column = Column(text, column.type, plain=False) if text else column
            groups.append(column)
    clauses: list[str] = []
    listed = ", ".join(dict.fromkeys(each.text for each in groups))
    if groups:
        written = maker.pick(_GROUPINGS).format(listed) if maker.chance(0.35) else listed
        clauses.append(f"GROUP BY {written}")
    elif maker.chance(0.2):
        clauses.append("GROUP BY ()")
    seen = [*groups, *(_aggregate(maker, columns) for _ in range(maker.dice.randint(1, 3)))]
    if maker.chance(0.3):
        clauses.append(f"HAVING {maker.condition(seen)}")
    return clauses, seen


def _aggregate(maker: Maker, columns: Sequence[Column]) -> Column:
    type = maker.pick(sorted(_AGGREGATES))
    template = maker.pick(_AGGREGATES[type])
    if maker.major >= _ANY_VALUE and maker.chance(0.1):
        template = f"any_value({{{type}}})"
    text = maker.deeper(2).fill(template, columns)
    return Column(f"{text} FILTER (WHERE {maker.condition(columns)})" if maker.chance(0.1) else text, type, False)


def _window(maker: Maker, columns: Sequence[Column]) -> Column:
    type = maker.pick(sorted(_WINDOWS))
    called = maker.deeper(2).fill(maker.pick(_WINDOWS[type]), columns)
    frame = maker.pick(_FRAMES)
    ordered = "ORDER BY {int}" if frame.startswith(("GROUPS", "RANGE")) or maker.chance(0.6) else ""
    partition = "PARTITION BY {text} " if maker.chance(0.3) else ""
    return Column(f"{called} OVER ({maker.deeper(3).fill(partition + ordered, columns)} {frame})", type, False)


def _tail(maker: Maker, types: Sequence[str], distinct: str, groups: bool) -> list[str]:
    parts = []
    if not distinct and maker.chance(0.2) and types[0] not in ("json",):
        parts.append("ORDER BY 1")
    if maker.chance(0.15):
        parts.append(maker.deeper(maker.depth).fill(maker.pick(_LIMITS), ()))
    elif not distinct and not groups and maker.chance(0.003):
        parts.append("FOR UPDATE")
    return parts


def _united(maker: Maker, types: Sequence[str], outer: Sequence[Column]) -> str:
    words = ["UNION ALL", "UNION ALL"]
    if not {"json", "pair"} & set(types):
        words += ["UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"]
    text = f"({query(maker, types, outer)})"
    for _ in range(maker.dice.randint(1, 2)):
        text = f"{text} {maker.pick(words)} ({query(maker, types, outer)})"
    return f"{text} LIMIT 1" if maker.chance(0.08) else text


def _with(maker: Maker, types: Sequence[str], outer: Sequence[Column]) -> str:
    name = maker.name("w")
    own = [maker.type() for _ in range(maker.dice.randint(1, 3))]
    columns = tuple((f"x{index}", type) for index, type in enumerate(own))
    relation = Relation(name, columns)
    names = ", ".join(each for each, _ in columns)
    if maker.chance(0.35) and not {"json", "pair"} & set(own):
        first = query(maker.deeper(), own, outer)
        again = maker.knowing([relation])
        step = _step(again, relation, own, outer)
        word = maker.pick(("UNION", "UNION", "UNION ALL"))
        made = f"WITH RECURSIVE {name}({names}) AS (({first}) {word} {step})"
    else:
        kept = maker.pick(("", "", "MATERIALIZED ", "NOT MATERIALIZED "))
        made = f"WITH {name}({names}) AS {kept}({query(maker.deeper(), own, outer)})"
    return f"{made} {_select(maker.knowing([relation] * len(maker.relations)), types, outer)}"


def _step(maker: Maker, relation: Relation, types: Sequence[str], outer: Sequence[Column]) -> str:
    """Write the recursive arm: bounded by its rows meeting stored ones, and by a LIMIT around all."""
    alias = maker.name()
    columns = [Column(f"{alias}.{name}", type) for name, type in relation.columns]
    stored = maker.pick([each for each in maker.relations if each.name.startswith("f.t")])
    other = maker.name()
    joined = [Column(f"{other}.{name}", type) for name, type in stored.columns]
    word = maker.pick(("JOIN", "LEFT JOIN"))
    both = [*columns, *joined]
    shallow = maker.deeper(maker.depth)
    shown = ", ".join(shallow.leaf(type, both) for type in types)
    where = f" WHERE {shallow.deeper(-1).condition(both)}"
    return f"(SELECT {shown} FROM {relation.name} AS {alias} {word} {stored.name} AS {other} ON true{where})"
