"""kill -9 of each of the three processes, and of one whose inserts run on without it."""

from chaos.world import World


def kill_pipe(world: World) -> None:
    pipe = world.run_pipe()
    for _ in world.rounds():
        with world.fault():
            pipe.kill()
            pipe.start()


def kill_clickhouse(world: World) -> None:
    world.run_pipe()
    for _ in world.rounds():
        with world.fault():
            world.parts.clickhouse.kill()
            world.parts.clickhouse.start()


def kill_broker(world: World) -> None:
    world.run_pipe()
    for _ in world.rounds():
        with world.fault():
            world.parts.broker.kill()
            world.parts.broker.start()


def kill_during_slow_inserts(world: World) -> None:
    """The server finishes them after their sender's death, maybe beside its successor's."""
    pipe = world.run_pipe()
    for _ in world.rounds():
        with world.fault():
            world.load.share()
            world.wait_until(world.inserting, "an insert under way")
            pipe.kill()
            pipe.start()
