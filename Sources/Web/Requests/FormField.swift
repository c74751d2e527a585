internal import Core

/// One field of a form with its label, its explanation, and what is wrong with what was typed.
enum FormField: Sendable {
    /// More values than these are a list that opens.
    private static let radioMaximum = 5

    static func render(_ field: FormFieldView, state: FormStateView, id form: String) -> HTML {
        let id = "\(form)-\(ElementID.field(field.name))"
        let isSent = state.typed != nil
        let value = isSent ? state.typed?[field.name] ?? "" : field.initial
        let error = state.errors[field.name]
        let control = Control(
            field: field, id: id, value: value, hasError: error != nil,
            isFirstError: error != nil && state.focus == field.name)
        if case .choice(let choices) = field.control, choices.count <= radioMaximum, field.isRequired {
            return """
                <fieldset class="field\(error == nil ? "" : " wrong")" id="\(id)"\(control.description)>\
                <legend>\(label(field))</legend>\(control.radios(choices))\(notes(field, error, id: id))</fieldset>
                """
        }
        if case .checkbox = field.control {
            return """
                <div class="field check\(error == nil ? "" : " wrong")">\
                <label for="\(id)">\(control.checkbox(isOn: isSent ? state.typed?[field.name] != nil : value == "true"))\
                <span>\(label(field))</span></label>\(notes(field, error, id: id))</div>
                """
        }
        return """
            <div class="field\(error == nil ? "" : " wrong")"><label for="\(id)">\(label(field))</label>\
            \(control.single)\(notes(field, error, id: id))</div>
            """
    }

    /// What is wrong with what is typed, by field, for the script that puts it there while one types.
    static func problems(_ state: FormStateView) -> HTML {
        HTML(
            state.errors.sorted { $0.key < $1.key }.map { name, error in
                "<p class=\"problem\" data-field=\"\(name)\">\(error)</p>\n"
            })
    }

    private static func label(_ field: FormFieldView) -> HTML {
        "\(NamedText.render(field.label))\(optional, if: field.saysOptional && !field.isRequired && field.control != .checkbox)"
    }

    private static let optional: HTML = " <span class=\"dim\">optional</span>"

    private static func notes(_ field: FormFieldView, _ error: String?, id: String) -> HTML {
        let words = [field.summary, field.rule].compactMap(\.self).joined(separator: " · ")
        return """
            \("<p class=\"note\" id=\"\(id)-note\">\(NamedText.render(words))</p>", if: !words.isEmpty)\
            \("<p class=\"problem\" id=\"\(id)-problem\" role=\"alert\">\(NamedText.render(error ?? ""))</p>", if: error != nil)
            """
    }

    /// What a person types into or clicks.
    private struct Control {
        let field: FormFieldView
        let id: String
        let value: String
        let hasError: Bool
        let isFirstError: Bool

        /// The attributes that every control has. Whether something is missing is said by the server, in words.
        private var common: HTML {
            """
             id="\(id)" name="\(field.name)"\(attribute: "aria-required", field.isRequired ? "true" : nil)\
            \(description)\(attribute: "autofocus", if: isFirstError)
            """
        }

        var description: HTML {
            let hasNote = field.summary != nil || field.rule != nil
            let ids = [hasNote ? "\(id)-note" : nil, hasError ? "\(id)-problem" : nil].compactMap(\.self)
            return """
                \(attribute: "aria-invalid", hasError ? "true" : nil)\
                \(attribute: "aria-describedby", ids.isEmpty ? nil : ids.joined(separator: " "))
                """
        }

        var single: HTML {
            switch field.control {
            case .text, .checkbox: "<input type=\"text\"\(common) value=\"\(value)\">"
            // Not of type number: a browser throws away what it cannot read, and nobody learns what was wrong.
            case .number: "<input type=\"text\" inputmode=\"decimal\" class=\"short\"\(common) value=\"\(value)\">"
            case .wholeNumber: "<input type=\"text\" inputmode=\"numeric\" class=\"short\"\(common) value=\"\(value)\">"
            case .date: "<input type=\"date\" class=\"short\"\(common) value=\"\(value)\">"
            // A parser drops one line break right after the tag; this one is for it.
            case .longText: "<textarea\(common) rows=\"\(rows(from: 2))\">\n\(value)</textarea>"
            case .json:
                "<textarea class=\"code\" spellcheck=\"false\"\(common) rows=\"\(rows(from: 3))\">\n\(value)</textarea>"
            case .choice(let choices): select(choices)
            case .suggested(let words, let placeholder): suggested(words, placeholder)
            }
        }

        private func suggested(_ words: [String], _ placeholder: String) -> HTML {
            let options = words.map { "<option value=\"\($0)\"></option>" as HTML }
            return """
                <input type="text"\(common) value="\(value)" list="\(id)-list" placeholder="\(NamedText.plain(placeholder))" \
                autocomplete="off"><datalist id="\(id)-list">\(options)</datalist>
                """
        }

        private func rows(from minimum: Int) -> Int {
            min(16, max(minimum, value.utf8.count { $0 == 0x0A } + 1))
        }

        private func select(_ choices: [FormFieldView.Choice]) -> HTML {
            let options = choices.map { choice -> HTML in
                let isChosen = choice.text == value
                return
                    "<option value=\"\(choice.text)\"\(attribute: "selected", if: isChosen)>\(NamedText.plain(choice.label))</option>"
            }
            return "<select\(common)><option value=\"\">–</option>\(options)</select>"
        }

        func radios(_ choices: [FormFieldView.Choice]) -> HTML {
            let radios = choices.enumerated().map { place, choice -> HTML in
                """
                <label><input type="radio" id="\(id)-\(place)" name="\(field.name)" value="\(choice.text)"\
                \(attribute: "checked", if: choice.text == value)\
                \(attribute: "autofocus", if: isFirstError && place == 0)><span>\(NamedText.render(choice.label))</span></label>
                """
            }
            return "<div class=\"choices\">\(radios)</div>"
        }

        func checkbox(isOn: Bool) -> HTML {
            "<input type=\"checkbox\"\(common) value=\"true\"\(attribute: "checked", if: isOn)>"
        }
    }
}
