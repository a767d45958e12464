"""A real Apache Kafka broker on loopback: one node, KRaft, its files in one folder."""

import base64
import socket
import time
import uuid
from pathlib import Path

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from harness.places import KAFKA_JARS, required
from harness.ports import free_port
from harness.processes import Process
from harness.proxy import Proxy, Route
from harness.server import Server
from harness.waiting import wait_for

_SETTINGS = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=127.0.0.1:{controller_port}
log.dirs={folder}/data
auto.create.topics.enable=false
message.max.bytes=33554432
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=2000
broker.heartbeat.interval.ms=300
group.min.session.timeout.ms=1000
log.cleaner.dedupe.buffer.size=16777216
controlled.shutdown.enable=false
"""

# The second compiler stage never pays off in the life of a test broker.
_JAVA = [
    "java",
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
    "-cp",
    f"{KAFKA_JARS}/*",
]


class Broker(Server):
    """Running and answering once constructed. Ports and data survive `restart()`."""

    def __init__(self, folder: Path, settings: dict[str, str] | None = None,
                 proxy: Proxy | None = None):
        """`settings` are further broker properties, which win over ours. With `proxy` there is a
        second way to the broker, `route`; who takes it is led back to it."""
        required(KAFKA_JARS)
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "broker.log"
        self.port = free_port()
        self._controller = free_port()
        self.route: Route | None = None
        if proxy:
            behind = free_port()
            self.route = proxy.route(behind)
            settings = {**self._second_listener(behind), **(settings or {})}
        self._properties = folder / "server.properties"
        lines = _SETTINGS.format(folder=folder, port=self.port, controller_port=self._controller)
        extra = "".join(f"{key}={value}\n" for key, value in (settings or {}).items())
        self._properties.write_text(lines + extra)
        self._admin = AdminClient({
            "bootstrap.servers": self.address,
            "reconnect.backoff.max.ms": 250,
            "log_level": 0,
        })
        self._format()
        self.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [*_JAVA, "-Xmx512m", "kafka.Kafka", self._properties]
        self.process = Process(command, self.log)
        wait_for(self._answers, 60, f"Kafka on {self.address} to answer, see {self.log}")

    def admin(self) -> AdminClient:
        """One client for the broker's whole life: its answers end with it."""
        return self._admin

    def _second_listener(self, port: int) -> dict[str, str]:
        plain = f"PLAINTEXT://{self.address}"
        return {
            "listeners": f"{plain},PROXIED://127.0.0.1:{port},"
                         f"CONTROLLER://127.0.0.1:{self._controller}",
            "advertised.listeners": f"{plain},PROXIED://{self.route.address}",
            "listener.security.protocol.map":
                "PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
        }

    def _format(self) -> None:
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        # With "=", as an id may begin with a dash.
        tool = ["kafka.tools.StorageTool", "format", "--standalone", f"--cluster-id={cluster}"]
        formatting = Process([*_JAVA, "-Xmx128m", *tool, "-c", self._properties], self.log)
        if formatting.wait(60) != 0:
            raise RuntimeError(f"Kafka's storage was not formatted\n{formatting.tail()}")

    def _answers(self) -> bool:
        if not self.process.running:
            raise RuntimeError(f"Kafka ended by itself\n{self.process.tail()}")
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return bool(self.admin().list_topics(timeout=2).brokers)
        except (OSError, KafkaException):
            time.sleep(0.1)
            return False
