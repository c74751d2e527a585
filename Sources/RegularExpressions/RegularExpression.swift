internal import CRE2

/// A compiled regular expression (RE2: matching takes time linear in the text, whatever the pattern).
@safe
public final class RegularExpression: Sendable {
    // RE2 objects may be used by several threads at once: "RE2 objects are thread-safe for const methods" (re2.h).
    private nonisolated(unsafe) let handle: OpaquePointer

    private init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    deinit {
        unsafe cre2_delete(handle)
    }

    /// Why a pattern cannot be used.
    public struct PatternError: Error {
        /// What is wrong, without a final stop.
        public var message: String
        /// What to do.
        public var hint: String?
    }

    /// Compiles a pattern in the syntax of RE2.
    public static func compile(_ pattern: String) -> Result<RegularExpression, PatternError> {
        var pattern = pattern
        var message = [CChar](repeating: 0, count: 160)
        let messageCapacity = message.count
        let handle = pattern.withUTF8 { text in
            unsafe text.withMemoryRebound(to: CChar.self) { text in
                unsafe message.withUnsafeMutableBufferPointer { message in
                    unsafe cre2_compile(text.baseAddress, text.count, message.baseAddress, messageCapacity)
                }
            }
        }
        if let handle = unsafe handle { return unsafe .success(RegularExpression(handle)) }
        let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return .failure(PatternError(message: "not a regular expression: \(reason)"))
    }

    /// Instructions of the compiled program: what it takes to build, and in the worst case per byte of text.
    public var programSize: Int { unsafe Int(cre2_program_size(handle)) }

    /// What matching a text may take beyond reading it, in units of about 64 steps: without room for its automaton RE2
    /// falls back to following every instruction at every byte.
    public func matchingCost(bytes: Int) -> Int { programSize / 64 * (bytes / 64) }

    /// Whether the pattern is found anywhere in the text.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { text in
            unsafe text.withMemoryRebound(to: CChar.self) { text in
                unsafe cre2_matches(handle, text.baseAddress, text.count) != 0
            }
        }
    }
}
