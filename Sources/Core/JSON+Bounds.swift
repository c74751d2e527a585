extension JSON {
    /// Refuses a value that is too large, or nested too deeply, to be kept and read again. Counts no further than the
    /// bounds: a value of a few shared parts may be longer than any memory when it is written out.
    /// - Parameters:
    ///   - what: how the sentence of the error begins: "The output".
    ///   - bytesMaximum: of its JSON text, escapes not counted.
    /// - Throws: `SignalboxError` with code `limit_exceeded`.
    public func requireBounds(of what: String, bytesMaximum: Int = Limits.outputBytesMaximum) throws {
        var left = bytesMaximum
        guard fits(bytes: &left, levels: Limits.valueDepthMaximum) else {
            guard left < 0 else {
                throw SignalboxError(.limit, "\(what) is nested deeper than \(Limits.valueDepthMaximum) levels.")
            }
            throw SignalboxError(.limit, "\(what) has more than \(bytesMaximum >> 20) MiB.")
        }
    }

    /// Whether it is nested no deeper than a value in the journal may be.
    public var hasBoundedDepth: Bool {
        var left = Int.max
        return fits(bytes: &left, levels: Limits.valueDepthMaximum)
    }

    /// Whether it can stand some levels deep inside an event.
    public var isShallow: Bool {
        var left = Int.max
        return fits(bytes: &left, levels: Limits.argumentDepthMaximum)
    }

    /// - Parameter left: what is left of the bound on bytes; below zero when that is what was passed.
    private func fits(bytes left: inout Int, levels: Int) -> Bool {
        left -= 1
        switch self {
        case .null, .bool, .int, .double: break
        case .string(let text): left -= text.utf8.count + 1
        case .array(let elements):
            guard levels > 0 else { return false }
            for element in elements where !element.fits(bytes: &left, levels: levels - 1) { return false }
        case .object(let members):
            guard levels > 0 else { return false }
            for member in members {
                left -= member.name.utf8.count + 3
                guard member.value.fits(bytes: &left, levels: levels - 1) else { return false }
            }
        }
        return left >= 0
    }
}
