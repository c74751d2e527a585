internal import Core

/// The names of secrets, and where one is set. A value goes one way: no page shows it again.
enum SecretsPage: Sendable {
    /// What was wrong with a form; the value that was typed is not kept.
    struct Refusal: Sendable {
        var name: String
        var message: String
        /// Which of the two is wrong; nil when it is neither.
        var field: Field?

        enum Field: Sendable {
            case name, value
        }
    }

    static func document(
        _ secrets: [SecretView], refusal: Refusal? = nil, approvals: Int, now: Timestamp
    ) -> HTML {
        SettingsFrame.document(
            .secrets, approvals: approvals, now: now,
            """
            <p class="dim">Plans and settings speak of a secret by its name: <code>${{ secrets.NAME }}</code>, or \
            <code>{ secret: NAME }</code>. Values are kept encrypted, are put in at the moment they are used, and are never \
            shown again.</p>
            \(form(refusal, id: "secret-new"))
            \(table(secrets, now: now))<div id="asks"></div>
            """)
    }

    /// The form; also the answer to one that was refused.
    static func form(_ refusal: Refusal?, id: String) -> HTML {
        let (isOfName, isOfValue) = (refusal?.field == .name, refusal?.field == .value)
        let described: HTML = " aria-invalid=\"true\" aria-describedby=\"\(id)-problem\" autofocus"
        return """
            <section class="panel" aria-labelledby="\(id)-heading" id="\(id)"><h2 id="\(id)-heading">Set a secret</h2>\
            <form class="secret-form" method="post" action="/settings/secrets" hx-post="/settings/secrets" hx-target="#\(id)" \
            hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button" autocomplete="off">\
            <label class="field"><span>Name</span><input type="text" name="name" value="\(refusal?.name)" autocomplete="off" \
            spellcheck="false" placeholder="OPENAI_API_KEY" required\(described, if: isOfName)\(attribute: "autofocus", if: refusal != nil && refusal?.field == nil)></label>\
            <label class="field"><span>Value</span><input type="password" name="value" autocomplete="new-password" required\(described, if: isOfValue)></label>\
            <button class="main">Set</button>\
            \(refusal.map { "<p class=\"problem\" role=\"alert\" id=\"\(id)-problem\">\(NamedText.render($0.message)) Type the value again.</p>" as HTML })</form></section>
            """
    }

    private static func table(_ secrets: [SecretView], now: Timestamp) -> HTML {
        guard !secrets.isEmpty else {
            return """
                <section class="panel empty"><h2>No secrets yet</h2>
                <p>Keys of providers and MCP servers, and what plans send to others, belong here.</p></section>
                """
        }
        return """
            <section class="panel library" aria-label="Secrets"><table><thead><tr><th>Name</th><th>Where</th><th>Set</th>\
            <th>Used by the settings for</th><th><span class="hidden">Actions</span></th></tr></thead>
            <tbody>\(secrets.map { row($0, now: now) })</tbody></table></section>
            """
    }

    private static func row(_ secret: SecretView, now: Timestamp) -> HTML {
        let path = "/settings/secrets/\(Escape.part(secret.name))/remove"
        let remove: HTML = """
            <a class="button quiet stop" href="\(path)" hx-get="\(path)" hx-target="#asks" hx-swap="innerHTML" \
            aria-label="Remove \(secret.name)">Remove</a>
            """
        let uses: HTML =
            secret.uses.isEmpty
            ? "\(Parts.absent("The settings do not use it; plans may"))"
            : "\(secret.uses.joined(separator: ", "))"
        return """
            <tr><td><code>\(secret.name)</code></td><td>\(NamedText.render(secret.place))</td>
            <td>\(secret.setAt.map { Parts.age($0, now: now) } ?? Parts.absent("It is kept elsewhere"))</td><td>\(uses)</td>
            <td class="right">\(secret.isStored ? remove : "<span class=\"dim\">changed in signalbox.yaml</span>")</td></tr>

            """
    }

    /// The question before a secret is removed.
    static func dialog(_ secret: SecretView) -> HTML {
        """
        <dialog id="remove-dialog" aria-labelledby="remove-heading"><h2 id="remove-heading">Remove this secret?</h2>\
        \(question(secret, keep: "<button form=\"remove-keep\" autofocus>Keep it</button>"))\
        <form method="dialog" id="remove-keep"></form></dialog>
        """
    }

    /// The same as a page, for browsers without scripts.
    static func question(_ secret: SecretView, approvals: Int, now: Timestamp) -> HTML {
        SettingsFrame.document(
            .secrets, approvals: approvals, now: now,
            """
            <section class="panel empty"><h2>Remove this secret?</h2>
            \(question(secret, keep: "<a class=\"button\" href=\"/settings/secrets\">Keep it</a>"))</section>
            """)
    }

    private static func question(_ secret: SecretView, keep: HTML) -> HTML {
        let path = "/settings/secrets/\(Escape.part(secret.name))/remove"
        let uses: HTML = "<p>The settings use it for \(secret.uses.joined(separator: ", ")).</p>"
        return """
            <p class="which"><code>\(secret.name)</code></p>\(uses, if: !secret.uses.isEmpty)\
            <p>Its value is gone for good. Steps that need it fail until it is set again.</p>\(Parts.problem)\
            <form method="post" action="\(path)" hx-post="\(path)" hx-swap="none"><div class="dialog-actions">\(keep)\
            <button class="danger">Remove</button></div></form>
            """
    }
}
