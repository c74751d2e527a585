internal import Runtime

extension FuzzTarget {
    /// `signalbox.yaml`.
    static let settings = FuzzTarget("settings") { bytes in
        _ = try unlessRefused { try ConfigurationFile(text: Input.text(bytes), path: "/nowhere/signalbox.yaml") }
    }
}
