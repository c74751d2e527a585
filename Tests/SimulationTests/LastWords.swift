import Glibc

/// Says which seed was begun last when the machine stops the process, as it does when one of its own rules is broken.
enum LastWords {
    nonisolated(unsafe) private static let current: UnsafeMutablePointer<UInt64> = {
        let pointer = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
        unsafe pointer.initialize(to: 0)
        // Swift stops with SIGILL on x86 and with SIGTRAP on ARM.
        for number in [SIGILL, SIGTRAP] { signal(number, say) }
        return unsafe pointer
    }()

    /// The seed that was begun last; another one may be at work beside it.
    static var seed: UInt64 {
        get { unsafe current.pointee }
        set { unsafe current.pointee = newValue }
    }

    /// Only what a signal handler may do: no memory is taken.
    private static let say: @convention(c) (Int32) -> Void = { number in
        var digits: (UInt8, UInt8) = (0, 0x0A)
        let prefix: StaticString = "Seed "
        _ = unsafe write(2, prefix.utf8Start, prefix.utf8CodeUnitCount)
        var rest = seed
        var divisor: UInt64 = 10_000_000_000_000_000_000
        while divisor > max(1, rest) { divisor /= 10 }
        while divisor > 0 {
            digits.0 = UInt8(0x30 + rest / divisor)
            rest %= divisor
            divisor /= 10
            _ = unsafe write(2, &digits.0, 1)
        }
        _ = unsafe write(2, &digits.1, 1)
        signal(number, SIG_DFL)
        raise(number)
    }
}
