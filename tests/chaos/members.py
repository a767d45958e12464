"""Several processes in one group: one sleeps through its dismissal, others come and go."""

from chaos.world import World


def sleep_of_a_member(world: World) -> None:
    """SIGSTOP until the other has stored everything, so for longer than the session lasts."""
    sleeper, other = world.run_pipe(), world.run_pipe()
    for _ in world.rounds():
        with world.fault(until=world.all_stored):
            sleeper.pause()
        sleeper.resume()
        sleeper, other = other, sleeper


def join_and_leave(world: World) -> None:
    """Three processes; at any time at least one runs. Some leave in order, some are killed."""
    pipes = [world.run_pipe() for _ in range(3)]
    for _ in world.rounds():
        with world.fault(until=world.all_stored):
            ended = [pipe for pipe in pipes if not pipe.running]
            running = [pipe for pipe in pipes if pipe.running]
            if len(running) == 1 or (ended and world.draw.random() < 0.5):
                world.draw.choice(ended).start()
            elif world.draw.random() < 0.7:
                world.draw.choice(running).stop()
            else:
                world.draw.choice(running).kill()
