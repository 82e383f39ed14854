#!/usr/bin/env python3
"""An agent with a tool, and a question whose prompt is cached, by the responses API and the chat API,
instrumented by openinference or traceloop."""
import os
import sys

import tracing
from agents import (Agent, OpenAIChatCompletionsModel, OpenAIResponsesModel, Runner, function_tool,
                    set_trace_processors)
from openai import AsyncOpenAI

client = AsyncOpenAI(base_url=os.environ["MODEL_URL"] + "/v1", api_key="none")


@function_tool
def weather(city: str) -> str:
    """Tells the weather."""
    return "sun in " + city


def main():
    provider = tracing.provider("openai-agents")
    if sys.argv[1] == "openinference":
        from openinference.instrumentation.openai_agents import OpenAIAgentsInstrumentor
    else:
        from opentelemetry.instrumentation.openai_agents import OpenAIAgentsInstrumentor
    set_trace_processors([])
    OpenAIAgentsInstrumentor().instrument(tracer_provider=provider)
    for kind in (OpenAIResponsesModel, OpenAIChatCompletionsModel):
        model = kind("gpt-4o", client)
        Runner.run_sync(Agent(name="helper", model=model, tools=[weather]), "How is the weather in Paris?")
        Runner.run_sync(Agent(name="cached", model=model), "usage:cached")
    provider.shutdown()


main()
