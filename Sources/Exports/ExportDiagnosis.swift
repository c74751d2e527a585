internal import Core

/// Says what is wrong with the first line that is not what belongs there. Several things may have been done to a file;
/// what is said is the smallest that explains the line.
struct ExportDiagnosis {
    private let lines: ExportLines
    private let place: Int
    /// The number of the record that belongs there.
    private let sequence: Int
    private let previous: String

    /// - Parameters:
    ///   - place: the first line that is wrong.
    ///   - report: what was whole before it.
    init(_ lines: ExportLines, _ place: Int, _ report: ExportReport) {
        self.lines = lines
        self.place = place
        sequence = report.records
        previous = report.hash
    }

    /// What is wrong with a line where a record or the end belongs.
    func fault() -> ExportFault {
        guard !lines.isLast(place) else { return cutOff() }
        let line = lines.line(place)
        let found = line?.summary
        if let found, isMoved(found) { return outOfOrder(found) }
        if let next = lines.line(place + 1), next.hasSequence(sequence), next.holds(after: previous) {
            return extra(found)
        }
        if lines[place + 1].elementsEqual(ExportFormat.lastLine(count: sequence, hash: previous)) {
            return extra(found)
        }
        guard let line, let found, found.sequence != sequence else { return changed(line, found) }
        // A record at its own place whose number was changed: the next one goes on from its hash.
        let next = lines.line(place + 1)
        let goesOn = next.map { $0.hasSequence(sequence + 1) && $0.holds(after: line.hash) } ?? false
        if goesOn { return changed(line, found) }
        if found.sequence < sequence { return extra(found) }
        if lines.hasRecord(sequence, from: place + 1) { return outOfOrder(found) }
        if isLastRecord(found) { return changed(line, found) }
        return missing(before: found)
    }

    /// What is wrong with the line after the records.
    /// - Parameters:
    ///   - expected: what it should be.
    ///   - claimsMore: whether the last record says that another follows.
    func endFault(_ expected: [UInt8], claimsMore: Bool) -> ExportFault {
        if lines.isLast(place), expected.starts(with: lines[place]) { return cutOff() }
        let digits = lines[place].dropFirst(ExportFormat.endStart.count).prefix { $0 != UInt8(ascii: ",") }
        let count = Int(String(decoding: digits, as: UTF8.self))
        if let count, count > sequence, claimsMore {
            let record = ExportRecord(sequence: sequence)
            return ExportFault(
                .missing, record,
                "\(named(record)) is missing: the end counts \(count) records, and \(sequence) are there.")
        }
        let hasOtherHash = !lines[place].dropLast(2).suffix(64).elementsEqual(previous.utf8)
        if let count, count < sequence, hasOtherHash {
            let summary = lines.line(place - 1)?.summary
            let record = summary ?? ExportRecord(sequence: sequence - 1)
            return ExportFault(
                .extra, record,
                "\(named(record)) was added: the end counts \(count) records, and \(sequence) are there.")
        }
        return ExportFault(.changed, nil, "The end, with the number of records and the last hash, was changed.")
    }

    func cutOff() -> ExportFault {
        let record = ExportRecord(sequence: sequence)
        let sentence =
            lines.isEnd(place) || lines.isEnd(place - 1)
            ? "The end is cut off: all \(sequence) records are there, but not all of the line behind them."
            : sequence == 0
                ? "The file is cut off before the end of its first record."
                : "The file is cut off: \(sequence) records are whole, and record \(sequence) or the end should follow."
        return ExportFault(.cutOff, record, sentence)
    }

    private func extra(_ found: ExportRecord?) -> ExportFault {
        let record = found ?? ExportRecord(sequence: sequence)
        return ExportFault(.extra, record, "\(named(record)) was added, or stands there twice.")
    }

    private func outOfOrder(_ found: ExportRecord) -> ExportFault {
        ExportFault(.outOfOrder, found, "\(named(found)) stands where record \(sequence) belongs.")
    }

    private func changed(_ line: ExportLines.Line?, _ found: ExportRecord?) -> ExportFault {
        var record = found ?? ExportRecord(sequence: sequence)
        record.sequence = sequence
        guard line != nil else {
            return ExportFault(.changed, record, "The line of record \(sequence) was changed: it is no record.")
        }
        return ExportFault(.changed, record, "\(named(record)) was changed: its hash is another one.")
    }

    private func missing(before found: ExportRecord) -> ExportFault {
        let record = ExportRecord(sequence: sequence)
        return ExportFault(
            .missing, record, "\(named(record)) is missing: \(found) stands where it belongs.")
    }

    /// Whether a later record stands here and not where it belongs, though those before it are all there.
    private func isMoved(_ found: ExportRecord) -> Bool {
        found.sequence > sequence && lines.hasRecord(sequence, from: place + 1)
            && lines.hasRecord(found.sequence - 1, from: place + 1)
            && !lines.hasRecord(found.sequence, from: place + 1)
    }

    /// Whether the end counts as many records as there are when the one that was found is the last.
    private func isLastRecord(_ found: ExportRecord) -> Bool {
        lines.isEnd(place + 1)
            && lines[place + 1].starts(with: ExportFormat.endStart + Array("\(sequence + 1),".utf8))
    }

    /// At the beginning of a sentence.
    private func named(_ record: ExportRecord) -> String { "R" + record.description.dropFirst() }
}
