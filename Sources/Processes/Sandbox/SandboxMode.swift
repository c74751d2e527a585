/// What the settings say about the sandbox of commands (`sandbox`, `SIGNALBOX_SANDBOX`).
public enum SandboxMode: String, Sendable, CaseIterable {
    /// Bubblewrap where it works, else the process group and limits alone.
    case auto
    /// Bubblewrap, and no command runs where it does not work.
    case bubblewrap
    /// The process group and limits alone.
    case none

    /// What can be written, for messages: `auto, bubblewrap or none`.
    public static let words = "auto, bubblewrap or none"
}
