/// What has a price of its own.
public enum PriceKind: String, Sendable, CaseIterable {
    case input
    case cacheRead = "cache_read"
    /// For the provider's short time.
    case cacheWrite = "cache_write"
    /// For the provider's long time.
    case cacheWriteLong = "cache_write_1h"
    case output
    /// Where it costs other than the rest of the output.
    case reasoning
    case audioInput = "audio_input"
    case audioCacheRead = "audio_cache_read"
    /// Where it costs other than text.
    case imageInput = "image_input"
    case audioOutput = "audio_output"
    case imageOutput = "image_output"
    /// One search, not a token.
    case webSearch = "web_search"
    /// The tokens that searches bring along, where they cost other than the rest of the input.
    case webSearchTokens = "web_search_tokens"

    /// What is charged when this kind has no price of its own: the kind that it is a part of, as providers do with
    /// thoughts, pictures and what searches bring along. Everything else without a price is unknown.
    var fallback: PriceKind? {
        switch self {
        case .reasoning: .output
        case .imageInput, .webSearchTokens: .input
        default: nil
        }
    }

    /// How the price of this kind is written.
    var unit: Unit { self == .webSearch ? .thousand : .million }

    enum Unit { case million, thousand }
}
