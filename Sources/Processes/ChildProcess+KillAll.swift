internal import Core
internal import Glibc

extension ChildProcess {
    /// Kills all child processes with their groups and their own children, for a program that ends at once and waits for
    /// nobody. Blocks.
    public static func killAll() {
        // All at once, and each with the group it leads: the caller ends before anybody can take this for an outcome.
        for process in ProcessTable.descendants(of: getpid()) {
            _ = Glibc.kill(-process, SIGKILL)
            _ = Glibc.kill(process, SIGKILL)
        }
    }
}
