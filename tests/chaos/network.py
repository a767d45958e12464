"""Connections to the broker or to ClickHouse that are cut, refused, slow or silent."""

import time

from chaos.world import World
from harness.proxy import UPSTREAM, Route

_SPOILT = [
    lambda route: route.down(),
    lambda route: route.toxic("latency", latency=300, jitter=200),
    lambda route: route.toxic("bandwidth", rate=20),
    lambda route: route.toxic("reset_peer", timeout=0),
    lambda route: route.toxic("limit_data", bytes=3000),
    lambda route: route.toxic("timeout", timeout=0),
    lambda route: route.toxic("timeout", UPSTREAM, timeout=0),
    lambda route: route.toxic("slicer", UPSTREAM, average_size=50, size_variation=20, delay=1000),
]


def broker_network(world: World) -> None:
    route = world.parts.broker.route
    world.run_pipe(brokers=route.address)
    _spoil(world, route)


def clickhouse_network(world: World) -> None:
    route = world.answers_route()
    world.run_pipe(url=f"http://{route.address}")
    _spoil(world, route)


def _spoil(world: World, route: Route) -> None:
    for number in world.rounds():
        with world.fault(), _SPOILT[number % len(_SPOILT)](route):
            world.load.share()
            time.sleep(world.draw.uniform(0.2, 1.5))
