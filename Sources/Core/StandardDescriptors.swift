internal import Glibc

/// Standard input, output and error.
public enum StandardDescriptors: Sendable {
    /// Puts `/dev/null` in the place of those that the caller has closed. Otherwise the next file that is opened, such as
    /// the database, would get the number 1, and what is printed would be written into it. What is written to an output
    /// that was closed fails, for whoever called must not take it for delivered. To be called before anything else.
    public static func fillGaps() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) == -1 {
            // The lowest free number is given out, so this is the one that was missing.
            _ = unsafe open("/dev/null", number == STDOUT_FILENO ? O_RDONLY : O_RDWR)
        }
    }
}
