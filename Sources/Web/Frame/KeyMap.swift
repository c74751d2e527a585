/// A key and what it does.
struct KeyBinding: Sendable, Hashable {
    /// Each way to press it, as the script knows it: `j`, `ArrowDown`, `g t` for one after the other.
    var keys: [String]
    /// What the script calls it; nil where a script of its own, or the browser, does it and the map only tells.
    var command: String?
    /// What it does, for people.
    var words: String
    /// Where it leads, if that is all it does.
    var path: String?

    init(_ keys: String..., does words: String, command: String? = nil, path: String? = nil) {
        self.keys = keys
        self.command = command
        self.words = words
        self.path = path
    }
}

/// Keys that belong together.
struct KeyGroup: Sendable, Hashable {
    var name: String
    var bindings: [KeyBinding]
}

extension KeyGroup {
    /// What works on each page.
    static let everywhere = KeyGroup(
        name: "Everywhere",
        bindings: [
            KeyBinding("Mod+k", does: "Go to a task, a page, an action", command: "palette"),
            KeyBinding("?", does: "These keys", command: "keys"),
            KeyBinding("n", does: "New task", path: "/tasks/new"),
        ]
            + Layout.Section.navigable.map { section in
                KeyBinding("g \(section.key)", does: section.word, path: section.path)
            } + [KeyBinding("Escape", does: "Close what is open")])

    /// What works in the list of tasks.
    static let list = KeyGroup(
        name: "In the list",
        bindings: [
            KeyBinding("/", does: "Search", command: "search"),
            KeyBinding("j", "ArrowDown", does: "Next task", command: "next"),
            KeyBinding("k", "ArrowUp", does: "Task before", command: "previous"),
            KeyBinding("Enter", does: "Open it"),
            KeyBinding("x", does: "Mark it", command: "mark"),
            KeyBinding("b", does: "What can be done to the marked", command: "marked"),
        ])

    /// What works where people decide. Nothing is decided by one key: it goes to the button, and the second one presses it.
    static let requests = KeyGroup(
        name: "Requests",
        bindings: [
            KeyBinding("j", "ArrowDown", does: "Next request", command: "next"),
            KeyBinding("k", "ArrowUp", does: "Request before", command: "previous"),
            KeyBinding("Enter", does: "Open it"),
            KeyBinding("x", does: "Mark it", command: "mark"),
            KeyBinding("b", does: "What can be done to the marked", command: "marked"),
            KeyBinding("a", does: "Approve or answer; again, or Enter, to do it", command: "approve"),
            KeyBinding("r", does: "Reject; again, or Enter, to do it", command: "reject"),
            KeyBinding("e", does: "Change the proposal", command: "edit"),
            KeyBinding("f", does: "Write feedback", command: "feedback"),
        ])
}

/// The dialog that lists the keys of the page. The script takes the keys from here, so that what is told is what works.
enum KeyMap: Sendable {
    static func dialog(_ groups: [KeyGroup]) -> HTML {
        """
        <dialog id="keys" class="keys" aria-labelledby="keys-heading">
        <div class="dialog-head"><h2 id="keys-heading">Keys</h2><form method="dialog">\
        <button class="icon quiet" aria-label="Close">\(Icons.close)</button></form></div>
        <div class="key-groups">\((groups + [.everywhere]).map(section))</div>
        <label class="switch"><input type="checkbox" id="single-keys" checked autocomplete="off"> \
        Keys without Ctrl work in this browser</label>
        </dialog>
        """
    }

    private static func section(_ group: KeyGroup) -> HTML {
        "<section><h3>\(group.name)</h3><dl>\(group.bindings.map(row))</dl></section>"
    }

    private static func row(_ binding: KeyBinding) -> HTML {
        """
        <div data-keys="\(binding.keys.joined(separator: ","))"\(attribute: "data-command", binding.command)\
        \(attribute: "data-path", binding.path)>\
        <dt>\(binding.keys.enumerated().map { place, keys in "\(or, if: place > 0)\(caps(keys))" })</dt>\
        <dd>\(binding.words)</dd></div>
        """
    }

    private static let or: HTML = " <span class=\"dim\">or</span> "

    /// Keys as they are printed on a keyboard.
    private static func caps(_ keys: String) -> HTML {
        HTML(
            keys.split(separator: " ").map { press in
                let together = press.split(separator: "+").map(String.init)
                // Beside another key a letter is told as it is printed; alone, as it is typed.
                return HTML(
                    together.map { key -> HTML in
                        let isPrinted = together.count > 1 && key.count == 1
                        return "<kbd>\(isPrinted ? key.uppercased() : cap(key))</kbd>"
                    })
            })
    }

    private static func cap(_ key: String) -> String {
        switch key {
        case "Mod": "Ctrl"
        case "ArrowDown": "↓"
        case "ArrowUp": "↑"
        case "ArrowLeft": "←"
        case "ArrowRight": "→"
        case "Escape": "Esc"
        default: key
        }
    }
}
