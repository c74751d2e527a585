internal import Core
internal import Glibc

extension ChildProcess {
    /// Kills all child processes with their groups, for a program that ends at once and waits for nobody. Blocks.
    public static func killAll() {
        do {
            let own = try FileSystem.names(in: "/proc").compactMap { pid_t($0) }.filter(isOwn)
            // All at once, and each with the group it leads: the caller ends before anybody can take this for an outcome.
            for process in own { _ = Glibc.kill(-process, SIGKILL) }
        } catch {
            // Without /proc nothing is known of them; the next engine looks for them as well.
            return
        }
    }

    /// Whether we have started a process: what `/proc/PID/stat` says behind the name, which may hold anything, is its
    /// state and its parent (proc(5)).
    private static func isOwn(_ process: pid_t) -> Bool {
        do {
            let text = try FileSystem.readToEnd("/proc/\(process)/stat")
            guard let nameEnd = text.lastIndex(of: UInt8(ascii: ")")) else { return false }
            let fields = text[text.index(after: nameEnd)...].split(separator: UInt8(ascii: " "))
            return fields.count > 1 && String(decoding: fields[1], as: UTF8.self) == String(getpid())
        } catch {
            // It has ended in the meantime.
            return false
        }
    }
}
