"""ClickHouse's own Kafka table engine, in the server that also stores the rows."""

from pathlib import Path

from harness.processes import Process

from whole.system import Job

QUEUE = Path(__file__).resolve().parent / "queue.sql"


class ClickHouseKafkaEngine:
    name = "clickhouse-kafka-engine"

    def missing(self) -> None:
        return None

    def flags(self, job: Job) -> str:
        return f"ClickHouse {job.clickhouse.query('SELECT version()')}, JSONEachRow, 1 consumer"

    def start(self, job: Job) -> list[Process]:
        statement = QUEUE.read_text().format(
            queue=f"{job.table}_queue", columns=job.case.column_list, brokers=job.brokers,
            topic=job.topic, group=job.group)
        job.clickhouse.query(statement)
        job.clickhouse.query(f"CREATE MATERIALIZED VIEW {job.table}_mover TO {job.table} "
                             f"AS SELECT * FROM {job.table}_queue")
        return []
