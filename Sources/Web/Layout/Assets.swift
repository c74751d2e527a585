internal import CAssets
internal import Core

/// A file of the page, embedded in the binary.
public struct Asset: Sendable {
    /// `/assets/app.1a2b3c4d.css`: the hash of the content is part of the address, so it may be cached for ever.
    public let path: String
    public let mediaType: String
    public let bytes: [UInt8]
    /// For the header `Cache-Control`.
    public static let cacheControl = "public, max-age=31536000, immutable"

    init(name: String, suffix: String, mediaType: String, bytes: [UInt8]) {
        path = "/assets/\(name).\(ContentHash(of: bytes).short).\(suffix)"
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// The page's own files and those it was given, under the addresses that pages name.
public enum Assets: Sendable {
    /// The file at that address; nil for any other, also for an older version's.
    public static func asset(at path: String) -> Asset? { byPath[path] }

    /// All files.
    public static let all: [Asset] =
        [
            script, styles, favicon, chartScript, chartStyles, editorScript, editorStyles, jsonScript, jsonStyles,
            formScript, formStyles,
        ] + stateFavicons.map(\.asset)

    static let script = script("app", unsafe bytes(of: signalbox_asset_script()))
    static let styles = styleSheet("app", unsafe bytes(of: signalbox_asset_styles()))
    /// What pages with a flowchart, a waterfall or costs need beside the rest.
    static let chartScript = script("charts", unsafe bytes(of: signalbox_asset_chart_script()))
    static let chartStyles = styleSheet("charts", unsafe bytes(of: signalbox_asset_chart_styles()))
    /// Only for the pages with forms that start tasks, and for those beside them.
    static let formScript = script("form", unsafe bytes(of: signalbox_asset_form_script()))
    static let formStyles = styleSheet("form", unsafe bytes(of: signalbox_asset_form_styles()))
    static let favicon = Asset(
        name: "favicon", suffix: "svg", mediaType: "image/svg+xml", bytes: unsafe bytes(of: signalbox_asset_favicon()))

    /// The editor of the studio, which only its pages load.
    static let editorScript = script("editor", unsafe bytes(of: signalbox_asset_editor_script()))
    static let editorStyles = styleSheet("editor", unsafe bytes(of: signalbox_asset_editor_styles()))

    /// The editor of a request as JSON, which a form loads when it has one.
    static let jsonScript = script("json", unsafe bytes(of: signalbox_asset_json_script()))
    static let jsonStyles = styleSheet("json", unsafe bytes(of: signalbox_asset_json_styles()))

    /// What an exported page needs beside `styles`; it carries both inside.
    static let exportStyles = unsafe bytes(of: signalbox_asset_export_styles())

    /// The signal with one lamp lit, for the tab of a task in that state.
    static let stateFavicons: [(tone: DisplayState.Tone, asset: Asset)] = [
        (.gray, lampFavicon(.gray, colour: "#8d9095")), (.blue, lampFavicon(.blue, colour: "#3f83f8")),
        (.amber, lampFavicon(.amber, colour: "#f0a92e")), (.green, lampFavicon(.green, colour: "#2fb573")),
        (.red, lampFavicon(.red, colour: "#ee4b42")),
    ]

    private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })

    private static func lampFavicon(_ tone: DisplayState.Tone, colour: String) -> Asset {
        let markup: HTML = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#1d1f23"/>\
            <circle cx="16" cy="16" r="9" fill="\(colour)"/></svg>

            """
        return Asset(name: "favicon-\(tone.rawValue)", suffix: "svg", mediaType: "image/svg+xml", bytes: markup.bytes)
    }

    private static func script(_ name: String, _ bytes: [UInt8]) -> Asset {
        Asset(name: name, suffix: "js", mediaType: "text/javascript; charset=utf-8", bytes: bytes)
    }

    private static func styleSheet(_ name: String, _ bytes: [UInt8]) -> Asset {
        Asset(name: name, suffix: "css", mediaType: "text/css; charset=utf-8", bytes: bytes)
    }

    private static func bytes(of asset: SignalboxAsset) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count))
    }
}
