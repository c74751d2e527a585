internal import FakeModel

extension FuzzTarget {
    /// Files that the fake model server answers from.
    static let fakeScript = FuzzTarget("fake-script") { bytes in
        _ = try unlessRefused { try FakeScript(parsing: Input.text(bytes), path: "answers.yaml") }
    }
}
