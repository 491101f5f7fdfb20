"""Several processes, for work in many parts that do not need each other."""

import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context


@contextmanager
def open_processes() -> Iterator[ProcessPoolExecutor]:
    """One process for each core, until the block ends; what is still waiting then is not begun.

    Each takes a second or two to start, for it starts anew: a copy of this one would hold locks of its threads.
    """
    anew = get_context("spawn")
    # Ctrl+C is for the process that waits for these.
    with ProcessPoolExecutor(
        mp_context=anew, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    ) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)
