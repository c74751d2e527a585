internal import CCurl
internal import Core
internal import Glibc

/// libcurl's handle of one transfer. It belongs to the loop's thread.
@safe
final class EasyHandle {
    let raw: UnsafeMutableRawPointer
    private var fields: UnsafeMutablePointer<curl_slist>?
    /// What the body is read from.
    private var file: UnsafeMutablePointer<FILE>?
    private let transfer: Transfer
    private var addressGuard: AddressGuard?

    /// Prepares the request. The callbacks get a bare pointer to the transfer, which therefore is kept here.
    init(_ transfer: Transfer, userAgent: String) throws {
        guard let raw = unsafe curl_easy_init() else {
            throw SignalboxError(.unavailable, "There is no memory left for a request.")
        }
        unsafe self.raw = unsafe raw
        unsafe fields = nil
        unsafe file = nil
        self.transfer = transfer
        addressGuard = nil
        try setAddress(transfer)
        try setRequest(transfer.request, userAgent: userAgent)
        try setTimeouts(transfer.request.timeouts)
        try setGuard(transfer)
        try unsafe check(
            signalbox_curl_set_callbacks(
                raw, headerArrived, bodyArrived, Unmanaged.passUnretained(transfer).toOpaque()))
        guard transfer.request.onSent != nil || transfer.request.bodyFile != nil else { return }
        try unsafe check(
            signalbox_curl_set_progress(raw, progressMade, Unmanaged.passUnretained(transfer).toOpaque()))
    }

    deinit {
        unsafe curl_easy_cleanup(raw)
        unsafe curl_slist_free_all(fields)
        if let file = unsafe file { unsafe fclose(file) }
    }

    private func setAddress(_ transfer: Transfer) throws {
        try set(CURLOPT_URL, transfer.request.url)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        try set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        // A proxy of the environment cannot reach this machine's own services.
        if transfer.target.isLoopback { try set(CURLOPT_PROXY, "") }
        let redirects = transfer.request.redirectsMaximum
        try set(CURLOPT_FOLLOWLOCATION, redirects > 0 ? 1 : 0)
        try set(CURLOPT_MAXREDIRS, redirects)
    }

    /// Puts a guard before every connection, unless the request may go anywhere.
    private func setGuard(_ transfer: Transfer) throws {
        guard case .publicOnly(let exceptions) = transfer.request.addressPolicy else { return }
        // Behind a proxy nobody here sees where a request goes.
        try set(CURLOPT_PROXY, "")
        let addressGuard = unsafe AddressGuard(of: raw, transfer, allowing: exceptions)
        self.addressGuard = addressGuard
        try unsafe check(
            signalbox_curl_set_guard(
                raw, socketWanted, requestReady, Unmanaged.passUnretained(addressGuard).toOpaque()))
    }

    private func setRequest(_ request: ClientRequest, userAgent: String) throws {
        switch (request.method, request.body) {
        case ("GET", nil): break
        case ("HEAD", nil): try set(CURLOPT_NOBODY, 1)
        case ("POST", _): try set(CURLOPT_POST, 1)
        default: try set(CURLOPT_CUSTOMREQUEST, request.method)
        }
        if let bodyFile = request.bodyFile {
            try setBody(bodyFile)
        } else if request.body != nil || request.method == "POST" {
            let body = request.body ?? []
            try unsafe body.withUnsafeBytes {
                // An empty array has no address, and libcurl takes that for "read from a callback".
                let start = unsafe $0.baseAddress ?? UnsafeRawPointer(raw)
                try unsafe check(signalbox_curl_set_body(raw, start, $0.count))
            }
        }
        // An empty value makes libcurl leave out what it would add: a wait before the body, and a wrong type.
        append("Expect:")
        if request.headers["Content-Type"] == nil { append("Content-Type:") }
        if request.headers["User-Agent"] == nil { append("User-Agent: \(userAgent)") }
        for (name, value) in request.headers { append(value.isEmpty ? "\(name);" : "\(name): \(value)") }
        try unsafe check(signalbox_curl_set_list(raw, CURLOPT_HTTPHEADER, fields))
    }

    private func setBody(_ body: OpenFile) throws {
        let descriptor = fcntl(body.descriptor, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0, let file = unsafe fdopen(descriptor, "r") else {
            throw FileSystem.failure("A file cannot be sent")
        }
        unsafe self.file = unsafe file
        try unsafe check(signalbox_curl_set_file(raw, file, body.size))
    }

    private func setTimeouts(_ timeouts: ClientRequest.Timeouts) throws {
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(timeouts.connect))
        if let total = timeouts.total { try set(CURLOPT_TIMEOUT_MS, Self.milliseconds(total)) }
    }

    /// At least 1, for libcurl takes 0 for its default.
    private static func milliseconds(_ duration: Duration) -> Int { max(1, Int(duration / .milliseconds(1))) }

    private func append(_ line: String) {
        if let longer = unsafe curl_slist_append(fields, line) { unsafe fields = unsafe longer }
    }

    private func set(_ option: CURLoption, _ value: String) throws {
        try unsafe check(signalbox_curl_set_text(raw, option, value))
    }

    private func set(_ option: CURLoption, _ value: Int) throws {
        try unsafe check(signalbox_curl_set_number(raw, option, value))
    }

    private func check(_ code: CURLcode) throws {
        guard code == CURLE_OK else {
            throw SignalboxError(
                .internal, "libcurl refuses a setting: \(unsafe String(cString: curl_easy_strerror(code))).")
        }
    }
}

private func headerArrived(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let isTaken = unsafe transfer.receiveHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
    // Any other number ends the transfer with CURLE_WRITE_ERROR.
    return isTaken ? size * count : 0
}

private func bodyArrived(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let isTaken = unsafe transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isTaken ? size * count : Int(CURL_WRITEFUNC_PAUSE)
}

private func progressMade(
    context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, sent: curl_off_t
) -> Int32 {
    guard let context = unsafe context else { return 0 }
    let transfer = unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    transfer.noteSent(Int64(sent))
    transfer.request.onSent?(Int64(sent))
    return 0
}
