"""Keyed messages with a sequence number, sent in shares."""

import json

from confluent_kafka import Producer

from harness import Topic

KEYS = 97


class Load:
    """Messages `{"seq": 0…, "key": …}`; the sequence rises within each key, which names the
    partition. Every message is in the topic once: the producer is idempotent."""

    def __init__(self, topic: Topic, messages: int, shares: int):
        self.messages = messages
        self.sent = 0
        self._share = max(1, messages // shares)
        self._topic = topic
        self._refused = []
        self._producer = Producer({
            "bootstrap.servers": topic.broker.address,
            "enable.idempotence": True,
            "linger.ms": 2,
            "reconnect.backoff.max.ms": 250,
            "queue.buffering.max.messages": 1_000_000,
            "log_level": 0,
        })

    def share(self) -> None:
        """Sends the next share and returns when the broker has it."""
        self._send(min(self._share, self.messages - self.sent))

    def rest(self) -> None:
        self._send(self.messages - self.sent)

    def _send(self, count: int) -> None:
        for seq in range(self.sent, self.sent + count):
            key = f"k{seq % KEYS}"
            value = json.dumps({"seq": seq, "key": key})
            self._producer.produce(self._topic.name, value, key, on_delivery=self._acknowledged)
        left = self._producer.flush(120)
        if left or self._refused:
            raise RuntimeError(f"{left} messages unsent, refused: {self._refused[:3]}")
        self.sent += count

    def _acknowledged(self, error, _message) -> None:
        if error is not None:
            self._refused.append(error)
