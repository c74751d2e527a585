import Core
import Testing

@testable import Prices

/// Lists that people write by hand.
@Suite(.timeLimit(.minutes(1)))
struct PriceDocumentTests {
    @Test(arguments: [
        (#"{"a/b":{"input":"x"}}"#, "/models/a~1b/input"), (#"{"a/b":{"input":-1}}"#, "/models/a~1b/input"),
        (#"{"a/b":{"inptu":"1"}}"#, "/models/a~1b/inptu"), (#"{"ab":{"input":"1"}}"#, "/models/ab"),
        (#"{"a/b*c":{"input":"1"}}"#, "/models/a~1b*c"), (#"{"a/b":[]}"#, "/models/a~1b"),
        (#"{"a/b":{"from":"2026-02-30"}}"#, "/models/a~1b/from"),
        (#"{"a/b":{"from":"2026-02-01","until":"2026-01-01"}}"#, "/models/a~1b/until"),
        (#"{"a/b":{"prices":[{"input":"1"},{"input":"2"}]}}"#, "/models/a~1b"),
        (#"{"a/b":{"prices":[{"until":"2026-02-01"},{"from":"2026-02-01"}]}}"#, "/models/a~1b"),
        (#"{"a/b":{"above":[{"input":"1"}]}}"#, "/models/a~1b/above/0"),
        (#"{"a/b":{"tiers":{"batch":{"web":"1"}}}}"#, "/models/a~1b/tiers/batch/web"),
        (#"{"a/b":{"factors":{"us":"0"}}}"#, "/models/a~1b/factors/us"),
        (#"{"a/b":{"web_search_per":"day"}}"#, "/models/a~1b/web_search_per"),
        (#"{"a/b":{"context_window":"big"}}"#, "/models/a~1b/context_window"),
    ])
    func saysWhereTheMistakeIs(_ models: String, _ pointer: String) {
        let error = #expect(throws: SignalboxError.self) {
            try PriceDocument(reading: Array(#"{"name":"x","models":\#(models)}"#.utf8), file: "prices.json")
        }
        #expect(error?.diagnostics.map(\.place) == [.pointer("prices.json#" + pointer)])
        #expect(error?.message.contains("prices.json") == true)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"name":"x"}"#, #"{"name":"","models":{}}"#, #"{"name":"x","models":{},"y":1}"#,
    ])
    func refusesWhatIsNoList(_ text: String) {
        #expect(throws: SignalboxError.self) { try PriceDocument(reading: Array(text.utf8), file: "prices.json") }
    }

    @Test func suggestsTheNameThatWasMeant() {
        let error = #expect(throws: SignalboxError.self) {
            try Lists.document(#""a/b":{"ouput":"1"}"#)
        }
        #expect(error?.diagnostics.first?.hint == "did you mean \"output\"?")
    }

    /// Numbers are as good as texts, and stay exact.
    @Test func takesNumbers() throws {
        let models = try Lists.document(#""a/b":{"input":0.0375,"output":3,"cache_read":1e-3,"web_search":"2.5"}"#)
            .models
        let base = models[0].periods[0].standard.base
        #expect(base[.input]?.perMillion == "0.0375")
        #expect(base[.output]?.perMillion == "3")
        #expect(base[.cacheRead]?.perMillion == "0.001")
        #expect(base[.webSearch]?.perThousand == "2.5")
    }

    @Test func writesWhatItReads() throws {
        let document = PriceDocument.shipped
        let again = try PriceDocument(reading: document.json.bytes, file: "again.json")
        #expect(again.models == document.models)
    }

    @Test func listsOfAnInstallationStandBeforeTheShipped() throws {
        let directory = "/tmp/signalbox-prices-\(UInt64.random(in: 0 ... .max))"
        try FileSystem.createDirectory(directory)
        defer { FileSystem.remove(directory) }
        #expect(try PriceFiles.table(in: directory).documents.count == 1)
        try PriceFiles.write(
            imported: try Lists.document(#""openai/gpt-5":{"input":"8","output":"8"}"#, name: "imported"), to: directory
        )
        #expect(try PriceFiles.table(in: directory).entry(for: "openai/gpt-5")?.list == "imported")
        try FileSystem.writeAtomically(
            Array(#"{"name":"own","models":{"openai/gpt-5":{"input":"1","output":"1"}}}"#.utf8),
            to: "\(directory)/prices.json")
        let table = try PriceFiles.table(in: directory)
        #expect(table.entry(for: "openai/gpt-5")?.list == "own")
        #expect(table.documents.map(\.name) == ["own", "imported", PriceDocument.shipped.name])
        try FileSystem.writeAtomically(Array("{".utf8), to: "\(directory)/prices.json")
        let broken = #expect(throws: SignalboxError.self) { try PriceFiles.table(in: directory) }
        #expect(broken?.place?.description.hasPrefix("\(directory)/prices.json:1:") == true)
    }

    @Test func `mistakes in both lists are told at once`() throws {
        let directory = "/tmp/signalbox-prices-\(UInt64.random(in: 0 ... .max))"
        try FileSystem.createDirectory(directory)
        defer { FileSystem.remove(directory) }
        try FileSystem.writeAtomically(Array("{".utf8), to: "\(directory)/prices.json")
        try FileSystem.writeAtomically(
            Array(#"{"name":"x","models":{"a/b":{"input":-1,"output":"y"}}}"#.utf8),
            to: "\(directory)/prices.imported.json")
        let error = #expect(throws: SignalboxError.self) { try PriceFiles.table(in: directory) }
        let places = error?.diagnostics.map(\.place.description) ?? []
        #expect(places.count == 3)
        #expect(places.first?.hasPrefix("\(directory)/prices.json:1:") == true)
        #expect(places.last == "\(directory)/prices.imported.json#/models/a~1b/output")
    }
}
