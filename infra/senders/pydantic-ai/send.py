#!/usr/bin/env python3
"""An agent with a tool on OpenAI's and Anthropic's API, and a question whose prompt is cached."""
import os

import tracing
from pydantic_ai import Agent
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.instrumented import InstrumentationSettings
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider

URL = os.environ["MODEL_URL"]
openai = OpenAIProvider(base_url=URL + "/v1", api_key="none")
anthropic = AnthropicProvider(base_url=URL, api_key="none")


def main():
    provider = tracing.provider("pydantic-ai")
    Agent.instrument_all(InstrumentationSettings(tracer_provider=provider, include_content=False))

    helper = Agent(OpenAIChatModel("gpt-4o", provider=openai), name="helper")

    @helper.tool_plain
    def weather(city: str) -> str:
        return "sun in " + city

    helper.run_sync("How is the weather in Paris?")
    Agent(OpenAIChatModel("gpt-4o", provider=openai), name="chat").run_sync("usage:cached")
    Agent(OpenAIResponsesModel("gpt-4o", provider=openai), name="responses").run_sync("usage:cached")
    Agent(AnthropicModel("claude-sonnet-4-5", provider=anthropic), name="claude").run_sync("usage:cached")
    provider.shutdown()


main()
