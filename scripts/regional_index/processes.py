"""Several processes, for work in many parts that do not need each other."""

import signal
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def work_through(work: Callable[[Part], Result], parts: Sequence[Part], worth: int) -> Generator[Result, None, None]:
    """What `work` makes of each part, in their order; on all cores where that is worth it.

    Processes take a second or two to start, for they start anew: a copy of this one would hold locks of its threads.

    Args:
        work: A function of a module, which other processes can import.
        parts: What to work on.
        worth: With fewer parts than this, this process does it all, one part at a time as it is asked for.
    """
    if len(parts) < worth:
        yield from map(work, parts)
        return
    # Ctrl+C is for the process that waits for these.
    deaf = {"initializer": signal.signal, "initargs": (signal.SIGINT, signal.SIG_IGN)}
    with ProcessPoolExecutor(mp_context=get_context("spawn"), **deaf) as pool:
        yield from pool.map(work, parts)
