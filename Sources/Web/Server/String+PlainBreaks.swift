extension String {
    /// With line breaks of one kind: browsers send them as CR LF, and some programs write them as CR.
    var plainBreaks: String { replacing("\r\n", with: "\n").replacing("\r", with: "\n") }
}
