internal import CCurl
internal import Core

/// Says what went wrong in sentences for people.
enum TransferError: Sendable {
    /// The error for libcurl's code at the end of a transfer.
    static func describe(_ code: CURLcode, _ handle: UnsafeMutableRawPointer, _ transfer: Transfer) -> SignalboxError {
        let place = transfer.target.place
        switch code {
        case CURLE_COULDNT_CONNECT, CURLE_ABORTED_BY_CALLBACK:
            if let refusal = transfer.refusal { return refusal }
        default: break
        }
        if unsafe isHeaderTooLong(code, handle, transfer) {
            return failure(
                .tooLarge,
                "The header of what \(place) answers is larger than \(Limits.responseHeaderBytesMaximum) bytes.",
                hint: "Check the address: is this the service that is meant?")
        }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            return failure(
                .notResolved, "The name of \(place) cannot be resolved.", hint: "Check the address and the network.")
        case CURLE_COULDNT_RESOLVE_PROXY:
            return failure(
                .notResolved, "The name of the proxy cannot be resolved.",
                hint: "Check the environment variables http_proxy and https_proxy.")
        case CURLE_COULDNT_CONNECT:
            let number = Int32(unsafe signalbox_curl_number(handle, CURLINFO_OS_ERRNO))
            let reason = number == 0 ? "" : ": \(systemErrorText(number))"
            return failure(
                .notConnected, "Could not connect to \(place)\(reason).",
                hint: "Check the address, and whether the service is running.")
        case CURLE_OPERATION_TIMEDOUT:
            return unsafe timedOut(handle, transfer)
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            return failure(
                .untrusted, "The certificate of \(place) cannot be trusted.",
                hint: "Check the address, and the certificate authorities of this machine.")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_SSL_CERTPROBLEM:
            return failure(
                .notConnected, "No secure connection to \(place) came about.", hint: "Does the service speak HTTPS?")
        case CURLE_TOO_MANY_REDIRECTS:
            return failure(
                .redirected, "\(place) redirects more than \(transfer.request.redirectsMaximum) times.", hint: nil)
        case CURLE_UNSUPPORTED_PROTOCOL where unsafe signalbox_curl_number(handle, CURLINFO_REDIRECT_COUNT) == 0:
            return failure(.broken, "What \(place) answers is not HTTP.", hint: "Check the address and its port.")
        case CURLE_UNSUPPORTED_PROTOCOL:
            return failure(
                .redirected, "\(place) redirects to an address that is not http or https.", hint: nil)
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            return failure(
                .broken, "\(place) cut the connection before the response was complete.", hint: "Try again.")
        default:
            let reason = unsafe String(cString: curl_easy_strerror(code))
            return failure(.broken, "The exchange with \(place) failed: \(reason).", hint: nil)
        }
    }

    /// libcurl takes no line of a header that is longer than 100 KiB (`CURL_MAX_HTTP_HEADER`): before 8.6 it says then that
    /// memory is short, later `CURLE_TOO_LARGE`, which its older headers do not have.
    private static func isHeaderTooLong(
        _ code: CURLcode, _ handle: UnsafeMutableRawPointer, _ transfer: Transfer
    ) -> Bool {
        if transfer.isHeaderTooLong { return true }
        let tooLarge: UInt32 = 100
        guard code == CURLE_OUT_OF_MEMORY || code.rawValue == tooLarge, !transfer.hasHead else { return false }
        // Before that nothing has come that could be too long.
        return unsafe signalbox_curl_time(handle, CURLINFO_PRETRANSFER_TIME_T) > 0
    }

    /// The error when a time-out of ours has passed.
    static func tooSlow(_ transfer: Transfer) -> SignalboxError {
        let timeouts = transfer.request.timeouts
        let place = transfer.target.place
        return transfer.hasHead
            ? failure(.timedOut, "\(place) sent nothing for \(text(timeouts.idle)).", hint: "Try again.")
            : failure(.timedOut, "\(place) did not answer within \(text(timeouts.firstByte)).", hint: "Try again.")
    }

    private static func timedOut(_ handle: UnsafeMutableRawPointer, _ transfer: Transfer) -> SignalboxError {
        let place = transfer.target.place
        let isConnected = unsafe signalbox_curl_time(handle, CURLINFO_PRETRANSFER_TIME_T) > 0
        guard isConnected else {
            return failure(
                .notConnected, "No connection to \(place) within \(text(transfer.request.timeouts.connect)).",
                hint: "Check the address, and whether the service is running.")
        }
        return failure(
            .timedOut, "The exchange with \(place) took longer than \(text(transfer.request.timeouts.total)).",
            hint: nil)
    }

    private static func failure(_ cause: TransferFailure, _ message: String, hint: String?) -> SignalboxError {
        SignalboxError(.upstream, message, hint: hint, cause: cause)
    }

    private static func text(_ duration: Duration?) -> String {
        guard let duration else { return "its time" }
        let milliseconds = Int64(duration / .milliseconds(1))
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
