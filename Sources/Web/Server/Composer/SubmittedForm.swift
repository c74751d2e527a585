internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// A form as a browser sends it, with files or without. Files are stored while they come, in bounded memory.
struct SubmittedForm: Sendable {
    /// What stands in the fields, by their name.
    private(set) var fields: [String: String] = [:]
    /// The files by what they are for: those that were sent before, then those that came along.
    private(set) var uploads: [String: [UploadView]] = [:]

    /// Why files of URLs that were given are not among them, by the name of the field.
    private(set) var urlProblems: [String: String] = [:]

    init() {}

    subscript(name: String) -> String? { fields[name] }

    /// What was typed there; nil for nothing.
    func text(_ name: String) -> String? {
        guard let text = fields[name]?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    func files(_ target: String = FieldName.files) -> [UploadView] { uploads[target] ?? [] }

    /// Which button was pressed; Enter in a field starts.
    var action: FormAction {
        guard fields[FieldName.drop] == nil else { return .redraw }
        return fields[FieldName.action].flatMap(FormAction.init) ?? .start
    }

    /// Reads the body of a request whose route streams it.
    /// - Throws: `SignalboxError` for what is no form, for files that cannot be kept, and for too much text.
    static func read(_ request: Request, _ runtime: Runtime, _ slots: UploadSlots) async throws -> SubmittedForm {
        guard let stream = request.stream else { preconditionFailure("The body of a form with files is a stream.") }
        guard request.contentType == "multipart/form-data" else {
            var whole = request
            whole.body = try await onOwnThread("form") { try stream.collected() }
            var form = SubmittedForm()
            for (name, value) in try whole.form() { form.add(name, value) }
            return form.withoutDropped
        }
        let (contentType, blobs) = (request.headers["Content-Type"] ?? "", runtime.blobs)
        return try await slots.use {
            try await onOwnThread("form") { try FormReading.read(stream, contentType: contentType, blobs: blobs) }
        }
    }

    /// With the files of the URLs that were given, unless the form is only to be shown in another way.
    func withURLs(_ runtime: Runtime, _ slots: UploadSlots) async throws -> SubmittedForm {
        guard action == .start || action == .attach else { return self }
        var form = self
        for name in fields.keys.filter({ $0.hasPrefix(FieldName.urlPrefix) }).sorted() {
            guard let url = text(name) else { continue }
            do {
                let file = try await slots.use { try await runtime.fetch(url) }
                form.fields[name] = nil
                form.add(
                    UploadView(name: file.name, hash: file.hash, bytes: file.size, mediaType: file.mediaType),
                    for: String(name.dropFirst(FieldName.urlPrefix.count)))
            } catch let error as SignalboxError {
                form.urlProblems[name] = [error.message, error.hint].compactMap(\.self).joined(separator: " ")
            }
        }
        return form
    }

    /// Adds a field; browsers send line breaks as CR LF.
    mutating func add(_ name: String, _ value: String) {
        guard name.hasPrefix("file:") else {
            fields[name] = value.plainBreaks
            return
        }
        do {
            guard let file = UploadView(try JSON(parsing: value)) else { return }
            add(file, for: String(name.dropFirst("file:".count)))
        } catch {
            // Only a form that is none of ours holds anything else; then there is no such file.
        }
    }

    /// Leaves out the fields that do not fit.
    mutating func keep(where isKept: ((key: String, value: String)) -> Bool) {
        fields = fields.filter { isKept(($0.key, $0.value)) }
    }

    mutating func add(_ file: UploadView, for target: String) { uploads[target, default: []].append(file) }

    /// Without the file whose button was pressed.
    var withoutDropped: SubmittedForm {
        guard let dropped = fields[FieldName.drop], let space = dropped.lastIndex(of: " ") else { return self }
        var form = self
        let hash = String(dropped[dropped.index(after: space)...])
        form.uploads[String(dropped[..<space])]?.removeAll { $0.hash.rawValue == hash }
        return form
    }
}

extension BodyStream {
    /// All of a body that holds text.
    fileprivate func collected() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try next() {
            bytes += piece
            try FormReading.check(textBytes: bytes.count)
        }
        return bytes
    }
}
