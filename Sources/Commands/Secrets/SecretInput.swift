internal import Core
internal import Glibc
internal import Secrets

/// Takes the value of a secret from wherever nobody looks over one's shoulder. It blocks.
enum SecretInput: Sendable {
    /// The value without the line break at its end.
    /// - Parameters:
    ///   - file: where it is; nil asks for it on a terminal, else reads stdin.
    ///   - prompt: where to ask.
    /// - Throws: `SignalboxError`: `not_found`, `invalid_input`, `limit_exceeded`.
    static func read(_ name: String, file: String?, prompt: Output) throws -> String {
        let bytes: [UInt8]
        if let file {
            bytes = try FileSystem.read(file, maximum: bytesMaximum)
        } else if isatty(STDIN_FILENO) == 1 {
            prompt.write("Value of \(name) (not shown): ")
            bytes = try ask()
            prompt.writeLine("")
        } else {
            bytes = try readAll()
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SignalboxError(
                .invalidInput, "The value is not UTF-8 text.",
                hint: "Keep bytes as Base64, and decode them where they are used.")
        }
        return text.withoutFinalLineBreak
    }

    /// With a line break.
    private static let bytesMaximum = Limits.secretBytesMaximum + 2

    private static func readAll() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe Glibc.read(STDIN_FILENO, &portion, portion.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileSystem.failure("The value cannot be read from stdin") }
            if count == 0 { return bytes }
            bytes += portion[..<count]
            guard bytes.count <= bytesMaximum else { throw tooLong }
        }
    }

    /// Reads a line key by key while the terminal shows nothing. Keys that would end the program are keys like others
    /// meanwhile, so that the terminal is never left mute.
    private static func ask() throws -> [UInt8] {
        var before = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw FileSystem.failure("The terminal cannot be asked")
        }
        var mute = before
        mute.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &mute) == 0 else {
            throw FileSystem.failure("The terminal cannot be asked")
        }
        defer { _ = unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
        var line: [UInt8] = []
        while true {
            var key: UInt8 = 0
            let count = unsafe Glibc.read(STDIN_FILENO, &key, 1)
            if count < 0, errno == EINTR { continue }
            switch count == 1 ? key : endOfText {
            case interrupt: throw CancellationError()
            case endOfText, 0x0A, 0x0D: return line
            case 0x08, 0x7F:
                // A character of UTF-8 goes as a whole.
                while let last = line.popLast(), last & 0xC0 == 0x80 {}
            default: line.append(key)
            }
            guard line.count <= bytesMaximum else { throw tooLong }
        }
    }

    /// Ctrl-C and Ctrl-D.
    private static let interrupt: UInt8 = 0x03
    private static let endOfText: UInt8 = 0x04

    private static var tooLong: SignalboxError {
        SignalboxError(.limit, "A secret has at most \(Limits.secretBytesMaximum) bytes.")
    }
}
