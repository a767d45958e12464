"""A schema registry that knows schemas by GUID, which Apicurio does not: franz-go's own fake."""

import uuid
from pathlib import Path

import requests

from harness.places import GUID_REGISTRY, required
from harness.ports import free_port
from harness.processes import Process
from harness.registry import make_certificate
from harness.server import Server
from harness.waiting import wait_for


class GuidRegistry(Server):
    """Running and answering once constructed. Its port survives a restart, its schemas (in memory)
    do not."""

    def __init__(self, folder: Path, mutual_tls: bool = False):
        """With `mutual_tls` it speaks https with those who show its own certificate."""
        folder.mkdir(parents=True, exist_ok=True)
        self.certificate = make_certificate(folder) if mutual_tls else None
        self.log = folder / "guid_registry.log"
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"http{'s' if self.certificate else ''}://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [required(GUID_REGISTRY), f"127.0.0.1:{self.port}"]
        if self.certificate:
            command += [self.certificate.certificate, self.certificate.key]
        self.process = Process(command, self.log)
        wait_for(self._answers, 20, f"the registry at {self.url} to answer, see {self.log}")

    def register(self, subject: str, schema: str, kind: str = "AVRO") -> uuid.UUID:
        path = f"/subjects/{subject}/versions"
        body = {"schema": schema, "schemaType": kind}
        self._request("POST", path, json=body).raise_for_status()
        return uuid.UUID(self._request("GET", f"{path}/latest").json()["guid"])

    def _request(self, method: str, path: str, **more) -> requests.Response:
        own = self.certificate
        trust = {"verify": str(own.certificate),
                 "cert": (str(own.certificate), str(own.key))} if own else {}
        return requests.request(method, self.url + path, timeout=10, **trust, **more)

    def _answers(self) -> bool:
        try:
            return self._request("GET", "/subjects").ok
        except requests.RequestException:
            return False
