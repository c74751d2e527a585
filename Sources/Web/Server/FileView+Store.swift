internal import API
internal import Core
internal import Runtime

extension FileView {
    init(_ file: TaskFileDetail) {
        let name = Attachment.percentEncoded(file.name.split(separator: "/").last.map(String.init) ?? file.name)
        self.init(
            name: file.name, bytes: Int(file.size), path: "/api/files/\(file.hash.rawValue)?name=\(name)",
            mediaType: file.mediaType, hash: file.hash)
    }
}

extension OutputView {
    init(name: String, value: JSON, of task: TaskNumber) {
        let path = "/tasks/\(task.rawValue)/outputs/\(Attachment.percentEncoded(name))"
        let (content, mediaType) = PayloadView.Content.output(value)
        self.init(name: name, payload: PayloadView(content, path: path), mediaType: mediaType, path: path)
    }

    /// What it is called when it is kept.
    var fileName: String {
        switch mediaType {
        case "text/markdown": "\(name).md"
        case "text/plain": "\(name).txt"
        case "text/csv": "\(name).csv"
        default: "\(name).json"
        }
    }
}
