"""`templater = aiosql`: `:name` becomes `$1` for sqlfluff's parser, and every finding and fix maps back to the file."""

from __future__ import annotations

from pathlib import Path

from sqlfluff.core.config import FluffConfig
from sqlfluff.core.errors import SQLTemplaterError
from sqlfluff.core.formatter import FormatterInterface
from sqlfluff.core.templaters.base import RawFileSlice, RawTemplater, TemplatedFile, TemplatedFileSlice

from attune_sql.errors import SourceError
from attune_sql.lint.text.body import Body
from attune_sql.location import Location
from attune_sql.source.scan import scan


class AiosqlTemplater(RawTemplater):
    """Replace the parameters of query files outside strings, comments and dollar quotes; other files stay as they are.

    sqlfluff's own `placeholder` templater turns `LIMIT :limit` into `LIMIT limit`, which does not parse, and also edits
    strings, comments and the bodies of functions.
    """

    name = "aiosql"

    def process(
        self,
        *,
        in_str: str,
        fname: str,
        config: FluffConfig | None = None,
        formatter: FormatterInterface | None = None,
    ) -> tuple[TemplatedFile, list[SQLTemplaterError]]:
        """Return the text with `$n`; text that never ends (a string, a comment) is an error at the place it begins."""
        path = Path(fname)
        try:
            list(scan(in_str, path))
        except SourceError as error:
            place = error.location or Location(path, 1)
            raise SQLTemplaterError(error.message, line_no=place.line, line_pos=place.column) from None
        pieces = _Pieces(in_str)
        numbers: dict[str, int] = {}
        for token in Body.read(in_str, path).parameters:
            pieces.copy_until(token.start)
            name = in_str[token.start : token.end]
            pieces.replace(token.end, f"${numbers.setdefault(name, len(numbers) + 1)}")
        pieces.copy_until(len(in_str))
        return pieces.finished(fname), []


class _Pieces:
    """Text under construction: what was copied and what was replaced, in both coordinates."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.written: list[str] = []
        self.length = 0
        self.slices: list[TemplatedFileSlice] = []
        self.raw_slices: list[RawFileSlice] = []

    def copy_until(self, end: int) -> None:
        if end > self.position:
            self._add("literal", end, self.source[self.position : end], None)

    def replace(self, end: int, text: str) -> None:
        # The tag says that the parameter is SQL like any other, so that sqlfluff's own rules look at it too.
        self._add("templated", end, text, "literal")

    def _add(self, kind: str, end: int, text: str, tag: str | None) -> None:
        source = slice(self.position, end)
        self.slices.append(TemplatedFileSlice(kind, source, slice(self.length, self.length + len(text))))
        self.raw_slices.append(RawFileSlice(self.source[source], kind, self.position, tag=tag))
        self.written.append(text)
        self.length += len(text)
        self.position = end

    def finished(self, fname: str) -> TemplatedFile:
        return TemplatedFile(
            source_str=self.source,
            templated_str="".join(self.written),
            fname=fname,
            sliced_file=self.slices,
            raw_sliced=self.raw_slices,
        )
