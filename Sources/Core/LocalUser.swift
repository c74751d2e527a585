internal import Glibc

/// Whom this process belongs to.
public enum LocalUser: Sendable {
    /// The name the system knows the user by; `user 1000` when it knows none. It reads the system's list of users.
    public static var name: String {
        let id = geteuid()
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        let name = unsafe buffer.withUnsafeMutableBufferPointer { bytes -> String? in
            guard let base = bytes.baseAddress,
                unsafe getpwuid_r(id, &entry, base, bytes.count, &found) == 0, unsafe found != nil,
                let text = unsafe entry.pw_name
            else { return nil }
            return unsafe String(cString: text)
        }
        guard let name, !name.isEmpty else { return "user \(id)" }
        return name
    }
}
