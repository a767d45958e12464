"""What takes part in the benchmark: Penstock or a peer, from a Kafka topic into one table."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harness.clickhouse import EmbeddedClickHouse
from harness.processes import Process

from whole.case import Case


@dataclass(frozen=True)
class Job:
    """One run's work. The table exists and is empty; the group has read nothing yet."""

    case: Case
    brokers: str
    topic: str
    group: str
    clickhouse: EmbeddedClickHouse
    table: str  # in the database `default`
    folder: Path  # the run's own: configuration and logs
    registry_url: str | None  # where the format needs one


class System(Protocol):
    """Knows how to start one contestant. Errors: whatever start() raises ends its run only."""

    name: str  # as the results call it
    formats: frozenset[str]  # of messages that it reads: keys of message_format.FORMATS

    def missing(self) -> str | None:
        """Why it cannot run here and what would help, or None when it can."""

    def flags(self, job: Job) -> str:
        """What it is: versions, build and the settings that differ from its defaults."""

    def start(self, job: Job) -> list[Process]:
        """Begins to read. Its own processes; none when the ClickHouse server does the work."""
