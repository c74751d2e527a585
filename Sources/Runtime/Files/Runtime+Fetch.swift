public import Core
internal import HTTPClient
internal import Store
internal import Synchronization

extension Runtime {
    /// Fetches a file from an address and keeps it, whole or not at all. It goes to public addresses, and to those that the
    /// settings allow, through every redirect.
    /// - Parameters:
    ///   - name: what it is called; nil for what its server or its address calls it.
    ///   - bytesMaximum: how large it may be.
    /// - Throws: `SignalboxError`: `invalid_input` for what is no address, `address_refused`, `upstream_error` for who cannot
    ///   be reached or has no such file, `limit_exceeded` for what is too large, `storage_error`.
    public func fetch(
        _ url: String, named name: String? = nil, bytesMaximum: Int = Limits.uploadBytesMaximum
    ) async throws -> FetchedFile {
        let name = try name.map { try FileName.checked($0) }
        let deadline = ContinuousClock.now + .milliseconds(Limits.fetchMilliseconds)
        do {
            let (response, address) = try await answer(to: try Self.address(url), until: deadline)
            let name = name ?? FetchedFile.name(response.headers, at: address)
            let (hash, size) = try await keep(response, of: address, bytesMaximum: bytesMaximum)
            return FetchedFile(
                name: name, size: size, hash: hash,
                mediaType: MediaType.of(response.headers["Content-Type"], named: name))
        } catch var error as SignalboxError where error.code == .addressRefused {
            error.hint = "If it is meant, name the host or the address in the setting private_hosts."
            throw error
        }
    }

    private static func address(_ url: String) throws -> WebAddress {
        do {
            return try WebAddress(parsing: url.trimmed)
        } catch var error as SignalboxError where error.code == .invalidInput {
            error.place = .pointer("/url")
            // Nothing but the address goes along here.
            if error.hint == WebAddress.credentialsHint {
                error.hint = "Leave them out. A plan can fetch the file with a step \"http\" and a secret."
            }
            throw error
        }
    }

    /// The answer that has the file, and where it came from in the end: its name is taken from there.
    private func answer(
        to first: WebAddress, until deadline: ContinuousClock.Instant
    ) async throws -> (ClientResponse, WebAddress) {
        var address = first
        for _ in 0...Limits.fetchRedirectsMaximum {
            var request = ClientRequest("GET", address.text)
            request.addressPolicy = .publicOnly(allowing: configuration.privateHosts)
            // None at all would be no bound.
            request.timeouts.total = max(deadline - .now, .milliseconds(1))
            let response = try await client.send(request)
            if [301, 302, 303, 307, 308].contains(response.status), let location = response.headers["Location"] {
                address = try address.redirected(to: location)
                continue
            }
            guard (200..<300).contains(response.status) else {
                throw SignalboxError(.upstream, "\(address.host) answered with status \(response.status).")
            }
            return (response, address)
        }
        throw SignalboxError(
            .upstream, "\(first.host) redirects more than \(Limits.fetchRedirectsMaximum) times.",
            cause: TransferFailure.redirected)
    }

    private func keep(
        _ response: ClientResponse, of address: WebAddress, bytesMaximum: Int
    ) async throws -> (ContentHash, Int64) {
        let tooLarge = SignalboxError(
            .limit, "The file at \(address.host) is larger than \(bytesMaximum) bytes.")
        if let length = response.headers["Content-Length"].flatMap({ Int($0) }), length > bytesMaximum {
            throw tooLarge
        }
        let blobs = self.blobs
        let file = try await onOwnThread("fetch") { try IncomingBlob(blobs) }
        var waiting: [UInt8] = []
        var count = 0
        for try await piece in response.body {
            count += piece.count
            guard count <= bytesMaximum else { throw tooLarge }
            waiting += piece
            guard waiting.count >= Self.pieceBytes else { continue }
            let bytes = waiting
            waiting = []
            try await onOwnThread("fetch") { try file.append(bytes) }
        }
        let rest = waiting
        let hash = try await onOwnThread("fetch") {
            try file.append(rest)
            return try file.commit()
        }
        return (hash, Int64(count))
    }

    /// What is written at once: each time a thread is asked for it.
    private static let pieceBytes = 1 << 20
}

/// A blob whose pieces are written by one thread after the other.
private final class IncomingBlob: Sendable {
    private let writer: Mutex<BlobWriter>

    init(_ blobs: BlobStore) throws {
        writer = Mutex(try blobs.writer())
    }

    func append(_ bytes: [UInt8]) throws { try writer.withLock { try $0.append(bytes[...]) } }
    func commit() throws -> ContentHash { try writer.withLock { try $0.commit() } }
}
