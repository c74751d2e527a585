internal import Core
internal import Glibc

/// The keys of the terminal at stdin, each as it is pressed and without being shown.
struct Keyboard: Sendable {
    private init() {}

    /// Lets keys be read one by one meanwhile, and gives the terminal back as it was. Ctrl-C stays a signal; the keys that
    /// would end or stop the program without a word to it do nothing, so that the terminal is never left mute.
    /// - Throws: what the body throws, or `SignalboxError` when stdin is no terminal.
    static func use<Value>(_ body: (Keyboard) async throws -> Value) async throws -> Value {
        var before = termios()
        guard unsafe tcgetattr(STDIN_FILENO, &before) == 0 else {
            throw FileSystem.failure("The terminal cannot be asked")
        }
        var raw = before
        raw.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN)
        unsafe withUnsafeMutableBytes(of: &raw.c_cc) { keys in
            // 0 is what `_POSIX_VDISABLE` stands for on Linux: no key.
            for key in [VQUIT, VSUSP] { unsafe keys[Int(key)] = 0 }
            unsafe keys[Int(VMIN)] = 1
            unsafe keys[Int(VTIME)] = 0
        }
        guard unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0 else {
            throw FileSystem.failure("The terminal cannot be asked")
        }
        defer { _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &before) }
        return try await body(Keyboard())
    }

    /// The next key; nil when nothing more is typed.
    /// - Throws: `CancellationError`.
    func key() async throws -> Key? {
        try await TerminalInput.read { waiting in Key.read { waiting.byte(withinMilliseconds: $0) } }
    }
}
