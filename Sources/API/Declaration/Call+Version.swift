internal import Core
internal import HTTPServer
internal import Runtime

/// Versions in headers: `ETag` names the one that is sent, `If-Match` and `If-None-Match` those that a client has seen.
extension Call {
    /// An answer of that version; 304 without a body where the client has it already.
    func answer(_ value: JSON, version: ContentHash) throws -> Response {
        var response = Response.json(value)
        if let seen = try self[.ifNoneMatch], seen.contains(version.rawValue) { response = Response(.notModified) }
        return response.of(version: version)
    }

    /// What must be true for a change to be made; nil when the client does not mind.
    func versionCondition() throws -> VersionCondition? {
        if let tags = try self[.ifMatch] {
            switch tags {
            case .any: return .exists
            // Weak tags name no version to the byte (RFC 9110 §13.1.1).
            case .these(let strong, _): return .isOneOf(Set(strong.compactMap(SeenVersion.init(tag:))))
            }
        }
        return nil
    }
}

extension Call {
    /// An answer that tells of a version what may change while the version stays; 304 where the client has it all already.
    func answer(_ value: JSON, tellingOf version: ContentHash, standing: String?) throws -> Response {
        let tag = "\(version.rawValue).\(standing ?? "").\(ContentHash(of: value.bytes).short)"
        var response = Response.json(value)
        if let seen = try self[.ifNoneMatch], seen.contains(tag) { response = Response(.notModified) }
        response.headers["ETag"] = "\"\(tag)\""
        return response
    }
}

extension SeenVersion {
    /// The version that a tag names, and behind a dot how it stood; what stands behind another one tells apart what was said
    /// of it.
    fileprivate init?(tag: String) {
        let parts = tag.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard let content = ContentHash(rawValue: String(parts[0])) else { return nil }
        self.init(content, standing: parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil)
    }
}

extension Response {
    /// The same with the version of what it holds, and how that stands, if it can stand in several ways.
    func of(version: ContentHash, standing: String? = nil) -> Response {
        var response = self
        response.headers["ETag"] = "\"\(version.rawValue)\(standing.map { ".\($0)" } ?? "")\""
        return response
    }
}

extension Parameter<EntityTags?> {
    /// The versions of which the thing must have one.
    static let ifMatch = tags("If-Match", "Only if its version is one of these, or `*`: if there is any; else 412.")
    /// The versions that the client has.
    static let ifNoneMatch = tags("If-None-Match", "The versions that the client has: 304 if it is one of them.")

    private static func tags(_ name: String, _ summary: String) -> Parameter {
        Parameter(name: name, place: .header, summary: summary, isRequired: false, schema: .text) { text in
            text.map(EntityTags.init)
        }
    }
}

extension Answer {
    /// The same, with the version of what is sent.
    var withVersion: Answer {
        var answer = self
        answer.headers.append(("ETag", "Its version, for `If-Match` and `If-None-Match`."))
        return answer
    }

    static let notModified = Answer(
        status: .notModified, summary: "The client has this version.", contents: []
    ).withVersion
}
