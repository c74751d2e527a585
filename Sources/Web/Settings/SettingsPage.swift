internal import Core

/// All settings of the table, each changed where it stands.
enum SettingsPage: Sendable {
    static func document(_ settings: [SettingView], file: String, approvals: Int, now: Timestamp) -> HTML {
        SettingsFrame.document(
            .values, approvals: approvals, now: now,
            """
            <p class="dim">What is changed here is written into <code>\(NamedText.render(file))</code>, and everything else in \
            that file stays as it is. The server reads it when it starts: a change takes effect at the next start. Flags \
            go before variables, variables before the file, the file before defaults.</p>
            <section class="panel" aria-label="Settings">\(settings.map(row))</section>
            """)
    }

    /// The answer to a form that changed a setting: only that one, so that what was typed in others stays.
    static func changed(_ setting: SettingView) -> HTML {
        let target = "#setting-\(ElementID.field(setting.name))"
        return "<template hx type=\"partial\" hx-target=\"\(target)\" hx-swap=\"outerHTML\">\(row(setting))</template>"
    }

    /// One setting; also the answer to a form of it that was refused.
    static func row(_ setting: SettingView) -> HTML {
        let id = "setting-\(ElementID.field(setting.name))"
        return """
            <div class="setting" id="\(id)"><div><h3><code>\(setting.name)</code></h3>\
            <p class="means">\(setting.meaning)</p>\
            <p class="small">\(setting.rule) · default <b>\(NamedText.render(setting.defaultText))</b></p></div>
            <div>\(setting.refusal == nil ? form(setting, id) : fixed(setting))
            \(setting.problem.map { "<p class=\"problem\" id=\"\(id)-problem\" role=\"alert\">\(NamedText.render($0))</p>" as HTML })
            <div class="origin small">\(origin(setting))\(reset(setting, id), if: setting.isInFile && setting.refusal == nil)</div></div></div>

            """
    }

    private static func fixed(_ setting: SettingView) -> HTML {
        """
        <p><b>\(NamedText.render(setting.value))</b></p><p class="small">\(setting.refusal)</p>
        """
    }

    private static func origin(_ setting: SettingView) -> HTML {
        let who: HTML =
            switch setting.origin {
            case .standard: "the default"
            case .file: "from the settings file"
            case .other(let name): "from <code>\(name)</code>"
            }
        return """
            <span>In force: <b>\(NamedText.render(setting.value))</b>, \(who)</span>\
            \(setting.next.map { "<span class=\"next\">After the next start: \(NamedText.render($0))</span>" as HTML })
            """
    }

    private static func form(_ setting: SettingView, _ id: String) -> HTML {
        let path = "/settings/values/\(Escape.part(setting.name))"
        return """
            <form class="edit" method="post" action="\(path)" hx-post="\(path)" hx-target="#\(id)" hx-swap="none" \
            hx-status:422="swap:outerMorph" hx-status:412="swap:outerMorph" hx-disable="find button">\
            <input type="hidden" name="seen" value="\(setting.version.rawValue)">\(control(setting, id))\
            <button>Save</button></form>
            """
    }

    private static func control(_ setting: SettingView, _ id: String) -> HTML {
        let common: HTML = """
             name="value" aria-label="\(setting.name)"\
            \(attribute: "aria-invalid", setting.problem == nil ? nil : "true")\
            \(attribute: "aria-describedby", setting.problem == nil ? nil : "\(id)-problem")
            """
        switch setting.control {
        case .text:
            return
                "<input type=\"text\"\(common) value=\"\(setting.fieldText)\" autocomplete=\"off\" spellcheck=\"false\">"
        case .number:
            return
                "<input type=\"text\" inputmode=\"numeric\"\(common) value=\"\(setting.fieldText)\" autocomplete=\"off\">"
        case .choice(let words):
            let options = words.map {
                "<option\(attribute: "selected", if: $0 == setting.fieldText)>\($0)</option>" as HTML
            }
            return "<select\(common)>\(options)</select>"
        case .model(let models):
            let options = models.map { "<option value=\"\($0)\"></option>" as HTML }
            return """
                <input type="text"\(common) value="\(setting.fieldText)" autocomplete="off" spellcheck="false" list="\(id)-models" \
                placeholder="provider/model"><datalist id="\(id)-models">\(options)</datalist>
                """
        }
    }

    private static func reset(_ setting: SettingView, _ id: String) -> HTML {
        let path = "/settings/values/\(Escape.part(setting.name))/reset"
        return """
            <form class="reset" method="post" action="\(path)" hx-post="\(path)" hx-target="#\(id)" hx-swap="none" \
            hx-status:412="swap:outerMorph"><input type="hidden" name="seen" value="\(setting.version.rawValue)">\
            <button aria-label="Reset \(setting.name) to its default">Reset to the default</button></form>
            """
    }
}
