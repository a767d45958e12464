"""A consumer in Python: confluent-kafka and clickhouse-connect, two ways to insert."""

import sys
from importlib.metadata import version
from pathlib import Path

from harness.processes import Process

from whole.system import Job

CONSUMER = Path(__file__).resolve().parent / "consumer.py"


class PythonConsumer:
    """`way` is consumer.py's: "rows" parses every message, "json" hands it on as it is."""

    formats = frozenset({"json"})

    def __init__(self, name: str, way: str):
        self.name = name
        self._way = way

    def missing(self) -> None:
        return None

    def flags(self, job: Job) -> str:
        packages = ("confluent-kafka", "clickhouse-connect")
        versions = ", ".join(f"{package} {version(package)}" for package in packages)
        return f"Python {sys.version.split()[0]}, {versions}, inserts {self._way} of 100,000"

    def start(self, job: Job) -> list[Process]:
        command = [sys.executable, CONSUMER, job.brokers, job.topic, job.group,
                   str(job.clickhouse.port), job.table, self._way]
        return [Process(command, job.folder / "python.log")]
