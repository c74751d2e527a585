internal import Core
internal import HTTPClient
internal import HTTPServer

extension FuzzTarget {
    /// Addresses of request lines; no part of one climbs.
    static let requestTarget = FuzzTarget("request-target", bytesMaximum: 1 << 10) { bytes in
        guard let request = try unlessRefused({ try Request(.get, targetBytes: bytes, headers: [:]) }) else { return }
        try require(!request.segments.contains { $0 == ".." || $0 == "." || $0.utf8.contains(0) }, "a path that climbs")
        try require(request.query.count <= Limits.formFieldsMaximum, "more parameters than may be")
    }

    /// Forms as a browser sends them.
    static let form = FuzzTarget("form", bytesMaximum: 1 << 10) { bytes in
        let headers: Headers = ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"]
        let form = try unlessRefused { try Request(.post, "/", headers: headers, body: bytes).form() }
        try require(form?.count ?? 0 <= Limits.formFieldsMaximum, "more fields than may be")
    }

    /// Addresses to call, and where a redirect leads from there.
    static let webAddress = FuzzTarget("web-address", bytesMaximum: 512) { bytes in
        let (text, location) = Input.parts(bytes)
        guard let address = try unlessRefused({ try WebAddress(parsing: Input.text(text)) }) else { return }
        try require(["http", "https"].contains(address.scheme), "a scheme that is not spoken")
        try require(!address.host.isEmpty, "an address of nobody")
        _ = NetworkAddress(address.host).map { NetworkAddress("\($0)") }
        let again = try unlessRefused { try WebAddress(parsing: address.text) }
        try require(again?.hasSameOrigin(as: address) == true, "written, it leads to somebody else")
        let next = try unlessRefused { try address.redirected(to: Input.text(location)) }
        try require(next.map { ["http", "https"].contains($0.scheme) } ?? true, "a scheme that is not spoken")
    }
}
