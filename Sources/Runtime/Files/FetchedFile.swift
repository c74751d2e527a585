public import Core
internal import HTTPClient

/// A file that was fetched and is kept.
public struct FetchedFile: Sendable {
    public var name: String
    /// In bytes.
    public var size: Int64
    public var hash: ContentHash
    public var mediaType: String

    /// What a file is called: as its server says, else by its address.
    static func name(_ headers: ClientHeaders, at address: WebAddress) -> String {
        let said = HeaderParameters(headers["Content-Disposition"] ?? "").fileName
        // Old servers send paths of Windows.
        let candidates = [said?.replacing("\\", with: "/"), address.lastPathPart].compactMap(\.self)
        for candidate in candidates {
            do {
                return try FileName.checked(candidate)
            } catch {
                // What cannot be the name of a file is no name: the next one is taken.
            }
        }
        let host = address.host.filter { $0 != "[" && $0 != "]" }.replacing(":", with: "-")
        return MediaType.of(headers["Content-Type"], named: "") == "text/html" ? "\(host).html" : host
    }
}
