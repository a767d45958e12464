"""The one call of a Confluent registry that Apicurio lacks: schemas by GUID."""

import http.server
import json
import threading
import uuid


class GuidRegistry:
    """Answers GET /schemas/guids/{guid} on loopback, as Confluent's registry does since 8.0."""

    def __init__(self):
        self._schemas: dict[str, dict] = {}
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def register(self, schema: str, kind: str) -> uuid.UUID:
        guid = uuid.uuid4()
        self._schemas[f"/schemas/guids/{guid}"] = {"schema": schema, "schemaType": kind}
        return guid

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> "GuidRegistry":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def _handler(self):
        schemas = self._schemas

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                found = schemas.get(self.path)
                body = json.dumps(found or {"error_code": 40403, "message": "Schema not found"})
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "application/vnd.schemaregistry.v1+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        return Handler
