"""A TCP proxy that spoils connections on request: Toxiproxy, driven over its HTTP interface.

    proxy = Proxy(folder)
    route = proxy.route(clickhouse.port)
    ... a pipe with url=f"http://{route.address}" ...
    with route.toxic("limit_data", bytes=0):    # answers are cut off, requests arrive
        ...

Kinds and their attributes (milliseconds, bytes, KB/s): `latency` latency jitter; `timeout`
timeout; `reset_peer` timeout; `limit_data` bytes; `bandwidth` rate; `slow_close` delay; `slicer`.
"""

import contextlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import requests

from harness.places import TOXIPROXY, required
from harness.ports import free_port
from harness.processes import Process
from harness.server import Server
from harness.waiting import wait_for

DOWNSTREAM = "downstream"  # from the server to its client
UPSTREAM = "upstream"


class Proxy(Server):
    """Running and answering once constructed. Its routes end with it."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "proxy.log"
        self.port = free_port()
        self._numbers = itertools.count()
        self.start()

    def start(self) -> None:
        command = [required(TOXIPROXY), "-host", "127.0.0.1", "-port", str(self.port)]
        self.process = Process(command, self.log, env={"LOG_LEVEL": "warn"})
        wait_for(self._answers, 20, f"the proxy on 127.0.0.1:{self.port}, see {self.log}")

    def route(self, target_port: int) -> "Route":
        """A new port that leads to a port of this machine, which need not be open yet."""
        return Route(self, f"route-{next(self._numbers)}", target_port)

    def request(self, method: str, path: str, body: dict | None = None) -> None:
        url = f"http://127.0.0.1:{self.port}{path}"
        requests.request(method, url, json=body, timeout=20).raise_for_status()

    def _answers(self) -> bool:
        try:
            self.request("GET", "/version")
            return True
        except requests.RequestException:
            return False


class Route:
    """One port of a proxy and where it leads."""

    def __init__(self, proxy: Proxy, name: str, target_port: int):
        self.port = free_port()
        self._proxy = proxy
        self._path = f"/proxies/{name}"
        self._toxics = itertools.count()
        proxy.request("POST", "/proxies", {"name": name, "listen": self.address, "enabled": True,
                                           "upstream": f"127.0.0.1:{target_port}"})

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """Meanwhile every connection is closed and no new one is taken."""
        self._proxy.request("POST", self._path, {"enabled": False})
        try:
            yield
        finally:
            self._proxy.request("POST", self._path, {"enabled": True})

    @contextlib.contextmanager
    def toxic(self, kind: str, stream: str = DOWNSTREAM, **attributes: int) -> Iterator[None]:
        """Meanwhile every connection, old and new, is spoilt in this way."""
        name = f"toxic-{next(self._toxics)}"
        self._proxy.request("POST", f"{self._path}/toxics", {
            "name": name, "type": kind, "stream": stream, "attributes": attributes})
        try:
            yield
        finally:
            self._proxy.request("DELETE", f"{self._path}/toxics/{name}")
