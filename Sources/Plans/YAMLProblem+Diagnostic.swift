internal import Core

extension YAMLProblem {
    /// libyaml's terse words, said so that the author of a plan knows what to do.
    func diagnostic(in text: SourceText) -> Diagnostic {
        var place = index
        var (sentence, hint) = sentence(in: text)
        if message == "found unexpected end of stream" || message == "found unexpected document indicator" {
            // The mistake is where the quotation begins, not where the text happens to end.
            place = contextIndex
        }
        if text.lineText(at: place).contains("${{"), hint?.contains("quotes") != true {
            hint = "put a text that holds ${{ … }} in quotes"
        }
        if let context, context.contains("flow"), message.contains("expected ','") {
            sentence += "; the bracket was opened in line \(text.line(at: contextIndex))"
        }
        return Diagnostic(sentence, at: text.place(at: place), hint: hint)
    }

    private func sentence(in text: SourceText) -> (sentence: String, hint: String?) {
        let character = index < text.scalars.count ? text.scalars[index] : nil
        switch message {
        case "found character that cannot start any token" where character == "\t":
            return ("a tab stands where only spaces can", "indent with spaces")
        case "found character that cannot start any token":
            return ("a text cannot start with \(character.map { "\"\($0)\"" } ?? "this")", "put the text in quotes")
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            return ("a tab cannot indent", "indent with spaces")
        case "mapping values are not allowed in this context":
            return (
                "a colon and a space cannot stand inside an unquoted text",
                "put the text in quotes, or check the indentation"
            )
        case "did not find expected key" where text.textBefore(index).contains("\t"),
            "did not find expected '-' indicator" where text.textBefore(index).contains("\t"):
            return ("a tab cannot indent", "indent with spaces")
        case "did not find expected key":
            return (
                "this line does not fit what stands above it",
                "entries of one mapping begin in the same column; close quotes and brackets"
            )
        case "did not find expected '-' indicator":
            return ("a list item should start here with \"- \"", "items of one list begin in the same column")
        case "could not find expected ':'":
            return ("a key without a colon", "write key: value")
        case "did not find expected ',' or ']'":
            return ("a comma or \"]\" should stand here", nil)
        case "did not find expected ',' or '}'":
            return ("a comma or \"}\" should stand here", nil)
        case "found unexpected end of stream", "found unexpected document indicator":
            return ("the quoted text that starts here does not end", "add the closing quote")
        case "found unknown escape character":
            return (
                "no escape in double quotes is written like this", "write \\\\ for a backslash, or use single quotes"
            )
        case "found invalid Unicode character escape code":
            return ("this escape is not a character", "write the character itself instead of two \\u escapes")
        case "did not find expected hexdecimal number":
            return ("hexadecimal digits should stand here", nil)
        case "block sequence entries are not allowed in this context":
            return ("a list cannot start here", "begin it in the next line")
        case "did not find expected <document start>":
            return ("nothing can follow the end of the document", "check the indentation")
        case "did not find expected comment or line break":
            return ("the text of a block (| or >) begins in the next line", nil)
        case "did not find expected node content":
            return ("a value should stand here", nil)
        default: return ("not valid YAML: \(message)", nil)
        }
    }
}
