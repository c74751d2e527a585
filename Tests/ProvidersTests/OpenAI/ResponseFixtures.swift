/// Answers of OpenAI's interface `responses` in the shapes of its documentation and clients.
enum ResponseFixtures {
    /// A reasoning model that thinks, searches the web, and answers with a source.
    static let searchStream = stream([
        #"{"type":"response.created","sequence_number":0,"response":{"id":"resp_68a1","object":"response","created_at":1763650002,"status":"in_progress","background":false,"error":null,"incomplete_details":null,"instructions":"Be brief.","max_output_tokens":null,"model":"gpt-5-mini-2025-08-07","output":[],"parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":"low","summary":"detailed"},"service_tier":"auto","store":false,"temperature":1.0,"text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[{"type":"web_search"}],"top_p":1.0,"truncation":"disabled","usage":null,"user":null,"metadata":{}}}"#,
        #"{"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_68a1","object":"response","status":"in_progress","model":"gpt-5-mini-2025-08-07","output":[],"service_tier":"auto","usage":null}}"#,
        #"{"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_1","type":"reasoning","encrypted_content":"gAAA","summary":[]}}"#,
        #"{"type":"response.reasoning_summary_part.added","sequence_number":3,"item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}"#,
        #"{"type":"response.reasoning_summary_text.delta","sequence_number":4,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Look it ","obfuscation":"abc"}"#,
        #"{"type":"response.reasoning_summary_text.delta","sequence_number":5,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"up."}"#,
        #"{"type":"response.reasoning_summary_part.done","sequence_number":6,"item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":"Look it up."}}"#,
        #"{"type":"response.reasoning_summary_part.added","sequence_number":7,"item_id":"rs_1","output_index":0,"summary_index":1,"part":{"type":"summary_text","text":""}}"#,
        #"{"type":"response.reasoning_summary_text.delta","sequence_number":8,"item_id":"rs_1","output_index":0,"summary_index":1,"delta":"Then answer."}"#,
        #"{"type":"response.output_item.done","sequence_number":9,"output_index":0,"item":{"id":"rs_1","type":"reasoning","encrypted_content":"gAAAAABo-all","summary":[{"type":"summary_text","text":"Look it up."},{"type":"summary_text","text":"Then answer."}]}}"#,
        #"{"type":"response.output_item.added","sequence_number":10,"output_index":1,"item":{"id":"ws_1","type":"web_search_call","status":"in_progress"}}"#,
        #"{"type":"response.web_search_call.in_progress","sequence_number":11,"output_index":1,"item_id":"ws_1"}"#,
        #"{"type":"response.web_search_call.searching","sequence_number":12,"output_index":1,"item_id":"ws_1"}"#,
        #"{"type":"response.web_search_call.completed","sequence_number":13,"output_index":1,"item_id":"ws_1"}"#,
        #"{"type":"response.output_item.done","sequence_number":14,"output_index":1,"item":{"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"height of the Zugspitze","sources":[{"type":"url","url":"https://a.example/zug"},{"type":"url","url":"https://b.example/"}]}}}"#,
        #"{"type":"response.output_item.added","sequence_number":15,"output_index":2,"item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"role":"assistant","phase":"final_answer"}}"#,
        #"{"type":"response.content_part.added","sequence_number":16,"item_id":"msg_1","output_index":2,"content_index":0,"part":{"type":"output_text","annotations":[],"logprobs":[],"text":""}}"#,
        #"{"type":"response.output_text.delta","sequence_number":17,"item_id":"msg_1","output_index":2,"content_index":0,"delta":"2962 ","logprobs":[]}"#,
        #"{"type":"response.output_text.delta","sequence_number":18,"item_id":"msg_1","output_index":2,"content_index":0,"delta":"m \ud83c\udfd4.","logprobs":[]}"#,
        #"{"type":"response.output_text.annotation.added","sequence_number":19,"item_id":"msg_1","output_index":2,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","start_index":0,"end_index":6,"title":"Zugspitze","url":"https://a.example/zug"}}"#,
        #"{"type":"response.output_text.done","sequence_number":20,"item_id":"msg_1","output_index":2,"content_index":0,"text":"2962 m \ud83c\udfd4.","logprobs":[]}"#,
        #"{"type":"response.content_part.done","sequence_number":21,"item_id":"msg_1","output_index":2,"content_index":0,"part":{"type":"output_text","annotations":[{"type":"url_citation","start_index":0,"end_index":6,"title":"Zugspitze","url":"https://a.example/zug"}],"logprobs":[],"text":"2962 m \ud83c\udfd4."}}"#,
        #"{"type":"response.output_item.done","sequence_number":22,"output_index":2,"item":{"id":"msg_1","type":"message","status":"completed","content":[{"type":"output_text","annotations":[{"type":"url_citation","start_index":0,"end_index":6,"title":"Zugspitze","url":"https://a.example/zug"}],"logprobs":[],"text":"2962 m \ud83c\udfd4."}],"role":"assistant","phase":"final_answer"}}"#,
        #"{"type":"response.completed","sequence_number":23,"response":{"id":"resp_68a1","object":"response","created_at":1763650002,"status":"completed","error":null,"incomplete_details":null,"model":"gpt-5-mini-2025-08-07","output":[{"id":"rs_1","type":"reasoning","encrypted_content":"gAAAAABo-all","summary":[{"type":"summary_text","text":"Look it up."},{"type":"summary_text","text":"Then answer."}]},{"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"height of the Zugspitze","sources":[{"type":"url","url":"https://a.example/zug"},{"type":"url","url":"https://b.example/"}]}},{"id":"msg_1","type":"message","status":"completed","content":[{"type":"output_text","annotations":[{"type":"url_citation","start_index":0,"end_index":6,"title":"Zugspitze","url":"https://a.example/zug"}],"logprobs":[],"text":"2962 m \ud83c\udfd4."}],"role":"assistant","phase":"final_answer"}],"parallel_tool_calls":true,"service_tier":"default","store":false,"usage":{"input_tokens":9320,"input_tokens_details":{"cached_tokens":8192,"cache_write_tokens":0},"output_tokens":184,"output_tokens_details":{"reasoning_tokens":128},"total_tokens":9504},"user":null,"metadata":{}}}"#,
    ])

