"""Sends spans to OTLP_URL as OpenTelemetry's exporter does by default: protocol buffers over HTTP."""
import os

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def provider(service):
    made = TracerProvider(resource=Resource({"service.name": service, "user.id": "ada", "team.id": "payments"}))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(
        endpoint=os.environ["OTLP_URL"] + "/v1/traces", headers={"x-api-key": os.environ["KEY"]})))
    trace.set_tracer_provider(made)
    return made
