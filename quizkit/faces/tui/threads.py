"""Work beside the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


async def in_thread(work: Callable[[], T]) -> T:
    """Return what `work` gives. Leaving the screen does not wait for it, as it would for a thread of asyncio's."""
    promise: Future[T] = Future()

    def fulfil() -> None:
        promise.set_running_or_notify_cancel()
        try:
            promise.set_result(work())
        except BaseException as error:  # goes on to whoever awaits it
            promise.set_exception(error)

    Thread(target=fulfil, daemon=True).start()
    return await asyncio.wrap_future(promise)
