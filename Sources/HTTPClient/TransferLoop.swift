internal import CCurl
internal import Core
internal import Synchronization

/// Drives all transfers on one thread. Others talk to it through a queue of commands; only this thread touches libcurl's
/// handles.
///
/// Unchecked: `transfers` and `nextCheck` are touched by the loop's thread only; `multi` by others only for
/// `curl_multi_wakeup`, which libcurl allows from any thread, and under the lock that ends its life.
@safe
final class TransferLoop: @unchecked Sendable {
    enum Command: Sendable {
        case add(Transfer)
        case unpause(Transfer)
        case cancel(Transfer)
    }

    private struct Queue: Sendable {
        var commands: [Command] = []
        var isClosing = false
        var isClosed = false
    }

    private struct Running {
        let transfer: Transfer
        let handle: EasyHandle
    }

    private let multi: UnsafeMutableRawPointer
    private let userAgent: String
    private let queue = Mutex(Queue())
    private var transfers: [ObjectIdentifier: Running] = [:]
    private var byHandle: [UnsafeMutableRawPointer: Transfer] = unsafe [:]
    private var nextCheck: ContinuousClock.Instant?

    private static let sleepMaximum = Duration.seconds(60)
    /// At one time; further ones wait for their turn.
    private static let connectionsMaximum = 512
    private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init(userAgent: String) throws {
        guard Self.isLibraryReady, let multi = unsafe curl_multi_init() else {
            throw SignalboxError(.internal, "libcurl cannot be started.")
        }
        unsafe self.multi = unsafe multi
        self.userAgent = userAgent
        _ = unsafe signalbox_curl_multi_set_number(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, Self.connectionsMaximum)
    }

    /// Gives the loop something to do, from any thread.
    func submit(_ command: Command) {
        queue.withLock { queue in
            guard !queue.isClosed else {
                if case .add(let transfer) = command { transfer.finish(Self.closed) }
                return
            }
            queue.commands.append(command)
            if queue.commands.count == 1 { _ = unsafe curl_multi_wakeup(multi) }
        }
    }

    /// Ends the thread; running transfers fail.
    func close() {
        queue.withLock { queue in
            guard !queue.isClosed else { return }
            queue.isClosing = true
            _ = unsafe curl_multi_wakeup(multi)
        }
    }

    /// The thread's body.
    func run() {
        while true {
            let (commands, isClosing) = queue.withLock { queue in
                defer { queue.commands = [] }
                return (queue.commands, queue.isClosing)
            }
            for command in commands { perform(command) }
            if isClosing { return end() }
            var running: Int32 = 0
            _ = unsafe curl_multi_perform(multi, &running)
            collectFinished()
            expire()
            _ = unsafe curl_multi_poll(multi, nil, 0, sleepMilliseconds, nil)
        }
    }

    private func perform(_ command: Command) {
        switch command {
        case .add(let transfer):
            do {
                let running = Running(transfer: transfer, handle: try EasyHandle(transfer, userAgent: userAgent))
                let raw = unsafe running.handle.raw
                unsafe byHandle[raw] = transfer
                transfers[ObjectIdentifier(transfer)] = running
                _ = unsafe curl_multi_add_handle(multi, raw)
                // The new transfer's deadline may come before all others.
                nextCheck = .now
            } catch {
                transfer.finish(error)
            }
        case .unpause(let transfer):
            guard let running = transfers[ObjectIdentifier(transfer)] else { return }
            _ = unsafe curl_easy_pause(running.handle.raw, CURLPAUSE_CONT)
            nextCheck = .now
        case .cancel(let transfer):
            remove(transfer)
            transfer.finish(CancellationError())
        }
    }

    private func remove(_ transfer: Transfer) {
        guard let running = transfers.removeValue(forKey: ObjectIdentifier(transfer)) else { return }
        unsafe byHandle[running.handle.raw] = nil
        _ = unsafe curl_multi_remove_handle(multi, running.handle.raw)
    }

    private func collectFinished() {
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let raw = unsafe message.pointee.easy_handle,
                let transfer = unsafe byHandle[raw]
            else { continue }
            let code = unsafe message.pointee.data.result
            let error = unsafe code == CURLE_OK ? nil : TransferError.describe(code, raw, transfer)
            remove(transfer)
            transfer.finish(error)
        }
    }

    private func expire() {
        guard let check = nextCheck, check <= .now else { return }
        let now = ContinuousClock.now
        var earliest: ContinuousClock.Instant?
        for transfer in transfers.values.map({ $0.transfer }) {
            guard let deadline = transfer.deadline else { continue }
            if deadline <= now {
                remove(transfer)
                transfer.finish(TransferError.tooSlow(transfer))
            } else {
                // The header may come at any moment, and from then on another time-out counts.
                let next = transfer.request.timeouts.idle.map { min(deadline, now + $0) } ?? deadline
                earliest = min(earliest ?? next, next)
            }
        }
        nextCheck = earliest
    }

    private var sleepMilliseconds: Int32 {
        let duration = nextCheck.map { ContinuousClock.now.duration(to: $0) } ?? Self.sleepMaximum
        return Int32((max(.zero, min(duration, Self.sleepMaximum)) / .milliseconds(1)).rounded(.up))
    }

    private func end() {
        for transfer in transfers.values.map({ $0.transfer }) {
            remove(transfer)
            transfer.finish(Self.closed)
        }
        let late = queue.withLock { queue in
            queue.isClosed = true
            _ = unsafe curl_multi_cleanup(multi)
            return queue.commands
        }
        for case .add(let transfer) in late { transfer.finish(Self.closed) }
    }

    private static let closed = SignalboxError(.unavailable, "The HTTP client is closed.")
}
