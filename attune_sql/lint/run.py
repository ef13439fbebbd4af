"""Files → findings: decides which engine says what, so that nothing is said twice, and writes what can be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from attune_sql.errors import SourceError
from attune_sql.findings.finding import Finding
from attune_sql.findings.result import Result, RulePage
from attune_sql.lint import selection
from attune_sql.lint.codes import BY_CODE, RULES, Engine
from attune_sql.lint.fast import engine
from attune_sql.lint.files import write
from attune_sql.lint.names import SchemaNames, read_names
from attune_sql.lint.settings import forget_settings, read_settings
from attune_sql.location import Location
from attune_sql.source.tree import read_text

_PASSES = 4


class Wish(NamedTuple):
    """What is asked of a run.

    `fast` leaves out sqlfluff and squawk; `migrations` asks for the rules of migrations and nothing else; `fix` writes
    what can be mended; `on_done` is told how many files sqlfluff has done, whenever it has done some.
    """

    fast: bool = False
    migrations: bool = False
    fix: bool = False
    on_done: Callable[[int], None] = lambda files: None


def run(paths: Sequence[Path], wish: Wish) -> tuple[Result, int]:
    """Lint files; return what was found and how many files changed. Raises AttuneSqlError where it cannot run."""
    _forget()
    texts, found = _read(paths)
    changed = _fix(texts, wish) if wish.fix else 0
    found += _found(texts, wish)
    excluded = selection.excluded(Path.cwd())
    kept = {each for each in found if not excluded(each.rule)}
    ordered = sorted(kept, key=_place)
    operations = sum(engine.count_operations(text) for text in texts.values())
    return Result(tuple(ordered), len(paths), operations, _pages(ordered)), changed


def _read(paths: Iterable[Path]) -> tuple[dict[Path, str], list[Finding]]:
    """Read files; what cannot be read is found, and hides no other file."""
    texts: dict[Path, str] = {}
    found: list[Finding] = []
    for path in paths:
        try:
            texts[path] = read_text(path)
        except SourceError as error:
            found.append(Finding.of_error(error, Location(path, 1), "files"))
    return texts, found


def _found(texts: Mapping[Path, str], wish: Wish) -> Iterator[Finding]:
    scripts = {path: text for path, text in texts.items() if not engine.is_query_file(text)}
    for path in scripts if wish.migrations else texts:
        for each in engine.lint(path, texts[path], read_settings(path.parent), _names(path.parent)):
            if _is_said(each.finding, wish):
                yield each.finding
    yield from _of_migrations(scripts)
    if wish.fast:
        return
    if scripts:
        from attune_sql.lint.migrations import squawk

        yield from squawk.check(scripts)
    if not wish.migrations:
        from attune_sql.lint.plugin import linter

        for file in linter.lint(list(texts), on_done=wish.on_done):
            yield from file.findings


def _is_said(finding: Finding, wish: Wish) -> bool:
    """Tell whether the fast engine speaks, or leaves a finding to sqlfluff."""
    rule = BY_CODE.get(finding.rule)
    if wish.fast:
        return True
    return rule.engine is Engine.FAST if rule else finding.level == "note"


def _of_migrations(scripts: Mapping[Path, str]) -> Iterator[Finding]:
    if not scripts:
        return
    # Only here, as what else not every run needs: imports are a good part of its time.
    from attune_sql.lint.migrations import check as migration_rules

    for folder in sorted({path.parent for path in scripts}):
        # An index for a foreign key may stand in a later file, so the whole folder is read.
        texts = {path: text for path, text in scripts.items() if path.parent == folder}
        known = {path.resolve() for path in texts}
        others, unreadable = _read(path for path in sorted(folder.glob("*.sql")) if path.resolve() not in known)
        yield from unreadable
        ordered = sorted({**texts, **others}.items(), key=lambda each: each[0].name)
        yield from migration_rules.check(ordered, list(scripts), read_settings(folder))


def _fix(texts: dict[Path, str], wish: Wish) -> int:
    """Mend the texts, on disk too, and return how many changed: first what the fast engine can, then sqlfluff."""
    before = dict(texts)
    for path in texts:
        for _ in range(_PASSES):
            found = engine.lint(path, texts[path], read_settings(path.parent), _names(path.parent))
            mended = engine.mended(
                texts[path], [each for each in found if not wish.migrations or _is_said(each.finding, wish)]
            )
            if mended == texts[path]:
                break
            texts[path] = mended
        if texts[path] != before[path]:
            write(path, texts[path])
    if not wish.fast and not wish.migrations:
        from attune_sql.lint.plugin import linter

        for file in linter.lint(list(texts), fix=True, on_done=wish.on_done):
            if file.fixed is not None and file.fixed != texts[file.path]:
                texts[file.path] = file.fixed
                write(file.path, file.fixed)
    return sum(texts[path] != before[path] for path in texts)


@cache
def _names(folder: Path) -> SchemaNames:
    settings = read_settings(folder)
    return _names_in(settings.migrations_near(folder.absolute()), settings.schema)


_names_in = cache(read_names)


def _forget() -> None:
    # Within one process files and the working directory may change from run to run.
    forget_settings()
    _names.cache_clear()
    _names_in.cache_clear()


def _pages(found: Sequence[Finding]) -> tuple[RulePage, ...]:
    ours = (RulePage(each.code, each.severity, each.what, remedy=f"docs/lint.md, {each.full_name}") for each in RULES)
    others = {each.rule: each.level for each in found if each.rule not in BY_CODE}
    return (*ours, *(RulePage(name, level, f"{name}, a rule of {_owner(name)}.") for name, level in others.items()))


def _owner(name: str) -> str:
    if name[:2].isupper():
        return "sqlfluff"
    return "squawk" if "-" in name else "reading files"


def _place(finding: Finding) -> tuple[str, int, int, str]:
    return str(finding.location.path), finding.location.line, finding.location.column, finding.rule
