/// Which hosts are meant: `api.example.com`, `*.example.com` for all below it (but not itself), or `*` for every one.
/// One with a port behind it (`api.example.com:8443`) means that port alone, one without means all.
public struct HostPattern: Sendable, Hashable {
    /// As it was written, in lower case.
    public let text: String
    private let rule: Rule
    private let port: Int?

    private enum Rule: Sendable, Hashable {
        case every
        case below(String)
        case exactly(String)
    }

    /// Reads a pattern; nil for anything that is no name or address of a host, such as one with a scheme. Names
    /// with other letters than ASCII are written as DNS knows them (`xn--…`).
    public init?(_ given: String) {
        let (host, port) = Self.parts(of: given)
        let text = Self.normalised(host)
        self.text = text + (port.map { ":\($0)" } ?? "")
        self.port = port
        if host == "*" {
            rule = .every
        } else if text.hasPrefix("*.") {
            let name = String(text.dropFirst(2))
            guard Self.isName(name) else { return nil }
            rule = .below(name)
        } else {
            guard Self.isName(text) || NetworkAddress(text) != nil else { return nil }
            rule = .exactly(Self.canonical(text))
        }
    }

    /// Whether a host, as it stands in an address, is meant.
    public func matches(_ host: String, port: Int) -> Bool {
        guard self.port == nil || self.port == port else { return false }
        let host = Self.normalised(host)
        return switch rule {
        case .every: true
        case .below(let name): host.hasSuffix("." + name) && host.utf8.count > name.utf8.count + 1
        case .exactly(let name): Self.canonical(host) == name
        }
    }

    /// Host and port. The colons of an address of version 6 without brackets belong to it.
    private static func parts(of text: String) -> (host: String, port: Int?) {
        guard let colon = text.lastIndex(of: ":"), NetworkAddress(text) == nil else { return (text, nil) }
        let digits = text[text.index(after: colon)...]
        let isNumber = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let port = Int(digits), (1...65_535).contains(port) else { return (text, nil) }
        return (String(text[..<colon]), port)
    }

    /// In lower case, without the dot that ends a name in DNS.
    private static func normalised(_ host: String) -> String {
        let host = host.lowercased()
        return host.hasSuffix(".") ? String(host.dropLast()) : host
    }

    /// An address in its one form, whatever form it was written in.
    private static func canonical(_ host: String) -> String { NetworkAddress(host)?.description ?? host }

    private static func isName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        // What ends in a number is an address, or nothing (https://url.spec.whatwg.org/#ends-in-a-number-checker).
        let isNumeric = labels.last?.utf8.allSatisfy { (0x30...0x39).contains($0) } ?? true
        return text.utf8.count <= 253 && !isNumeric
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(isNameByte)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }
}

extension HostPattern: CustomStringConvertible {
    /// As it was written, in lower case.
    public var description: String { text }
}
