/// A parser and what must hold for it, whatever it is fed. `make fuzz` runs each with inputs that are made up to reach
/// as much of its code as can be; `FuzzTests` runs each with the inputs that were kept.
public struct FuzzTarget: Sendable {
    /// The folder of its inputs, below `fuzz/corpus` and `fuzz/failures`.
    public let name: String
    /// What may be thrown at it. Longer inputs find little that shorter ones do not find, and take longer.
    public let bytesMaximum: Int
    /// Feeds it.
    /// - Throws: `Violation` when something does not hold that must; the worst, a trap, is not thrown.
    public let run: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, bytesMaximum: Int = 4 << 10, _ run: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.bytesMaximum = bytesMaximum
        self.run = run
    }

    /// Every target, in the order they are run.
    public static let all: [FuzzTarget] = [
        .json, .jsonSchema, .cel, .template, .regularExpression, .plan, .script, .agent, .fakeScript, .settings,
        .priceList, .liteLLMPrices, .reportedCost, .timeZone, .eventStream, .retryAfter, .chatCompletion,
        .openAIResponse, .anthropicMessage, .gemini, .finalMessage, .journal, .redaction, .streamedRedaction,
        .markedRedaction, .mcpStdio, .mcpHTTP, .mcpInput, .requestTarget, .form, .multipart, .webAddress, .fakeChat,
        .fakeResponses, .fakeMessages, .fakeGemini, .structuredAnswer, .sealedFile, .secretContents, .limitResets,
        .modelRefusal, .filePattern, .markedData,
    ]
}
