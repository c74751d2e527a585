/// Which members or elements of one value the rules have looked at, by place: what is left is for `unevaluated…`.
struct Coverage {
    /// Whether anybody asks.
    let isWanted: Bool
    private var marks: [Bool] = []

    init(isWanted: Bool) {
        self.isWanted = isWanted
    }

    func includes(_ place: Int) -> Bool { place < marks.count && marks[place] }

    mutating func mark(_ place: Int, of count: Int) {
        guard isWanted else { return }
        if marks.isEmpty { marks = [Bool](repeating: false, count: count) }
        marks[place] = true
    }

    mutating func formUnion(_ other: Coverage) {
        guard isWanted, !other.marks.isEmpty else { return }
        if marks.isEmpty {
            marks = other.marks
        } else {
            for place in marks.indices where other.marks[place] { marks[place] = true }
        }
    }
}
