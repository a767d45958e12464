"""Everything that can take part, in the order of a round, and what cannot and why."""

from peers.clickhouse_kafka_engine.peer import ClickHouseKafkaEngine
from peers.go.peer import GoConsumer
from peers.python.peer import PythonConsumer

from whole.case import Case
from whole.penstock import Penstock, PenstockAtLeastOnce
from whole.system import System

SYSTEMS: list[System] = [
    Penstock(),
    PenstockAtLeastOnce(),
    ClickHouseKafkaEngine(),
    GoConsumer(),
    PythonConsumer("python-rows", "rows"),
    PythonConsumer("python-json", "json"),
]

# Take part only in cases that name them.
VARIANTS = {PenstockAtLeastOnce.name}

QUICK = ["penstock", "clickhouse-kafka-engine"]

# Named in every full run, so that nobody takes their absence for an oversight.
ABSENT = {
    "clickhouse-kafka-connect": "Maven Central does not carry the connector; it is given away "
                                "through Confluent Hub and GitHub releases only",
    "redpanda-connect": "the Go module proxy refuses its modules (403) where this was tried",
    "clickhouse_sinker": "the Go module proxy refuses its modules (403) where this was tried",
}


def takes_part(system: System, case: Case) -> bool:
    named = system.name in case.systems if case.systems else system.name not in VARIANTS
    return named and case.format.name in system.formats
