#!/usr/bin/env python3
"""Takes what is of one machine only out of a recording: names of hosts and paths, ports, processes."""
import json
import re
import socket
import sys

OWN = ("host.", "process.", "os.", "container.")
REPLACED = [
    (re.compile(rf"\b{re.escape(socket.gethostname())}\b"), "host"),
    (re.compile(r"(127\.0\.0\.1|localhost):[0-9]+"), r"\1:8080"),
    (re.compile(r"(/root|/home|/tmp|/work)(/[A-Za-z0-9._@+-]+)+"), "/path"),
]
LONGEST = 1000
TRACEBACKS = {"traceback", "exception.stacktrace", "stack", "error_stack"}


def stripped(value):
    if isinstance(value, dict):
        return {key: "" if key in TRACEBACKS and isinstance(each, str) else stripped(each)
                for key, each in value.items()}
    if isinstance(value, list):
        return [stripped(each) for each in value if not is_own(each)]
    if isinstance(value, str):
        for pattern, by in REPLACED:
            value = pattern.sub(by, value)
        if len(value) > LONGEST:
            value = value[:LONGEST] + "…"
    return value


def is_own(value):
    return isinstance(value, dict) and isinstance(value.get("key"), str) and value["key"].startswith(OWN)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with open(name) as file:
            found = json.load(file)
        with open(name, "w") as file:
            json.dump(stripped(found), file, indent=1, ensure_ascii=False)
            file.write("\n")
