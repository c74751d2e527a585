internal import Glibc

/// How many files and connections this program may have open at one time.
public enum DescriptorLimit: Sendable {
    /// Takes as many as the system allows: a usual soft limit of 1,024 is far less.
    /// - Returns: how many those are.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Int(clamping: limit.rlim_max)
    }
}
