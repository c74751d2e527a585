"""The fake model server satisfies the clients that the providers themselves publish."""

import contextlib
import json
import urllib.request

import anthropic
import openai
import pytest
from fake_model import fake_model
from google import genai
from google.genai import errors as genai_errors

KEY = "key-for-tests"
WEATHER = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
CALLS = """
answers:
  - when: size(results) > 0
    text: It is ${{ results[0] }} there, and ${{ results[1] }} elsewhere.
    tokens: { input: 40, cache_read: 60, output: 12 }
  - when: size(tools) > 0
    thinking: Two cities, two calls.
    text: I will look it up.
    tool_calls:
      - { name: weather, arguments: { city: "${{ prompt }}" } }
      - { name: weather, arguments: { city: Ghent } }
    tokens: { input: 100, output: 30, reasoning: 10 }
  - text: Good morning.
    tokens: { input: 7, cache_read: 3, output: 5 }
"""


@pytest.fixture
def serve(binary, tmp_path):
    """Starts fake model servers that want a key; each address is that of a server which has said that it answers."""
    with contextlib.ExitStack() as stack:
        def start(script=None):
            arguments = ["--key", KEY]
            if script is not None:
                path = tmp_path / "script.yaml"
                path.write_text(script, encoding="utf-8")
                arguments += ["--script", path]
            return stack.enter_context(fake_model(binary, *arguments))

        yield start


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def openai_client(address, **options):
    return openai.OpenAI(base_url=address + "/v1", api_key=KEY, **{"max_retries": 0, **options})


def anthropic_client(address, **options):
    return anthropic.Anthropic(base_url=address, api_key=KEY, **{"max_retries": 0, **options})


def gemini_client(address):
    return genai.Client(api_key=KEY, vertexai=False, http_options={"base_url": address})


CHAT_TOOL = {"type": "function", "function": {"name": "weather", "description": "Says it", "parameters": WEATHER}}
RESPONSES_TOOL = {"type": "function", "name": "weather", "description": "Says it", "parameters": WEATHER, "strict": False}
MESSAGES_TOOL = {"name": "weather", "description": "Says it", "input_schema": WEATHER}
ANSWER = "It is rain there, and sun elsewhere."


def kept(address):
    with urllib.request.urlopen(address + "/fake/requests", timeout=10) as answer:
        return json.load(answer)["requests"]


# -- OpenAI: chat completions


def test_chat_completion(serve):
    client = openai_client(serve(CALLS))
    messages = [{"role": "user", "content": "Bruges"}]
    first = client.chat.completions.create(model="any", messages=messages, tools=[CHAT_TOOL])
    choice = first.choices[0]
    assert choice.finish_reason == "tool_calls"
    assert [json.loads(call.function.arguments)["city"] for call in choice.message.tool_calls] == ["Bruges", "Ghent"]
    assert first.usage.completion_tokens_details.reasoning_tokens == 10
    messages.append(choice.message.model_dump(exclude_none=True))
    for call, text in zip(choice.message.tool_calls, ["rain", "sun"]):
        messages.append({"role": "tool", "tool_call_id": call.id, "content": text})
    second = client.chat.completions.create(model="any", messages=messages, tools=[CHAT_TOOL])
    assert second.choices[0].message.content == ANSWER
    assert second.usage.prompt_tokens == 100
    assert second.usage.prompt_tokens_details.cached_tokens == 60


def test_chat_completion_stream(serve):
    client = openai_client(serve(CALLS))
    with client.chat.completions.stream(
            model="any", messages=[{"role": "user", "content": "Bruges"}], tools=[CHAT_TOOL],
            stream_options={"include_usage": True}) as stream:
        kinds = {event.type for event in stream}
        whole = stream.get_final_completion()
    assert {"content.delta", "tool_calls.function.arguments.delta", "tool_calls.function.arguments.done"} <= kinds
    message = whole.choices[0].message
    assert message.content == "I will look it up."
    assert [json.loads(call.function.arguments)["city"] for call in message.tool_calls] == ["Bruges", "Ghent"]
    assert whole.usage.total_tokens == 130


# -- OpenAI: responses


