#!/usr/bin/env python3
"""Writes what senders send: the body of each request as JSON, with protocol buffers of OTLP decoded.

Needs the package opentelemetry-proto to decode. Answers every request with 200, passing it on first to FORWARD where
that is set, so that the product can be fed and recorded at once.
"""
import base64
import gzip
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

OUT = sys.argv[1]
FORWARD = os.environ.get("FORWARD")
IDS = {"traceId", "spanId", "parentSpanId"}
records = []
lock = Lock()


def decoded(path, body):
    from google.protobuf.json_format import MessageToDict
    from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
    kinds = {"traces": ExportTraceServiceRequest, "logs": ExportLogsServiceRequest,
             "metrics": ExportMetricsServiceRequest}
    message = kinds[path.rstrip("/").rsplit("/", 1)[1]]()
    message.ParseFromString(body)
    return hexed(MessageToDict(message, use_integers_for_enums=True))


def hexed(value):
    """The JSON of OTLP has ids in hexadecimal, that of protocol buffers in base64."""
    if isinstance(value, dict):
        return {key: base64.b64decode(each).hex() if key in IDS else hexed(each) for key, each in value.items()}
    return [hexed(each) for each in value] if isinstance(value, list) else value


class Recorder(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        raw = self.body()
        encoding = self.headers.get("Content-Encoding")
        plain = {"gzip": gzip.decompress, "deflate": zlib.decompress}.get(encoding, bytes)(raw)
        kind = self.headers.get("Content-Type", "").split(";")[0]
        record = {"path": self.path, "contentType": kind, "contentEncoding": encoding}
        try:
            if kind == "application/x-protobuf":
                record["body"] = decoded(self.path, plain)
            elif kind == "application/x-www-form-urlencoded":
                form = urllib.parse.parse_qs(plain.decode(), keep_blank_values=True)
                record["form"] = {key: value[0] for key, value in form.items()}
                if "MessageBody" in form:
                    record["form"].pop("MessageBody")
                    record["body"] = json.loads(form["MessageBody"][0])
            else:
                record["body"] = json.loads(plain)
        except (ValueError, KeyError) as wrong:
            record["unreadable"] = str(wrong)
            record["base64"] = base64.b64encode(raw).decode()
        with lock:
            records.append(record)
            with open(OUT, "w") as file:
                json.dump(records, file, indent=1)
        answer = self.forward(raw) if FORWARD else b"{}"
        self.send_response(200)
        self.send_header("Content-Type", kind if kind == "application/x-protobuf" else "application/json")
        self.send_header("Content-Length", str(0 if kind == "application/x-protobuf" else len(answer)))
        self.end_headers()
        self.wfile.write(b"" if kind == "application/x-protobuf" else answer)

    def forward(self, raw):
        names = ("Content-Type", "Content-Encoding", "X-API-Key")
        headers = {name: self.headers[name] for name in names if self.headers.get(name)}
        request = urllib.request.Request(FORWARD + self.path, raw, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as refused:
            print(refused.code, refused.read().decode()[:2000], file=sys.stderr, flush=True)
            return b"{}"

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def log_message(self, form, *values):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Recorder)
    print(server.server_address[1], flush=True)
    server.serve_forever()
