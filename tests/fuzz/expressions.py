"""The grammar of values: for each type, templates with places for values of other types."""

from __future__ import annotations

import re
from functools import cache

_WEIGHED = re.compile(r"(?:(\d)x )?(.+)")

# `*` stands for each type. `{@int}` is one column, the same in all its places; `{query_int}` a sub-query of one column.
# A line that begins with `3x` is as good as three such lines.
_ANY = """
    COALESCE({*}, {*})
    COALESCE({*}, {*}, {*})
    NULLIF({*}, {*})
    CASE WHEN {bool} THEN {*} END
    CASE WHEN {bool} THEN {*} ELSE {*} END
    CASE WHEN {bool} THEN {*} WHEN {bool} THEN {*} ELSE {*} END
    CASE {int} WHEN {int} THEN {*} ELSE {*} END
    CASE WHEN {@*} IS NOT NULL THEN {@*} ELSE {*} END
    CASE WHEN {@*} IS NULL THEN {*} ELSE {@*} END
    CASE WHEN {@*} = {*} THEN {@*} ELSE {*} END
    CASE WHEN NOT ({@*} IS NULL OR {bool}) THEN {@*} ELSE {*} END
    CASE WHEN {@*} IS NULL OR {bool} THEN {*} ELSE {@*} END
    CASE WHEN {@*} IS NOT NULL AND {bool} THEN {*} ELSE {@*} END
    ({query_*})
    (SELECT q.x FROM ({query_*}) AS q(x) LIMIT 1)
    (SELECT q.x FROM ({query_*}) AS q(x) LIMIT 1)
"""

_ELEMENT = """
    (ARRAY[{*}, {*}])[1]
"""

_ORDERED = """
    GREATEST({*}, {*})
    LEAST({*}, {*})
"""

