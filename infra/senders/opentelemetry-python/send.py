#!/usr/bin/env python3
"""One call of a model, as a span or a log record, by OpenTelemetry's own exporter: (traces|logs) (json|protobuf)
(none|gzip)."""
import os
import sys

from opentelemetry._logs import LogRecord
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

SIGNAL, ENCODING, COMPRESSION = sys.argv[1:]
RESOURCE = Resource({"service.name": "opentelemetry-python", "team.id": "payments"})


def exporter(kind):
    if ENCODING == "json":
        from opentelemetry.exporter.otlp.common.http import Compression
        from opentelemetry.exporter.otlp.json.http import _log_exporter, trace_exporter
    else:
        from opentelemetry.exporter.otlp.proto.http import Compression, _log_exporter, trace_exporter
    make = trace_exporter.OTLPSpanExporter if kind == "traces" else _log_exporter.OTLPLogExporter
    return make(endpoint=f"{os.environ['OTLP_URL']}/v1/{kind}", headers={"x-api-key": os.environ["KEY"]},
                compression=Compression(COMPRESSION))


def trace():
    provider = TracerProvider(resource=RESOURCE)
    provider.add_span_processor(BatchSpanProcessor(exporter("traces")))
    with provider.get_tracer("senders").start_as_current_span("chat gpt-4o", attributes={
            "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o",
            "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 50, "user.id": "ada"}):
        pass
    provider.shutdown()


def log():
    provider = LoggerProvider(resource=RESOURCE)
    provider.add_log_record_processor(BatchLogRecordProcessor(exporter("logs")))
    provider.get_logger("com.anthropic.claude_code.events").emit(LogRecord(
        body="claude_code.api_request", attributes={
            "event.name": "api_request", "event.sequence": 1, "session.id": f"session-{os.getpid()}", "user.id": "ada",
            "model": "gpt-4o", "input_tokens": 1000, "output_tokens": 50, "cost_usd": 0.003}))
    provider.shutdown()


trace() if SIGNAL == "traces" else log()
