#!/usr/bin/env python3
"""Makes fixtures of recordings: reduce.py RECORDING… FOLDER. Of each it writes the bodies by signal, with the spans and log
records that tell of tokens, the spans above those, and of LiteLLM's rows what says what was used by whom."""
import json
import re
import sys
from pathlib import Path

USAGE = re.compile(r"token|usage|cost_usd")
LARGE = {"ai.prompt", "ai.prompt.messages", "ai.prompt.tools", "ai.response.text", "ai.response.toolCalls", "input.value",
         "output.value", "gen_ai.system_instructions", "gen_ai.tool.definitions", "gen_ai.input.messages",
         "gen_ai.output.messages", "model_request_parameters", "pydantic_ai.all_messages", "system_prompt",
         "logfire.json_schema", "traceloop.entity.input", "traceloop.entity.output", "llm.tools", "metadata",
         "llm.invocation_parameters", "hidden_params",
         "metadata.model_map_information", "metadata.cold_storage_object_key"}
NONE = ({"stringValue": ""}, {"stringValue": "None"}, {})
LITELLM_LARGE = {"response", "messages", "model_map_information", "error_information", "guardrail_information",
                 "standard_built_in_tools_params", "model_parameters", "cost_breakdown", "error_str"}
SIGNALS = {"traces": ("resourceSpans", "scopeSpans", "spans"), "logs": ("resourceLogs", "scopeLogs", "logRecords"),
           "metrics": ("resourceMetrics", "scopeMetrics", "metrics")}


def main(names, folder):
    for name in names:
        by_signal = {}
        for request in json.loads(Path(name).read_text()):
            signal = request["path"].rstrip("/").rsplit("/", 1)[1]
            by_signal.setdefault(signal if signal in SIGNALS else "", []).append(request["body"])
        for signal, bodies in by_signal.items():
            kept = otlp(signal, bodies) if signal else litellm(bodies)
            stem = Path(name).stem.removesuffix("-" + signal) if signal else Path(name).stem
            if kept:
                write(Path(folder) / f"{stem}{'-' + signal if signal else ''}.json", kept)


def write(path, kept):
    path.write_text("[\n" + ",\n".join(json.dumps(body, ensure_ascii=False) for body in kept) + "\n]\n")


def otlp(signal, bodies):
    resources, scopes, items = SIGNALS[signal]
    every = [item for body in bodies for resource in body.get(resources, []) for scope in resource[scopes]
             for item in scope[items]]
    wanted = with_parents(every) if signal == "traces" else [item for item in every if tells(item)]
    kept = {id(item) for item in wanted}
    for body in bodies:
        for resource in body.get(resources, []):
            for scope in resource[scopes]:
                scope[items] = [slim(item) for item in scope[items] if id(item) in kept]
            resource[scopes] = [scope for scope in resource[scopes] if scope[items]]
        body[resources] = [resource for resource in body.get(resources, []) if resource[scopes]]
    return [body for body in bodies if body.get(resources)]


def with_parents(spans):
    by_id = {span["spanId"]: span for span in spans}
    kept = {}
    for span in filter(tells, spans):
        while span and span["spanId"] not in kept:
            kept[span["spanId"]] = span
            span = by_id.get(span.get("parentSpanId", ""))
    return list(kept.values())


def tells(item):
    return "name" in item and bool(USAGE.search(item["name"])) or any(
        USAGE.search(attribute["key"]) and attribute["key"] not in LARGE for attribute in item.get("attributes", []))


def slim(item):
    if "attributes" in item:
        item["attributes"] = [each for each in item["attributes"] if each["key"] not in LARGE and each["value"] not in NONE]
    item.pop("events", None)
    return item


def litellm(bodies):
    rows = [row for body in bodies for row in (body if isinstance(body, list) else [body])]
    return [{key: value for key, value in row.items() if key not in LITELLM_LARGE} for row in rows]


if __name__ == "__main__":
    main(sys.argv[1:-1], sys.argv[-1])