def test_response(serve):
    client = openai_client(serve(CALLS))
    items = [{"role": "user", "content": "Bruges"}]
    first = client.responses.create(
        model="any", input=items, tools=[RESPONSES_TOOL], include=["reasoning.encrypted_content"], store=False)
    assert first.status == "completed"
    calls = [item for item in first.output if item.type == "function_call"]
    assert [json.loads(call.arguments)["city"] for call in calls] == ["Bruges", "Ghent"]
    assert [item.type for item in first.output] == ["reasoning", "message", "function_call", "function_call"]
    assert first.output[0].summary[0].text == "Two cities, two calls."
    items += [item.model_dump(exclude_none=True) for item in first.output]
    items += [{"type": "function_call_output", "call_id": call.call_id, "output": text}
              for call, text in zip(calls, ["rain", "sun"])]
    second = client.responses.create(model="any", input=items, tools=[RESPONSES_TOOL])
    assert second.output_text == ANSWER
    assert second.usage.input_tokens_details.cached_tokens == 60


def test_response_stream(serve):
    client = openai_client(serve(CALLS))
    with client.responses.stream(model="any", input="Bruges", tools=[RESPONSES_TOOL]) as stream:
        events = list(stream)
        whole = stream.get_final_response()
    assert [event.sequence_number for event in events] == sorted(event.sequence_number for event in events)
    kinds = {event.type for event in events}
    assert {"response.output_text.delta", "response.function_call_arguments.delta", "response.completed"} <= kinds
    assert "".join(event.delta for event in events if event.type == "response.output_text.delta") == "I will look it up."
    assert [item.type for item in whole.output] == ["reasoning", "message", "function_call", "function_call"]
    assert whole.usage.output_tokens_details.reasoning_tokens == 10


# -- Anthropic


def test_message(serve):
    client = anthropic_client(serve(CALLS))
    messages = [{"role": "user", "content": "Bruges"}]
    thinking = {"type": "enabled", "budget_tokens": 1024}
    first = client.messages.create(
        model="any", max_tokens=2000, messages=messages, tools=[MESSAGES_TOOL], thinking=thinking)
    assert first.stop_reason == "tool_use"
    assert [block.type for block in first.content] == ["thinking", "text", "tool_use", "tool_use"]
    calls = [block for block in first.content if block.type == "tool_use"]
    assert [call.input["city"] for call in calls] == ["Bruges", "Ghent"]
    messages.append({"role": "assistant", "content": [block.model_dump(exclude_none=True) for block in first.content]})
    messages.append({"role": "user", "content": [
        {"type": "tool_result", "tool_use_id": call.id, "content": text} for call, text in zip(calls, ["rain", "sun"])]})
    second = client.messages.create(
        model="any", max_tokens=2000, messages=messages, tools=[MESSAGES_TOOL], thinking=thinking)
    assert second.content[0].text == ANSWER
    assert (second.usage.input_tokens, second.usage.cache_read_input_tokens) == (40, 60)


def test_message_stream(serve):
    client = anthropic_client(serve(CALLS))
    with client.messages.stream(
            model="any", max_tokens=100, messages=[{"role": "user", "content": "Bruges"}],
            tools=[MESSAGES_TOOL]) as stream:
        text = "".join(stream.text_stream)
        whole = stream.get_final_message()
    assert text == "I will look it up."
    assert [block.type for block in whole.content] == ["thinking", "text", "tool_use", "tool_use"]
    assert whole.content[0].signature
    assert whole.content[3].input == {"city": "Ghent"}
    assert (whole.usage.input_tokens, whole.usage.output_tokens) == (100, 30)


def test_count_of_tokens(serve):
    client = anthropic_client(serve())
    count = client.messages.count_tokens(model="any", messages=[{"role": "user", "content": "12345678"}])
    assert count.input_tokens == 2


# -- Gemini


GEMINI_TOOL = {"function_declarations": [
    {"name": "weather", "description": "Says it", "parameters_json_schema": WEATHER}]}


