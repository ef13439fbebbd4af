"""One rule per file; the docstring of each class is the page of its rule."""

from __future__ import annotations

import importlib
import pkgutil

from sqlfluff.core.rules import BaseRule


def all_rules() -> list[type[BaseRule]]:
    """Return the rule of every module `atNN_…` of this folder, in the order of their codes."""
    rules: list[type[BaseRule]] = []
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("at"):
            loaded = importlib.import_module(f"{__name__}.{module.name}")
            rules.append(getattr(loaded, f"Rule_{module.name[:4].upper()}"))
    return rules
