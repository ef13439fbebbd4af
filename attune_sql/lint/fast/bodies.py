"""Bodies of functions and DO blocks → their text. BEGIN ATOMIC bodies are part of the tree itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from attune_sql.errors import SourceError
from attune_sql.lint.fast.library import Node
from attune_sql.lint.fast.rules.prefix import parts
from attune_sql.lint.fast.text import Text
from attune_sql.lint.fast.walk import nodes
from attune_sql.source.operation import Segment
from attune_sql.source.scan import Kind, scan


@dataclass(frozen=True, slots=True)
class Body:
    """The body of one CREATE FUNCTION, CREATE PROCEDURE or DO: its language, its text, and the statement (None: DO)."""

    language: str
    text: Text
    create: Node | None


def bodies(statements: list[Node], text: Text) -> Iterator[Body]:
    """Yield the bodies that are written as strings, in SQL and PL/pgSQL; other languages are not ours to read."""
    for raw in statements:
        for kind in ("CreateFunctionStmt", "DoStmt"):
            for node in nodes(raw, kind):
                options = {
                    each["DefElem"]["defname"]: each["DefElem"]
                    for each in node.get("options") or node.get("args") or []
                }
                language = options.get("language", {}).get("arg", {}).get("String", {}).get("sval", "plpgsql").lower()
                if "as" in options and language in ("sql", "plpgsql"):
                    body = _string(text, text.offset(options["as"].get("location", 0)))
                    if body is not None:
                        yield Body(language, body, node if kind == "CreateFunctionStmt" else None)


def transition_tables(statements: list[Node]) -> frozenset[str]:
    """Name the transition tables of triggers: inside their functions they are relations without a schema."""
    return frozenset(each["name"] for each in nodes(statements, "TriggerTransition"))


def _string(text: Text, start: int) -> Text | None:
    """Take the content of the first string from the character `start` on; None where there is none."""
    whole = text.whole
    try:
        token = next(each for each in scan(whole[start:], text.path) if each.kind in (Kind.STRING, Kind.DOLLAR_STRING))
    except (StopIteration, SourceError):
        return None
    start, end = start + token.start, start + token.end
    if token.kind is Kind.DOLLAR_STRING:
        mark = whole.index("$", start + 1) + 1 - start
        return text.part(start + mark, end - mark)
    # An E'…' is taken as if it had no backslashes: where it has, its parse fails and is said so.
    return _unquoted(text, whole.index("'", start) + 1, end - 1)


def _unquoted(text: Text, start: int, end: int) -> Text:
    """Halve the doubled quotes of a string's content, and keep the place of what follows each."""
    pieces = text.whole[start:end].split("''")
    segments, converted, source = [], 0, start
    for piece in pieces:
        segments.append(Segment(converted, source))
        converted += len(piece) + 1
        source += len(piece) + 2
    return Text(text.path, text.whole, "'".join(pieces), tuple(segments))


def is_relation(name: list[str], relations: frozenset[str]) -> bool:
    """Tell whether a type is the row type of one of our tables or views."""
    return bool(name) and name[-1] in relations


def header(create: Node | None, relations: frozenset[str]) -> str:
    """Write a head that PL/pgSQL's parser alone can read: types of ours mean nothing to it, only their kind does."""
    if create is None:
        return "DO"
    given, table, gives_out = [], [], False
    for each in create.get("parameters", ()):
        parameter = each["FunctionParameter"]
        mode = parameter.get("mode", "")
        name = '"' + parameter["name"].replace('"', '""') + '" ' if "name" in parameter else ""
        kind = _plain(parameter.get("argType", {}), relations)
        if mode == "FUNC_PARAM_TABLE":
            table.append(name + kind)
            continue
        word = {"FUNC_PARAM_OUT": "OUT ", "FUNC_PARAM_INOUT": "INOUT "}.get(mode, "")
        gives_out = gives_out or bool(word)
        given.append(word + name + kind)
    routine = "PROCEDURE" if create.get("is_procedure") else "FUNCTION"
    returned = create.get("returnType")
    returns = ""
    if table:
        returns = f" RETURNS TABLE ({', '.join(table)})"
    elif returned and not (gives_out and not returned.get("setof")):
        setof = "SETOF " if returned.get("setof") else ""
        returns = f" RETURNS {setof}{'record' if gives_out else _plain(returned, relations)}"
    return f"CREATE {routine} body({', '.join(given)}){returns} LANGUAGE plpgsql AS"


def _plain(type_name: Node, relations: frozenset[str]) -> str:
    name = parts(type_name.get("names", []))
    if name[-1:] and name[-1] in ("trigger", "event_trigger", "void", "record"):
        return name[-1]
    return "record" if is_relation(name, relations) and not type_name.get("arrayBounds") else "text"
