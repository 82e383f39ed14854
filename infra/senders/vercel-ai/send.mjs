// An agent with a tool, and questions whose prompt is cached, on the APIs of OpenAI and Anthropic, streamed and not.
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { embed, generateText, jsonSchema, stepCountIs, streamText, tool } from "ai";

const { MODEL_URL, OTLP_URL, KEY } = process.env;
const exporter = new OTLPTraceExporter({ url: `${OTLP_URL}/v1/traces`, headers: { "x-api-key": KEY } });
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ "service.name": "vercel-ai", "user.id": "ada", "team.id": "payments" }),
  spanProcessors: [new BatchSpanProcessor(exporter)],
});
provider.register();

const openai = createOpenAI({ baseURL: `${MODEL_URL}/v1`, apiKey: "none" });
const anthropic = createAnthropic({ baseURL: `${MODEL_URL}/v1`, apiKey: "none" });
const experimental_telemetry = { isEnabled: true, functionId: "senders", metadata: { userId: "ada" } };
const weather = tool({
  description: "Tells the weather.",
  inputSchema: jsonSchema({ type: "object", properties: { city: { type: "string" } } }),
  execute: async ({ city }) => `sun in ${city}`,
});

await generateText({
  model: openai.chat("gpt-4o"), prompt: "How is the weather in Paris?", tools: { weather }, stopWhen: stepCountIs(3),
  experimental_telemetry,
});
for (const model of [openai.chat("gpt-4o"), openai.responses("gpt-4o"), anthropic("claude-sonnet-4-5")]) {
  await generateText({ model, prompt: "usage:cached", experimental_telemetry });
  await streamText({ model, prompt: "usage:cached", experimental_telemetry }).consumeStream();
}
await embed({ model: openai.textEmbeddingModel("text-embedding-3-small"), value: "hello", experimental_telemetry });
await provider.shutdown();
