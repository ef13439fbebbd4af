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

_NAME_LINE = re.compile(r"^\s*--\s*name\s*:", re.MULTILINE)
_COMMENT = re.compile(r"""'(?:''|[^'])*'|"(?:""|[^"])+"|--[^\n]*|(?P<comment>/\*(?!\+)[\s\S]*?\*/)""")
_PARAMETER = re.compile(r"""'(?:''|[^'])*'|"(?:""|[^"])+"|(?<=[^:]):(?P<name>\w+)""")
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
        start = body.text.index("--", match.start())
        if start not in ours:
            yield TextFinding(start, match.end(), "aiosql begins a new query here, inside a string or comment.")
    for token in body.tokens:
        if token.kind is Kind.BLOCK_COMMENT and "/*" in body.part(token)[2:]:
            inner = token.start + 2 + body.part(token)[2:].index("/*")
            yield TextFinding(
                inner, inner + 2, "aiosql ends the outer comment where the inner one ends.", "do not nest them"
            )
    yield from _parameters(body)


def _parameters(body: Body) -> Iterator[TextFinding]:
    header = [token for token in body.tokens if token.kind is Kind.LINE_COMMENT and _is_alone(body.text, token)]
    seen = list(body.text)
    for token in header:
        seen[token.start : token.end] = " " * (token.end - token.start)
    text = _COMMENT.sub(_blank, "".join(seen))
    read = {match.start("name") - 1: match.end() for match in _PARAMETER.finditer(text) if match["name"]}
    meant = {token.start: token for token in body.parameters}
    starts = [token.start for token in body.tokens]
    for start in sorted(read.keys() - meant.keys()):
        token = body.tokens[bisect_right(starts, start) - 1]
        help = _HELP.get(token.kind, "put a blank behind the colon")
        yield TextFinding(start, read[start], f"aiosql takes {text[start : read[start]]} for a parameter.", help)
    for start in sorted(meant.keys() - read.keys()):
        yield _unseen(body, meant[start])


def _unseen(body: Body, token: Token) -> TextFinding:
    message = f"aiosql does not see {body.part(token)}, because of a quote, backslash or comment before it."
    return TextFinding(token.start, token.end, message)


def _is_alone(text: str, token: Token) -> bool:
    """Tell whether a comment has its line to itself, as the lines of a header do."""
    return not text[text.rfind("\n", 0, token.start) + 1 : token.start].strip()


def _blank(match: re.Match[str]) -> str:
    comment = match["comment"]
    return re.sub(r"[^\n]", " ", comment) if comment else match[0]
