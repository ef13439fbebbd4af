"""The docstrings of the rules → docs/lint_rules.md: `python -m attune_sql.lint.plugin.page docs/lint_rules.md`."""

from __future__ import annotations

import re
import sys
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent

from sqlfluff.core.plugin.host import get_plugin_manager

from attune_sql.lint.codes import BY_CODE, RULES

_HEAD = """<!-- Written by `make docs` from the docstrings in attune_sql/lint/plugin/rules/; do not edit. -->
# The rules of the sqlfluff plugin

[How to run them, configure them and switch one off](lint.md).
"""
# sqlfluff adds name, groups and settings to the docstring, the same for every rule.
_ADDED = re.compile(
    r"\s*(?:This rule is ``sqlfluff fix`` compatible\.|\*\*Name\*\*).*?(?=\n\s*\*\*Anti-pattern)", re.DOTALL
)
_CODE = re.compile(r"\.\. code-block:: sql\n\n((?:    .*\n|\n)+)")


def table() -> list[str]:
    """Return the lines of the table of all rules: code, name, severity, whether it is fixed, what is found."""
    rows = [
        f"| {each.code} | `{each.name}` | {each.severity} | {'yes' if each.fixable else ''} | {each.engine.value} "
        f"| {each.what} |"
        for each in RULES
    ]
    return ["| code | name | severity | fix | engine | what is found |", "| --- | --- | --- | --- | --- | --- |", *rows]


def page() -> str:
    """Return the page of all rules of the plugin, as Markdown."""
    # sqlfluff wants its plugins loaded before any rule is imported.
    get_plugin_manager()
    from attune_sql.lint.plugin.rules import all_rules

    sections = [_HEAD]
    for rule in all_rules():
        code = rule.__name__.removeprefix("Rule_")
        sections.append(f"## {code} {rule.name}\n\n{_markdown(rule.__doc__ or '')}")
        if BY_CODE[code].fixable:
            sections.append("`sqlfluff fix` mends it where that is safe.\n")
    return "\n".join(sections)


def _markdown(docstring: str) -> str:
    text = _CODE.sub(
        lambda match: f"```sql\n{dedent(match[1]).strip()}\n```\n\n", f"{cleandoc(_ADDED.sub('', docstring))}\n"
    )
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<!`)``(?!`)", "`", text)).strip() + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
