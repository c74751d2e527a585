import Core
import Exports

/// Small exports, as they are written.
enum Samples {
    /// The records of an export of a task with hostile words in it.
    static let events: [JSONObject] = [
        ["type": "task_created", "at": "2026-11-20T15:04:05.000Z", "data": ["inputs": ["a": "</script>\u{2028}<!--"]]],
        ["type": "step_started", "step": "write", "run": 1, "data": ["input": .null]],
        ["type": "step_completed", "step": "write", "run": 1, "data": ["output": "\\u003c \\ \" \n ü"]],
        ["type": "task_completed", "data": ["outputs": [:]]],
    ]

    /// The pieces of an export: the first line, the records, the end.
    static func pieces(page: ContentHash? = nil) -> [[UInt8]] {
        var chain = ExportChain()
        var pieces = [ExportChain.beginning]
        pieces.append(chain.record(.head, ["signalbox": "1.2.3", "task": ["number": 7, "name": "it"]]))
        for event in events { pieces.append(chain.record(.event, event)) }
        pieces.append(chain.record(.file, ["name": "a.txt", "size": 1, "content": "YQ=="]))
        if let page { pieces.append(chain.record(.page, ["sha256": .string(page.rawValue)])) }
        return pieces + [chain.end()]
    }

    static func document() -> [UInt8] { Array(pieces().joined()) }

    static func page() -> [UInt8] {
        let shown = Array("<!doctype html>\n<html><body><p>Task 7</p>\n".utf8)
        let document = pieces(page: ContentHash(of: shown)).map(ExportPage.embedded)
        return shown + ExportPage.documentStart + document.joined() + ExportPage.end
    }

    static func bytes(_ form: ExportReport.Form) -> [UInt8] { form == .json ? document() : page() }

    /// The document by lines, with their line breaks; the records begin at 1.
    static func lines() -> [[UInt8]] {
        document().split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map { $0 + [0x0A] }
    }
}
