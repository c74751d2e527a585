internal import Core
internal import Plans

/// A value that stands on the command line, or in a file that is named there.
enum JSONArgument: Sendable {
    /// The bytes that a value in a file may have.
    private static let bytesMaximum = Limits.requestBodyBytesMaximum

    /// The text itself, or that of the file behind `@`. It may block.
    /// - Throws: `SignalboxError`: `not_found`, or `invalid_input` when the file is no text.
    static func text(_ argument: String) throws -> String {
        guard argument.hasPrefix("@") else { return argument }
        let path = String(argument.dropFirst())
        guard let text = String(validating: try FileSystem.read(path, maximum: bytesMaximum), as: UTF8.self) else {
            throw SignalboxError(.invalidInput, "\(path) is not UTF-8 text.")
        }
        return text
    }

    /// The JSON that stands there.
    /// - Parameter model: a value of the same kind; where a text is wanted, what is no JSON is a text.
    static func value(_ argument: String, of option: String, like model: JSON? = nil) throws -> JSON {
        let text = try text(argument)
        let wantsText = model?.stringValue != nil
        do {
            let value = try JSON(parsing: text)
            return wantsText && value.stringValue == nil ? .string(text) : value
        } catch let error as SignalboxError {
            if wantsText { return .string(text) }
            throw SignalboxError(
                .invalidInput, "\(option) needs JSON: \(error.message)",
                hint: "Put it in single quotes, or write it to a file: \(option) @FILE", cause: error)
        }
    }
}
