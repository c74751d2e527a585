import Testing

@testable import Engine

/// The verdict that an agent gives itself, as models write it.
@Suite(.timeLimit(.minutes(1)))
struct FinalMessageTests {
    @Test(arguments: [
        "STATUS: failed", "STATUS: failed.", "STATUS: `failed`", "STATUS: \"failed\"", "STATUS: **failed**",
        "**STATUS:** failed", "**STATUS**: failed", "**STATUS: failed**", "`STATUS: failed`", "__STATUS:__ _failed_",
        "STATUS: FAILED", "STATUS: Failed!", "STATUS:failed", "STATUS :\u{A0}failed", "STATUS:\tfailed",
        "STATUS： failed",
        "- STATUS: failed", "* STATUS: failed", "## STATUS: failed", "## Status: failed", "**Status:** failed",
        "STATUS: failed  ", "   STATUS: failed", "\u{A0}STATUS: failed", "STATUS: ❌ failed", "STATUS: “failed”",
    ])
    func understands(_ line: String) {
        for end in ["\n", "\r\n", "\r"] {
            let lines = ["It broke.", "", line, "SUMMARY: The disk is full.", "Twice."]
            let message = FinalMessage(lines.joined(separator: end))
            #expect(message.status == .failed, "\(line)")
            #expect(message.text == "It broke.")
            #expect(message.summary == "The disk is full.\nTwice.")
        }
    }

    @Test(
        "What is quoted, unreadable or followed by more than a summary is no verdict, and the whole text counts",
        arguments: [
            "STATUS: done", "STATUS:", "STATUS: failed?!no", "STATUS: not failed", "STATUS: completed, failed",
            "> STATUS: failed", "    STATUS: failed", "\tSTATUS: failed", "  \tSTATUS: failed", "Status: failed",
            "status: failed", "STATUS failed", "THE STATUS: failed", "STATUS: failed\nMore of it.",
            "```\nSTATUS: failed\n```", "~~~\nSTATUS: failed\n~~~", "````\n```\nSTATUS: failed\n```\n````",
            "```\n~~~\nSTATUS: failed\n```", "```\n```swift\nSTATUS: failed\n```", "```\r\nSTATUS: failed\r\n```",
            "~~~ a `b`\nSTATUS: failed\n~~~", "<p>STATUS: failed</p>", "<!-- STATUS: failed -->", "",
        ])
    func leavesOthers(_ text: String) {
        #expect(FinalMessage(text) == FinalMessage(whole: text))
    }

    @Test(
        "A fence that is never closed, and what is none, hides nothing",
        arguments: [
            "```\nSTATUS: silent", "``\nSTATUS: silent", "    ```\nSTATUS: silent", "``` a `b`\nSTATUS: silent",
            "```\na\n```\nSTATUS: silent", "````\n```\n````\nSTATUS: silent", "```\na\n````\nSTATUS: silent",
            "> STATUS: failed\nSTATUS: silent", "STATUS: failed\nSTATUS: silent",
        ])
    func countsOutsideOfFences(_ text: String) {
        #expect(FinalMessage(text).status == .silent)
    }

    @Test func theSummaryStandsForATextThatIsMissing() {
        let message = FinalMessage("STATUS: completed\r\nSUMMARY: Done.")
        #expect((message.text, message.summary) == ("Done.", "Done."))
    }
}

extension FinalMessage {
    fileprivate init(whole text: String) {
        self.init("")
        body = text
    }
}
