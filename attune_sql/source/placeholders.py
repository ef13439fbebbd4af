"""`:name` → `$n` and back again: the SQL that is sent, with a map from its offsets to the author's file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from attune_sql.errors import SourceError
from attune_sql.location import Location
from attune_sql.source.operation import Segment
from attune_sql.source.scan import BLANK, Kind, Token

_TYPE = r'(?:"[^"]+"|\w+)(?:\s*\.\s*(?:"[^"]+"|\w+))*(?:\s*\([\d\s,]*\))?(?:\s*\[\s*\d*\s*\])*'
_CAST_AFTER = re.compile(rf"\s*::\s*(?P<type>{_TYPE})")
_CAST_BEFORE = re.compile(r"\bCAST\s*\(\s*$", re.IGNORECASE)
_CAST_AS = re.compile(rf"\s*AS\s+(?P<type>{_TYPE})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\.\s*[A-Za-z_]")

_IN_BRACKETS = re.compile(r"\[\s*[^\s\]]")

# What may stand directly before a slice's colon, as in items[low:high], and never directly before a parameter.
_OPERAND_END = frozenset({Kind.WORD, Kind.NUMBER, Kind.QUOTED_NAME, Kind.POSITIONAL, Kind.CLOSE_BRACKET})


class Converted(NamedTuple):
    """SQL with `$n`: the names in `$n` order, and each parameter's cast at its first use (None = bare)."""

    sql: str
    arguments: tuple[str, ...]
    casts: dict[str, str | None]
    segments: tuple[Segment, ...]


def convert(body: Sequence[Token], text: str, path: Path, declared: Sequence[str]) -> Converted:
    """Replace the declared parameters of a query's tokens by `$n`; everything else stays as it is, byte for byte.

    Raises SourceError for an undeclared parameter, a literal `$n`, and attribute access on a parameter.
    """
    pieces: list[str] = []
    segments = [Segment(0, body[0].start)]
    casts: dict[str, str | None] = {}
    length, copied, brackets = 0, body[0].start, 0
    for index, token in enumerate(body):
        kind = token.kind
        if kind is Kind.PARAMETER:
            if brackets > 0 and is_slice(body, index, text, declared):
                continue
            name = text[token.start + 1 : token.end]
            _refuse_undeclared(name, token, text, path, declared)
            if name not in casts:
                casts[name] = cast_of(text, token)
            literal, placeholder = text[copied : token.start], f"${list(casts).index(name) + 1}"
            pieces += (literal, placeholder)
            segments.append(Segment(length + len(literal), token.start))
            length += len(literal) + len(placeholder)
            segments.append(Segment(length, token.end))
            copied = token.end
        elif kind is Kind.OPEN_BRACKET:
            brackets += 1
        elif kind is Kind.CLOSE_BRACKET:
            brackets -= 1
        elif kind is Kind.POSITIONAL:
            raise SourceError(
                "positional parameters cannot be mixed with named ones",
                location=Location.at(path, text, token.start, token.end),
                help="declare a name in the name line and write :name",
                rule="parameter",
            )
    pieces.append(text[copied : body[-1].end])
    return Converted("".join(pieces), tuple(casts), casts, tuple(segments))


def may_slice(text: str) -> bool:
    """Tell whether brackets in a text hold something; if not, runs of tokens tell as much of it as the single ones."""
    return _IN_BRACKETS.search(text) is not None


def is_slice(body: Sequence[Token], index: int, text: str, declared: Sequence[str]) -> bool:
    """Tell whether `:name` inside brackets is the upper bound of a slice, as in `items[low:high]`."""
    before = body[index - 1]
    if before.kind in _OPERAND_END or text[before.start : before.end] == ")":
        return True
    name = text[body[index].start + 1 : body[index].end]
    operand = next((token for token in reversed(body[:index]) if token.kind not in BLANK), None)
    return (
        name not in declared
        and operand is not None
        and (operand.kind in _OPERAND_END or text[operand.start : operand.end] == ")")
    )


def _refuse_undeclared(name: str, token: Token, text: str, path: Path, declared: Sequence[str]) -> None:
    if _ATTRIBUTE.match(text, token.end):
        raise SourceError(
            f"a parameter has no attributes: {text[token.start : token.end]}.…",
            location=Location.at(path, text, token.start, token.end),
            help="declare and pass each value under a name of its own",
            rule="parameter",
        )
    if name not in declared:
        # Only for a mistake, since its import costs a millisecond.
        from difflib import get_close_matches

        close = get_close_matches(name, declared, n=1)
        help = f"did you mean :{close[0]}?" if close else f"add {name} to the parameter list of the name line"
        raise SourceError(
            f"the parameter {name!r} is not declared",
            location=Location.at(path, text, token.start, token.end),
            help=help,
            rule="parameter",
        )


def cast_of(text: str, token: Token) -> str | None:
    """Return the type that a parameter is cast to where it stands, without blanks; None where it stands bare."""
    match = _CAST_AFTER.match(text, token.end)
    if match is None and _CAST_BEFORE.search(text[max(0, token.start - 40) : token.start]):
        match = _CAST_AS.match(text, token.end)
    return "".join(match["type"].split()) if match else None
