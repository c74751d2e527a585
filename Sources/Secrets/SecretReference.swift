/// Where a secret is kept: settings name it and never hold it.
public enum SecretReference: Sendable, Hashable {
    /// In a variable of the environment in which the engine was started.
    case environment(String)
    /// In a file; a line break at its end is not part of it.
    case file(String)
    /// In the encrypted store, or wherever the settings say a secret of that name is.
    case secret(String)

    /// What redacted texts call it.
    var name: String {
        switch self {
        case .environment(let name), .secret(let name): name
        case .file(let path): path.split(separator: "/").last.map(String.init) ?? "file"
        }
    }
}

extension SecretReference: CustomStringConvertible {
    /// For sentences: "the environment variable OPENAI_API_KEY".
    public var description: String {
        switch self {
        case .environment(let name): "the environment variable \(name)"
        case .file(let path): "the file \(path)"
        case .secret(let name): "the secret \(name)"
        }
    }
}
