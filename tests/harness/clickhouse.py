"""Embedded ClickHouse: `penstock clickhouse`, the real engine behind its HTTP interface."""

import json
import re
from pathlib import Path

import clickhouse_connect
import requests

from harness.places import LIBCHDB, PENSTOCK, required
from harness.ports import free_port
from harness.processes import Process
from harness.server import Server
from harness.waiting import wait_for

_READY = re.compile(r"^penstock clickhouse: (http://\S+:\d+)", re.MULTILINE)


class ClickHouseError(Exception):
    """ClickHouse refused a query. `code` is its error code, for example 60."""

    def __init__(self, code: int, text: str):
        super().__init__(text)
        self.code = code


class EmbeddedClickHouse(Server):
    """Running and answering once constructed. Address and data survive `restart()`."""

    _seconds_to_stop = 60

    def __init__(self, folder: Path, user: str = "default", password: str = ""):
        required(PENSTOCK)
        folder.mkdir(parents=True, exist_ok=True)
        self.log = folder / "clickhouse.log"
        # Not `--port 0`: a port of ours is still free when a killed server comes back.
        self.port = free_port()
        self.user, self.password = user, password
        self._data = folder / "data"
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [PENSTOCK, "clickhouse", "--path", self._data, "--port", str(self.port)]
        if self.password:
            command += ["--user", self.user, "--password", self.password]
        written = len(self.log.read_bytes()) if self.log.exists() else 0
        self.process = Process(command, self.log, env={"PENSTOCK_LIBCHDB": str(LIBCHDB)},
                               folder=self.log.parent)  # it keeps schemas where it runs

        def ready() -> bool:
            if not self.process.running:
                raise RuntimeError(f"embedded ClickHouse ended by itself\n{self.process.tail()}")
            return bool(_READY.search(self.log.read_bytes()[written:].decode(errors="replace")))

        wait_for(ready, 60, f"embedded ClickHouse on {self.url}, see {self.log}")

    def query(self, sql: str, data: bytes | None = None, **settings) -> str:
        """The answer's text without the last line feed; ClickHouseError when refused.

        With `data` the statement goes into the URL and the data into the body.
        """
        parameters = {**settings, "query": sql} if data is not None else settings
        body = sql.encode() if data is None else data
        headers = {"X-ClickHouse-User": self.user, "X-ClickHouse-Key": self.password}
        answer = requests.post(self.url, body, params=parameters, headers=headers, timeout=300)
        if answer.status_code != 200:
            code = re.search(r"Code: (\d+)", answer.text)
            raise ClickHouseError(int(code[1]) if code else 0, answer.text.strip())
        return answer.text.removesuffix("\n")

    def rows(self, sql: str, **settings) -> list[dict]:
        """The answer as one dict per row, as JSONEachRow gives them; integers are integers."""
        settings = {"output_format_json_quote_64bit_integers": 0, **settings}
        text = self.query(sql, default_format="JSONEachRow", **settings)
        return [json.loads(line) for line in text.splitlines()]

    def client(self, **arguments):
        """A client of the official clickhouse-connect; close it or use it in `with`."""
        login = {"username": self.user, "password": self.password}
        return clickhouse_connect.get_client(
            host="127.0.0.1", port=self.port, **{**login, **arguments}
        )
