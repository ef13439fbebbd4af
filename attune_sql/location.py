"""Where something stands in a file: path, line, column, and the line itself to show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# Of a line that was not written by hand, such as a megabyte of numbers, only this much is shown.
_WIDEST, _BEFORE = 240, 60


@dataclass(frozen=True, slots=True)
class Location:
    """A span of one line in one file.

    `line` and `column` are 1-based and counted in characters; `length` is the width of the span (0 = a point);
    `text` is the whole line, so that it can be shown without reading the file again.
    """

    path: Path
    line: int
    column: int = 1
    length: int = 0
    text: str = ""

    @classmethod
    def at(cls, path: Path, text: str, start: int, end: int | None = None) -> Location:
        """Locate the span `start:end` (0-based character offsets) of a file's whole `text`."""
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        line = text[line_start : len(text) if line_end < 0 else line_end]
        length = 0 if end is None else min(end, line_start + len(line)) - start
        return cls(path, text.count("\n", 0, start) + 1, start - line_start + 1, max(length, 0), line)

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}:{self.column}"

    def excerpt(self) -> str:
        """Show the line with the span underlined, or an empty text when the line is not known."""
        if not self.text.strip():
            return ""
        gutter = f"{self.line} | "
        line, start = self._window()
        # A tab keeps its width in the underline, whatever width the terminal gives it.
        indent = "".join("\t" if char == "\t" else " " for char in line[:start])
        marks = "^" * max(1, min(self.length, len(line) - start))
        return f"{gutter}{line}\n{' ' * (len(gutter) - 2)}| {indent}{marks}"

    def _window(self) -> tuple[str, int]:
        """Return what is shown of the line, and where the span begins in it: of a very long line, what is around."""
        start = self.column - 1
        if len(self.text) <= _WIDEST:
            return self.text, start
        first = max(0, min(start - _BEFORE, len(self.text) - _WIDEST))
        last = first + _WIDEST
        before, after = "…" if first else "", "…" if last < len(self.text) else ""
        return f"{before}{self.text[first:last]}{after}", start - first + len(before)


def shown(path: Path) -> str:
    """Shorten `path` to how its reader would type it: relative to the working directory where it lies below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
