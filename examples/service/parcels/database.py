"""The service's own queries, for synchronous and asynchronous connections, and what both sides agree on."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from parcels.types import aio, sync

_FOLDER = Path(__file__).parent / "queries"

own = sync.load(_FOLDER)
own_async = aio.load(_FOLDER)

PACK: Final = "parcels"
ACTION: Final = "parcels.pack"
TRIGGER: Final = "parcels.order_placed"
RULE: Final = "parcels.pack_orders"
HEAVY: Final = 20_000
"""From so many grams on a person has to agree."""
