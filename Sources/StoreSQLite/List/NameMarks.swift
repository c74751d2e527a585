internal import Store

/// Names in their order, taken from the first tasks, by which all names get their codes: an odd one for a mark itself, the
/// even ones for what lies between two.
struct NameMarks: Sendable {
    /// As many as leave their codes 15 digits.
    static let countMaximum = 16_000

    /// Folded, ascending, each once.
    let marks: [String]

    init(_ marks: [String]) {
        self.marks = marks
    }

    /// Chosen evenly from the names.
    /// - Parameter names: folded, in any order.
    init(choosingFrom names: [String]) {
        let sorted = names.sorted(by: TaskOrderKey.isBefore)
        let step = max(1, Double(sorted.count) / Double(Self.countMaximum))
        var marks: [String] = []
        for place in 0..<min(sorted.count, Self.countMaximum) {
            let name = sorted[Int(Double(place) * step)]
            if let last = marks.last, !TaskOrderKey.isBefore(last, name) { continue }
            marks.append(name)
        }
        self.marks = marks
    }

    /// - Parameter name: folded.
    func code(_ name: String) -> UInt16 {
        var (low, high) = (0, marks.count)
        while low < high {
            let middle = (low + high) / 2
            if TaskOrderKey.isBefore(name, marks[middle]) { high = middle } else { low = middle + 1 }
        }
        // So many marks are not behind the name.
        guard low > 0, !TaskOrderKey.isBefore(marks[low - 1], name) else { return spread(2 * low) }
        return spread(2 * low - 1)
    }

    /// With few marks too the highest digits tell most; the lowest stays what it is.
    private func spread(_ code: Int) -> UInt16 {
        let room = (1 << OrderCode.digits) / (2 * marks.count + 2)
        let factor = room % 2 == 1 ? room : room - 1
        return UInt16(code * max(1, factor))
    }
}
