#!/usr/bin/env python3
"""Imports LiteLLM's whole price file into a stack and compares costs with LiteLLM's own `completion_cost`.

    API_URL=http://localhost:8080 KEY=senders python compare_prices.py [SEED]

Draws 50 models that generate text, and 10 requests for each, some long, some cached, some served in another tier. Costs
are compared to 12 decimals. A difference is an error unless the price file explains it: a rate that has more than six
decimals per million tokens is rounded up, and lower prices at some hours are not taken.
"""
import json
import os
import random
import sys
import urllib.request
from datetime import datetime, timezone
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

import litellm  # noqa: E402
from litellm.types.utils import Choices, Message, ModelResponse, Usage  # noqa: E402

MODELS, REQUESTS, BATCH = 50, 10, 500
LAST = Decimal("1e-12")
SIX = Decimal("1e-6")
TIERS = ("priority", "flex")
HOURS = "off_peak_pricing"


def ask(path, body=None):
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(os.environ["API_URL"] + path, data, {
        "X-API-Key": os.environ["KEY"], "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=300) as answer:
        return json.load(answer)


def main():
    seed = sys.argv[1] if len(sys.argv) > 1 else "1"
    draw = random.Random(seed)
    file = Path(litellm.__file__).parent / "model_prices_and_context_window_backup.json"
    prices = json.loads(file.read_text(), parse_float=Decimal)
    imported = ask("/api/prices/import?effectiveFrom=2026-01-01T00:00:00Z", file.read_bytes())
    print("imported {imported}, unchanged {unchanged}, skipped {skippedCount}, notes {notesCount}".format(**imported))
    able = sorted(name for name, model in prices.items() if is_able(name, model))
    chosen = draw.sample(able, MODELS)
    requests = [(name, request(draw, prices[name])) for name in chosen for _ in range(REQUESTS)]
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    users = [f"{seed} {now} {number}" for number in range(len(requests))]
    events = [event(user, name, prices[name], usage, now) for user, (name, usage) in zip(users, requests)]
    for first in range(0, len(events), BATCH):
        answer = ask("/api/usage", {"events": events[first:first + BATCH]})
        assert not answer["rejected"], answer["rejected"][:3]
    counted = costs()
    same, explained, wrong = 0, 0, 0
    for user, (name, usage) in zip(users, requests):
        right = Decimal(repr(cost(name, prices[name], usage))).quantize(LAST, ROUND_HALF_EVEN)
        got = counted.get(user, Decimal(0)).quantize(LAST)
        if got == right:
            same += 1
        elif reason(name, prices[name], usage, right, got):
            explained += 1
        else:
            wrong += 1
            print(f"{name}: LiteLLM {right}, counted {got}, {usage}")
    print(f"seed {seed}: {MODELS} models, {len(requests)} requests: {same} equal, {explained} explained, {wrong} wrong")
    return 1 if wrong else 0


def is_able(name, model):
    return (name != "sample_spec" and model.get("mode") in ("chat", "responses", "completion")
            and model.get("input_cost_per_token") and model.get("output_cost_per_token")
            and model.get("litellm_provider") and "*" not in name)


def request(draw, model):
    above = [int(key.rsplit("_above_", 1)[1].split("k_tokens")[0]) * 1000 for key in model
             if key.startswith("input_cost_per_token_above_") and "k_tokens" in key]
    most = max(above) * 2 if above and draw.random() < 0.5 else 100_000
    prompt = draw.randrange(1, most)
    cached = draw.randrange(prompt) if model.get("cache_read_input_token_cost") and draw.random() < 0.5 else 0
    written = draw.randrange(prompt - cached) if model.get("cache_creation_input_token_cost") and draw.random() < 0.5 else 0
    hour = draw.randrange(written + 1) if model.get("cache_creation_input_token_cost_above_1hr") else 0
    output = draw.randrange(1, 20_000)
    reasoning = draw.randrange(output) if draw.random() < 0.3 else 0
    tiers = [tier for tier in TIERS if model.get("input_cost_per_token_" + tier)]
    tier = draw.choice(tiers) if tiers and draw.random() < 0.5 else None
    return {"prompt": prompt, "cached": cached, "written": written, "hour": hour, "output": output,
            "reasoning": reasoning, "tier": tier}


def event(user, name, model, usage, now):
    told = {"eventId": "price " + user, "occurredAt": now, "userId": user,
            "provider": model["litellm_provider"], "model": name,
            "inputTokens": usage["prompt"], "cachedInputTokens": usage["cached"], "cacheWriteTokens": usage["written"],
            "cacheWrite1hTokens": usage["hour"], "outputTokens": usage["output"], "reasoningTokens": usage["reasoning"]}
    return {**told, **({"serviceTier": usage["tier"]} if usage["tier"] else {})}


def costs():
    found, cursor = {}, ""
    while cursor is not None:
        page = ask("/api/spend?groupBy=user&limit=200" + (f"&cursor={cursor}" if cursor else ""))
        for group in page["groups"]:
            found[group["key"]["user"]] = Decimal(group["totals"]["cost"])
        cursor = page.get("nextCursor")
    return found


def cost(name, model, usage):
    told = Usage(
        prompt_tokens=usage["prompt"], completion_tokens=usage["output"],
        total_tokens=usage["prompt"] + usage["output"],
        prompt_tokens_details={
            "cached_tokens": usage["cached"], "cache_creation_tokens": usage["written"],
            "cache_creation_token_details": {
                "ephemeral_5m_input_tokens": usage["written"] - usage["hour"],
                "ephemeral_1h_input_tokens": usage["hour"]}},
        completion_tokens_details={"reasoning_tokens": usage["reasoning"]})
    answer = ModelResponse(model=name, choices=[Choices(message=Message(content=""))], usage=told)
    return litellm.completion_cost(completion_response=answer, model=name,
                                   custom_llm_provider=model["litellm_provider"], service_tier=usage["tier"])


def reason(name, model, usage, right, got):
    if usage["tier"] and got > right:
        # For some providers LiteLLM's calculation passes the tier over, though its file has rates for it.
        ordinary = Decimal(repr(cost(name, model, {**usage, "tier": None}))).quantize(LAST, ROUND_HALF_EVEN)
        return ordinary == right
    fine = any(isinstance(price, Decimal) and "cost" in key and (price * 1_000_000) % SIX for key, price in model.items())
    tokens = usage["prompt"] + usage["output"]
    return (fine and Decimal(0) <= got - right <= tokens * LAST) or (HOURS in model and got >= right)


if __name__ == "__main__":
    sys.exit(main())
