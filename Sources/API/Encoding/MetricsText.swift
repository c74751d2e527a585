internal import Core

/// Writes metrics in the text format of Prometheus, version 0.0.4: for each its help, its type and its samples.
struct MetricsText {
    enum Kind: String {
        case counter, gauge
    }

    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// - Parameter samples: values with the label that tells them apart.
    mutating func add(
        _ name: String, _ kind: Kind, _ help: String, label: String, _ samples: [(value: String, count: Int64)]
    ) {
        begin(name, kind, help)
        for sample in samples { text += "\(name){\(label)=\"\(Self.escaped(sample.value))\"} \(sample.count)\n" }
    }

    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: some CustomStringConvertible) {
        begin(name, kind, help)
        text += "\(name) \(value)\n"
    }

    private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
