"""A day of the service on a migrated database: `python -m parcels postgresql://…`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

import attune_sql
import attune_sql.aio
from parcels.intake import install, pause, place, withdraw
from parcels.packing import answer_all, clean_up, pack_all, sign_on
from parcels.report import lines


async def work(dsn: str) -> tuple[int, int, int]:
    """Pack, ask, pack again and clean up; returns the numbers of parcels, answers and notices."""
    async with await attune_sql.aio.connect(dsn, autocommit=True) as conn:
        worker = await sign_on(conn, "packer-1")
        packed = await pack_all(conn, worker)
        answered = await answer_all(conn, "grace", agreed=True)
        packed += await pack_all(conn, worker)
        return packed, answered, await clean_up(conn)


def main(dsn: str) -> None:
    """Run the day and print what happened."""
    started = datetime.now(UTC)
    with attune_sql.connect(dsn, autocommit=True) as conn:
        install(conn)
        place(conn, {"item": "anvil", "grams": 45_000})
        place(conn, {"item": "book", "grams": 400, "gift": True})
        [unwanted] = place(conn, {"item": "book", "grams": 350})
        withdraw(conn, unwanted)
        pause(conn, False)
        place(conn, {"item": "chair", "grams": 9_000})
        print("packed {}, answered {}, delivered {}".format(*asyncio.run(work(dsn))))  # noqa: T201
        for line in lines(conn, started):
            print(line)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
