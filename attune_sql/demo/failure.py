"""What the demo raises of its own."""

from __future__ import annotations

from attune_sql.errors import AttuneSqlError


class DemoError(AttuneSqlError):
    """The demo could not run to its end."""
