internal import CPlatform
internal import Glibc

/// Lets threads of our own sleep until something has changed (a POSIX condition variable with its mutex). For threads
/// that may block; never for Swift's pool.
@safe public final class ThreadCondition: @unchecked Sendable {
    // Unchecked: both objects are made for use from many threads at once, and stay at their address.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    public init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(condition, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Makes a change and wakes one sleeper.
    public func signal(after change: () -> Void) {
        locked(change)
        unsafe pthread_cond_signal(condition)
    }

    /// Makes a change and wakes all sleepers.
    public func broadcast(after change: () -> Void) {
        locked(change)
        unsafe pthread_cond_broadcast(condition)
    }

    /// Sleeps until the body gives a value; it is asked at once and after each wake-up.
    public func wait<Value>(for body: () -> Value?) -> Value {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while true {
            if let value = body() { return value }
            unsafe pthread_cond_wait(condition, mutex)
        }
    }

    private func locked(_ change: () -> Void) {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        change()
    }
}
