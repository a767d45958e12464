"""Inserts whose answers are lost, late or errors."""

import contextlib
from collections.abc import Iterator

from chaos.world import INSERT_THREADS, World
from harness.proxy import Route

_ERRORS = [
    (252, "Too many parts (3000) in all data parts"),
    (241, "Memory limit (total) exceeded"),
    (202, "Too many simultaneous queries. Maximum: 100"),
]


def cut_answers(world: World) -> None:
    """The insert was executed; its answer breaks off at some byte."""
    route = world.answers_route()
    world.run_pipe(url=f"http://{route.address}")
    for _ in world.rounds():
        some = world.draw.choice([0, 10, 100])
        with world.fault(), _spoilt(route, "limit_data", bytes=some):
            _repeat_an_insert(world)


def late_answers(world: World) -> None:
    """Connections close while their inserts still run, and the inserts run on."""
    route = world.answers_route()
    world.run_pipe(url=f"http://{route.address}")
    for _ in world.rounds():
        with world.fault(), _spoilt(route, "timeout", timeout=100):
            _repeat_an_insert(world)


def late_inserts(world: World) -> None:
    """Something on the way gives up the connection and hands the insert on afterwards."""
    world.run_pipe()
    for _ in world.rounds():
        with world.fault():
            world.faults.cut_and_forward_late(world.draw.uniform(0.1, 1.5), when="`t`")
            world.load.share()
            world.wait_until(lambda: world.faults.pending() == 0, "an insert to be late")


def error_answers(world: World) -> None:
    world.run_pipe()
    for _ in world.rounds():
        with world.fault():
            code, text = world.draw.choice(_ERRORS)
            world.faults.answer(code, text, times=world.draw.randint(1, 3), when="`t`")
            world.faults.cut_after_forwarding(when="`t`")
            world.load.share()
            world.wait_until(lambda: world.faults.pending() == 0, "the errors to be answered")


@contextlib.contextmanager
def _spoilt(route: Route, kind: str, **attributes: int) -> Iterator[None]:
    """Only connections made meanwhile: where a toxic comes to a connection or leaves it, an answer
    may vanish without an end, and the pipe would wait for it as long as an insert may take."""
    with contextlib.ExitStack() as toxic:
        with route.down():
            toxic.enter_context(route.toxic(kind, **attributes))
        yield
        with route.down():
            toxic.close()


def _repeat_an_insert(world: World) -> None:
    """When more attempts came than can be on their way at once, one is a repeat."""
    before = world.attempts_seen()
    world.load.share()
    world.wait_until(lambda: world.attempts_seen() > before + INSERT_THREADS, "a repeat")
