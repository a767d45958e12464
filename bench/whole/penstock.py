"""Penstock: `penstock run --until-caught-up` with default settings, and variants of it."""

import json
from base64 import b64encode

from harness.pipe import pipe_document
from harness.places import PENSTOCK, required
from harness.processes import Process

from whole.message_format import FORMATS
from whole.system import Job

_TELLING_FLAGS = ("-O", "-m", "-flto", "-fsanitize", "-DNDEBUG")


class Penstock:
    name = "penstock"
    formats = frozenset(FORMATS)
    kafka: dict[str, object] = {}  # settings other than the defaults

    def missing(self) -> None:
        required(PENSTOCK)

    def flags(self, job: Job) -> str:
        """How the engine was compiled; "unknown" next to a binary that was not built here."""
        commands = PENSTOCK.parent / "compile_commands.json"
        if not commands.exists():
            return "unknown"
        files = json.loads(commands.read_text())
        lane = next(file for file in files if file["file"].endswith("engine/ingest_lane.cc"))
        return " ".join(w for w in lane["command"].split() if w.startswith(_TELLING_FLAGS))

    def start(self, job: Job) -> list[Process]:
        kafka = {"consumerGroup": job.group, "format": job.case.format.penstock,
                 **self.kafka}
        if job.registry_url is not None:
            kafka["schemaRegistry"] = {"url": job.registry_url}
        elif schema := job.case.schema.strip():
            kafka["protobufSchema"] = b64encode(schema.encode()).decode()
        document = pipe_document(job.group, brokers=job.brokers, topics=job.topic,
                                 url=job.clickhouse.url, table=job.table,
                                 kafka=kafka)
        path = job.folder / "pipe.json"
        path.write_text(json.dumps(document, indent=2))
        command = [PENSTOCK, "run", "-f", path, "--until-caught-up"]
        return [Process(command, job.folder / "penstock.log")]


class PenstockAtLeastOnce(Penstock):
    """Where the table would allow exactly-once."""

    name = "penstock-at-least-once"
    kafka = {"exactlyOnce": False}
