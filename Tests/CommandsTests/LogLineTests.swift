import Core
import Synchronization
import Testing

@testable import Commands

@Suite(.timeLimit(.minutes(1)))
struct LogLineTests {
    /// The only entry that is said, without its time.
    private func text(_ say: (Log) -> Void, colours: Bool = false) throws -> String {
        let entries = Mutex<[Log.Entry]>([])
        say(Log { entry in entries.withLock { $0.append(entry) } })
        let entry = try #require(entries.withLock { $0.first })
        let time = Style(hasColours: colours).faint(Quantity.timeOfDay(entry.at)) + " "
        let line = LogLine.text(entry, style: Style(hasColours: colours))
        #expect(line.hasPrefix(time))
        return String(line.dropFirst(time.count))
    }

    @Test func `a lone value follows its message`() throws {
        #expect(try text { $0.info("Took up unfinished tasks", ["tasks": 1]) } == "Took up unfinished tasks: 1")
        #expect(try text { $0.info("Ready") } == "Ready")
    }

    @Test func `errors say so, in red`() throws {
        let details: JSONObject = ["method": "GET", "error": "a\u{1B}[2Jb"]
        #expect(try text { $0.error("It failed", details) } == "error: It failed: method GET, error a<U+001B>[2Jb")
        #expect(try text({ $0.error("Bad") }, colours: true) == "\u{1B}[31merror: Bad\u{1B}[0m")
    }

    @Test func `warnings say so, in yellow`() throws {
        #expect(try text { $0.warning("Again", ["after": "1 s"]) } == "warning: Again: 1 s")
        #expect(try text({ $0.warning("Again") }, colours: true) == "\u{1B}[33mwarning: Again\u{1B}[0m")
        #expect(try text({ $0.debug("Look") }, colours: true) == "\u{1B}[2mLook\u{1B}[0m")
    }

    @Test(arguments: Log.Level.allCases)
    func `what matters less than the level is not said`(_ minimum: Log.Level) {
        let said = Mutex<[Log.Level]>([])
        let log = Log { entry in said.withLock { $0.append(entry.level) } }.from(minimum)
        log.error("e")
        log.warning("w")
        log.info("i")
        log.debug("d")
        #expect(said.withLock { $0 } == [.error, .warning, .info, .debug].filter { $0 >= minimum })
        #expect(Log.Level.allCases.filter(log.says) == Log.Level.allCases.filter { $0 >= minimum })
    }

    @Test func `programs get one object`() {
        let entry = Log.Entry(
            at: Timestamp(millisecondsSinceEpoch: 0), level: .error, message: "Bad", details: ["task": "7"])
        #expect(
            entry.json.text
                == #"{"at":"1970-01-01T00:00:00.000Z","level":"error","message":"Bad","task":"7"}"#)
    }
}
