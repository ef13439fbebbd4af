"""Which text was parsed and where it stands in its file: bytes of the parser → characters of the author."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

from attune_sql.source.operation import Operation, Segment


class Text(NamedTuple):
    """SQL of one file: `sql` as it is parsed, the `whole` file, and the segments that lead from one to the other."""

    path: Path
    whole: str
    sql: str
    segments: tuple[Segment, ...]

    @classmethod
    def of_operation(cls, operation: Operation) -> Text:
        """Take the SQL of an operation, with `$n` for its parameters."""
        return cls(operation.path, operation.text, operation.sql, operation.segments)

    @classmethod
    def of_file(cls, path: Path, whole: str) -> Text:
        """Take a whole file as it is."""
        return cls(path, whole, whole, (Segment(0, 0),))

    def part(self, start: int, end: int) -> Text:
        """Take the characters `start:end` of a whole file as SQL of its own."""
        return Text(self.path, self.whole, self.whole[start:end], (Segment(0, start),))

    def offset(self, byte: int) -> int:
        """Translate a byte of `sql` to a character of the whole file (both 0-based)."""
        character = byte if self.sql.isascii() else len(self.sql.encode()[:byte].decode(errors="ignore"))
        segment = self.segments[bisect_right(self.segments, character, key=lambda each: each.converted) - 1]
        return min(segment.source + (character - segment.converted), len(self.whole))
