internal import Synchronization

/// Files that must not be left behind when the work on them is cut off, such as by Ctrl-C. One thread works on them, and
/// another may remove them at any moment: either they are put at their place as a whole, or they are gone.
public final class UnfinishedFiles: Sendable {
    private let state = Mutex((paths: [String](), areRemoved: false))

    public init() {}

    /// Takes note of what is about to be written, files or directories.
    /// - Throws: `CancellationError` when all is to be gone already.
    public func begin(_ paths: [String]) throws {
        try state.withLock { state in
            guard !state.areRemoved else { throw CancellationError() }
            state.paths += paths
        }
    }

    /// Makes what must not stay, and takes note of it: nothing can remove in between, and what is not noted was not made.
    /// - Parameters:
    ///   - making: returns what it has made, files or directories, and what the caller works on with. When it throws,
    ///     nothing is noted.
    /// - Throws: what the body throws, or `CancellationError` when all is to be gone already.
    public func begin<Value>(making: () throws -> (paths: [String], value: Value)) throws -> Value {
        try state.withLock { state in
            guard !state.areRemoved else { throw CancellationError() }
            let made = try making()
            state.paths += made.paths
            return made.value
        }
    }

    /// Puts what was written at its place; afterwards nothing is unfinished.
    /// - Throws: what the body throws, or `CancellationError` when the files were removed before.
    public func finish(_ body: () throws -> Void) throws {
        try state.withLock { state in
            guard !state.areRemoved else { throw CancellationError() }
            try body()
            state.paths = []
        }
    }

    /// Removes what is unfinished.
    public func remove() {
        state.withLock { state in
            state.areRemoved = true
            // Whoever writes may be in the middle of it: what came while a directory was gone through goes the next time.
            for path in state.paths {
                for _ in 0..<1_000 where FileSystem.exists(path) { FileSystem.remove(path) }
            }
            state.paths = []
        }
    }
}
