import Core

/// `HiddenCharacter` as a regular expression of the browser, for editors: they show text that no page has rendered. It is
/// made from that list, so that there is no second one.
///
/// CodeMirror asks without the flag `u` and takes what is found one UTF-16 unit at a time. So a character of two is
/// found whole at its first unit, where its name is put, and once more at its second, of which nothing is shown.
/// To ask the standard library about each character takes a moment, so the script has it written down.
enum HiddenPattern: Sendable {
    /// The line of `hidden.js`.
    static var script: String { "const signalboxHidden = /\(source)/g;" }

    static let source: String = {
        var (always, joiners, selectors) = (Units(), Units(), Units())
        var (joined, varied, keys) = (Units(), Units(), Units())
        for value in planes.joined() {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            if !HiddenCharacter.isHidden("\u{200D}", after: scalar, before: nil) { joined.add(scalar) }
            if !HiddenCharacter.isHidden("\u{FE0F}", after: scalar, before: nil) { varied.add(scalar) }
            let isKey = scalar.isASCII && !HiddenCharacter.isHidden("\u{FE0F}", after: scalar, before: "\u{20E3}")
            if isKey { keys.add(scalar) }
            // Editors break their lines at this one.
            guard scalar != "\r", HiddenCharacter.isHidden(scalar, after: nil, before: nil) else { continue }
            if !HiddenCharacter.isHidden(scalar, after: "\u{0627}", before: nil) {
                joiners.add(scalar)
            } else if !HiddenCharacter.isHidden(scalar, after: "\u{6F22}", before: nil) {
                selectors.add(scalar)
            } else {
                always.add(scalar)
            }
        }
        let key = "(?<!\(keys.pattern)(?=[\\uFE0F]\\u20E3))"
        let second = always.seconds(unless: nil) + selectors.seconds(unless: varied)
        let whole = [
            always.pattern, "(?<!\(joined.pattern))\(joiners.pattern)",
            "(?<!\(varied.pattern))\(key)\(selectors.pattern)",
        ]
        return (whole + second).joined(separator: "|")
    }()

    /// What has characters that are hidden, emoji or ideographs.
    private static let planes = [0...0x3FFFF, 0xE0000...0xE0FFF]

    /// Characters by their UTF-16 units.
    private struct Units {
        private var single: [ClosedRange<UInt16>] = []
        private var pairs: [(first: UInt16, seconds: [ClosedRange<UInt16>])] = []

        /// They come in their order.
        mutating func add(_ scalar: Unicode.Scalar) {
            let units = Array(UTF16.encode(scalar) ?? .init())
            if units.count == 1 { return Self.extend(&single, by: units[0]) }
            if pairs.last?.first != units[0] { pairs.append((units[0], [])) }
            Self.extend(&pairs[pairs.count - 1].seconds, by: units[1])
        }

        private static func extend(_ ranges: inout [ClosedRange<UInt16>], by unit: UInt16) {
            if let last = ranges.last, last.upperBound + 1 == unit {
                ranges[ranges.count - 1] = last.lowerBound...unit
            } else {
                ranges.append(unit...unit)
            }
        }

        var pattern: String {
            let parts = pairs.map { HiddenPattern.escape($0.first) + HiddenPattern.set($0.seconds) }
            return "(?:\((single.isEmpty ? parts : [HiddenPattern.set(single)] + parts).joined(separator: "|")))"
        }

        /// The second units of those that have two.
        /// - Parameter others: behind which they are not hidden.
        func seconds(unless others: Units?) -> [String] {
            pairs.map { first, seconds in
                let first = HiddenPattern.escape(first)
                let exception = others.map { "(?<!\($0.pattern)\(first))" } ?? ""
                return "(?<=\(first))\(exception)\(HiddenPattern.set(seconds))"
            }
        }
    }

    private static func set(_ ranges: [ClosedRange<UInt16>]) -> String {
        let parts = ranges.map { range in
            range.count == 1 ? escape(range.lowerBound) : "\(escape(range.lowerBound))-\(escape(range.upperBound))"
        }
        return "[\(parts.joined())]"
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
