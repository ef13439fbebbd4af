"""sqlfluff over files → findings, and the texts as it would fix them: its Python interface, in parallel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlfluff.core import FluffConfig, Linter, SQLBaseError
from sqlfluff.core.config import progress_bar_configuration
from sqlfluff.core.errors import SQLFluffUserError
from sqlfluff.core.linter.linted_file import LintedFile

from attune_sql.errors import AttuneSqlError
from attune_sql.findings.finding import Finding
from attune_sql.location import Location

# A file above the limit would be passed over with nothing but a warning.
_ALWAYS = {"large_file_skip_byte_limit": 0}
_WITHOUT_CONFIGURATION = {"dialect": "postgres", "templater": "aiosql", "rules": "attune"}


@dataclass(frozen=True, slots=True)
class Linted:
    """One file: its findings, and the text that fixes some of them, or None where there is nothing to fix."""

    path: Path
    findings: tuple[Finding, ...]
    fixed: str | None


def lint(paths: Sequence[Path], *, processes: int, fix: bool = False, progress: bool = False) -> list[Linted]:
    """Lint files by the nearest `.sqlfluff` of each; without any, by our rules only.

    `processes` is how many run at once, `progress` shows a bar on standard error. Raises AttuneSqlError where the
    configuration cannot be used, and for a file that it tells sqlfluff to ignore.
    """
    progress_bar_configuration.disable_progress_bar = not progress
    try:
        config = FluffConfig.from_root(overrides=_ALWAYS, require_dialect=False)
        if config.get("dialect") is None:
            config = FluffConfig.from_root(overrides=_ALWAYS | _WITHOUT_CONFIGURATION)
        linter = Linter(config=config)
        # More than a few files are needed to make up for starting a process.
        count = max(min(processes, len(paths) // 4), 1)
        names = tuple(str(path) for path in paths)
        result = linter.lint_paths(names, fix=fix, processes=count, ignore_files=False)
    except SQLFluffUserError as error:
        raise AttuneSqlError(f"sqlfluff cannot run: {error}", help="see .sqlfluff", rule="sqlfluff") from None
    return [_linted(each, fix) for folder in result.paths for each in folder.files]


def _linted(file: LintedFile, fix: bool) -> Linted:
    path = Path(file.path)
    text = file.templated_file.source_str if file.templated_file else path.read_text(encoding="utf-8-sig")
    findings = tuple(_findings(file.get_violations(), path, text))
    fixed, changed = file.fix_string() if fix and file.templated_file and file.tree else ("", False)
    return Linted(path, findings, fixed if changed else None)


def _findings(violations: Sequence[SQLBaseError], path: Path, text: str) -> Iterator[Finding]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for each in violations:
        told = each.to_dict()
        start = starts[min(each.line_no, len(starts) - 1) - 1] + each.line_pos - 1
        end = told.get("end_file_pos")
        location = Location.at(path, text, start, max(int(end), start + 1) if isinstance(end, int) else start + 1)
        message = each.desc().strip()
        yield Finding(each.rule_code(), location, message, level="note" if each.warning else "error")
