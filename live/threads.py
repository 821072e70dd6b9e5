"""Where questions to the database run, so that no socket of the loop waits for them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.db import database_sync_to_async

_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="live")


async def in_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Run it in one of eight worker threads, each with its own connection."""
    return await database_sync_to_async(function, thread_sensitive=False, executor=_threads)(*args)
