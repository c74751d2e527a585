import Glibc
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1)))
struct InterruptsTests {
    @Test func `signals are kept for who asks next, in order`() async throws {
        let interrupts = Interrupts()
        interrupts.receive(SIGINT)
        interrupts.receive(SIGTERM)
        #expect(try await interrupts.next() == SIGINT)
        #expect(try await interrupts.next() == SIGTERM)
    }

    @Test func `a cancelled wait takes no signal`() async throws {
        let interrupts = Interrupts()
        let waiting = Task { try await interrupts.next() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        interrupts.receive(SIGINT)
        #expect(try await interrupts.next() == SIGINT)
    }

    @Test func `who waits is woken`() async throws {
        let interrupts = Interrupts()
        async let number = interrupts.next()
        interrupts.receive(SIGTERM)
        #expect(try await number == SIGTERM)
    }

    @Test func `work that ends needs no signal`() async throws {
        let interrupts = Interrupts()
        try await interrupts.endingAtOnce {}
        interrupts.receive(SIGINT)
        #expect(try await interrupts.next() == SIGINT)
    }
}
