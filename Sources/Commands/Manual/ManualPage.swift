internal import Core
internal import Runtime

/// The manual page, made from the tables of verbs and settings.
struct ManualPage: Sendable {
    let verbs: [VerbSyntax]
    let settings: [SettingDefinition]

    /// For troff.
    var text: String {
        let head = [
            ".TH SIGNALBOX 1 \"\" \(Troff.argument("Signalbox \(Version.number)")) \"Signalbox\"",
            // Whole words, and lines that need not fill the width.
            ".nh", ".ad l",
            ".SH NAME", "signalbox \\- run AI\\-agent tasks durably",
            ".SH SYNOPSIS", "\(Troff.code("signalbox")) \(Troff.italic("VERB")) [\(Troff.italic("options"))]", ".br",
            "\(Troff.code("signalbox help")) [\(Troff.italic("VERB"))]",
            ".SH DESCRIPTION",
            Troff.text(
                "Signalbox runs AI-agent work as durable tasks and shows everything about them. A plan says what is to be "
                    + "done; no crash loses or repeats a finished step. `signalbox serve` runs tasks and serves a page and an "
                    + "API; the other verbs speak with that server, or work on the data directory themselves when none runs."
            ),
            ".PP",
            Troff.text(
                "Values follow their option or stand behind `=`; options and operands may be mixed; everything behind `--` is "
                    + "an operand. Results go to stdout, everything else to stderr."),
            ".SH VERBS",
        ]
        return (head + verbs.flatMap(section) + exitStatus + environment + files).joined(separator: "\n") + "\n"
    }

    private func section(_ verb: VerbSyntax) -> [String] {
        var lines = [
            ".SS " + Troff.argument("signalbox \(verb.name)\(verb.operands.text)"), Troff.text("\(verb.summary)."),
        ]
        for option in verb.options {
            lines.append(".TP")
            lines.append(Troff.code(option.name) + (option.value.map { " " + Troff.italic($0) } ?? ""))
            lines.append(Troff.text(option.summary + (option.isRepeatable ? " (may be repeated)." : ".")))
        }
        for note in verb.notes { lines += [".PP", Troff.text(note)] }
        for example in verb.examples {
            lines += [".PP", Troff.text("\(example.purpose):"), ".RS 4", ".PP"]
            lines += [Troff.code(example.call(of: verb)), ".RE"]
        }
        return lines
    }

    private var exitStatus: [String] {
        let codes: [(code: ExitCode, meaning: String)] = [
            (.completed, "Completed."), (.failed, "Failed."), (.badUse, "Bad use or input; nothing was done."),
            (.cancelled, "Cancelled."), (.waits, "A person has to decide something before it can go on."),
            (.unavailable, "The server cannot be reached, or cannot answer now; trying again may help."),
            (.interrupted, "Interrupted by Ctrl-C before the end was known."),
            (.terminated, "Terminated by SIGTERM before the end was known."),
        ]
        return [".SH EXIT STATUS"]
            + codes.flatMap { [".TP", Troff.code("\($0.code.rawValue)"), Troff.text($0.meaning)] }
    }

    private var environment: [String] {
        let others = [
            ("SIGNALBOX_CONFIG", "The settings file."),
            ("SIGNALBOX_SECRETS_KEY", "The key of the stored secrets: 64 hexadecimal digits."),
            ("NO_COLOR", "When it is not empty, nothing is coloured."),
        ]
        let named = settings.map { setting in
            (setting.variable, "\(setting.meaning): \(setting.rule). Default: \(setting.defaultText).")
        }
        return [
            ".SH ENVIRONMENT",
            Troff.text(
                "Every setting has a variable. A flag goes before a variable, a variable before the settings file, the file "
                    + "before the default."),
        ] + (named + others).flatMap { [".TP", Troff.code($0.0), Troff.text($0.1.capitalisedSentence)] }
    }

    private var files: [String] {
        let files = [
            ("~/.local/share/signalbox", "The data directory, unless another one is named."),
            ("signalbox.yaml", "In the data directory: the settings file."),
            ("signalbox.db", "In the data directory: the database."),
            ("secrets, secrets.key", "In the data directory: the encrypted secrets and their key."),
        ]
        return [".SH FILES"] + files.flatMap { [".TP", Troff.italic($0.0), Troff.text($0.1)] }
    }
}

extension String {
    /// With its first letter as a capital.
    fileprivate var capitalisedSentence: String { prefix(1).uppercased() + dropFirst() }
}
