import Core
import Testing

@testable import Exports

/// Whatever is done to an export is noticed, and said with the record that it was done to.
@Suite(.timeLimit(.minutes(1)))
struct VerifierTests {
    /// What is said of these bytes: whole, broken, or no export at all.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        do {
            return try ExportVerifier.verify(bytes).isWhole
        } catch {
            return false
        }
    }

    @Test(arguments: ExportReport.Form.allCases)
    func `an export as it was written is whole`(form: ExportReport.Form) throws {
        let report = try ExportVerifier.verify(Samples.bytes(form))
        #expect(report.fault == nil)
        #expect(report.form == form)
        #expect(report.records == (form == .json ? 6 : 7))
        #expect(report.head?["task"]?["number"] == 7)
        #expect(String(decoding: Samples.bytes(form), as: UTF8.self).contains(report.hash))
    }

    @Test func `the document is JSON`() throws {
        let document = try JSON(parsing: Samples.document())
        #expect(document["format"] == "signalbox-task-export" && document["count"] == 6)
        #expect(document["records"]?[3]?["record"]?["data"] == Samples.events[2]["data"])
        #expect(document["records"]?[5]?["hash"] == document["hash"])
    }

    @Test func `no text ends the element that the document is embedded in`() {
        let page = String(decoding: Samples.page(), as: UTF8.self)
        #expect(page.split(separator: "</script", omittingEmptySubsequences: false).count == 2)
        #expect(!page.contains("<!--"))
    }

    @Test(arguments: ExportReport.Form.allCases, [UInt8(1), 0x20, 0x80])
    func `every changed byte is noticed`(form: ExportReport.Form, mask: UInt8) {
        let whole = Samples.bytes(form)
        var unnoticed: [Int] = []
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= mask
            if Self.isWhole(bytes) { unnoticed.append(place) }
        }
        #expect(unnoticed == [])
    }

    @Test(arguments: ExportReport.Form.allCases)
    func `every removed and every added byte is noticed`(form: ExportReport.Form) {
        let whole = Samples.bytes(form)
        var unnoticed: [Int] = []
        for place in whole.indices {
            var bytes = whole
            bytes.remove(at: place)
            if Self.isWhole(bytes) { unnoticed.append(place) }
            for byte in [UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "<")] {
                bytes = whole
                bytes.insert(byte, at: place)
                if Self.isWhole(bytes) { unnoticed.append(place) }
            }
        }
        #expect(unnoticed == [])
        #expect(!Self.isWhole(whole + [0x0A]))
    }

    @Test(arguments: ExportReport.Form.allCases)
    func `wherever an export is cut off, that is said`(form: ExportReport.Form) throws {
        let whole = Samples.bytes(form)
        let document = try #require(whole.firstRange(of: Array(#","records":["#.utf8)))
        for count in document.upperBound..<whole.count {
            let fault = try #require(try ExportVerifier.verify(Array(whole[..<count])).fault, "\(count) bytes")
            #expect(fault.problem == .cutOff, "\(count) bytes: \(fault.sentence)")
        }
    }

    @Test(arguments: ExportReport.Form.allCases)
    func `line breaks that a mail program has changed are told, with what else was done`(
        form: ExportReport.Form
    ) throws {
        let returns = { (bytes: [UInt8]) in bytes.flatMap { $0 == 0x0A ? [0x0D, $0] : [$0] } }
        let whole = Samples.bytes(form)
        let fault = try #require(try ExportVerifier.verify(returns(whole)).fault)
        #expect(fault.problem == .changed && fault.record?.sequence == 0)
        #expect(
            fault.sentence
                == "From record 0 on, the line breaks were changed to CR LF; without that the file is whole.")
        let damaged = Array(String(decoding: whole, as: UTF8.self).replacing("ü", with: "u").utf8)
        let other = try #require(try ExportVerifier.verify(returns(damaged)).fault)
        #expect(other.record?.sequence == 3)
        #expect(
            other.sentence.hasSuffix(
                "was changed: its hash is another one. Beyond that, the line breaks were changed to CR LF."))
        // A single one is told as well, and what stands before the first line.
        var single = whole
        single.insert(0x0D, at: try #require(whole.lastIndex(of: 0x0A)))
        let breaks = whole.count { $0 == 0x0A }
        let some = "1 of the \(breaks) line breaks were changed to CR LF"
        let one = try #require(try ExportVerifier.verify(single).fault)
        #expect(one.problem == .changed && one.record == nil)
        #expect(one.sentence == "Only \(some); without that the file is whole.")
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let put = "a byte order mark was put before the first line"
        let marked = try #require(try ExportVerifier.verify(mark + whole).fault)
        #expect(marked.problem == .changed && marked.sentence == "Only \(put); without that the file is whole.")
        let both = try #require(try ExportVerifier.verify(mark + single).fault)
        #expect(both.sentence == "Only \(some), and \(put); without that the file is whole.")
        let worse = try #require(try ExportVerifier.verify(mark + damaged).fault)
        #expect(worse.record?.sequence == 3 && worse.sentence.hasSuffix("Beyond that, \(put)."))
    }

    @Test func `a page that is cut off before its records is said to be cut off`() throws {
        let head = Array("<!doctype html>\n<html>\n<head>\n".utf8) + ExportPage.mark + Array("1.2.3\">\n".utf8)
        for shown in [head, head + Array("</head><body>Task 7".utf8)] {
            let fault = try #require(try ExportVerifier.verify(shown).fault)
            #expect(fault.problem == .cutOff)
            #expect(fault.sentence == "The page is cut off before the records that are embedded in it.")
        }
        #expect(throws: SignalboxError.self) { try ExportVerifier.verify(Array("<!doctype html>\nElse".utf8)) }
    }

    @Test(arguments: 0...5)
    func `a changed record is named`(sequence: Int) throws {
        var lines = Samples.lines()
        let place = lines[sequence + 1].count - 6
        lines[sequence + 1][place] ^= 1
        let report = try ExportVerifier.verify(Array(lines.joined()))
        #expect(report.records == sequence)
        #expect(report.fault?.problem == .changed)
        #expect(report.fault?.record?.sequence == sequence)
    }

    @Test func `a record is named by its number, its kind and what it tells`() throws {
        let text = String(decoding: Samples.document(), as: UTF8.self)
        let changed = text.replacing("ü", with: "u")
        let fault = try #require(try ExportVerifier.verify(Array(changed.utf8)).fault)
        #expect(fault.record == ExportRecord(sequence: 3, kind: "event", detail: "step_completed of write"))
        #expect(fault.sentence == "Record 3 (event step_completed of write) was changed: its hash is another one.")
    }

    @Test(arguments: 0...5)
    func `a missing record is named`(sequence: Int) throws {
        var lines = Samples.lines()
        lines.remove(at: sequence + 1)
        let fault = try #require(try ExportVerifier.verify(Array(lines.joined())).fault)
        #expect(fault.problem == .missing, "\(fault.sentence)")
        #expect(fault.record?.sequence == sequence)
    }

    @Test(arguments: 0...3)
    func `swapped records are named`(sequence: Int) throws {
        var lines = Samples.lines()
        lines.swapAt(sequence + 1, sequence + 2)
        let fault = try #require(try ExportVerifier.verify(Array(lines.joined())).fault)
        #expect(fault.problem == .outOfOrder)
        #expect(fault.record?.sequence == sequence + 1)
    }

    @Test func `a record that was moved further is named`() throws {
        var lines = Samples.lines()
        lines.insert(lines.remove(at: 5), at: 2)
        let fault = try #require(try ExportVerifier.verify(Array(lines.joined())).fault)
        #expect(fault.problem == .outOfOrder && fault.record?.sequence == 4)
        #expect(fault.sentence.hasSuffix("stands where record 1 belongs."))
    }

    @Test(arguments: 0...4)
    func `a record that stands there twice is extra`(sequence: Int) throws {
        var lines = Samples.lines()
        lines.insert(lines[sequence + 1], at: sequence + 2)
        let fault = try #require(try ExportVerifier.verify(Array(lines.joined())).fault)
        #expect(fault.problem == .extra)
        #expect(fault.record?.sequence == sequence)
    }

    @Test func `a record that was put in between is extra`() throws {
        var lines = Samples.lines()
        let hash = String(repeating: "a", count: 64)
        lines.insert(
            Array("{\"hash\":\"\(hash)\",\"record\":{\"sequence\":2,\"kind\":\"event\"}},\n".utf8), at: 3)
        let report = try ExportVerifier.verify(Array(lines.joined()))
        #expect(report.fault?.problem == .extra && report.records == 2)
        #expect(report.fault?.record == ExportRecord(sequence: 2, kind: "event"))
    }

    @Test func `a record whose hash was made anew breaks the next`() throws {
        var lines = Samples.lines()
        let line = String(decoding: lines[3], as: UTF8.self)
        let previous = String(String(decoding: lines[2], as: UTF8.self).dropFirst(9).prefix(64))
        let record = line.dropFirst(9 + 64 + 11).dropLast(3).replacing("write", with: "wrote")
        let hash = ExportFormat.hash(of: Array(record.utf8), after: previous)
        lines[3] = Array("{\"hash\":\"\(hash)\",\"record\":\(record)},\n".utf8)
        let report = try ExportVerifier.verify(Array(lines.joined()))
        #expect(report.records == 3)
        #expect(report.fault?.problem == .changed && report.fault?.record?.sequence == 3)
    }

    @Test func `what a page shows is covered too`() throws {
        let page = String(decoding: Samples.page(), as: UTF8.self).replacing("Task 7", with: "Task 8")
        let report = try ExportVerifier.verify(Array(page.utf8))
        #expect(report.records == 7)
        #expect(report.fault?.problem == .changed && report.fault?.record?.kind == "page")
    }

    @Test(arguments: ["", "{}", "[1]", "<p>Task 7</p>", "{\"format\":\"other\",\"version\":1}\n"])
    func `what is no export is not called a broken one`(text: String) {
        let error = #expect(throws: SignalboxError.self) { try ExportVerifier.verify(Array(text.utf8)) }
        #expect(error?.code == .invalidInput)
    }

    @Test func `a document that another program wrote anew is not taken for whole`() throws {
        let pretty = try JSON(parsing: Samples.document()).prettyText
        #expect(!Self.isWhole(Array(pretty.utf8)))
    }
}