_OWN = {
    "int": """
        {int} + {int}
        - {int}
        {int} / 2
        abs({int})
        length({text})
        strpos({text}, {text})
        cardinality({ints})
        array_length({ints}, 1)
        array_position({ints}, {int})
        ({ints})[1]
        ({ints})[{int}]
        ({pair}).a
        {bool}::integer
        f.nothing({int})
        f.loose({int})
        f.strict({int})
        num_nulls({int}, {text})
        lower({span})
        {big}::integer
        regexp_count({text}, 'a')
        cardinality(ARRAY({query_int}))
        ({json} -> 'k' IS NULL)::integer
    """,
    "big": """
        {int}::bigint
        {big} + {int}
        mod({big}, 2)
        f.loose({int})::bigint
    """,
    "num": """
        {int}::numeric
        {num} * {num}
        round({num}, 1)
        scale({num})::numeric
        extract(month FROM {ts})
        extract(year FROM {ts})
    """,
    "float": """
        {int}::double precision
        sqrt(abs({float}))
        {num}::double precision
        extract(year FROM {ts})::double precision
        date_part('epoch', {ts})
        date_part('day', {ts})
    """,
    "text": """
        {text} || {text}
        {text} || {int}
        lower({text})
        concat({text}, {int})
        concat_ws({text}, {text}, {int})
        format('%s', {text})
        substring({text} FROM 'a')
        substring({text} FROM 1 FOR 2)
        split_part({text}, 'a', 1)
        {json} ->> 'k'
        {json} #>> '{}'
        {int}::text
        {num}::text
        {mood}::text
        {pair}::text
        ({pair}).b
        {text}::f.label::text
        {text}::f.word
        array_to_string({ints}, ',')
        to_char({ts}, 'YYYY')
        jsonb_typeof({json})
        quote_nullable({text})
        coalesce({text}, {mood}::text)
        current_schema::text
        {text}::varchar(1)::text
        {text}::character(3)::text
    """,
    "bool": """
        {int} = {int}
        {@int} = {int}
        {@int} = {@int}
        {text} = {text}
        {@text} = {text}
        {big} = {int}
        {num} = {num}
        {int} <> {int}
        {int} > {int}
        {text} LIKE {text}
        {text} ~ 'a'
        {mood} = {mood}
        {ts} < {ts}
        3x {@int} IS NOT NULL
        3x {@text} IS NOT NULL
        2x {@big} IS NOT NULL
        {@num} IS NOT NULL
        {@json} IS NOT NULL
        {@ints} IS NOT NULL
        {@mood} IS NOT NULL
        {@pair} IS NOT NULL
        {@pair} IS NULL
        {@int} IS NULL
        {text} IS NULL
        {int} IS NOT NULL
        NOT ({bool})
        ({bool} AND {bool})
        ({bool} OR {bool})
        NOT ({bool} OR {bool})
        NOT ({bool} AND {bool})
        3x NOT ({@int} = {int} AND {@text} = {text})
        3x NOT ({@int} = {int} OR {@text} = {text})
        3x ({@int} = {int} AND {@text} = {text})
        3x ({@int} = {int} OR {@text} = {text})
        ({bool}) IS TRUE
        ({bool}) IS NOT TRUE
        ({bool}) IS NOT FALSE
        ({bool}) IS NOT UNKNOWN
        ({bool}) IS UNKNOWN
        {int} IS DISTINCT FROM {int}
        {text} IS NOT DISTINCT FROM {text}
        {int} IN ({int}, {int})
        {int} NOT IN ({int}, {int})
        {text} IN ({text}, {text})
        3x {int} = ANY ({ints})
        {int} <> ALL ({ints})
        2x {int} = ANY (ARRAY[{int}, {int}])
        {int} > ALL (ARRAY[{int}])
        EXISTS ({query_int})
        NOT EXISTS ({query_text})
        4x {int} IN ({query_int})
        4x {int} NOT IN ({query_int})
        2x {text} = ANY ({query_text})
        2x {int} > ALL ({query_int})
        2x ({int}, {text}) IN (SELECT {int}, ({query_text}))
        ({int}, {text}) = ({int}, {text})
        ({int}, {text}) < ({int}, {text})
        ROW({int}, {text}) IS NOT NULL
        ROW({int}, {text}) IS NULL
        NOT (ROW({int}, {text}) IS NULL)
        ROW({int}, {text}) IS DISTINCT FROM ROW({int}, {text})
        {int} BETWEEN {int} AND {int}
        {json} ? 'k'
        {json} @> {json}
        {json} = {json}
        {ints} && {ints}
        {ints} @> {ints}
        {span} @> {int}
        isempty({span})
        {pair} = {pair}
        f.loose({int}) IS NOT NULL
        f.nothing({int}) = 1
        abs({@int}) >= 0
        length({@text}) >= 0
        ({json} ->> 'k') = {text}
        ({json} ->> 'k') IS NOT NULL
        ({ts}, {ts}) OVERLAPS ({ts}, {ts})
        starts_with({text}, {text})
        jsonb_path_exists({json}, '$.k')
        {text} = {text} COLLATE "C"
    """,
    "json": """
        {json} -> 'k'
        {json} -> 0
        {json} #> ARRAY['k']
        {json} || {json}
        to_jsonb({text})
        to_jsonb({pair})
        jsonb_build_object('k', {int})
        jsonb_build_array({int}, {text})
        jsonb_set({json}, ARRAY['k'], {json}, false)
        jsonb_path_query_first({json}, '$.k')
        jsonb_strip_nulls({json})
        ({json})['k']
    """,
    "ints": """
        ARRAY[{int}, {int}]
        ARRAY({query_int})
        {ints} || {int}
        {ints} || {ints}
        array_append({ints}, {int})
        array_cat({ints}, {ints})
        array_remove({ints}, {int})
        ({ints})[1:2]
        array_positions({ints}, {int})
    """,
    "mood": "enum_first({mood})",
    "pair": """
        ROW({int}, {text})::f.pair
        ROW(NULL, NULL)::f.pair
    """,
    "ts": """
        {ts} + interval '1 day'
        date_trunc('day', {ts})
        date_bin('1 day', '2020-01-01', '2020-01-02'::timestamp)
    """,
    "span": """
        int4range({int}, NULL)
        {span} * {span}
    """,
}

# What some majors do not have: the first that has it. Without JSON_SERIALIZE: below `CASE x WHEN …` it gives rubbish or
# ends the server (18.6).
_SINCE = {
    16: {"bool": "({text} IS JSON) IS NOT NULL\n{text} IS JSON", "json": "JSON_OBJECT('k': {int})::jsonb"},
    17: {
        "text": "JSON_VALUE({json}, '$.k')",
        "bool": "JSON_EXISTS({json}, '$.k')",
        "json": "JSON_QUERY({json}, '$.k')\nJSON_SCALAR({int})::jsonb",
    },
}

_UNORDERED = ("json", "pair")


@cache
def templates(type: str, major: int) -> tuple[str, ...]:
    """Return the templates of a type that a major of PostgreSQL knows."""
    shared = _ANY if type in _UNORDERED else _ANY + _ORDERED
    if type != "ints":  # an array of arrays has other elements
        shared += _ELEMENT
    texts = [shared.replace("*}", f"{type}}}"), _OWN[type], _OWN[type]]
    texts += [text for first, by_type in _SINCE.items() if major >= first and (text := by_type.get(type))]
    lines = [line.strip() for text in texts for line in text.splitlines()]
    weighed = (_WEIGHED.fullmatch(line) for line in lines if line)
    return tuple(f"({each[2]})" for each in weighed if each for _ in range(int(each[1] or 1)))
