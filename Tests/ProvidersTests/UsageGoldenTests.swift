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
        let response = try golden.answer.result.get()
        let usage = try #require(response.usage, "\(golden.id): not read")
        #expect(usage == TokenUsage(golden.json["tokens"]), "\(golden.id): tokens")
        let priced = PriceTable.shipped.price(
            of: usage, model: golden.model, responseModel: response.responseModel,
            serviceTier: golden.serviceTierOfHeader ?? response.serviceTier, pricedAs: golden.text("priced_as"),
            at: golden.moment)
        #expect(priced?.cost.description == golden.text("cost"), "\(golden.id): \(golden.text("how") ?? "")")
        #expect(response.reportedCost?.description == golden.text("reported_cost"), "\(golden.id): reported")
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

    /// Gemini says in a header which service is billed.
    var serviceTierOfHeader: String? { text("shape") == "gemini" ? text("service_tier") : nil }

    private static func moment(of json: JSON) throws -> Timestamp {
        let text = json["at"]?.stringValue ?? ""
        let parts = text.split(whereSeparator: { "-T:Z".contains($0) }).compactMap { Int64($0) }
        guard parts.count >= 3 else { throw SignalboxError(.invalidInput, "\(text) is no moment.") }
        let date = CivilDate(year: Int(parts[0]), month: Int(parts[1]), day: Int(parts[2]))
        let minutes = parts.count > 4 ? parts[3] * 60 + parts[4] : 0
        return Timestamp(millisecondsSinceEpoch: date.daysSinceEpoch * 86_400_000 + minutes * 60_000)
    }
}
