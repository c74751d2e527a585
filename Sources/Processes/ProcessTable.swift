internal import Core
internal import Glibc

/// The processes of this machine, as `/proc` shows them. It blocks.
enum ProcessTable {
    /// The direct children of a process; none when they cannot be told.
    static func children(of process: pid_t) -> [pid_t] {
        all().filter { parent(of: $0) == process }
    }

    /// All processes that descend from one; none when they cannot be told.
    static func descendants(of process: pid_t) -> [pid_t] {
        var children: [pid_t: [pid_t]] = [:]
        for other in all() { if let parent = parent(of: other) { children[parent, default: []].append(other) } }
        var found: [pid_t] = []
        var open = [process]
        while let next = open.popLast() {
            // Taken out, so that numbers that were given anew in the meantime cannot lead in a circle.
            let own = children.removeValue(forKey: next) ?? []
            found += own
            open += own
        }
        return found
    }

    /// The numbers of all processes. Without `/proc` nothing is known of them.
    static func all() -> [pid_t] {
        do {
            return try FileSystem.names(in: "/proc").compactMap { pid_t($0) }
        } catch {
            return []
        }
    }

    /// What `/proc/PID/stat` says behind the name, which may hold anything, is its state and its parent (proc(5)).
    private static func parent(of process: pid_t) -> pid_t? {
        do {
            let text = try FileSystem.readToEnd("/proc/\(process)/stat")
            guard let nameEnd = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
            let fields = text[text.index(after: nameEnd)...].split(separator: UInt8(ascii: " "))
            return fields.count > 1 ? pid_t(String(decoding: fields[1], as: UTF8.self)) : nil
        } catch {
            // It has ended in the meantime.
            return nil
        }
    }
}
