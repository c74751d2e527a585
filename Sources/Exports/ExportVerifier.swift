internal import Core

/// Checks an export without asking anybody: each record against the hash beside it and the one before, and the end
/// against what was counted.
public struct ExportVerifier: Sendable {
    private let lines: ExportLines
    private var report: ExportReport
    /// Of a page the hash of what it shows.
    private let shown: String?
    /// The record before the one that is looked at.
    private var last: ExportLines.Line?

    /// Reads a file in either form.
    /// - Parameter name: what messages call it.
    /// - Throws: `SignalboxError` with code `invalid_input` when it is no export.
    public static func verify(_ bytes: [UInt8], called name: String = "The file") throws -> ExportReport {
        // Mail programs and editors change line breaks and put marks. What else was done to the file is of more interest.
        let plain = PlainExport(bytes)
        var report = try report(plain.bytes, name)
        guard let sentence = plain.sentence else { return report }
        if let fault = report.fault {
            report.fault?.sentence = fault.sentence + " Beyond that, \(sentence)."
        } else {
            let (record, beginning) =
                plain.hasOnlyReturns ? (ExportRecord(sequence: 0), "From record 0 on, ") : (nil, "Only ")
            report.fault = ExportFault(
                .changed, record, "\(beginning)\(sentence); without that the file is whole.")
        }
        return report
    }

    private static func report(_ bytes: [UInt8], _ name: String) throws -> ExportReport {
        if isDocument(bytes[...]) {
            var verifier = ExportVerifier(bytes[...], .json, shown: nil)
            return verifier.verified()
        }
        guard let page = ExportPage.parts(bytes) else {
            if ExportPage.isBeginning(of: bytes) {
                var report = ExportReport(form: .html)
                report.fault = ExportFault(
                    .cutOff, ExportRecord(sequence: 0),
                    "The page is cut off before the records that are embedded in it.")
                return report
            }
            throw SignalboxError(
                .invalidInput, "\(name) is no export of a task.",
                hint: "`signalbox tasks export NUMBER --output FILE` writes one, as JSON or with --format html.")
        }
        let document = ExportPage.document(page.document)
        let shown = ContentHash(of: Array(page.shown)).rawValue
        var verifier = ExportVerifier(document[...], .html, shown: shown)
        var report = verifier.verified()
        if report.isWhole, !page.rest.elementsEqual(ExportPage.end) {
            let isCut = ExportPage.end.starts(with: page.rest)
            report.fault =
                isCut
                ? ExportFault(.cutOff, nil, "The end of the page is cut off.")
                : ExportFault(.extra, nil, "Something stands behind the end of the page.")
        }
        return report
    }

    /// By the first line, or by the second where the first was changed.
    private static func isDocument(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.starts(with: #"{"format":"\#(ExportFormat.name)""#.utf8) { return true }
        let beginning = bytes.prefix(ExportFormat.firstLine.count * 4)
        guard let line = beginning.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        return bytes[(line + 1)...].starts(with: ExportFormat.lineStart)
    }

    private init(_ bytes: ArraySlice<UInt8>, _ form: ExportReport.Form, shown: String?) {
        lines = ExportLines(bytes)
        report = ExportReport(form: form)
        self.shown = shown
    }

    private mutating func verified() -> ExportReport {
        report.fault = fault()
        return report
    }

    private mutating func fault() -> ExportFault? {
        guard lines[0].elementsEqual(ExportFormat.firstLine) else {
            let isCut = lines.isLast(0) && ExportFormat.firstLine.starts(with: lines[0])
            return isCut
                ? cutOff()
                : ExportFault(
                    .changed, nil, "The first line is not that of an export of version \(ExportFormat.version).")
        }
        var place = 1
        while !lines.isEnd(place) {
            guard let line = lines.line(place), line.hasSequence(report.records), line.holds(after: report.hash),
                let json = line.json
            else { return ExportDiagnosis(lines, place, report).fault() }
            if let last, !last.hasComma { return last.summary.map(Self.separator) ?? cutOff() }
            if report.records == 0 { report.head = json }
            report.records += 1
            report.hash = line.hash
            last = line
            place += 1
        }
        return endFault(place)
    }

    private func endFault(_ place: Int) -> ExportFault? {
        let expected = ExportFormat.lastLine(count: report.records, hash: report.hash)
        guard lines[place].elementsEqual(expected) else {
            return ExportDiagnosis(lines, place, report).endFault(expected, claimsMore: last?.hasComma == true)
        }
        if let last, last.hasComma, let summary = last.summary { return Self.separator(summary) }
        guard !lines.isLast(place) else { return cutOff() }
        guard lines.isLast(place + 1), lines[place + 1].isEmpty else {
            return ExportFault(.extra, nil, "Something stands behind the end.")
        }
        return shown.flatMap(pageFault)
    }

    /// What is shown is covered by the chain as well: the last record of a page has its hash.
    private func pageFault(_ shown: String) -> ExportFault? {
        guard let page = last?.json, page["kind"]?.stringValue == ExportRecord.Kind.page.rawValue else {
            let record = ExportRecord(sequence: report.records, kind: ExportRecord.Kind.page.rawValue)
            return ExportFault(.missing, record, "The record with the hash of the page is missing.")
        }
        guard page["sha256"]?.stringValue != shown else { return nil }
        return ExportFault(
            .changed, ExportRecord(page), "What the page shows was changed; the records embedded in it are whole.")
    }

    private func cutOff() -> ExportFault {
        ExportDiagnosis(lines, lines.count - 1, report).cutOff()
    }

    private static func separator(_ record: ExportRecord) -> ExportFault {
        ExportFault(.changed, record, "What stands behind \(record) was changed.")
    }
}
