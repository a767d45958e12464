"""One topic of a test broker, and what tests do with it."""

import time
from collections.abc import Iterable

from confluent_kafka import (
    Consumer,
    ConsumerGroupTopicPartitions,
    KafkaError,
    KafkaException,
    Producer,
    TopicPartition,
)
from confluent_kafka.admin import NewPartitions, NewTopic

from harness.broker import Broker

EXISTING = 0  # for `partitions`: somebody else created the topic


class Topic:
    """Created on construction, or taken over. Values are bytes or None (a tombstone)."""

    def __init__(self, broker: Broker, name: str, partitions: int = 1,
                 config: dict[str, str] | None = None):
        self.broker = broker
        self.name = name
        if partitions == EXISTING:
            return
        config = {"max.message.bytes": "33554432", **(config or {})}
        topic = NewTopic(name, num_partitions=partitions, replication_factor=1, config=config)
        broker.admin().create_topics([topic])[name].result(timeout=30)

    def produce(self, values: Iterable[bytes | None], *, partition: int = -1,
                key: bytes | None = None, headers: list | None = None,
                timestamp: int = 0) -> None:
        """Sends them in order and returns when the broker has acknowledged every one.

        Partition -1: chosen by key, or spread when there is none. `timestamp`: in milliseconds
        since 1970, 0 is now.
        """
        producer = Producer({
            "bootstrap.servers": self.broker.address,
            "message.max.bytes": 33554432,
            "enable.idempotence": True,
            "compression.type": "lz4",
            "linger.ms": 5,
            "log_level": 0,
        })
        refused = []

        def acknowledged(error, _message):
            if error is not None:
                refused.append(error)

        for value in values:
            message = {"key": key, "partition": partition, "headers": headers,
                       "timestamp": timestamp}
            while True:
                try:
                    producer.produce(self.name, value, on_delivery=acknowledged, **message)
                    break
                except BufferError:  # the local queue is full
                    producer.poll(0.1)
            producer.poll(0)
        left = producer.flush(60)
        if left or refused:
            raise RuntimeError(f"{self.name}: {left} unsent, refused: {refused[:3]}")

    def partitions(self) -> int:
        topics = self.broker.admin().list_topics(self.name, timeout=10).topics
        return len(topics[self.name].partitions)

    def add_partitions(self, total: int) -> None:
        """Grows the topic to `total` partitions."""
        grown = self.broker.admin().create_partitions([NewPartitions(self.name, total)])
        grown[self.name].result(timeout=30)

    def delete(self) -> None:
        self.broker.admin().delete_topics([self.name])[self.name].result(timeout=30)

    def end_offsets(self) -> dict[int, int]:
        """Per partition, the offset the next message gets."""
        ends = {}
        with self._consumer() as consumer:
            for number in range(self.partitions()):
                partition = TopicPartition(self.name, number)
                ends[number] = consumer.get_watermark_offsets(partition, timeout=10)[1]
        return ends

    def committed(self, group: str) -> dict[int, int]:
        """Per partition with a committed offset, that offset."""
        request = [ConsumerGroupTopicPartitions(group)]
        asked = self.broker.admin().list_consumer_group_offsets(request)[group]
        try:
            answer = asked.result(timeout=10)
        except KafkaException:
            return {}
        ours = (p for p in answer.topic_partitions if p.topic == self.name and p.offset >= 0)
        return {p.partition: p.offset for p in ours}

    def consume_all(self, seconds: float = 30) -> list:
        """Every message up to the end as of now, as confluent_kafka.Message."""
        left = set(range(self.partitions()))
        messages = []
        deadline = time.monotonic() + seconds
        with self._consumer() as consumer:
            consumer.assign([TopicPartition(self.name, number, 0) for number in left])
            while left:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{self.name}: partitions {left} not read in {seconds:g} s")
                for message in consumer.consume(1000, timeout=0.2):
                    if message.error() is None:
                        messages.append(message)
                    elif message.error().code() == KafkaError._PARTITION_EOF:
                        left.discard(message.partition())
                    else:
                        raise KafkaException(message.error())
        return messages

    def _consumer(self) -> Consumer:
        return Consumer({
            "bootstrap.servers": self.broker.address,
            "group.id": "penstock-harness",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "auto.offset.reset": "earliest",
            "fetch.message.max.bytes": 33554432,
            "log_level": 0,
        })
