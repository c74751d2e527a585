internal import Core

/// Where a schema stands: in which of the documents, and where in it.
struct SchemaLocation: Hashable, Sendable {
    /// 0 is the schema itself.
    var document: Int
    var pointer: JSONPointer

    static func root(_ document: Int) -> SchemaLocation { SchemaLocation(document: document, pointer: .root) }

    func appending(_ name: String) -> SchemaLocation {
        SchemaLocation(document: document, pointer: pointer.appending(name))
    }

    func appending(_ place: Int) -> SchemaLocation {
        SchemaLocation(document: document, pointer: pointer.appending(place))
    }
}

/// A schema with an address of its own, to which anchors and pointers are relative.
struct SchemaResource: Sendable {
    var address: URIReference
    let root: SchemaLocation
    var anchors: [ExactText: SchemaLocation] = [:]
}

/// Finds every subschema of the documents, with the addresses and anchors that references name.
struct SchemaIndex {
    struct Entry {
        let schema: JSON
        let resource: Int
    }

    private(set) var resources: [SchemaResource] = []
    private(set) var entries: [SchemaLocation: Entry] = [:]
    private(set) var problems: [Diagnostic] = []
    /// The resources by their address.
    private(set) var addresses: [ExactText: Int] = [:]
    /// The places of each dynamic anchor by resource.
    private(set) var dynamicAnchors: [ExactText: [Int: SchemaLocation]] = [:]
    private let documentNames: [String]
    private var isFull = false

    /// - Parameter documents: the schema itself, and those it may refer to by their address.
    init(_ documents: [(address: String, schema: JSON)]) {
        documentNames = documents.map(\.address)
        for (number, document) in documents.enumerated() {
            let root = SchemaLocation(document: number, pointer: .root)
            let resource = addResource(URIReference(document.address), root: root)
            addresses[ExactText(document.address)] = resource
            add(document.schema, at: root, resource: resource)
        }
    }

    /// The resource at an address.
    func resource(at address: String) -> Int? { addresses[ExactText(address)] }

    /// Notes what is wrong with a schema.
    mutating func report(_ message: String, at location: SchemaLocation, hint: @autoclosure () -> String? = nil) {
        guard problems.count < Limits.schemaViolationsMaximum else { return }
        problems.append(Diagnostic(message, at: .pointer(text(of: location)), hint: hint()))
    }

    /// The pointer, behind the address of its document if that is another one.
    func text(of location: SchemaLocation) -> String {
        location.document == 0
            ? location.pointer.text : "\(documentNames[location.document])#\(location.pointer.text)"
    }

    /// Takes in a schema and all that it contains.
    mutating func add(_ schema: JSON, at location: SchemaLocation, resource: Int) {
        guard entries[location] == nil else { return }
        guard entries.count < Limits.schemaNodesMaximum else {
            if !isFull { report("a schema can have \(Limits.schemaNodesMaximum) subschemas", at: location) }
            isFull = true
            return
        }
        guard location.pointer.text.utf8.count <= Limits.schemaPointerBytesMaximum else {
            report(
                "the way to a subschema can have \(Limits.schemaPointerBytesMaximum) bytes",
                at: .root(location.document))
            return
        }
        guard case .object(let members) = schema else {
            if schema.boolValue == nil {
                report("a schema is an object, true or false, not \(schema.typePhrase)", at: location)
            }
            entries[location] = Entry(schema: schema, resource: resource)
            return
        }
        let resource = identified(members, at: location, within: resource)
        entries[location] = Entry(schema: schema, resource: resource)
        addAnchors(of: members, at: location, resource: resource)
        for member in members {
            let place = location.appending(member.name)
            switch SubschemaKeywords.shape[member.name] {
            case .one?:
                if case .array = member.value, member.name == "items" {
                    report("\"items\" is one schema", at: place, hint: "schemas by place stand in \"prefixItems\"")
                } else {
                    add(member.value, at: place, resource: resource)
                }
            case .list?:
                guard case .array(let schemas) = member.value, !schemas.isEmpty else {
                    report("\"\(member.name)\" is a list of schemas, at least one", at: place)
                    continue
                }
                for (number, schema) in schemas.enumerated() {
                    add(schema, at: place.appending(number), resource: resource)
                }
            case .named?:
                guard case .object(let schemas) = member.value else {
                    report("\"\(member.name)\" is an object of schemas, not \(member.value.typePhrase)", at: place)
                    continue
                }
                for schema in schemas { add(schema.value, at: place.appending(schema.name), resource: resource) }
            case nil: continue
            }
        }
    }

    /// The resource that the schema opens with `$id`, or the one that it stands in.
    private mutating func identified(
        _ members: JSONObject, at location: SchemaLocation, within outer: Int
    ) -> Int {
        guard let id = members["$id"] else { return outer }
        guard let text = id.stringValue else {
            report("\"$id\" is a string, not \(id.typePhrase)", at: location.appending("$id"))
            return outer
        }
        var address = URIReference(text).resolved(against: resources[outer].address)
        if let fragment = address.fragment, !fragment.isEmpty {
            report(
                "\"$id\" cannot have a fragment (\(quoted("#" + fragment)))", at: location.appending("$id"),
                hint: "a name within the document is an \"$anchor\"")
        }
        address.fragment = nil
        let isRoot = location == resources[outer].root
        let known = addresses[ExactText(address.textWithoutFragment)]
        guard known == nil || isRoot && known == outer else {
            report(
                "another schema has the address \(quoted(address.textWithoutFragment))", at: location.appending("$id"))
            return outer
        }
        guard isRoot else { return addResource(address, root: location) }
        resources[outer].address = address
        addresses[ExactText(address.textWithoutFragment)] = outer
        return outer
    }

    private mutating func addResource(_ address: URIReference, root: SchemaLocation) -> Int {
        addresses[ExactText(address.textWithoutFragment)] = resources.count
        resources.append(SchemaResource(address: address, root: root))
        return resources.count - 1
    }

    private mutating func addAnchors(of members: JSONObject, at location: SchemaLocation, resource: Int) {
        for keyword in ["$anchor", "$dynamicAnchor"] {
            guard let value = members[keyword] else { continue }
            guard let name = value.stringValue, Self.isAnchor(name) else {
                report(
                    "\"\(keyword)\" is a name, not \(value.shownInSentence)", at: location.appending(keyword),
                    hint: "it starts with a letter or _; letters, digits, -, . and _ follow")
                continue
            }
            guard resources[resource].anchors[ExactText(name)] == nil else {
                report("the anchor \"\(name)\" stands twice", at: location.appending(keyword))
                continue
            }
            resources[resource].anchors[ExactText(name)] = location
            if keyword == "$dynamicAnchor" { dynamicAnchors[ExactText(name), default: [:]][resource] = location }
        }
    }

    private static func isAnchor(_ name: String) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "_") || isLetter(first) else { return false }
        return name.utf8.allSatisfy { byte in
            isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-._".utf8.contains(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}
