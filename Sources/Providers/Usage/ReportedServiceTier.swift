internal import Core

/// The service that an answer came from, in words that the table of prices knows; joined by `+` where there are several.
enum ReportedServiceTier {
    /// Of the usage object of Anthropic's Messages: the tier, `fast`, and where it was processed if that costs more.
    static func anthropic(_ usage: JSON) -> String? {
        var words: [String] = []
        if let tier = usage["service_tier"]?.stringValue { words.append(tier) }
        if let speed = usage["speed"]?.stringValue, speed != "standard" { words.append(speed) }
        if let place = usage["inference_geo"]?.stringValue, !["global", "not_available", ""].contains(place) {
            words.append(place)
        }
        return words.isEmpty ? nil : words.joined(separator: "+")
    }

    /// Of `usageMetadata` of Gemini.
    static func gemini(_ usage: JSON) -> String? {
        usage["serviceTier"]?.stringValue ?? usage["trafficType"]?.stringValue
    }
}
