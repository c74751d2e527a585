/// Answers in the shapes that real servers send.
enum ChatCompletionFixtures {
    /// A stream as OpenAI sends it: role first, then words, then the reason, then the usage.
    static let stream = """
        data: {"id":"chatcmpl-C9x","object":"chat.completion.chunk","created":1763650000,"model":"gpt-5-mini-2025-08-07","service_tier":"default","system_fingerprint":null,"choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}],"usage":null,"obfuscation":"q2"}

        data: {"id":"chatcmpl-C9x","object":"chat.completion.chunk","created":1763650000,"model":"gpt-5-mini-2025-08-07","service_tier":"default","system_fingerprint":null,"choices":[{"index":0,"delta":{"content":"Zwölf"},"finish_reason":null}],"usage":null,"obfuscation":"aB"}

        data: {"id":"chatcmpl-C9x","object":"chat.completion.chunk","created":1763650000,"model":"gpt-5-mini-2025-08-07","service_tier":"default","system_fingerprint":null,"choices":[{"index":0,"delta":{"content":" invoices \\ud83d\\udea6."},"finish_reason":null}],"usage":null,"obfuscation":"9"}

        data: {"id":"chatcmpl-C9x","object":"chat.completion.chunk","created":1763650000,"model":"gpt-5-mini-2025-08-07","service_tier":"default","system_fingerprint":null,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null,"obfuscation":"Zz1"}

        data: {"id":"chatcmpl-C9x","object":"chat.completion.chunk","created":1763650000,"model":"gpt-5-mini-2025-08-07","service_tier":"default","system_fingerprint":null,"choices":[],"usage":{"prompt_tokens":1306,"completion_tokens":215,"total_tokens":1521,"prompt_tokens_details":{"cached_tokens":1280,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":192,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}},"obfuscation":""}

        data: [DONE]


        """

    /// The same shape from vLLM with a reasoning model, which shows its thinking.
    static let reasoningStream = """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"reasoning_content":"Let me add."},"logprobs":null,"finish_reason":null}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"qwen3","choices":[{"index":0,"delta":{"content":"42"},"logprobs":null,"finish_reason":"stop","stop_reason":null}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"qwen3","choices":[],"usage":{"prompt_tokens":20,"total_tokens":32,"completion_tokens":12}}

        data: [DONE]


        """

    /// An answer in one piece, from a server that does not stream.
    static let whole = """
        {"id":"chatcmpl-2","object":"chat.completion","created":1763650000,"model":"tiny","choices":[{"index":0,"message":{"role":"assistant","content":"All at once."},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9}}
        """

    /// A stream of one stretch of text that ends for that reason, with no usage.
    static func stream(text: String, finishReason: String) -> String {
        """
        data: {"id":"1","choices":[{"index":0,"delta":{"content":"\(text)"},"finish_reason":null}]}

        data: {"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"\(finishReason)"}]}

        data: [DONE]


        """
    }

    /// Two calls at once as OpenAI streams them.
    static let toolStream = stream(
        lines: [
            #"{"id":"chatcmpl-D1","object":"chat.completion.chunk","created":1763650001,"model":"gpt-4.1-2025-04-14","service_tier":"default","system_fingerprint":"fp_a","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_Nq1","type":"function","function":{"name":"get_weather","arguments":""}}],"refusal":null},"logprobs":null,"finish_reason":null}],"usage":null,"obfuscation":"Y"}"#,
            #"{"id":"chatcmpl-D1","object":"chat.completion.chunk","created":1763650001,"model":"gpt-4.1-2025-04-14","service_tier":"default","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"ci"}}]},"logprobs":null,"finish_reason":null}],"usage":null}"#,
            #"{"id":"chatcmpl-D1","object":"chat.completion.chunk","created":1763650001,"model":"gpt-4.1-2025-04-14","service_tier":"default","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"ty\":\"Oslo\"}"}}]},"logprobs":null,"finish_reason":null}],"usage":null}"#,
            #"{"id":"chatcmpl-D1","object":"chat.completion.chunk","created":1763650001,"model":"gpt-4.1-2025-04-14","service_tier":"default","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_Nq2","type":"function","function":{"name":"get_weather","arguments":""}}]},"logprobs":null,"finish_reason":null}],"usage":null}"#,
            #"{"id":"chatcmpl-D1","object":"chat.completion.chunk","created":1763650001,"model":"gpt-4.1-2025-04-14","service_tier":"default","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\"city\":\"Rome\",\"unit\":\"celsius\"}"}}]},"logprobs":null,"finish_reason":null}],"usage":null}"#,
            #"{"id":"chatcmpl-D1","object":"chat.completion.chunk","created":1763650001,"model":"gpt-4.1-2025-04-14","service_tier":"default","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}],"usage":null}"#,
            #"{"id":"chatcmpl-D1","object":"chat.completion.chunk","created":1763650001,"model":"gpt-4.1-2025-04-14","service_tier":"default","choices":[],"usage":{"prompt_tokens":82,"completion_tokens":46,"total_tokens":128,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}}"#,
        ])

    /// Two calls in one piece, from a server that gives no ids.
    static let wholeTools = """
        {"id":"chatcmpl-3","object":"chat.completion","model":"tiny","choices":[{"index":0,"message":{"role":"assistant","content":"Two of them.","tool_calls":[{"type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}},{"type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"}}]},"finish_reason":"tool_calls"}]}
        """

    /// A stream of these chunks.
    static func stream(lines: [String]) -> String {
        (lines + ["[DONE]"]).map { "data: \($0)\n\n" }.joined()
    }

    /// A stream of these deltas that ends for that reason.
    static func stream(deltas: [String], finishReason: String) -> String {
        stream(
            lines: deltas.map { #"{"id":"1","choices":[{"index":0,"delta":\#($0),"finish_reason":null}]}"# }
                + [#"{"id":"1","choices":[{"index":0,"delta":{},"finish_reason":"\#(finishReason)"}]}"#])
    }
}
