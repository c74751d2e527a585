import Core

/// The repository these tests stand in.
enum Repository {
    /// Its root, three levels above this file.
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// All Swift files below a folder, by their path relative to the root, sorted.
    static func swiftFiles(below folder: String) throws -> [SourceFile] {
        var files: [SourceFile] = []
        for name in try FileSystem.names(in: "\(root)/\(folder)") {
            let path = "\(folder)/\(name)"
            switch FileSystem.kind("\(root)/\(path)") {
            case .directory: files += try swiftFiles(below: path)
            case .file where name.hasSuffix(".swift"): files.append(SourceFile(path: path, text: try text(of: path)))
            default: break
            }
        }
        return files
    }

    static func text(of path: String) throws -> String {
        String(decoding: try FileSystem.read("\(root)/\(path)"), as: UTF8.self)
    }
}
