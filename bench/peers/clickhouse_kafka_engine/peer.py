"""ClickHouse's own Kafka table engine, in the server that also stores the rows."""

from pathlib import Path

from harness.processes import Process

from whole.message_format import FORMATS
from whole.system import Job

QUEUE = Path(__file__).resolve().parent / "queue.sql"


class ClickHouseKafkaEngine:
    name = "clickhouse-kafka-engine"
    formats = frozenset(FORMATS)

    def missing(self) -> None:
        return None

    def flags(self, job: Job) -> str:
        return f"ClickHouse {job.clickhouse.query('SELECT version()')}, 1 consumer"

    def start(self, job: Job) -> list[Process]:
        settings = dict(job.case.clickhouse_settings)
        if job.registry_url is not None:
            settings["format_avro_schema_registry_url"] = job.registry_url
        statement = QUEUE.read_text().format(
            queue=f"{job.table}_queue", columns=job.case.clickhouse_columns, brokers=job.brokers,
            topic=job.topic, group=job.group, format=job.case.format.kafka,
            settings="".join(f", {name} = {quoted(value)}" for name, value in settings.items()))
        job.clickhouse.query(statement)
        job.clickhouse.query(
            f"CREATE MATERIALIZED VIEW {job.table}_mover TO {job.table} "
            f"AS SELECT {job.case.clickhouse_values} FROM {job.table}_queue")
        return []


def quoted(text: str) -> str:
    """As a string of SQL."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
