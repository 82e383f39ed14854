#!/usr/bin/env python3
"""Sends one request of each kind to the proxy at PROXY_URL."""
import json
import os
import time
import urllib.error
import urllib.request

PROXY = os.environ["PROXY_URL"]


def ask(path, body=None, data=None, kind="application/json", method=None, ok=True):
    data = json.dumps(body).encode() if body is not None else data
    request = urllib.request.Request(PROXY + path, data, method=method, headers={
        "Authorization": "Bearer sk-senders", "Content-Type": kind})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            read = answer.read().decode()
            print(path, answer.status, read[:150].replace("\n", " "), flush=True)
            return json.loads(read) if read.startswith("{") else {}
    except urllib.error.HTTPError as refused:
        print(path, refused.code, refused.read().decode()[:600], flush=True)
        if ok:
            raise
        return {}


def chat(model, text, **more):
    return ask("/v1/chat/completions", {"model": model, "messages": [{"role": "user", "content": text}],
                                        "user": "ada", **more}, ok="fail" not in text)


def multipart(fields):
    mark = "senders"
    parts = []
    for name, value in fields.items():
        extra = '; filename="in.jsonl"\r\nContent-Type: application/jsonl' if name == "file" else ""
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{value}\r\n')
    return ("".join(parts) + f"--{mark}--\r\n").encode(), f"multipart/form-data; boundary={mark}"


def main():
    chat("gpt-4o", "hello", metadata={"agent_id": "billing-bot", "tags": ["project:apollo", "plain"]})
    chat("gpt-4o", "hello", stream=True, stream_options={"include_usage": True})
    chat("gpt-4o", "hello without usage asked for", stream=True)
    chat("gpt-4o", "usage:cached")
    chat("house-model", "hello")
    chat("claude-sonnet-4-5", "usage:cached")
    chat("claude-sonnet-4-5", "usage:cached", stream=True)
    chat("claude-sonnet-4-5", "usage:hour", stream=True)
    chat("gemini-2.5-pro", "usage:cached")
    ask("/v1/messages", {"model": "claude-sonnet-4-5", "max_tokens": 100,
                         "messages": [{"role": "user", "content": "usage:cached"}]})
    ask("/v1/messages", {"model": "claude-sonnet-4-5", "max_tokens": 100, "stream": True,
                         "messages": [{"role": "user", "content": "usage:cached"}]})
    ask("/v1/responses", {"model": "gpt-4o", "input": "usage:cached"})
    ask("/v1/responses", {"model": "gpt-4o", "input": "usage:cached", "stream": True})
    ask("/v1/embeddings", {"model": "text-embedding-3-small", "input": "hello"})
    for _ in range(2):
        chat("gpt-4o", "twice", cache={"no-cache": False, "use-cache": True})
    chat("gpt-4o", "please fail")
    for _ in range(2):
        chat("gpt-4o", "same id")
    later()
    time.sleep(25)  # until the loggers have sent what they hold


def later():
    """Objects that outlive the call that makes them."""
    asked = ask("/v1/responses", {"model": "gpt-4o", "input": "usage:cached", "background": True}, ok=False)
    for _ in range(3):
        ask("/v1/responses/" + asked.get("id", "none"), ok=False)
    data, kind = multipart({"purpose": "batch", "custom_llm_provider": "openai", "file": json.dumps(
        {"custom_id": "r0", "method": "POST", "url": "/v1/chat/completions",
         "body": {"model": "gpt-4o", "messages": [{"role": "user", "content": "hello"}]}})})
    file = ask("/v1/files", data=data, kind=kind, ok=False)
    made = ask("/v1/batches", {"input_file_id": file.get("id", "none"), "endpoint": "/v1/chat/completions",
                               "completion_window": "24h"}, ok=False)
    for _ in range(3):
        ask("/v1/batches/" + made.get("id", "none"), ok=False)


if __name__ == "__main__":
    main()
