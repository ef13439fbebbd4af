"""The grammar of INSERT, UPDATE, DELETE and MERGE with RETURNING, alone or in a WITH query."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fuzz.maker import Column, Maker, Relation
from tests.fuzz.schema import Table
from tests.fuzz.sources import source, values

_OLD_AND_NEW = 18
_MERGE_RETURNING = 17


def change(maker: Maker, tables: Sequence[Table]) -> str:
    """Write a statement that changes a table and returns columns of it."""
    table = maker.pick(tables)
    writers = [_insert, _insert, _update, _update, _delete]
    if maker.major >= _MERGE_RETURNING and table.merges:
        writers.append(_merge)
    text = maker.pick(writers)(maker, table)
    if maker.chance(0.15):
        types = [type for _, type in table.relation.columns]
        name = maker.name("w")
        relation = Relation(name, tuple((f"x{index}", type) for index, type in enumerate(types)))
        text = (
            text[: text.rindex(" RETURNING ")]
            + " RETURNING "
            + ", ".join(f"c.{each}" for each, _ in table.relation.columns)
        )
        names = ", ".join(each for each, _ in relation.columns)
        wanted = [maker.type() for _ in range(2)]
        return f"WITH {name}({names}) AS ({text}) {maker.knowing([relation] * 5).query(wanted)}"
    return text


def _insert(maker: Maker, table: Table) -> str:
    writable = [each for each in table.columns if not each.generated]
    chosen = [each for each in writable if each.not_null or maker.chance(0.6)]
    types = [each.type for each in chosen]
    names = ", ".join(each.name for each in chosen)
    rows = maker.pick((1, 1, 2))
    given = f"VALUES {values(maker.deeper(2), types, rows)}" if maker.chance(0.7) else maker.query(types)
    conflict = ""
    if maker.chance(0.5) and table.key:
        conflict = " ON CONFLICT DO NOTHING"
        if maker.chance(0.7):
            own = [Column(f"c.{each.name}", each.type) for each in writable]
            own += [Column(f"excluded.{each.name}", each.type) for each in writable]
            where = f" WHERE {maker.deeper(2).condition(own)}" if maker.chance(0.3) else ""
            conflict = f" ON CONFLICT (id) DO UPDATE SET {_assignments(maker, table, own)}{where}"
    return f"INSERT INTO {table.name} AS c ({names}) {given}{conflict}{_returning(maker, table, [])}"


def _update(maker: Maker, table: Table) -> str:
    own = [Column(f"c.{each.name}", each.type) for each in table.columns]
    joined, found = _sources(maker, "FROM")
    both = [*own, *found]
    where = _where(maker, both)
    text = f"UPDATE {table.name} AS c SET {_assignments(maker, table, both)}{joined}{where}"
    return f"{text}{_returning(maker, table, found)}"


def _delete(maker: Maker, table: Table) -> str:
    own = [Column(f"c.{each.name}", each.type) for each in table.columns]
    joined, found = _sources(maker, "USING")
    return f"DELETE FROM {table.name} AS c{joined}{_where(maker, [*own, *found])}{_returning(maker, table, found)}"


def _merge(maker: Maker, table: Table) -> str:
    own = [Column(f"c.{each.name}", each.type) for each in table.columns]
    text, found = source(maker.deeper(), (), 0)
    both = [*own, *found]
    actions = []
    if maker.chance(0.6):
        actions.append(f"WHEN MATCHED THEN UPDATE SET {_assignments(maker, table, both)}")
    if maker.chance(0.3):
        actions.append("WHEN NOT MATCHED BY SOURCE THEN DELETE")
    elif maker.chance(0.3):
        actions.append(f"WHEN NOT MATCHED BY SOURCE THEN UPDATE SET {_assignments(maker, table, own)}")
    if maker.chance(0.5) or not actions:
        writable = [each for each in table.columns if not each.generated]
        names = ", ".join(each.name for each in writable)
        given = ", ".join(maker.leaf(each.type, found) for each in writable)
        actions.append(f"WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({given})")
    on = maker.deeper(2).condition(both)
    return f"MERGE INTO {table.name} AS c USING {text} ON {on} {' '.join(actions)}{_returning(maker, table, found)}"


def _sources(maker: Maker, word: str) -> tuple[str, list[Column]]:
    if maker.chance(0.6):
        return "", []
    text, found = source(maker.deeper(), (), 1)
    return f" {word} {text}", found


def _where(maker: Maker, columns: Sequence[Column]) -> str:
    if maker.chance(0.3):
        return f" WHERE c.id = {maker.leaf('big', [])}"
    return f" WHERE {maker.deeper().condition(columns)}" if maker.chance(0.6) else ""


def _assignments(maker: Maker, table: Table, columns: Sequence[Column]) -> str:
    writable = [each for each in table.columns if not each.generated and (each.name != "id" or maker.chance(0.2))]
    chosen = maker.dice.sample(writable, min(len(writable), maker.dice.randint(1, 3)))
    if len(chosen) > 1 and maker.chance(0.1):
        names = ", ".join(each.name for each in chosen)
        return f"({names}) = ({maker.query([each.type for each in chosen], columns)})"
    return ", ".join(f"{each.name} = {maker.deeper().value(each.type, columns)}" for each in chosen)


def _returning(maker: Maker, table: Table, others: Sequence[Column]) -> str:
    names = ["c"]
    if maker.major >= _OLD_AND_NEW:
        names += ["old", "new"]
    own = [Column(f"{name}.{each.name}", each.type) for name in names for each in table.columns]
    shown = [Column(f"c.{each.name}", each.type) for each in table.columns]
    picked = [*maker.dice.sample(shown, 3), *maker.dice.sample([*own, *others], 2)]
    texts = [each.text for each in picked]
    texts += [maker.deeper().value(each.type, [*own, *others]) for each in picked[:2]]
    return f" RETURNING {', '.join(texts)}"
