#!/usr/bin/env python3
"""An agent with a tool on OpenAI's API, and questions whose prompt is cached on OpenAI's API and Bedrock's."""
import os

import tracing
from botocore.config import Config
from strands import Agent, tool
from strands.models.bedrock import BedrockModel
from strands.models.openai import OpenAIModel

URL = os.environ["MODEL_URL"]


@tool
def weather(city: str) -> str:
    """Tells the weather.

    Args:
        city: where
    """
    return "sun in " + city


def bedrock(streaming):
    return BedrockModel(model_id="us.anthropic.claude-sonnet-4-5-20250929-v1:0", region_name="us-east-1",
                        endpoint_url=URL, streaming=streaming, boto_client_config=Config(retries={"max_attempts": 1}))


def main():
    os.environ.update(AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none", AWS_EC2_METADATA_DISABLED="true")
    provider = tracing.provider("strands-agents")
    openai = OpenAIModel(client_args={"base_url": URL + "/v1", "api_key": "none"}, model_id="gpt-4o")
    Agent(model=openai, tools=[weather], name="helper", callback_handler=None)("How is the weather in Paris?")
    Agent(model=openai, name="cached", callback_handler=None)("usage:cached")
    Agent(model=bedrock(True), name="bedrock-stream", callback_handler=None)("usage:cached")
    Agent(model=bedrock(False), name="bedrock", callback_handler=None)("usage:cached")
    provider.shutdown()


main()
