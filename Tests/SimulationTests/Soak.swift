import Core
import Glibc

/// What the environment asks of the simulation.
enum Soak {
    /// The seed to run alone.
    static var seed: UInt64? { ProcessEnvironment.variables["SIGNALBOX_SEED"].flatMap { UInt64($0) } }

    /// How long to try new seeds, in seconds; 0 for not at all.
    static var seconds: Int { ProcessEnvironment.variables["SIGNALBOX_SOAK_SECONDS"].flatMap { Int($0) } ?? 0 }

    /// Shows a text to whoever runs one seed alone.
    static func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    }
}
