"""Server-sent events: says that the room has changed, and nothing of what."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from checklist.workshop.desk import Desk

ALIVE = 15.0
"""Seconds after which a sign of life is sent, so that nothing on the way cuts a quiet line."""


async def changes(desk: Desk, alive: float = ALIVE) -> AsyncIterator[bytes]:
    """Give the room's version at once and whenever it changes, as an event stream."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        with suppress(RuntimeError):  # the server is gone
            loop.call_soon_threadsafe(changed.set)

    end = desk.watch(tell)
    try:
        yield _event(desk)
        while True:
            try:
                await asyncio.wait_for(changed.wait(), alive)
            except TimeoutError:
                yield b":\n\n"
            else:
                changed.clear()
                yield _event(desk)
    finally:
        end()


def _event(desk: Desk) -> bytes:
    return b"data: %d\n\n" % desk.version
