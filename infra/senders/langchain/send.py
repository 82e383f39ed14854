#!/usr/bin/env python3
"""An agent with a tool, and questions whose prompt is cached, instrumented by traceloop or openinference."""
import os
import sys

import tracing
from langchain.agents import create_agent
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

URL = os.environ["MODEL_URL"]


@tool
def weather(city: str) -> str:
    """Tells the weather."""
    return "sun in " + city


def instrument(provider):
    if sys.argv[1] == "openinference":
        from openinference.instrumentation.langchain import LangChainInstrumentor as Instrumentor
    else:
        from opentelemetry.instrumentation.langchain import LangchainInstrumentor as Instrumentor
    Instrumentor().instrument(tracer_provider=provider)


def main():
    provider = tracing.provider("langchain")
    instrument(provider)
    model = ChatOpenAI(model="gpt-4o", base_url=URL + "/v1", api_key="none")
    create_agent(model, tools=[weather]).invoke({"messages": [("user", "How is the weather in Paris?")]})
    model.invoke("usage:cached")
    list(ChatOpenAI(model="gpt-4o", base_url=URL + "/v1", api_key="none", stream_usage=True).stream("usage:cached"))
    provider.shutdown()


main()
