internal import Core
internal import Processes
internal import Secrets
internal import Synchronization

/// Lets others hear what a program writes, or what a server says of a call, while it is under way, without secrets.
final class LiveOutput: Sendable {
    private struct Text: Sendable {
        var pieces = UTF8Pieces()
        var redaction: StreamedRedaction
    }

    private let source: LiveSource
    private let listener: any LiveListener
    private let redactor: Redactor
    private let texts: Mutex<(stdout: Text, stderr: Text)>

    init(_ source: LiveSource, listener: any LiveListener, redactor: Redactor) {
        self.source = source
        self.listener = listener
        self.redactor = redactor
        let text = Text(redaction: StreamedRedaction(redactor))
        texts = Mutex((text, text))
    }

    /// A program has written this, cut anywhere.
    func note(_ stream: ProcessStream, _ bytes: [UInt8]) {
        let shown = texts.withLock { texts in
            switch stream {
            case .stdout: Self.take(bytes, &texts.stdout)
            case .stderr: Self.take(bytes, &texts.stderr)
            }
        }
        if let shown, !shown.isEmpty {
            listener.hear(LiveStretch(stream == .stdout ? .stdout : .stderr, shown), from: source)
        }
    }

    /// A server has said how far it has come.
    func note(progress: String) {
        listener.hear(LiveStretch(.progress, redactor.redact(progress) + "\n"), from: source)
    }

    /// The program or the call has ended.
    func end() { listener.end(source) }

    private static func take(_ bytes: [UInt8], _ text: inout Text) -> String? {
        text.redaction.take(text.pieces.take(bytes))
    }
}
