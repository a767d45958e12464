"""The real servers of a chaos run; every scenario uses the same ones and leaves them running."""

from pathlib import Path

from harness import Broker, EmbeddedClickHouse, FaultServer, Proxy


class Parts:
    """A broker and a ClickHouse, each with a straight way to it and one that can be spoilt.

    `broker.route` and routes to a fault server are for faults of TCP, `faults` for those of HTTP.
    """

    def __init__(self, folder: Path):
        self.proxy = Proxy(folder / "proxy")
        self.broker = Broker(folder / "broker", proxy=self.proxy)
        self.clickhouse = EmbeddedClickHouse(folder / "clickhouse")

    def faults(self) -> FaultServer:
        """One that misbehaves for one scenario; close it after that."""
        return FaultServer(self.clickhouse.url)

    def close(self) -> None:
        for server in (self.clickhouse, self.broker, self.proxy):
            server.kill()

    def __enter__(self) -> "Parts":
        return self

    def __exit__(self, *_) -> None:
        self.close()
