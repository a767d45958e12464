"""A consumer in Go: franz-go, encoding/json and clickhouse-go. bench/peers/build builds it."""

import re
from pathlib import Path

from harness.places import CACHE
from harness.processes import Process

from whole.system import Job

PROGRAM = CACHE / "peers/go_consumer"
MODULES = Path(__file__).resolve().parent / "go.mod"


class GoConsumer:
    name = "go-rows"
    formats = frozenset({"json"})

    def missing(self) -> str | None:
        return None if PROGRAM.exists() else "run bench/peers/build first"

    def flags(self, job: Job) -> str:
        versions = re.findall(r"(franz-go|clickhouse-go/v2) v(\S+)", MODULES.read_text())
        return ", ".join(f"{name} {version}" for name, version in versions)

    def start(self, job: Job) -> list[Process]:
        address = f"127.0.0.1:{job.clickhouse.port}"
        command = [PROGRAM, job.brokers, job.topic, job.group, address, job.table, job.case.event]
        return [Process(command, job.folder / "go.log")]
