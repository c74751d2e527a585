internal import Core
internal import Exports
internal import HTTPServer
internal import Runtime
internal import Store

/// `/api/tasks/{id}/export`: everything about a task as one file that can be checked.
struct ExportResource: Sendable {
    let runtime: Runtime
    let page: API.ExportPage?

    var operations: [Operation] { [export] }

    private static let format = Parameter.word(
        "format", of: ExportReport.Form.allCases.map(\.rawValue), "Whether programs or people are to read it.")

    private static let answer = Answer(
        status: .ok, summary: "The export, which `signalbox verify` checks; cut off when it fails on the way.",
        contents: [("application/json", .taskExport), ("text/html", nil)],
        headers: [("Content-Disposition", "An attachment with a name for the file.")])

    private var export: Operation {
        Operation(
            .get, "/api/tasks/{id}/export", "exportTask",
            "Everything about a task as one file: its plan, all events and its files, chained by hashes.",
            parameters: [Parameter.task, Self.format], answers: [Self.answer], problems: [.notFound, .gone]
        ) { call in
            guard let form = ExportReport.Form(rawValue: try call[Self.format]) else {
                preconditionFailure("The parameter takes the words of the forms only.")
            }
            let export = try await runtime.export(of: try await runtime.task(try call[.task]))
            let name = export.fileName(form)
            guard form == .html else {
                return Attachment.response(
                    .stream { writer in try await export.write { try await writer.write($0) } }, name: name)
            }
            guard let page else { throw SignalboxError(.invalidInput, "This server makes no pages.") }
            let shown = try await page(export)
            return Attachment.response(.stream { try await write(export, shown: shown, to: $0) }, name: name)
        }
    }

    private func write(_ export: TaskExport, shown: [UInt8], to writer: StreamWriter) async throws {
        try await writer.write(shown + ExportPage.documentStart)
        try await export.write(page: ContentHash(of: shown)) { try await writer.write(ExportPage.embedded($0)) }
        try await writer.write(ExportPage.end)
    }
}
