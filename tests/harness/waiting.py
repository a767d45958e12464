"""Waiting for something to become true, with a limit and a name for it."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(condition: Callable[[], T], seconds: float, what: str, pause: float = 0.05) -> T:
    """Calls `condition` until it answers something true, and returns that.

    Raises TimeoutError naming `what` and the last answer after `seconds`. Errors of the
    condition are not swallowed: a condition that may fail for a while says so itself.
    """
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() >= deadline:
            raise TimeoutError(f"waited {seconds:g} s for {what}; last answer: {answer!r}")
        time.sleep(pause)
