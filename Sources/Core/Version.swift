/// What this program calls itself.
public enum Version: Sendable {
    /// By https://semver.org.
    public static let number = "0.1.0"

    /// For the header `User-Agent` of requests to others.
    public static let userAgent = "Signalbox/" + number
}