def test_generated_content(serve):
    client = gemini_client(serve(CALLS))
    configuration = genai.types.GenerateContentConfig(
        tools=[genai.types.Tool.model_validate(GEMINI_TOOL)],
        automatic_function_calling=genai.types.AutomaticFunctionCallingConfig(disable=True))
    contents = [genai.types.Content(role="user", parts=[genai.types.Part(text="Bruges")])]
    first = client.models.generate_content(model="any", contents=contents, config=configuration)
    assert [call.args["city"] for call in first.function_calls] == ["Bruges", "Ghent"]
    assert (first.usage_metadata.candidates_token_count, first.usage_metadata.thoughts_token_count) == (20, 10)
    contents.append(first.candidates[0].content)
    contents.append(genai.types.Content(role="user", parts=[
        genai.types.Part.from_function_response(name="weather", response={"result": text}) for text in ["rain", "sun"]]))
    second = client.models.generate_content(model="any", contents=contents, config=configuration)
    assert second.text == ANSWER
    assert second.usage_metadata.cached_content_token_count == 60


def test_generated_content_stream(serve):
    client = gemini_client(serve(CALLS))
    chunks = list(client.models.generate_content_stream(model="any", contents="Hello"))
    assert "".join(chunk.text for chunk in chunks) == "Good morning."
    assert len(chunks) == 2
    assert chunks[-1].candidates[0].finish_reason == "STOP"
    assert chunks[-1].usage_metadata.total_token_count == 15


# -- errors


FAULTS = """
answers:
  - { status: 429, headers: { retry-after: "0" }, repeat: 2 }
  - { text: At last. }
"""


@pytest.mark.parametrize("status, expected", [
    (400, openai.BadRequestError), (401, openai.AuthenticationError), (403, openai.PermissionDeniedError),
    (404, openai.NotFoundError), (429, openai.RateLimitError), (500, openai.InternalServerError),
    (503, openai.InternalServerError),
])
def test_openai_errors(serve, status, expected):
    client = openai_client(serve(f"answers: [{{ status: {status}, error: {{ code: made_up }} }}]"))
    with pytest.raises(expected) as error:
        client.chat.completions.create(model="any", messages=[{"role": "user", "content": "?"}])
    assert error.value.code == "made_up"
    with pytest.raises(expected):
        client.responses.create(model="any", input="?")


@pytest.mark.parametrize("status, expected, kind", [
    (400, anthropic.BadRequestError, "invalid_request_error"), (401, anthropic.AuthenticationError, "authentication_error"),
    (403, anthropic.PermissionDeniedError, "permission_error"), (404, anthropic.NotFoundError, "not_found_error"),
    (413, anthropic.RequestTooLargeError, "request_too_large"), (429, anthropic.RateLimitError, "rate_limit_error"),
    (500, anthropic.InternalServerError, "api_error"), (529, anthropic.OverloadedError, "overloaded_error"),
])
def test_anthropic_errors(serve, status, expected, kind):
    client = anthropic_client(serve(f"answers: [{{ status: {status} }}]"))
    with pytest.raises(expected) as error:
        client.messages.create(model="any", max_tokens=9, messages=[{"role": "user", "content": "?"}])
    assert error.value.body["error"]["type"] == kind


@pytest.mark.parametrize("status, kind", [(429, "RESOURCE_EXHAUSTED"), (503, "UNAVAILABLE"), (400, "INVALID_ARGUMENT")])
def test_gemini_errors(serve, status, kind):
    client = gemini_client(serve(f"answers: [{{ status: {status} }}]"))
    with pytest.raises(genai_errors.APIError) as error:
        client.models.generate_content(model="any", contents="?")
    assert (error.value.code, error.value.status) == (status, kind)


def test_the_clients_try_again(serve):
    address = serve(FAULTS)
    answer = openai_client(address, max_retries=2).chat.completions.create(
        model="any", messages=[{"role": "user", "content": "?"}])
    assert answer.choices[0].message.content == "At last."
    assert [request["status"] for request in kept(address)] == [429, 429, 200]
    address = serve(FAULTS)
    message = anthropic_client(address, max_retries=2).messages.create(
        model="any", max_tokens=9, messages=[{"role": "user", "content": "?"}])
    assert message.content[0].text == "At last."
    assert [request["headers"]["x-stainless-retry-count"] for request in kept(address)] == ["0", "1", "2"]


