import Core
import Prices
import Testing

@testable import Providers

/// Payloads as providers send them, with the tokens and the amount that must come of them. The amounts were worked out
/// by hand from published prices (`how`), among them the known mistakes of other tools.
@Suite(.timeLimit(.minutes(1)))
struct UsageGoldenTests {
    @Test(arguments: GoldenCase.all)
    func countsAndPrices(_ golden: GoldenCase) throws {
        let usage = try #require(golden.usage, "\(golden.id): not read")
        #expect(usage == TokenUsage(golden.json["tokens"]), "\(golden.id): tokens")
        let priced = PriceTable.shipped.price(
            of: usage, model: golden.model, responseModel: golden.text("response_model"),
            serviceTier: golden.serviceTier, pricedAs: golden.text("priced_as"), at: golden.moment)
        #expect(priced?.cost.description == golden.text("cost"), "\(golden.id): \(golden.text("how") ?? "")")
        #expect(golden.reportedCost?.description == golden.text("reported_cost"), "\(golden.id): reported")
    }

    @Test func thereAreEnough() {
        #expect(GoldenCase.all.count >= 60)
        #expect(Set(GoldenCase.all.map(\.id)).count == GoldenCase.all.count)
    }
}

/// One payload of the golden file.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    let json: JSON
    let moment: Timestamp

    static let all: [GoldenCase] = {
        do {
            let path = #filePath.split(separator: "/").dropLast().joined(separator: "/")
            let text = try FileSystem.read("/\(path)/Golden/usage-golden.json")
            return try (JSON(parsing: text).arrayValue ?? []).map { GoldenCase(json: $0, moment: try moment(of: $0)) }
        } catch {
            preconditionFailure("The golden file cannot be read: \(error)")
        }
    }()

    var id: String { text("id") ?? "" }
    var model: String { text("model") ?? "" }
    var testDescription: String { id }

    func text(_ name: String) -> String? { json[name]?.stringValue }

    var usage: TokenUsage? {
        guard let payload else { return nil }
        return switch text("shape") {
        case "openai_chat": TokenUsage(openAIChat: payload)
        case "openai_responses": TokenUsage(openAIResponses: payload, output: json["output"])
        case "anthropic": TokenUsage(anthropic: payload)
        case "gemini": TokenUsage(gemini: payload, grounding: json["grounding"])
        default: nil
        }
    }

    /// Of a stream, what its beginning and its end say together.
    private var payload: JSON? {
        guard let delta = json["delta"] else { return json["usage"] }
        return json["usage"]?.usage(updatedBy: delta)
    }

    var serviceTier: String? {
        if let told = text("service_tier") { return told }
        guard let payload else { return nil }
        return switch text("shape") {
        case "anthropic": ReportedServiceTier.anthropic(payload)
        case "gemini": ReportedServiceTier.gemini(payload)
        default: nil
        }
    }

    var reportedCost: Money? { payload.flatMap { ReportedCost.ofUsage($0) } }

    private static func moment(of json: JSON) throws -> Timestamp {
        let text = json["at"]?.stringValue ?? ""
        let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).compactMap { Int64($0) }
        guard parts.count >= 3 else { throw SignalboxError(.invalidInput, "\(text) is no moment.") }
        let date = CivilDate(year: Int(parts[0]), month: Int(parts[1]), day: Int(parts[2]))
        let minutes = parts.count > 4 ? parts[3] * 60 + parts[4] : 0
        return Timestamp(millisecondsSinceEpoch: date.daysSinceEpoch * 86_400_000 + minutes * 60_000)
    }
}