    /// Two calls of tools with a preamble.
    static let toolStream = stream([
        #"{"type":"response.created","sequence_number":0,"response":{"id":"resp_t","object":"response","status":"in_progress","model":"gpt-5.6","output":[],"service_tier":"auto"}}"#,
        #"{"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"fc_1","type":"function_call","status":"in_progress","arguments":"","call_id":"call_A","name":"get_weather"}}"#,
        #"{"type":"response.function_call_arguments.delta","sequence_number":2,"item_id":"fc_1","output_index":0,"delta":"{\"city\""}"#,
        #"{"type":"response.function_call_arguments.delta","sequence_number":3,"item_id":"fc_1","output_index":0,"delta":":\"Oslo\"}"}"#,
        #"{"type":"response.function_call_arguments.done","sequence_number":4,"item_id":"fc_1","output_index":0,"arguments":"{\"city\":\"Oslo\"}"}"#,
        #"{"type":"response.output_item.done","sequence_number":5,"output_index":0,"item":{"id":"fc_1","type":"function_call","status":"completed","arguments":"{\"city\":\"Oslo\"}","call_id":"call_A","name":"get_weather"}}"#,
        #"{"type":"response.output_item.added","sequence_number":6,"output_index":1,"item":{"id":"fc_2","type":"function_call","status":"in_progress","arguments":"","call_id":"call_A","name":"now"}}"#,
        #"{"type":"response.function_call_arguments.done","sequence_number":7,"item_id":"fc_2","output_index":1,"arguments":"{}"}"#,
        #"{"type":"response.output_item.done","sequence_number":8,"output_index":1,"item":{"id":"fc_2","type":"function_call","status":"completed","arguments":"{}","call_id":"call_A","name":"now"}}"#,
        #"{"type":"response.completed","sequence_number":9,"response":{"id":"resp_t","object":"response","status":"completed","error":null,"model":"gpt-5.6","output":[{"id":"fc_1","type":"function_call","status":"completed","arguments":"{\"city\":\"Oslo\"}","call_id":"call_A","name":"get_weather"},{"id":"fc_2","type":"function_call","status":"completed","arguments":"{}","call_id":"call_A","name":"now"}],"service_tier":"flex","usage":{"input_tokens":60,"input_tokens_details":{"cached_tokens":0},"output_tokens":40,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":100}}}"#,
    ])

    /// An answer in one piece.
    static let whole = """
        {"id":"resp_w","object":"response","created_at":1,"status":"completed","error":null,"incomplete_details":null,"model":"gpt-4.1-2025-04-14","output":[{"type":"message","id":"msg_w","status":"completed","role":"assistant","content":[{"type":"output_text","text":"All at once.","annotations":[]}]}],"usage":{"input_tokens":36,"input_tokens_details":{"cached_tokens":0},"output_tokens":4,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":40}}
        """

    /// The events with their names, as the server writes them.
    static func stream(_ events: [String]) -> String {
        events.map { event in
            let type = event.split(separator: "\"")[3]
            return "event: \(type)\ndata: \(event)\n\n"
        }.joined()
    }

    /// A stream that says a text and ends with this response.
    static func stream(text: String, last type: String, response: String) -> String {
        stream([
            #"{"type":"response.output_item.added","output_index":0,"item":{"id":"msg_1","type":"message","status":"in_progress","content":[],"role":"assistant"}}"#,
            #"{"type":"response.output_text.delta","item_id":"msg_1","output_index":0,"content_index":0,"delta":"\#(text)"}"#,
            #"{"type":"\#(type)","response":\#(response)}"#,
        ])
    }
}
