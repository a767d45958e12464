"""A proxy in front of ClickHouse's HTTP interface that misbehaves on request.

    faults = FaultServer(clickhouse.url)
    faults.answer(243, "Cannot reserve 1.00 MiB, not enough space", times=3)
    faults.cut_after_forwarding(times=1)
    ... a pipe with url=faults.url ...

Faults are taken in the order they were added; each applies to the next `times` requests whose
query contains `when` (by default: inserts). Everything else is forwarded unchanged.
"""

import contextlib
import http.client
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from harness.ports import free_port

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "expect", "host"}


@dataclass
class _Fault:
    kind: str  # answer, cut_before, cut_after, late, delay, act
    when: str
    left: int
    code: int = 0
    text: str = ""
    status: int = 500
    seconds: float = 0
    act: Callable[[], object] | None = None


@dataclass(frozen=True)
class Seen:
    """One request as it arrived, and the fault it met, or ""."""

    url: str
    query: str
    body_bytes: int
    fault: str


class FaultServer:
    """Listens on loopback once constructed, until `close()`. Use it in `with`."""

    def __init__(self, target: str):
        self.target = urlsplit(target)
        self.seen: list[Seen] = []
        self._faults: list[_Fault] = []
        self._rewritten: dict[str, Callable[[str], str]] = {}
        self._late = 0
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"faults": self})
        self._server = _Server(("127.0.0.1", free_port()), handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, code: int, text: str, *, times: int = 1, status: int = 500,
               when: str = "INSERT") -> None:
        """Answers with a ClickHouse error instead of forwarding."""
        self._add(_Fault("answer", when, times, code=code, text=text, status=status))

    def cut_before_forwarding(self, *, times: int = 1, when: str = "INSERT") -> None:
        """Reads the request and closes the connection: ClickHouse never sees it."""
        self._add(_Fault("cut_before", when, times))

    def cut_after_forwarding(self, *, times: int = 1, when: str = "INSERT") -> None:
        """ClickHouse does it, but the answer never arrives."""
        self._add(_Fault("cut_after", when, times))

    def cut_and_forward_late(self, seconds: float, *, times: int = 1,
                             when: str = "INSERT") -> None:
        """Closes the connection; ClickHouse does it after a while, when nobody waits for it."""
        self._add(_Fault("late", when, times, seconds=seconds))

    def delay(self, seconds: float, *, times: int = 1, when: str = "INSERT") -> None:
        """Waits, then forwards."""
        self._add(_Fault("delay", when, times, seconds=seconds))

    def act_before_forwarding(self, act: Callable[[], object], *, when: str = "INSERT") -> None:
        """Does something else first: `act()`, to the end."""
        self._add(_Fault("act", when, 1, act=act))

    def rewrite(self, setting: str, change: Callable[[str], str]) -> None:
        """From now on requests are forwarded with another value of this setting of their URL."""
        self._rewritten[setting] = change

    def late(self) -> int:
        """Requests whose connection was cut and that ClickHouse has not done yet."""
        with self._lock:
            return self._late

    def pending(self) -> int:
        """Faults that were ordered and have not happened yet."""
        with self._lock:
            return sum(fault.left for fault in self._faults)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def take(self, url: str, query: str, body_bytes: int) -> _Fault | None:
        """Notes a request and takes the first fault that is meant for it."""
        with self._lock:
            found = next((f for f in self._faults if f.left and f.when in query), None)
            if found:
                found.left -= 1
            self.seen.append(Seen(url, query, body_bytes, found.kind if found else ""))
            return found

    def rewritten(self, url: str) -> str:
        if not self._rewritten:
            return url
        parts = urlsplit(url)
        query = [(name, self._rewritten.get(name, str)(value))
                 for name, value in parse_qsl(parts.query, keep_blank_values=True)]
        return urlunsplit(parts._replace(query=urlencode(query)))

    def do_late(self, action: Callable[[], object], seconds: float) -> None:
        with self._lock:
            self._late += 1

        def run() -> None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                action()
            with self._lock:
                self._late -= 1

        threading.Timer(seconds, run).start()

    def _add(self, fault: _Fault) -> None:
        with self._lock:
            self._faults.append(fault)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that hung up is none of our troubles."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    faults: FaultServer
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self._body()
        in_url = "".join(parse_qs(urlsplit(self.path).query).get("query", []))
        query = in_url or body[:4096].decode(errors="replace")
        fault = self.faults.take(self.path, query, len(body))
        kind = fault.kind if fault else ""
        if kind == "answer":
            text = f"Code: {fault.code}. DB::Exception: {fault.text}. (version 26.7.3.1)\n"
            headers = {"X-ClickHouse-Exception-Code": str(fault.code)}
            return self._reply(fault.status, headers, text.encode())
        if kind == "late":
            self.faults.do_late(lambda: self._forward(body), fault.seconds)
        if kind in ("cut_before", "late"):
            return self._cut()
        if kind == "delay":
            time.sleep(fault.seconds)
        if kind == "act":
            fault.act()
        try:
            status, headers, answer = self._forward(body)
        except (OSError, http.client.HTTPException):
            return self._cut()  # as if ClickHouse itself had closed it
        if kind == "cut_after":
            return self._cut()
        self._reply(status, headers, answer)

    do_POST = do_GET

    def log_message(self, *_):
        pass

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers
        return b"".join(chunks)

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        target = self.faults.target
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=300)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP_BY_HOP}
        url = self.faults.rewritten(self.path)
        connection.request(self.command, url, body or None, headers)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        kept = {k: v for k, v in response.getheaders() if k.lower() not in _HOP_BY_HOP}
        return response.status, kept, answer

    def _reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
