internal import Glibc

/// What the whole process does about signals; `main` decides it once, before anything else runs.
public enum Signals: Sendable {
    /// Makes writing to a closed socket or pipe an ordinary error (EPIPE) instead of the end of the process. Child
    /// processes start with the signal's default again.
    public static func ignoreBrokenPipe() {
        _ = signal(SIGPIPE, SIG_IGN)
    }
}
