"""Streams of events: few for each seat, so that nobody holds connections without end."""

import asyncio
from collections.abc import Awaitable

MOST = 4
"""Of one seat: a person may have the page open twice, and reload. The oldest is ended first, since
a phone that lost its network leaves one behind that looks alive."""


class Streams:
    """The streams that are open, by seat, the oldest first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._open: dict[str, list[asyncio.Future[None]]] = {}

    async def run(self, seat: str, stream: Awaitable[None]) -> None:
        """Run a stream up to its end; one that was ended for a newer one just returns."""
        task = asyncio.ensure_future(stream)
        mine = self._open.setdefault(seat, [])
        mine.append(task)
        if len(mine) > self._most:
            mine[0].cancel()
            del mine[0]
        try:
            await asyncio.wait([task])
            if not task.cancelled():
                task.result()
        finally:
            task.cancel()
            if task in mine:
                mine.remove(task)
            if not mine and self._open.get(seat) is mine:
                del self._open[seat]
