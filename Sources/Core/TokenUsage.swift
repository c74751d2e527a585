/// The tokens of one or more model calls, each kind apart; they add up to what the provider reports.
public struct TokenUsage: Sendable, Hashable {
    /// Prompt tokens that no cache served and that were not written to one.
    public var input: Int64
    /// Prompt tokens read from the provider's cache.
    public var cacheRead: Int64
    /// Prompt tokens written to the provider's cache for its short time (Anthropic: 5 minutes, OpenAI: 30).
    public var cacheWrite: Int64
    /// Prompt tokens written to the provider's cache for its long time (Anthropic: an hour, OpenAI: 12 hours).
    public var cacheWriteHour: Int64
    /// Completion tokens, those of reasoning included.
    public var output: Int64
    /// The part of `output` that was reasoning.
    public var reasoning: Int64
    /// The part of `input` that was sound.
    public var audioInput: Int64
    /// The part of `cacheRead` that was sound, where the provider counts it apart.
    public var audioCacheRead: Int64
    /// The part of `input` that was pictures, where the provider counts them apart.
    public var imageInput: Int64
    /// The part of `output` that was sound.
    public var audioOutput: Int64
    /// The part of `output` that was pictures.
    public var imageOutput: Int64
    /// Searches of the web that the provider made; not tokens.
    public var webSearches: Int64
    /// The part of `input` that came from searches, where the provider reports it.
    public var webSearchTokens: Int64

    public init(
        input: Int64 = 0, cacheRead: Int64 = 0, cacheWrite: Int64 = 0, cacheWriteHour: Int64 = 0, output: Int64 = 0,
        reasoning: Int64 = 0, audioInput: Int64 = 0, audioCacheRead: Int64 = 0, imageInput: Int64 = 0,
        audioOutput: Int64 = 0, imageOutput: Int64 = 0, webSearches: Int64 = 0, webSearchTokens: Int64 = 0
    ) {
        self.input = input
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.cacheWriteHour = cacheWriteHour
        self.output = output
        self.reasoning = reasoning
        self.audioInput = audioInput
        self.audioCacheRead = audioCacheRead
        self.imageInput = imageInput
        self.audioOutput = audioOutput
        self.imageOutput = imageOutput
        self.webSearches = webSearches
        self.webSearchTokens = webSearchTokens
    }

    /// No tokens.
    public static let zero = TokenUsage()

    /// All tokens of the prompt.
    public var prompt: Int64 { input + cacheRead + cacheWrite + cacheWriteHour }

    /// Prompt and completion: the figure that lists show.
    public var total: Int64 { prompt + output }

    public static func + (left: TokenUsage, right: TokenUsage) -> TokenUsage {
        var sum = left
        sum += right
        return sum
    }

    /// Each kind is named: this is done for every step, and key paths cost a call for each kind.
    public static func += (sum: inout TokenUsage, more: TokenUsage) {
        sum.input += more.input
        sum.cacheRead += more.cacheRead
        sum.cacheWrite += more.cacheWrite
        sum.cacheWriteHour += more.cacheWriteHour
        sum.output += more.output
        sum.reasoning += more.reasoning
        sum.audioInput += more.audioInput
        sum.audioCacheRead += more.audioCacheRead
        sum.imageInput += more.imageInput
        sum.audioOutput += more.audioOutput
        sum.imageOutput += more.imageOutput
        sum.webSearches += more.webSearches
        sum.webSearchTokens += more.webSearchTokens
    }

    /// Whether there are kinds that few calls have.
    private var hasRareKinds: Bool {
        cacheWriteHour | audioInput | audioCacheRead | imageInput | audioOutput | imageOutput | webSearches
            | webSearchTokens != 0
    }

    /// Each kind with its name in the journal and the API.
    public static var kinds: [(name: String, kind: WritableKeyPath<TokenUsage, Int64>)] {
        basicKinds + rareKinds
    }

    private static var basicKinds: [(name: String, kind: WritableKeyPath<TokenUsage, Int64>)] {
        [
            ("input", \.input), ("cache_read", \.cacheRead), ("cache_write", \.cacheWrite), ("output", \.output),
            ("reasoning", \.reasoning),
        ]
    }

    /// Most calls have none of these; they are written only where there are some.
    private static var rareKinds: [(name: String, kind: WritableKeyPath<TokenUsage, Int64>)] {
        [
            ("cache_write_1h", \.cacheWriteHour), ("audio_input", \.audioInput), ("audio_cache_read", \.audioCacheRead),
            ("image_input", \.imageInput), ("audio_output", \.audioOutput), ("image_output", \.imageOutput),
            ("web_searches", \.webSearches), ("web_search_tokens", \.webSearchTokens),
        ]
    }

    /// The kinds that few calls have, by their names; nil where there are none.
    public var rareJSON: JSON? {
        guard hasRareKinds else { return nil }
        let some = Self.rareKinds.filter { self[keyPath: $0.kind] != 0 }
        return .object(JSONObject(some.map { ($0.name, .int(self[keyPath: $0.kind])) }))
    }

    /// Puts in what `rareJSON` has written.
    public mutating func takeRare(_ json: JSON?) {
        for (name, kind) in Self.rareKinds { self[keyPath: kind] = json?[name]?.intValue ?? 0 }
    }

    /// A guess for text that nobody counted: four bytes of UTF-8 a token, rounded up, the rule of thumb of OpenAI's
    /// help pages for English.
    public static func estimate(prompt: String, completion: String) -> TokenUsage {
        TokenUsage(input: Int64(prompt.utf8.count + 3) / 4, output: Int64(completion.utf8.count + 3) / 4)
    }
}

extension TokenUsage {
    /// The form of the journal and the API.
    public var json: JSON {
        var object = JSONObject(Self.basicKinds.map { ($0.name, .int(self[keyPath: $0.kind])) })
        for (name, kind) in Self.rareKinds where self[keyPath: kind] != 0 { object[name] = .int(self[keyPath: kind]) }
        object["total"] = .int(total)
        return .object(object)
    }

    /// Reads `json` back; what is missing counts as zero.
    public init(_ json: JSON?) {
        self.init()
        for (name, kind) in Self.kinds { self[keyPath: kind] = json?[name]?.intValue ?? 0 }
    }
}
