/// Answers in the shapes that Gemini sends.
enum GeminiFixtures {
    /// A stream from the lines of its events' data.
    static func stream(_ lines: [String]) -> String {
        lines.map { "data: \($0)\r\n\r\n" }.joined()
    }

    /// Thinks, says something and calls two tools, only the first of which is signed.
    static let callLines = [
        #"{"candidates":[{"content":{"parts":[{"text":"**Two ","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":29,"totalTokenCount":35,"promptTokensDetails":[{"modality":"TEXT","tokenCount":29}],"thoughtsTokenCount":6},"modelVersion":"gemini-3-flash-preview","responseId":"QHiL"}"#,
        #"{"candidates":[{"content":{"parts":[{"text":"cities**","thought":true},{"text":"Für beide "}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":29,"candidatesTokenCount":3,"totalTokenCount":52,"thoughtsTokenCount":20},"modelVersion":"gemini-3-flash-preview","responseId":"QHiL"}"#,
        #"{"candidates":[{"content":{"parts":[{"text":"\ud83d\udea6."},{"functionCall":{"id":"lpnd","name":"weather","args":{"city":"Paris"}},"thoughtSignature":"EpEgCo4g"},{"functionCall":{"name":"now","args":{}}}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":29,"cachedContentTokenCount":9,"candidatesTokenCount":15,"totalTokenCount":64,"promptTokensDetails":[{"modality":"TEXT","tokenCount":29}],"thoughtsTokenCount":20},"modelVersion":"gemini-3-flash-preview","responseId":"QHiL"}"#,
        #"{"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0,"finishMessage":"Model generated function call(s)."}],"usageMetadata":{"promptTokenCount":29,"cachedContentTokenCount":9,"candidatesTokenCount":15,"totalTokenCount":64,"promptTokensDetails":[{"modality":"TEXT","tokenCount":29}],"thoughtsTokenCount":20,"serviceTier":"standard"},"modelVersion":"gemini-3-flash-preview","responseId":"QHiL"}"#,
    ]

    static let calls = stream(callLines)

    /// The same answer of a stream that was not asked for as events.
    static let array = "[" + callLines.joined(separator: ",\r\n") + "]"

    /// A text with its signature behind it, and what was found in the web.
    static let search = stream([
        #"{"candidates":[{"content":{"parts":[{"text":"It is "}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":17,"totalTokenCount":325,"toolUsePromptTokenCount":308},"modelVersion":"gemini-3-flash-preview","responseId":"s"}"#,
        #"{"candidates":[{"content":{"parts":[{"text":"a box."}],"role":"model"},"index":0,"groundingMetadata":{"webSearchQueries":["signal boxes","what is a signal box"],"searchEntryPoint":{"renderedContent":"<div>"},"groundingChunks":[{"web":{"uri":"https://vertexaisearch.cloud.google.com/grounding-api-redirect/AU","title":"example.org"}}],"groundingSupports":[{"segment":{"endIndex":12,"text":"It is a box."},"groundingChunkIndices":[0]}]}}],"usageMetadata":{"promptTokenCount":17,"candidatesTokenCount":20,"totalTokenCount":345,"toolUsePromptTokenCount":308},"modelVersion":"gemini-3-flash-preview","responseId":"s"}"#,
        #"{"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"EpcCCpQC"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":17,"candidatesTokenCount":20,"totalTokenCount":345,"toolUsePromptTokenCount":308},"modelVersion":"gemini-3-flash-preview","responseId":"s"}"#,
    ])

    /// An answer of one part that ends for that reason.
    static func answer(_ part: String, finishReason: String, _ more: String = "") -> String {
        #"{"candidates":[{"content":{"parts":[\#(part)],"role":"model"},"finishReason":"\#(finishReason)"\#(more),"index":0}],"usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":4,"totalTokenCount":9},"modelVersion":"gemini-2.5-flash"}"#
    }
}