def test_a_wrong_key_is_refused(serve):
    address = serve()
    with pytest.raises(openai.AuthenticationError):
        openai.OpenAI(base_url=address + "/v1", api_key="other", max_retries=0).models.list()
    with pytest.raises(anthropic.AuthenticationError):
        anthropic.Anthropic(base_url=address, api_key="other", max_retries=0).models.list()
    other = genai.Client(api_key="other", http_options={"base_url": address})
    with pytest.raises(genai_errors.ClientError, match="API key not valid"):
        other.models.generate_content(model="any", contents="?")
    assert "other" not in json.dumps(kept(address))


def test_mistakes_are_those_of_the_real_interfaces(serve):
    address = serve()
    chat, messages = openai_client(address).chat.completions, anthropic_client(address).messages
    unanswered = [{"role": "user", "content": "?"}, {"role": "assistant", "content": None, "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}]
    with pytest.raises(openai.BadRequestError, match="did not have response messages: call_1"):
        chat.create(model="any", messages=unanswered + [{"role": "user", "content": "!"}])
    with pytest.raises(openai.BadRequestError, match="must be a response to a preceeding message"):
        chat.create(model="any", messages=[{"role": "tool", "tool_call_id": "x", "content": "!"}])
    with pytest.raises(openai.BadRequestError) as error:
        chat.create(model="any", messages=[])
    assert (error.value.param, error.value.code) == ("messages", "empty_array")
    with pytest.raises(anthropic.BadRequestError, match="without `tool_result` blocks immediately after: toolu_1"):
        messages.create(model="any", max_tokens=9, messages=[
            {"role": "user", "content": "?"},
            {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "f", "input": {}}]},
            {"role": "user", "content": "!"}])
    with pytest.raises(anthropic.BadRequestError, match="Invalid `signature`"):
        messages.create(model="any", max_tokens=9, messages=[
            {"role": "user", "content": "?"},
            {"role": "assistant", "content": [{"type": "thinking", "thinking": "hm", "signature": "forged"},
                                              {"type": "text", "text": "a"}]},
            {"role": "user", "content": "!"}])
    with pytest.raises(openai.NotFoundError):
        openai_client(address).embeddings.create(model="any", input="?")


def test_faults_in_the_middle_of_a_stream(serve):
    address = serve('answers: [{ text: "one two three four", error: { message: Broken off }, status: 200 }]')
    with pytest.raises(openai.APIError, match="Broken off"):
        list(openai_client(address).chat.completions.create(
            model="any", messages=[{"role": "user", "content": "?"}], stream=True))
    with pytest.raises(anthropic.APIStatusError, match="Broken off"):
        with anthropic_client(address).messages.stream(
                model="any", max_tokens=9, messages=[{"role": "user", "content": "?"}]) as stream:
            list(stream)
    address = serve('answers: [{ text: "one two three four", cut_after_bytes: 600 }]')
    with pytest.raises(openai.APIConnectionError):
        list(openai_client(address).chat.completions.create(
            model="any", messages=[{"role": "user", "content": "?"}], stream=True))


def test_models(serve):
    address = serve()
    assert [model.id for model in openai_client(address).models.list()] == ["fake-model", "fake-model-mini"]
    assert [model.id for model in anthropic_client(address).models.list()] == ["fake-model", "fake-model-mini"]
    client = gemini_client(address)
    assert [model.name for model in client.models.list()] == ["models/fake-model", "models/fake-model-mini"]


def test_the_echo_calls_tools_when_it_is_told_to(serve):
    client = openai_client(serve())
    messages = [{"role": "user", "content": 'call weather {"city": "Bruges"}'}]
    first = client.chat.completions.create(model="any", messages=messages, tools=[CHAT_TOOL])
    call = first.choices[0].message.tool_calls[0]
    assert json.loads(call.function.arguments) == {"city": "Bruges"}
    messages += [first.choices[0].message.model_dump(exclude_none=True),
                 {"role": "tool", "tool_call_id": call.id, "content": "rain"}]
    second = client.chat.completions.create(model="any", messages=messages, tools=[CHAT_TOOL])
    assert second.choices[0].message.content == "rain"
    shaped = client.chat.completions.create(model="any", messages=messages[:1], response_format={
        "type": "json_schema", "json_schema": {"name": "weather", "schema": WEATHER}})
    assert json.loads(shaped.choices[0].message.content) == {"city": "text"}
