public import Core

/// A setting: its name, what it means, what it can be, and what it is when nobody says anything.
public struct SettingDefinition: Sendable, Hashable {
    /// As in `signalbox.yaml`; a point stands before a name inside another.
    public var name: String
    /// What it means, without a full stop.
    public var meaning: String
    public var kind: SettingKind
    /// What it is when nobody says anything; `null` for none.
    public var fallback: JSON
    /// The default for people, where it is not a fixed value.
    public var fallbackWords: String?
    /// Whether `signalbox settings set` writes it.
    public var isWritable: Bool

    init(
        _ name: String, _ meaning: String, _ kind: SettingKind, default fallback: JSON, called words: String? = nil,
        isWritable: Bool = true
    ) {
        self.name = name
        self.meaning = meaning
        self.kind = kind
        self.fallback = fallback
        fallbackWords = words
        self.isWritable = isWritable
    }

    /// The variable that says it, too.
    public var variable: String { "SIGNALBOX_" + name.uppercased().replacing(".", with: "_") }

    /// The default for people.
    public var defaultText: String { fallbackWords ?? kind.text(of: fallback) }

    /// What it can be, for people.
    public var rule: String { kind.rule }
}
