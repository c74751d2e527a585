/// What `Accept-Encoding` says (RFC 9110 §12.5.3): names with weights, where 0 means "not acceptable".
struct AcceptedCodings {
    private var weights: [String: Double] = [:]

    init(_ headers: Headers) {
        for entry in headers.all("Accept-Encoding").joined(separator: ",").split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let name = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            weights[name] = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        }
    }

    /// Whether gzip is wanted, by its name or as "anything".
    var takesGzip: Bool { (weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0) > 0 }
}
