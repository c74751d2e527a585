internal import API
internal import Core
internal import Runtime

extension FileView {
    init(_ file: TaskFileDetail) {
        let name = Attachment.percentEncoded(file.name.split(separator: "/").last.map(String.init) ?? file.name)
        self.init(name: file.name, bytes: Int(file.size), path: "/api/files/\(file.hash.rawValue)?name=\(name)")
    }
}

extension OutputView {
    init(name: String, value: JSON, of task: TaskNumber) {
        let path = "/tasks/\(task.rawValue)/outputs/\(Attachment.percentEncoded(name))"
        switch value {
        case .string(let text) where Markdown.isLikely(text):
            self.init(
                name: name, payload: PayloadView(.markdown(text), path: path), mediaType: "text/markdown", path: path)
        case .string(let text):
            self.init(name: name, payload: PayloadView(.text(text), path: path), mediaType: "text/plain", path: path)
        default:
            self.init(
                name: name, payload: PayloadView(.json(value), path: path), mediaType: "application/json", path: path)
        }
    }

    /// What it is called when it is kept.
    var fileName: String {
        switch mediaType {
        case "text/markdown": "\(name).md"
        case "text/plain": "\(name).txt"
        default: "\(name).json"
        }
    }
}
