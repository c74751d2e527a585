internal import CCurl
internal import Core

/// Looks at every address before libcurl connects to it, and at every connection before the request is sent: one that stands
/// may have been made for a request that was allowed more. It belongs to the loop's thread.
@safe
final class AddressGuard {
    private let handle: UnsafeMutableRawPointer
    private let transfer: Transfer
    private let policy: AddressPolicy

    /// A guard of a handle, which must outlive it.
    init(of handle: UnsafeMutableRawPointer, _ transfer: Transfer, allowing exceptions: [NetworkPattern]) {
        unsafe self.handle = unsafe handle
        self.transfer = transfer
        policy = .publicOnly(allowing: exceptions)
    }

    /// Whether an address may be connected to; if not, the transfer knows why.
    func allows(_ address: NetworkAddress?) -> Bool {
        transfer.refusal = refusal(of: address)
        return transfer.refusal == nil
    }

    private func refusal(of address: NetworkAddress?) -> SignalboxError? {
        guard let address, let target else {
            return SignalboxError(
                .addressRefused, "\(transfer.target.place) leads to something that is no address of the internet.",
                cause: TransferFailure.refused)
        }
        return policy.problem(with: address, of: target.host, port: target.port)
    }

    /// What is asked now: after a redirect it is another than the request's.
    private var target: WebAddress? {
        guard let text = unsafe signalbox_curl_text(handle, CURLINFO_EFFECTIVE_URL) else { return nil }
        do {
            return try WebAddress(parsing: unsafe String(cString: text))
        } catch {
            // Nobody can have allowed what cannot be read.
            return nil
        }
    }
}

/// Opens the socket for a connection, or refuses to: then nothing is sent, not even to see whether somebody is there.
func socketWanted(
    context: UnsafeMutableRawPointer?, purpose: curlsocktype, address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context = unsafe context, let address = unsafe address else { return CURL_SOCKET_BAD }
    let addressGuard = unsafe Unmanaged<AddressGuard>.fromOpaque(context).takeUnretainedValue()
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = Int(unsafe signalbox_curl_address(address, &bytes))
    guard addressGuard.allows(NetworkAddress(bytes: Array(bytes[..<count]))) else { return CURL_SOCKET_BAD }
    return unsafe signalbox_curl_open_socket(address)
}

/// Looks once more at where a connection leads, before each request.
func requestReady(
    context: UnsafeMutableRawPointer?, remote: UnsafeMutablePointer<CChar>?, local: UnsafeMutablePointer<CChar>?,
    remotePort: Int32, localPort: Int32
) -> Int32 {
    guard let context = unsafe context, let remote = unsafe remote else { return CURL_PREREQFUNC_ABORT }
    let addressGuard = unsafe Unmanaged<AddressGuard>.fromOpaque(context).takeUnretainedValue()
    let address = NetworkAddress(unsafe String(cString: remote))
    return addressGuard.allows(address) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
