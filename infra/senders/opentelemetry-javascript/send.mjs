// One call of a model, as a span or a log record, by OpenTelemetry's own exporter: (traces|logs) (json|protobuf)
// (none|gzip).
import { OTLPLogExporter as JsonLogs } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufLogs } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPTraceExporter as JsonTraces } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufTraces } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";

const [signal, encoding, compression] = process.argv.slice(2);
const options = {
  url: `${process.env.OTLP_URL}/v1/${signal}`, headers: { "x-api-key": process.env.KEY }, compression,
};
const resource = resourceFromAttributes({ "service.name": "opentelemetry-javascript", "team.id": "payments" });

async function trace() {
  const exporter = encoding === "json" ? new JsonTraces(options) : new ProtobufTraces(options);
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
  provider.getTracer("senders").startSpan("chat gpt-4o", {
    attributes: {
      "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o",
      "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 50, "user.id": "ada",
    },
  }).end();
  await provider.shutdown();
}

async function log() {
  const exporter = encoding === "json" ? new JsonLogs(options) : new ProtobufLogs(options);
  const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] });
  provider.getLogger("com.anthropic.claude_code.events").emit({
    body: "claude_code.api_request",
    attributes: {
      "event.name": "api_request", "event.sequence": 1, "session.id": `session-${process.pid}`, "user.id": "ada",
      model: "gpt-4o", input_tokens: 1000, output_tokens: 50, cost_usd: 0.003,
    },
  });
  await provider.shutdown();
}

await (signal === "traces" ? trace() : log());
