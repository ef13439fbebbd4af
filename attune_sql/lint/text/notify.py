"""AT18: NOTIFY with a whole row as its payload, in queries and in the bodies of functions."""

from __future__ import annotations

from collections.abc import Iterator

from attune_sql.lint.text.body import Body, TextFinding
from attune_sql.source.scan import Kind

_WHOLE = frozenset({"ROW_TO_JSON"})
_ENCODERS = frozenset({"TO_JSON", "TO_JSONB", "JSON_AGG", "JSONB_AGG", "HSTORE"})
_BEFORE_RELATION = frozenset({"FROM", "JOIN", "UPDATE", "INTO"})
_NO_ALIAS = frozenset(
    {"WHERE", "ON", "SET", "JOIN", "LEFT", "INNER", "CROSS", "GROUP", "ORDER", "LIMIT", "RETURNING", "VALUES"}
)


def find(body: Body) -> Iterator[TextFinding]:
    """Yield every whole row that is sent by `pg_notify`, itself or through a variable of the same body."""
    if "notify" not in body.text.lower():
        return
    rows = {"NEW", "OLD"} | _relations(body)
    encoded = {index: name for index in range(len(body.words)) if (name := _encodes_row(body, index, rows))}
    variables = {body.word(index - 2) for index in encoded if body.word(index - 1) in (":=", "=")}
    for index in range(len(body.words)):
        if body.word(index) == "PG_NOTIFY" and body.word(index + 1) == "(":
            for inner in range(index + 2, body.closing(index + 1)):
                word = body.word(inner)
                if inner in encoded or (word in variables and body.word(inner - 1) != "."):
                    token = body.code[inner]
                    what = encoded.get(inner, body.written[inner])
                    yield TextFinding(
                        token.start, token.end, f"The payload of NOTIFY is a whole row ({what}).", "send its id"
                    )
    for token in body.runs:
        if token.kind is Kind.DOLLAR_STRING:
            mark = body.text.index("$", token.start + 1) + 1 - token.start
            inside = Body.read(body.part(token)[mark:-mark], body.path, body.settings)
            for each in find(inside):
                start = token.start + mark
                yield each._replace(start=each.start + start, end=each.end + start)


def _encodes_row(body: Body, index: int, rows: set[str]) -> str:
    """Return the call at an index that turns a whole row into text, or an empty text."""
    function = body.word(index)
    if function == "(" or body.word(index + 1) != "(" or function not in _WHOLE | _ENCODERS:
        return ""
    close = body.closing(index + 1)
    words = [body.word(inner) for inner in range(index + 2, close)]
    is_row = len(words) == 1 and (function in _WHOLE or words[0] in rows)
    if is_row or (words[-1:] == ["*"] and words[-2:-1] == ["."]):
        return body.text[body.code[index].start : body.code[min(close, len(body.words) - 1)].end]
    return ""


def _relations(body: Body) -> set[str]:
    """Collect the names and aliases by which rows of the body can be named."""
    found: set[str] = set()
    for index in range(len(body.words)):
        if body.word(index) in _BEFORE_RELATION:
            name = index + 1
            while body.word(name + 1) == ".":
                name += 2
            found.add(body.word(name))
            alias = name + 2 if body.word(name + 1) == "AS" else name + 1
            if alias < len(body.words) and body.code[alias].kind is Kind.WORD and body.word(alias) not in _NO_ALIAS:
                found.add(body.word(alias))
    return found - {"(", ""}
