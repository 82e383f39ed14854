#!/usr/bin/env python3
"""A model that costs nothing: answers the APIs of OpenAI, Anthropic, Gemini and Bedrock with the usage of usage.json.

A request that offers the tool `weather` is answered by a call of it, and the request with the tool's result by a text;
other requests are answered by a text. `usage:NAME` in the request chooses the usage, `please fail` a failure, and
`same id` an id that repeats.
"""
import base64
import gzip
import itertools
import json
import os
import re
import struct
import sys
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

USAGE = json.loads((Path(__file__).parent / "usage.json").read_text())
TEXT = "It is sunny."
NUMBERS = itertools.count(int(time.time()) * 1000)  # ids of one run are not those of another
BATCH_FILE = "file-output"


def chosen(text, tools, answered):
    """The name of the usage that a request is answered with."""
    if tools:
        return "answer" if answered else "call"
    asked = re.search(r"usage:([a-z]+)", text)
    return asked.group(1) if asked else "plain"


class Model(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        if "/batches/" in path:
            self.reply(batch(path.rsplit("/", 1)[1], "completed"))
        elif path.endswith("/content"):
            self.reply_bytes(batch_output(), "application/jsonl")
        elif "/responses/" in path:
            self.reply(response({"model": "gpt-4o"}, "cached", [], path.rsplit("/", 1)[1]))
        elif path.endswith("/models"):
            self.reply({"object": "list", "data": [{"id": "gpt-4o", "object": "model"}]})
        else:
            self.reply({"id": path.rsplit("/", 1)[1], "object": "file", "bytes": 1, "created_at": 1, "filename": "f",
                        "purpose": "batch_output", "status": "processed"})

    def do_POST(self):
        body = self.body()
        path = self.path.split("?")[0]
        if path.endswith("/files"):
            self.reply({"id": "file-input", "object": "file", "bytes": 1, "created_at": int(time.time()),
                        "filename": "in.jsonl", "purpose": "batch", "status": "processed"})
            return
        if path.endswith("/batches"):
            self.reply(batch(f"batch_{next(NUMBERS)}", "validating"))
            return
        request = json.loads(body or b"{}")
        if path.endswith("count_tokens") or path.endswith("countTokens"):
            self.reply({"input_tokens": 10, "totalTokens": 10})
            return
        text = body.decode("utf-8", "replace")
        if "please fail" in text:
            self.reply({"error": {"message": "The model is broken.", "type": "server_error"}}, 500)
            return
        name = chosen(text, offers_weather(text), has_result(text))
        tool = name == "call"
        stream = bool(request.get("stream"))
        if path.endswith("/chat/completions"):
            self.chat(request, name, tool, stream)
        elif path.endswith("/responses"):
            self.openai_responses(request, name, tool, stream)
        elif path.endswith("/messages"):
            self.anthropic_messages(request, name, tool, stream)
        elif path.endswith("/embeddings"):
            self.embeddings(request)
        elif "enerateContent" in path:
            self.gemini(path, name, tool)
        elif path.endswith("/converse"):
            self.reply(converse(name, tool))
        elif path.endswith("/converse-stream"):
            self.converse_stream(name, tool)
        else:
            self.reply({})

    def chat(self, request, name, tool, stream):
        number = "repeated" if "same id" in json.dumps(request.get("messages", "")) else next(NUMBERS)
        head = {"id": f"chatcmpl-{number}", "created": int(time.time()), "model": request["model"]}
        call = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": '{"city": "Paris"}'}}
        usage = USAGE[name]["openai_chat"]
        finish = "tool_calls" if tool else "stop"
        if not stream:
            message = {"role": "assistant", "content": None if tool else TEXT}
            if tool:
                message["tool_calls"] = [call]
            self.reply({**head, "object": "chat.completion", "usage": usage,
                        "choices": [{"index": 0, "message": message, "finish_reason": finish}]})
            return
        head["object"] = "chat.completion.chunk"
        delta = {"role": "assistant", "tool_calls": [{"index": 0, **call}]} if tool else {
            "role": "assistant", "content": TEXT}
        chunks = [{**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]},
                  {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]}]
        if (request.get("stream_options") or {}).get("include_usage"):
            chunks.append({**head, "choices": [], "usage": usage})
        self.events([(None, chunk) for chunk in chunks] + [(None, "[DONE]")])

    def openai_responses(self, request, name, tool, stream):
        output = call_item() if tool else message_item()
        whole = response(request, name, [output])
        if request.get("background"):
            self.reply({**whole, "status": "queued", "output": [], "usage": None})
            return
        if not stream:
            self.reply(whole)
            return
        started = {**whole, "status": "in_progress", "output": [], "usage": None}
        events = [("response.created", {"response": started}), ("response.in_progress", {"response": started})]
        place = {"output_index": 0, "item_id": output["id"]}
        if tool:
            events += [("response.output_item.added", {"output_index": 0, "item": {**output, "arguments": ""}}),
                       ("response.function_call_arguments.delta", {**place, "delta": output["arguments"]}),
                       ("response.function_call_arguments.done", {**place, "arguments": output["arguments"]})]
        else:
            place["content_index"] = 0
            part = output["content"][0]
            events += [("response.output_item.added", {"output_index": 0, "item": {**output, "content": []}}),
                       ("response.content_part.added", {**place, "part": {**part, "text": ""}}),
                       ("response.output_text.delta", {**place, "delta": TEXT, "logprobs": []}),
                       ("response.output_text.done", {**place, "text": TEXT, "logprobs": []}),
                       ("response.content_part.done", {**place, "part": part})]
        events += [("response.output_item.done", {"output_index": 0, "item": output}),
                   ("response.completed", {"response": whole})]
        self.events([(kind, {"type": kind, "sequence_number": i, **data}) for i, (kind, data) in enumerate(events)])

    def anthropic_messages(self, request, name, tool, stream):
        usage = USAGE[name]["anthropic"]
        block = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Paris"}} if tool else {
            "type": "text", "text": TEXT}
        stop = "tool_use" if tool else "end_turn"
        head = {"id": f"msg_{next(NUMBERS):06}", "type": "message", "role": "assistant", "model": request["model"],
                "content": [], "stop_reason": None, "stop_sequence": None}
        if not stream:
            self.reply({**head, "content": [block], "stop_reason": stop, "usage": usage})
            return
        begin = {**block, "input": {}} if tool else {**block, "text": ""}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])} if tool else {
            "type": "text_delta", "text": TEXT}
        events = [("message_start", {"message": {**head, "usage": {**usage, "output_tokens": 1}}}),
                  ("content_block_start", {"index": 0, "content_block": begin}),
                  ("content_block_delta", {"index": 0, "delta": delta}),
                  ("content_block_stop", {"index": 0}),
                  ("message_delta", {"delta": {"stop_reason": stop, "stop_sequence": None},
                                     "usage": {"output_tokens": usage["output_tokens"]}}),
                  ("message_stop", {})]
        self.events([(kind, {"type": kind, **data}) for kind, data in events])

    def embeddings(self, request):
        vector = [0.5, 0.25]
        if request.get("encoding_format") == "base64":
            vector = base64.b64encode(struct.pack("<2f", *vector)).decode()
        self.reply({"object": "list", "model": request["model"], "usage": USAGE["embedding"]["openai_embedding"],
                    "data": [{"object": "embedding", "index": 0, "embedding": vector}]})

    def gemini(self, path, name, tool):
        part = {"functionCall": {"name": "weather", "args": {"city": "Paris"}}} if tool else {"text": TEXT}
        model = re.search(r"models/([^:]+):", path).group(1)
        whole = {"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}],
                 "usageMetadata": USAGE[name]["gemini"], "modelVersion": model, "responseId": f"r{next(NUMBERS)}"}
        if "stream" in path:
            self.events([(None, whole)])
        else:
            self.reply(whole)

    def converse_stream(self, name, tool):
        whole = converse(name, tool)
        block = whole["output"]["message"]["content"][0]
        start = {"toolUse": {"toolUseId": "tool_1", "name": "weather"}} if tool else {}
        delta = {"toolUse": {"input": json.dumps(block["toolUse"]["input"])}} if tool else {"text": TEXT}
        events = [("messageStart", {"role": "assistant"}),
                  ("contentBlockStart", {"start": start, "contentBlockIndex": 0}),
                  ("contentBlockDelta", {"delta": delta, "contentBlockIndex": 0}),
                  ("contentBlockStop", {"contentBlockIndex": 0}),
                  ("messageStop", {"stopReason": whole["stopReason"]}),
                  ("metadata", {"usage": whole["usage"], "metrics": {"latencyMs": 1}})]
        frames = b"".join(aws_frame(kind, data) for kind, data in events if kind != "contentBlockStart" or start)
        self.reply_bytes(frames, "application/vnd.amazon.eventstream")

    def events(self, events):
        text = "".join(
            (f"event: {kind}\n" if kind else "") + "data: " + (data if isinstance(data, str) else json.dumps(data))
            + "\n\n" for kind, data in events)
        self.reply_bytes(text.encode(), "text/event-stream")

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            parts = []
            while size := int(self.rfile.readline().split(b";")[0], 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            raw = b"".join(parts)
        else:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return gzip.decompress(raw) if self.headers.get("Content-Encoding") == "gzip" else raw

    def reply(self, value, status=200):
        self.reply_bytes(json.dumps(value).encode(), "application/json", status)

    def reply_bytes(self, body, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        number = next(NUMBERS)
        self.send_header("request-id", f"req_{number:06}")
        self.send_header("x-request-id", f"req_{number:06}")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, form, *values):
        if os.environ.get("FAKE_MODEL_LOG"):
            print(form % values, file=sys.stderr, flush=True)


def offers_weather(text):
    return bool(re.search(r'"name":\s*"weather"', text))


def has_result(text):
    return bool(re.search(
        r'"role":\s*"tool"|"type":\s*"(tool_result|function_call_output)"|"functionResponse"|"toolResult"', text))


def message_item():
    return {"id": f"msg_{next(NUMBERS)}", "type": "message", "role": "assistant", "status": "completed",
            "content": [{"type": "output_text", "text": TEXT, "annotations": [], "logprobs": []}]}


def call_item():
    return {"id": f"fc_{next(NUMBERS)}", "type": "function_call", "status": "completed", "call_id": "call_1",
            "name": "weather", "arguments": '{"city": "Paris"}'}


def response(request, name, output, own_id=None):
    return {"id": own_id or f"resp_{next(NUMBERS):06}", "object": "response", "created_at": int(time.time()),
            "status": "completed", "model": request["model"], "output": output or [message_item()],
            "usage": USAGE[name]["openai_responses"], "error": None, "incomplete_details": None, "instructions": None,
            "metadata": {}, "parallel_tool_calls": True, "temperature": 1.0, "tool_choice": "auto", "tools": [],
            "top_p": 1.0, "background": bool(request.get("background")), "service_tier": "default"}


def batch(own_id, status):
    done = status == "completed"
    return {"id": own_id, "object": "batch", "endpoint": "/v1/chat/completions", "errors": None,
            "input_file_id": "file-input", "completion_window": "24h", "status": status,
            "output_file_id": BATCH_FILE if done else None, "error_file_id": None, "created_at": 1764500000,
            "completed_at": 1764500600 if done else None,
            "request_counts": {"total": 2, "completed": 2 if done else 0, "failed": 0}, "metadata": None}


def batch_output():
    lines = []
    for i in range(2):
        body = {"id": f"chatcmpl-batch-{i}", "object": "chat.completion", "created": 1764500500, "model": "gpt-4o",
                "choices": [{"index": 0, "message": {"role": "assistant", "content": TEXT}, "finish_reason": "stop"}],
                "usage": USAGE["plain"]["openai_chat"]}
        lines.append(json.dumps({"id": f"batch_req_{i}", "custom_id": f"r{i}", "error": None,
                                 "response": {"status_code": 200, "request_id": f"q{i}", "body": body}}))
    return "\n".join(lines).encode()


def converse(name, tool):
    block = {"toolUse": {"toolUseId": "tool_1", "name": "weather", "input": {"city": "Paris"}}} if tool else {
        "text": TEXT}
    return {"output": {"message": {"role": "assistant", "content": [block]}},
            "stopReason": "tool_use" if tool else "end_turn", "usage": USAGE[name]["bedrock"],
            "metrics": {"latencyMs": 1}}


def aws_frame(kind, data):
    """A message of the AWS event stream encoding."""
    headers = b""
    for key, value in ((":event-type", kind), (":content-type", "application/json"), (":message-type", "event")):
        headers += bytes([len(key)]) + key.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()
    payload = json.dumps(data).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    message = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + payload
    return message + struct.pack(">I", zlib.crc32(message))


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "0"))), Model)
    print(server.server_address[1], flush=True)
    server.serve_forever()
