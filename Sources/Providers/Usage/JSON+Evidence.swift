internal import Core

extension JSON {
    /// A report that may be kept in the journal; nil when it is too large or too deep for that.
    var asEvidence: JSON? {
        hasBoundedDepth && bytes.count <= Limits.inlinePayloadBytesMaximum ? self : nil
    }
}
