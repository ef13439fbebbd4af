"""sqlfluff over files → findings, and the texts as it would fix them: its Python interface, in parallel."""

from __future__ import annotations

import configparser
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlfluff.core import FluffConfig, Linter, SQLBaseError
from sqlfluff.core.config import progress_bar_configuration
from sqlfluff.core.errors import SQLFluffUserError
from sqlfluff.core.linter.linted_file import LintedFile
from sqlfluff.core.types import ConfigMappingType

from attune_sql.errors import AttuneSqlError
from attune_sql.findings.finding import Finding
from attune_sql.location import Location

# A file above the limit would be passed over with nothing but a warning.
_ALWAYS: ConfigMappingType = {"large_file_skip_byte_limit": 0}
_WITHOUT_CONFIGURATION: ConfigMappingType = {"dialect": "postgres", "templater": "aiosql", "rules": "attune"}
# Files that one process takes at a time: enough to make up for handing them over, few enough to show progress.
_SHARE = 12


@dataclass(frozen=True, slots=True)
class Linted:
    """One file: its findings, and the text that fixes some of them, or None where there is nothing to fix."""

    path: Path
    findings: tuple[Finding, ...]
    fixed: str | None


def lint(
    paths: Sequence[Path], *, fix: bool = False, on_done: Callable[[int], None] = lambda files: None
) -> Iterator[Linted]:
    """Lint files by the nearest `.sqlfluff` of each, on all processors; where there is none, by our rules only.

    `on_done` is told how many files were done whenever some are. Raises AttuneSqlError for a configuration that
    sqlfluff cannot use.
    """
    shares = [paths[start : start + _SHARE] for start in range(0, len(paths), _SHARE)]
    processes = min(os.cpu_count() or 1, len(shares))
    if processes <= 1:
        for share in shares:
            yield from _lint(share, fix)
            on_done(len(share))
        return
    with ProcessPoolExecutor(processes) as pool:
        waiting = [pool.submit(_lint, share, fix) for share in shares]
        for share, future in zip(shares, waiting, strict=True):
            yield from future.result()
            on_done(len(share))


def _lint(paths: Sequence[Path], fix: bool) -> list[Linted]:
    progress_bar_configuration.disable_progress_bar = True
    try:
        config = _config()
        names = tuple(map(str, paths))
        # A file that is named is linted, whatever .sqlfluffignore says.
        result = Linter(config=config).lint_paths(names, fix=fix, processes=1, ignore_files=False)
    except SQLFluffUserError as error:
        raise _cannot_run(error) from None
    return [_linted(each, fix) for folder in result.paths for each in folder.files]


def _config() -> FluffConfig:
    try:
        config = FluffConfig.from_root(overrides=_ALWAYS, require_dialect=False)
        if config.get("dialect") is None:
            config = FluffConfig.from_root(overrides={**_ALWAYS, **_WITHOUT_CONFIGURATION})
    except (KeyError, ValueError, configparser.Error) as error:
        # A dialect that is not there, and files that are not of their format: sqlfluff lets these through as they are.
        raise _cannot_run(error) from None
    return config


def _cannot_run(error: Exception) -> AttuneSqlError:
    said = error.args[0] if isinstance(error, KeyError) else error
    return AttuneSqlError(f"sqlfluff cannot run: {said}", help="correct .sqlfluff", rule="sqlfluff")


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
        start = starts[min(each.line_no, len(starts) - 1) - 1] + each.line_pos - 1
        end = each.to_dict().get("end_file_pos")
        location = Location.at(path, text, start, max(end, start + 1) if isinstance(end, int) else start + 1)
        yield Finding(each.rule_code(), location, each.desc().strip(), level="note" if each.warning else "error")
