internal import CMicrohttpd
internal import Core
internal import Glibc

extension Exchange {
    /// Looks at the header before the body comes: what is wrong already is refused now.
    func headerArrived(_ method: Method) -> MHD_Result {
        let fields = HeaderReader.read(connection)
        let framing: Framing
        do {
            framing = try Framing(fields.headers)
            guard fields.byteCount <= core.configuration.headerBytesMaximum else {
                let maximum = core.configuration.headerBytesMaximum
                throw SignalboxError(.headerTooLarge, "The header may have at most \(maximum) bytes.")
            }
            var request = try Request(method, targetBytes: target, headers: fields.headers)
            request.remoteAddress = HeaderReader.remoteAddress(connection)
            let maximum = core.responder.bodyBytesMaximum(request)
            guard framing.contentLength ?? 0 <= maximum else {
                return refuse(.bodyTooLarge(bytesMaximum: maximum, for: request), framing)
            }
            guard core.responder.streamsBody(of: request) else {
                move(to: .receiving(request, bodyBytesMaximum: maximum))
                return .YES
            }
            let pipe = makePipe()
            request.stream = BodyStream { try pipe.next() }
            if let refusal = core.responder.refusal(of: request) { return refuse(refusal, framing) }
            guard core.active.admit(self) else {
                throw SignalboxError(.unavailable, "The server is stopping.")
            }
            move(to: .streaming(request, pipe, bodyBytesMaximum: maximum))
            begin(request)
            return .YES
        } catch {
            let answer = core.responder.answer(unreadable: target, headers: fields.headers, because: error)
            return refuse(answer, Framing(assumingBody: fields.headers))
        }
    }

    private func refuse(_ response: Response, _ framing: Framing) -> MHD_Result {
        guard framing.hasBody else {
            // "Answering on the first call forces Connection: close."
            move(to: .refusing(response))
            return .YES
        }
        // The client has not sent the body yet and is told not to; or nobody can tell where its body ends.
        if framing.expectsContinue || framing.isEndless { return queue(response) }
        refuseAtOnce(response)
        return .YES
    }

    /// Answers in the middle of a body: past the library, which would only answer after the last byte, or close in a
    /// way that destroys the answer.
    func refuseAtOnce(_ response: Response) {
        Self.sendDirectly(response, to: connection.socket)
        move(to: .discarding(bytes: 0))
    }
}

/// How the body is delimited (RFC 9112 §6). Both lengths at once, or two different ones, are how requests are smuggled.
private struct Framing {
    var contentLength: Int?
    var isChunked: Bool
    var expectsContinue: Bool
    /// Whether the body is sent in a way whose end we cannot find.
    var isEndless: Bool

    var hasBody: Bool { isChunked || contentLength ?? 0 > 0 }

    init(_ headers: Headers) throws {
        self.init(assumingBody: headers)
        if isEndless {
            let coding = headers["Transfer-Encoding"] ?? ""
            throw SignalboxError(.malformedRequest, "The body cannot be sent as \(coding.prefix(40)), only chunked.")
        }
        let lengths = headers.all("Content-Length")
        guard Set(lengths).count <= 1, !(isChunked && !lengths.isEmpty) else {
            throw SignalboxError(.malformedRequest, "The header gives the length of the body in two ways.")
        }
        guard lengths.isEmpty || contentLength ?? -1 >= 0 else {
            throw SignalboxError(.malformedRequest, "Content-Length must be a number.")
        }
    }

    init(assumingBody headers: Headers) {
        contentLength = headers["Content-Length"].flatMap { Int($0) }
        isChunked = headers["Transfer-Encoding"] != nil
        isEndless = headers.all("Transfer-Encoding").contains { $0.lowercased() != "chunked" }
        expectsContinue = headers["Expect"]?.lowercased() == "100-continue"
    }
}

/// Takes the header fields out of the library.
private enum HeaderReader {
    struct Fields {
        var headers = Headers()
        var byteCount = 0
    }

    static func read(_ connection: Connection) -> Fields {
        var fields = Fields()
        unsafe withUnsafeMutablePointer(to: &fields) { pointer in
            _ = unsafe MHD_get_connection_values_n(
                connection.handle, .HEADER_KIND,
                { context, _, name, nameLength, value, valueLength in
                    guard let fields = unsafe context?.assumingMemoryBound(to: Fields.self) else { return .NO }
                    let name = unsafe HeaderReader.text(name, nameLength)
                    unsafe fields.pointee.headers.add(name, HeaderReader.text(value, valueLength))
                    unsafe fields.pointee.byteCount += nameLength + valueLength + 4
                    return .YES
                }, pointer)
        }
        return fields
    }

    static func remoteAddress(_ connection: Connection) -> String? {
        guard let address = unsafe signalbox_mhd_address(connection.handle) else { return nil }
        let length = socklen_t(INET6_ADDRSTRLEN)
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(length)) { text in
            let isIPv6 = unsafe Int32(address.pointee.sa_family) == AF_INET6
            let source = unsafe UnsafeRawPointer(address)
            let offset =
                isIPv6
                ? MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr)
                : MemoryLayout<sockaddr_in>.offset(of: \.sin_addr)
            guard let offset,
                unsafe inet_ntop(isIPv6 ? AF_INET6 : AF_INET, source + offset, text.baseAddress, length) != nil,
                let start = text.baseAddress
            else { return nil }
            return unsafe String(cString: start)
        }
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length), as: UTF8.self)
    }
}
