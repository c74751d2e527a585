import Testing

@testable import Web

@Suite(.timeLimit(.minutes(2)))
struct HiddenPatternTests {
    /// When this fails, the list has changed: put the line that is expected into `hidden.js`.
    @Test func theEditorsKnowTheSameCharactersAsAllPages() {
        let line = HiddenPattern.script
        for asset in [Assets.editorScript, Assets.jsonScript] {
            #expect(String(decoding: asset.bytes, as: UTF8.self).contains(line), "\(asset.path): \(line)")
        }
    }
}
