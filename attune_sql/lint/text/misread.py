"""AT16: text that stock aiosql reads otherwise than PostgreSQL does.

aiosql finds names, comments and parameters by regular expressions (`query_loader.py`, `utils.py` of aiosql 15): it
knows plain strings and quoted names, and no dollar quotes, escape strings, nested comments or slices.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from attune_sql.lint.text.body import Body, TextFinding
from attune_sql.source.scan import Kind, Token

_NAME_LINE = re.compile(r"--\s*name\s*:")
_COMMENT = re.compile(r"""'(?:''|[^'])*'|"(?:""|[^"])+"|--[^\n]*|(?P<comment>/\*(?!\+)[\s\S]*?\*/)""")
_PARAMETER = re.compile(r"""'(?:''|[^'])*'|"(?:""|[^"])+"|:(?<=[^:]:)(?P<name>\w+)""")
_HELP = {
    Kind.LINE_COMMENT: "leave out the colon, or write the comment as /* … */",
    Kind.BLOCK_COMMENT: "leave out the colon",
    Kind.DOLLAR_STRING: "put the text into '…'",
    Kind.STRING: "write the string without backslashes: a quote inside is ''",
}


def find(body: Body) -> Iterator[TextFinding]:
    """Yield every name line, comment and parameter that aiosql sees and PostgreSQL does not, or the other way round."""
    if not body.name_lines:
        return
    ours = {token.start for token in body.name_lines}
    for match in _NAME_LINE.finditer(body.text):
        if match.start() not in ours and _is_alone(body.text, match.start()):
            yield TextFinding(*match.span(), "aiosql begins a new query here, inside a string or comment.")
    for token in body.runs:
        if token.kind is Kind.BLOCK_COMMENT and "/*" in body.part(token)[2:]:
            inner = token.start + 2 + body.part(token)[2:].index("/*")
            yield TextFinding(
                inner, inner + 2, "aiosql ends the outer comment where the inner one ends.", "do not nest them"
            )
    yield from _parameters(body)


def _parameters(body: Body) -> Iterator[TextFinding]:
    text = _without_header(body)
    if "/*" in text:
        text = _COMMENT.sub(_blank, text)
    read = {match.start("name") - 1: match.end() for match in _PARAMETER.finditer(text) if match["name"]}
    meant = {token.start: token for token in body.parameters}
    for start in sorted(read.keys() - meant.keys()):
        token = body.runs[bisect_right(body.runs, start, key=lambda each: each.start) - 1]
        help = _HELP.get(token.kind, "put a blank behind the colon")
        yield TextFinding(start, read[start], f"aiosql takes {text[start : read[start]]} for a parameter.", help)
    for start in sorted(meant.keys() - read.keys()):
        yield _unseen(body, meant[start])


def _without_header(body: Body) -> str:
    """Blank out the comments that have their lines to themselves, as aiosql does not read those of a header."""
    pieces, copied = list[str](), 0
    for token in body.runs:
        if token.kind is Kind.LINE_COMMENT and _is_alone(body.text, token.start):
            pieces += (body.text[copied : token.start], " " * (token.end - token.start))
            copied = token.end
    return "".join([*pieces, body.text[copied:]])


def _unseen(body: Body, token: Token) -> TextFinding:
    message = f"aiosql does not see {body.part(token)}, because of a quote, backslash or comment before it."
    return TextFinding(token.start, token.end, message)


def _is_alone(text: str, start: int) -> bool:
    """Tell whether what begins here has its line to itself, as the lines of a header do."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _blank(match: re.Match[str]) -> str:
    comment = match["comment"]
    return re.sub(r"[^\n]", " ", comment) if comment else match[0]
