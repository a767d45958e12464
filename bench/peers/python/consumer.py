"""A Kafka consumer that fills a ClickHouse table, as people write it by hand.

usage: consumer.py BROKERS TOPIC GROUP CLICKHOUSE_PORT TABLE {rows|json}

rows: every message is parsed and its values are handed to clickhouse-connect's insert.
json: messages go to ClickHouse as they are, as JSONEachRow.
Offsets are committed behind each insert of up to 100,000 rows.
"""

import json
import signal
import sys
import time
from datetime import datetime, timezone
from decimal import Decimal

import clickhouse_connect
from confluent_kafka import Consumer, KafkaException

MOST_ROWS = 100_000
MOST_SECONDS = 5.0

# How values of JSON become what clickhouse-connect takes for a column of that type.
CONVERSIONS = {
    "DateTime64(3, 'UTC')":
        lambda text: datetime.fromisoformat(text).replace(tzinfo=timezone.utc),
    "Decimal(12, 2)": lambda number: Decimal(str(number)),
}


def insert_rows(client, table, columns, values):
    names = [name for name, _ in columns]
    conversions = [(name, CONVERSIONS[type]) for name, type in columns if type in CONVERSIONS]
    rows = []
    for value in values:
        event = json.loads(value)
        for name, convert in conversions:
            event[name] = convert(event[name])
        rows.append([event[name] for name in names])
    client.insert(table, rows, column_names=names)


def insert_json(client, table, columns, values):
    client.raw_insert(table, insert_block=b"\n".join(values), fmt="JSONEachRow",
                      settings={"date_time_input_format": "best_effort"})


def run(brokers, topic, group, port, table, insert):
    client = clickhouse_connect.get_client(host="127.0.0.1", port=int(port))
    columns = client.query(f"SELECT name, type FROM system.columns WHERE table = '{table}' "
                           "AND database = currentDatabase() ORDER BY position").result_rows
    consumer = Consumer({
        "bootstrap.servers": brokers,
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    })
    consumer.subscribe([topic])
    stopping = []
    signal.signal(signal.SIGTERM, lambda *_: stopping.append(True))
    values, since = [], time.monotonic()
    while not stopping:
        for message in consumer.consume(10_000, timeout=0.2):
            if message.error():
                raise KafkaException(message.error())
            values.append(message.value())
        waited = time.monotonic() - since
        if values and (len(values) >= MOST_ROWS or waited >= MOST_SECONDS):
            insert(client, table, columns, values)
            consumer.commit(asynchronous=False)
            values, since = [], time.monotonic()
    consumer.close()


if __name__ == "__main__":
    *arguments, way = sys.argv[1:]
    run(*arguments, {"rows": insert_rows, "json": insert_json}[way])
