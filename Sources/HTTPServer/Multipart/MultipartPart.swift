internal import Core

/// What the header of a part of a form says of it.
public struct MultipartPart: Sendable, Equatable {
    /// The name of the field; empty when there is none.
    public let name: String
    /// The name of the file as the client gave it, which may be a path; nil when the part is no file.
    public let fileName: String?
    /// The media type without parameters; nil when none was given.
    public let mediaType: String?

    private static let fieldsMaximum = 16

    /// - Throws: `SignalboxError` with code `malformed_request` when it is no header of a form's part.
    init(header: ArraySlice<UInt8>) throws {
        guard let text = String(validating: header, as: UTF8.self) else {
            throw SignalboxError(.malformedRequest, "The header of a part of the form is not valid UTF-8.")
        }
        var fields = Headers()
        // A line end is a Character of its own, which no other is equal to.
        for line in text.split(separator: "\r\n") {
            let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, fields.count < Self.fieldsMaximum,
                !line.unicodeScalars.contains(where: Self.isControl)
            else { throw SignalboxError(.malformedRequest, "The header of a part of the form cannot be read.") }
            fields.add(String(sides[0]), String(sides[1]))
        }
        let disposition = HeaderParameters(fields["Content-Disposition"] ?? "")
        guard disposition.word == "form-data", disposition.count("filename") <= 1, disposition.count("name") <= 1 else {
            throw SignalboxError(
                .malformedRequest, "A part of the form does not say what it is.",
                hint: "Each needs the header Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\".")
        }
        name = disposition.first("name") ?? ""
        // Browsers and curl write a quotation mark in a name so (RFC 7578 §2).
        fileName = disposition.first("filename")?.replacing("%22", with: "\"")
        let type = HeaderParameters(fields["Content-Type"] ?? "").word
        mediaType = type.isEmpty ? nil : type
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && scalar != "\t") || scalar.value == 0x7F
    }
}
