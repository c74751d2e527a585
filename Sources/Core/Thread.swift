internal import CPlatform
internal import Glibc

/// Starts a thread of its own for work that blocks: Swift's pool has only as many threads as the machine has processors,
/// and two that block stall everything.
///
/// The thread is detached and ends when the body returns. All signals are blocked on it, so that they reach the thread
/// that waits for them, and writing to a closed pipe is an error there instead of a signal.
/// - Parameters:
///   - name: What tools such as `top -H` call it; the kernel keeps 15 bytes.
///   - stackBytes: Size of its stack; the body must not recurse deeply when this is small.
/// - Throws: `SignalboxError` with code `unavailable` when the system has no room for another thread.
public func startThread(name: String, stackBytes: Int = 512 << 10, body: @escaping @Sendable () -> Void) throws {
    let start = unsafe Unmanaged.passRetained(ThreadStart(name: name, body: body))
    let result = unsafe signalbox_start_thread(UInt(stackBytes), threadMain, start.toOpaque())
    guard result == 0 else {
        unsafe start.release()
        throw SignalboxError(
            .unavailable, "The system cannot start another thread: \(systemErrorText(result)).",
            hint: "Raise the limits on threads and memory of this user (ulimit -u, ulimit -v).")
    }
}

/// What the system says about an error number, such as "No such file or directory".
public func systemErrorText(_ number: Int32) -> String {
    unsafe strerrordesc_np(number).map { unsafe String(cString: $0) } ?? "error \(number)"
}

private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument = unsafe argument else { preconditionFailure("A thread starts with what it has to do.") }
    let start = unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
    var name = Array(start.name.utf8.prefix(15)).map(CChar.init(bitPattern:))
    name.append(0)
    unsafe signalbox_name_thread(name)
    start.body()
    return nil
}

/// Does work that blocks on a thread of its own, so that Swift's pool stays free. Its stack is large enough to read what
/// people write, however deeply nested; memory is taken only for what is used of it.
/// - Throws: What the body throws, or `SignalboxError` with code `unavailable` when no thread can be started.
public func onOwnThread<Result: Sendable>(
    _ name: String, stackBytes: Int = 16 << 20, _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        do {
            try startThread(name: name, stackBytes: stackBytes) {
                continuation.resume(with: .init { try body() })
            }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}
