"""Starts and stops the real parts that tests and the demo run against. See README.md."""

from harness.broker import Broker
from harness.clickhouse import ClickHouseError, EmbeddedClickHouse
from harness.fault_server import FaultServer
from harness.guid_registry import GuidRegistry
from harness.pipe import Pipe, pipe_document
from harness.processes import Process
from harness.proxy import Proxy, Route
from harness.registry import Registry
from harness.topic import Topic
from harness.waiting import wait_for

__all__ = [
    "Broker",
    "ClickHouseError",
    "EmbeddedClickHouse",
    "FaultServer",
    "GuidRegistry",
    "Pipe",
    "Process",
    "Proxy",
    "Registry",
    "Route",
    "Topic",
    "pipe_document",
    "wait_for",
]
