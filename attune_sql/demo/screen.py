"""What the user sees: progress while it runs, then counts, a tree, and the verdict."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from attune_sql.demo.evidence import FINISHED

STYLES = {
    "completed": "green",
    "failed": "red",
    "running": "yellow",
    "requested": "blue",
    "scheduling": "cyan",
    "scheduled": "cyan",
    "abandoned": "red",
    "timeout": "red",
    "cancelled": "magenta",
}
MOST_RESULT = 50
PLAIN_WIDTH = 120


class Screen:
    """Prints on one console: live bars on a terminal, plain lines elsewhere."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, emoji=False, markup=False)
        if not self._console.is_terminal:
            # A file has no width, and 80 columns would cut the results off.
            self._console.width = PLAIN_WIDTH
        columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), MofNCompleteColumn())
        self._progress = Progress(*columns, console=self._console)
        self._live: Live | None = None

    def say(self, text: str) -> None:
        """Print a line."""
        self._console.print(text, soft_wrap=True)

    def begin(self, events: int) -> None:
        """Show the bars, where there is a terminal to show them on."""
        self._events = self._progress.add_task("events fired", total=events)
        self._executions = self._progress.add_task("executions finished", total=None)
        if self._console.is_terminal:
            # Drawn when something has changed: a thread that draws would be one more that Ctrl-C can hit.
            self._live = Live(console=self._console, auto_refresh=False, transient=True)
            self._live.start()

    def show(self, fired: int, counts: Mapping[str, int], pending: int, workers: int) -> None:
        """Bring the bars up to date."""
        if self._live is None:
            return
        finished = sum(count for status, count in counts.items() if status in FINISHED)
        self._progress.update(self._events, completed=fired)
        self._progress.update(self._executions, completed=finished, total=max(sum(counts.values()), 1))
        line = Text("  ".join(["", *(f"{status} {count}" for status, count in counts.items())]), overflow="ellipsis")
        asking = f", {pending} waiting for an answer" if pending else ""
        self._live.update(Group(self._progress, line, Text(f"  {counted(workers, 'worker')}{asking}")), refresh=True)

    def end(self) -> None:
        """Take the bars away."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def counts(self, counts: Mapping[str, int]) -> None:
        """Print how many executions there are of each status."""
        table = Table("status", title="Executions", title_justify="left", title_style="bold")
        table.add_column("count", justify="right")
        for status, count in counts.items():
            table.add_row(Text(status, STYLES.get(status, "")), str(count))
        if len(counts) > 1:
            table.add_section()
            table.add_row("all", str(sum(counts.values())))
        self._console.print(table)

    def tree(self, rows: Sequence[Any], tasks: Mapping[int, str]) -> None:
        """Print an execution and its descendants, parents before children, each with status and result.

        tasks: by id, the name of the task that an execution carries out.
        """
        branches: dict[int, Tree] = {}
        root: Tree | None = None
        for row in rows:
            label = _label(row, tasks.get(row.id))
            parent = branches.get(row.parent)
            branches[row.id] = parent.add(label) if parent else Tree(label)
            root = root or branches[row.id]
        if root is not None:
            self._console.print(Text("One workflow", "bold"))
            self._console.print(root)

    def verdict(self, line: str, *, good: bool) -> None:
        """Print the last line, or one of the reasons against it."""
        self._console.print(Text(line, "bold green" if good else "bold red"), soft_wrap=True)

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()


def _label(row: Any, task: str | None) -> Text:
    label = Text.assemble(
        f"{row.id} {f'{task}: ' if task else ''}{row.action_ref} ", (row.status, STYLES.get(row.status, ""))
    )
    if row.started_at is not None and row.status in FINISHED:
        label.append(f" in {(row.updated - row.started_at).total_seconds() * 1000:.0f} ms")
    if row.result:
        text = json.dumps(row.result, ensure_ascii=False)
        label.append(f"  {text if len(text) <= MOST_RESULT else text[: MOST_RESULT - 1] + '…'}", "dim")
    return label


def counted(number: int, noun: str, plural: str = "s") -> str:
    """Say how many: `1 worker`, `2 workers`."""
    return f"{number} {noun}{plural * (number != 1)}"
