internal import Core

/// Where files are given: dropped or picked, many at once. The script sends each at once and shows how far it is; without
/// it they come along with the form.
enum FileField: Sendable {
    /// - Parameters:
    ///   - target: what the files are for, as `FieldName.file` takes it.
    ///   - isSingle: whether one file is asked for.
    ///   - urls: the form with what was typed where a URL is given; nil for no such place.
    static func render(
        _ files: [UploadView], target: String = FieldName.files, label: String = "Files", note: String? = nil,
        isRequired: Bool = true, isSingle: Bool = false, error: String? = nil, urls: FormStateView? = nil
    ) -> HTML {
        let id = "files-\(ElementID.field(target))"
        let isWrong = error != nil || files.contains { $0.problem != nil }
        return """
            <fieldset class="field file-field\(isWrong ? " wrong" : "")" id="\(id)" data-files="\(FieldName.file(target))"\
            \(attribute: "data-single", if: isSingle)>
            <legend>\(NamedText.render(label))\(optional, if: !isRequired)</legend>
            <ul class="uploads" data-uploads>\(files.map { row($0, target: target) })</ul>
            <label class="drop">\(Icons.attach)<span><b>\(isSingle ? "Choose a file" : "Choose files")</b> \
            <span class="dim">or drop \(isSingle ? "it" : "them") here</span></span>\
            <input type="file" name="\(FieldName.upload(target))"\(attribute: "multiple", if: !isSingle)\
            \(attribute: "aria-describedby", error == nil ? nil : "\(id)-problem")></label>
            <button class="without-script" name="\(FieldName.action)" value="\(FormAction.attach.rawValue)">Add what was chosen</button>
            \(urls.map { url($0, target, label: isSingle ? "Or its URL" : "Add a URL") })
            \(note.map { "<p class=\"note\">\(NamedText.render($0))</p>" as HTML })\
            \(error.map { "<p class=\"problem\" id=\"\(id)-problem\" role=\"alert\">\($0)</p>" as HTML })
            </fieldset>
            """
    }

    /// Where the address of a file is given: the server fetches it when the button is pressed, or before the task is made.
    private static func url(_ state: FormStateView, _ target: String, label: String) -> HTML {
        var field = FormFieldView(name: FieldName.url(target), label: label, control: .text)
        field.saysOptional = false
        return """
            <div class="url-field" data-url>\(FormField.render(field, state: state, id: "form"))\
            <button name="\(FieldName.action)" value="\(FormAction.attach.rawValue)">Fetch</button></div>
            """
    }

    private static let optional: HTML = " <span class=\"dim\">optional</span>"

    private static func row(_ file: UploadView, target: String) -> HTML {
        """
        <li class="upload\(file.problem == nil ? "" : " wrong")"><input type="hidden" name="\(FieldName.file(target))" \
        value="\(file.json.text)">\(Icons.file)<span class="name">\(NamedText.render(file.name))</span>\
        <span class="number dim">\(Format.size(bytes: Int(file.bytes)))</span>\
        <button class="quiet" name="\(FieldName.drop)" value="\(target) \(file.hash.rawValue)" data-drop \
        aria-label="Remove \(NamedText.plain(file.name))">\(Icons.close)</button>\
        \(file.problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" as HTML })</li>
        """
    }
}
