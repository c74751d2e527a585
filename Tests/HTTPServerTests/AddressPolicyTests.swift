import Core
import Glibc
import HTTPClient
import HTTPServer
import Testing

/// Requests that may go to public addresses only, against a server on the loopback, which must never see one of them.
@Suite(.timeLimit(.minutes(1)))
struct AddressPolicyTests {
    private let client = HTTPClient(userAgent: "Signalbox/test")

    /// Answers, and counts those that came to be asked.
    private func withRouter(_ body: (_ port: UInt16, _ seen: AsyncStream<String>) async throws -> Void) async throws {
        let (seen, continuation) = AsyncStream<String>.makeStream()
        var router = Router()
        router.get("/{what}") { request in
            continuation.yield(request.path)
            return .text("secret")
        }
        router.get("/to/{port}/{host}") { request in
            let place = "http://\(request.pathParameter("host")):\(request.pathParameter("port"))/hidden"
            return Response(.seeOther, headers: ["Location": place])
        }
        try await withServer(router) {
            $0.graceTimeout = .milliseconds(100)
        } _: { server in
            try await body(server.port, seen)
        }
        continuation.finish()
    }

    private func get(_ url: String, allowing exceptions: [String]) throws -> ClientRequest {
        var request = ClientRequest("GET", url)
        request.addressPolicy = .publicOnly(allowing: try exceptions.map(NetworkPattern.init(parsing:)))
        request.redirectsMaximum = 3
        return request
    }

    private func refusal(of request: ClientRequest) async -> SignalboxError? {
        await #expect(throws: SignalboxError.self) { try await client.send(request) }
    }

    /// All ways to write this machine; which of them the system's resolver takes is up to it, but none may get through.
    static let ownHosts = [
        "127.0.0.1", "localhost", "ip6-localhost", "[::1]", "127.1", "0x7f.1", "0x7f000001", "2130706433",
        "017700000001",
        "127.0.0.1.", "localhost.", "LOCALHOST", "127.8.9.10", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]", "0.0.0.0", "0", "[::]", "%6c%6f%63%61lhost", "%31%32%37.0.0.1",
    ]

    @Test(arguments: ownHosts)
    func `This machine cannot be reached, however it is written`(host: String) async throws {
        try await withRouter { port, seen in
            let error = await refusal(of: try get("http://\(host):\(port)/hidden", allowing: []))
            // A name that leads nowhere is no refusal.
            if ![.notConnected, .notResolved].contains(error?.cause as? TransferFailure) {
                #expect(error?.code == .addressRefused)
                #expect(error?.message.contains("this request may go to public ones only") == true)
            }
            // The next request that the server sees is the one that may reach it.
            let allowed = try get("http://127.0.0.1:\(port)/allowed", allowing: ["127.0.0.1"])
            #expect(try await client.send(allowed).status == 200)
            var paths = seen.makeAsyncIterator()
            #expect(await paths.next() == "/allowed")
        }
    }

    @Test(
        arguments: ownHosts.filter {
            !HostPattern.localhost.matches($0.replacing("%6c%6f%63%61l", with: "local"), port: 80)
        })
    func `A redirect leads no further than a request`(host: String) async throws {
        try await withRouter { port, seen in
            let first = "http://localhost:\(port)/to/\(port)/\(host.replacing("%", with: "%25"))"
            let error = await refusal(of: try get(first, allowing: ["localhost"]))
            if ![.notConnected, .notResolved].contains(error?.cause as? TransferFailure) {
                #expect(error?.code == .addressRefused)
            }
            let allowed = try get("http://localhost:\(port)/allowed", allowing: ["localhost"])
            #expect(try await client.send(allowed).status == 200)
            var paths = seen.makeAsyncIterator()
            // The redirect itself came from there, and nothing else did.
            #expect(await paths.next() == "/allowed")
        }
    }

    @Test func `A connection that stands is not used by a request that could not have made it`() async throws {
        try await withRouter { port, seen in
            var paths = seen.makeAsyncIterator()
            for name in ["localhost", "127.0.0.1"] {
                // Read to the end, so that the connection is free again.
                let open = try await client.send(ClientRequest("GET", "http://\(name):\(port)/open"))
                #expect(try await open.collect(bytesMaximum: 100) == Array("secret".utf8))
                #expect(await paths.next() == "/open")
                let error = await refusal(of: try get("http://\(name):\(port)/hidden", allowing: []))
                #expect(error?.code == .addressRefused)
            }
            let last = try get("http://localhost:\(port)/last", allowing: ["127.0.0.0/8", "::1"])
            #expect(try await client.send(last).status == 200)
            #expect(await paths.next() == "/last")
        }
    }

    @Test(arguments: [
        ("localhost", "localhost", true), ("localhost", "*", true), ("localhost", "127.0.0.0/8", true),
        ("127.0.0.1", "127.0.0.1", true), ("127.1", "127.0.0.1", true), ("127.0.0.1", "localhost", false),
        ("localhost", "example.com", false), ("127.0.0.1", "10.0.0.0/8", false),
    ])
    func `What is allowed is what is named`(host: String, exception: String, isAllowed: Bool) async throws {
        try await withRouter { port, _ in
            let request = try get("http://\(host):\(port)/x", allowing: [exception])
            if isAllowed {
                #expect(try await client.send(request).status == 200)
            } else {
                #expect(await refusal(of: request)?.code == .addressRefused)
            }
        }
    }

    @Test(arguments: ["169.254.169.254", "224.0.0.1", "[fd00:ec2::254]", "[fe80::1]", "0.0.0.0"])
    func `What belongs to the cloud is not allowed by name`(host: String) async throws {
        let error = await refusal(of: try get("http://\(host)/latest/meta-data", allowing: ["*"]))
        #expect(error?.code == .addressRefused)
        #expect(error?.hint?.contains("itself") == true)
        #expect((error?.cause as? TransferFailure)?.isTransient == false)
    }

    @Test func `The sentence says where it would have gone`() async throws {
        let name = await refusal(of: try get("http://localhost:1/?key=secret", allowing: []))
        #expect(name?.message.hasPrefix("localhost leads to ") == true)
        let number = await refusal(of: try get("http://127.0.0.1:1/", allowing: []))
        #expect(number?.message == "127.0.0.1 is a loopback address, and this request may go to public ones only.")
        let allowed = await refusal(of: try get("http://127.0.0.1:1/", allowing: ["127.0.0.1"]))
        #expect(allowed?.message.contains("Connection refused") == true)
    }

    @Test func `A proxy of the environment is not asked`() async {
        // In a process of its own, for the environment belongs to all that runs in one.
        await #expect(processExitsWith: .success) {
            var router = Router()
            router.get("/{what}") { _ in .text("by proxy") }
            try await withServer(router) { server in
                unsafe setenv("http_proxy", server.address, 1)
                let client = HTTPClient(userAgent: "Signalbox/test")
                var request = ClientRequest("GET", "http://10.255.255.1/hidden")
                let asked = try await client.send(request)
                precondition(asked.status != 0, "Without the policy the proxy answers.")
                request.addressPolicy = .publicOnly()
                do {
                    _ = try await client.send(request)
                    preconditionFailure("The proxy has been asked.")
                } catch let error as SignalboxError {
                    precondition(error.code == .addressRefused, "\(error)")
                }
            }
        }
    }
}

extension HostPattern {
    fileprivate static let localhost: HostPattern = {
        guard let pattern = HostPattern("localhost") else { preconditionFailure("It is a name.") }
        return pattern
    }()
}
