import Core
import Glibc
import Processes
import Providers
import Store
import TestSupport
import Testing

@testable import Engine
@testable import Executors

@Suite(.timeLimit(.minutes(1)))
struct FileToolsTests {
    @Test func aNameThatIsNotWhatItLooksLikeIsNotWritten() async throws {
        let box = try await ToolBench()
        let one = try await box.call(box.tools.writeFile, ["path": "out/x", "content": "a"])
        #expect(one.text == "Wrote 1 byte to out/x.")
        let error = await #expect(throws: SignalboxError.self) {
            try await box.call(box.tools.writeFile, ["path": "out/gpj.\u{202E}exe", "content": "a"])
        }
        #expect(error?.message.contains("out/gpj.<U+202E>exe") == true)
    }

    @Test func whatIsWrittenCanBeReadAndIsListed() async throws {
        let box = try await ToolBench()
        let written = try await box.call(
            box.tools.writeFile, ["path": "./out//letter.md", "content": "Dear Ms Ödegård\n"])
        #expect(written.text == "Wrote 18 bytes to out/letter.md.")
        #expect(written.files.map(\.name) == ["out/letter.md"])
        #expect(written.files.first?.mediaType == "text/markdown")
        #expect(!written.isFromNetwork)
        #expect(try box.bench.blobs.read(try #require(written.files.first).hash).count == 18)
        let read = try await box.call(box.tools.readFile, ["path": "out/letter.md"])
        #expect(read.text == "Dear Ms Ödegård\n")
        #expect(read.isFromNetwork)
        try await box.call(box.tools.writeFile, ["path": "out/letter.md", "content": ""])
        #expect(try await box.call(box.tools.readFile, ["path": "out/letter.md"]).text == "[The file is empty.]")
        try await box.call(box.tools.writeFile, ["path": ".hidden", "content": "x"])
        let list = try await box.call(box.tools.listFiles, [:])
        #expect(list.text == ".hidden\t1 bytes\nout/letter.md\t0 bytes")
    }

    @Test("A file that is being written stands outside of what the task sees")
    func halfAFile() async throws {
        let box = try await ToolBench()
        let directories = TaskDirectories(root: box.bench.directory.path + "/tasks", blobs: box.bench.blobs)
        #expect(!directories.scratch.hasPrefix(box.bench.taskDirectory))
        // Where it cannot stand, nothing is written: it really stands there.
        try await box.call(box.tools.writeFile, ["path": "a.txt", "content": "x"])
        let scratch = box.bench.directory.path + "/tasks/.writing"
        #expect(try FileSystem.names(in: scratch).isEmpty)
        FileSystem.remove(scratch)
        try FileSystem.writeAtomically([], to: scratch)
        await #expect(throws: SignalboxError.self) {
            try await box.call(box.tools.writeFile, ["path": "b.txt", "content": "x"])
        }
        #expect(try FileSystem.names(in: box.bench.taskDirectory).filter { $0.hasSuffix("txt") } == ["a.txt"])
    }

    @Test func theTasksFilesLieUnderIn() async throws {
        let box = try await ToolBench()
        let files = [try box.file("a.csv", "1,2\n3,4\n".utf8), try box.file("b.txt", "b".utf8)]
        #expect(try await box.call(box.tools.readFile, ["path": "in/a.csv"], files: files).text == "1,2\n3,4\n")
        let list = try await box.call(box.tools.listFiles, ["path": "in", "pattern": "*.csv"], files: files)
        #expect(list.value == ["files": [["path": "in/a.csv", "size": 8]], "complete": true])
    }

    static let outside = [
        "/etc/passwd", "../secret", "a/../../secret", "..", "in/../..", "a/..", "\u{0}", "a\nb", "a/\u{7F}", "/",
        "/proc/self/environ", "..\u{2F}secret", "./../secret",
    ]

    @Test("No path leads out", arguments: outside)
    func paths(path: String) async throws {
        let box = try await ToolBench()
        let calls: [(any Tool, JSONObject)] = [
            (box.tools.readFile, ["path": .string(path)]),
            (box.tools.writeFile, ["path": .string(path), "content": "x"]),
            (box.tools.listFiles, ["path": .string(path)]),
        ]
        for (tool, arguments) in calls {
            let error = await #expect(throws: SignalboxError.self) { try await box.call(tool, arguments) }
            #expect(error?.code == .invalidInput)
        }
    }

    @Test("Nor does anything that lies there")
    func links() async throws {
        let box = try await ToolBench()
        try box.bench.directory.write("secret", "secret")
        try await box.arrange(
            """
            ln -s \(box.bench.directory.path)/secret link; ln -s / root; ln -s \(box.bench.directory.path) up
            mkfifo pipe; mkdir real; ln -s real inner; ln -s missing dangling; ln -s link twice
            """)
        for path in ["link", "pipe", "twice", "dangling", "root/etc/passwd", "up/secret", "inner/x", "root"] {
            let read = await #expect(throws: SignalboxError.self) {
                try await box.call(box.tools.readFile, ["path": .string(path)])
            }
            #expect(read?.message.contains("is a link or a special file") == true)
            await #expect(throws: SignalboxError.self) {
                try await box.call(box.tools.writeFile, ["path": .string(path), "content": "changed"])
            }
        }
        #expect(try await box.call(box.tools.listFiles, [:]).text == "[No files.]")
        await #expect(throws: SignalboxError.self) { try await box.call(box.tools.listFiles, ["path": "root"]) }
        await #expect(throws: SignalboxError.self) { try await box.call(box.tools.listFiles, ["path": "inner"]) }
        #expect(try FileSystem.read(box.bench.directory.path + "/secret") == Array("secret".utf8))
    }

    @Test(
        "What is not the task's own cannot be written",
        arguments: ["in/a", "in", "plan/x", "./in/a", "plan", ".signalbox-restored", "real", "file/x"])
    func reserved(path: String) async throws {
        let box = try await ToolBench()
        try await box.arrange("mkdir real; echo x > file")
        await #expect(throws: SignalboxError.self) {
            try await box.call(box.tools.writeFile, ["path": .string(path), "content": "x"])
        }
    }

    @Test func nothingIsLeftOfAWriteThatFails() async throws {
        let box = try await ToolBench()
        let long = String(repeating: "x", count: 250)
        await #expect(throws: SignalboxError.self) {
            try await box.call(box.tools.writeFile, ["path": .string("out/\(long)xxxxxxxx"), "content": "x"])
        }
        #expect(try await box.call(box.tools.listFiles, [:]).text == "[No files.]")
        let error = await #expect(throws: SignalboxError.self) {
            let content = JSON.string(String(repeating: "x", count: Limits.toolFileBytesMaximum + 1))
            return try await box.call(box.tools.writeFile, ["path": "large", "content": content])
        }
        #expect(error?.code == .limit)
    }

    @Test(
        arguments: [
            ([:], "a\nb\nc\nd"), (["offset": 3], "c\nd\n[Lines 3 to 4 of 4.]"),
            (["limit": 2], "a\nb\n[Lines 1 to 2 of 4. Go on with offset 3.]"),
            (["offset": 2, "limit": 1], "b\n[Lines 2 to 2 of 4. Go on with offset 3.]"),
            (["offset": 4, "limit": 9_000_000_000_000_000_000], "d\n[Lines 4 to 4 of 4.]"),
            (["unit": "bytes", "offset": 3, "limit": 4], "b\nc\n[Bytes 3 to 6 of 7. Go on with offset 7.]"),
        ] as [(JSONObject, String)])
    func stretches(arguments: JSONObject, text: String) async throws {
        let box = try await ToolBench()
        var arguments = arguments
        arguments["path"] = "in/f"
        let file = try box.file("f", "a\nb\nc\nd".utf8)
        #expect(try await box.call(box.tools.readFile, arguments, files: [file]).text == text)
    }

    @Test func stretchesPutTogetherAreTheFile() async throws {
        let box = try await ToolBench()
        // Characters of one to four bytes, and lines longer than what is given at once.
        let content = String(repeating: "aé€😀", count: 20_000) + "\n" + String(repeating: "line é\n", count: 5_000)
        let file = try box.file("f", content.utf8)
        var together = ""
        var offset = 1
        while together.utf8.count < content.utf8.count {
            let output = try await box.call(
                box.tools.readFile, ["path": "in/f", "unit": "bytes", "offset": .int(Int64(offset))], files: [file])
            let part = try #require(output.value?.stringValue)
            #expect(part.utf8.count <= Limits.toolTextBytesMaximum && !part.isEmpty)
            together += part
            offset = together.utf8.count + 1
        }
        #expect(together == content)
        let lines = try await box.call(box.tools.readFile, ["path": "in/f", "offset": 2], files: [file])
        #expect(lines.text.hasSuffix("[Lines 2 to 2001 of 5001. Go on with offset 2002.]"))
        let first = try await box.call(box.tools.readFile, ["path": "in/f"], files: [file])
        #expect(
            first.text.contains("[The beginning of line 1, which has 200001 bytes. Go on with unit bytes and offset"))
    }

    @Test(arguments: [
        (["path": "in/f", "offset": 0] as JSONObject), ["path": "in/f", "offset": 9], ["path": "in/f", "limit": 0],
        ["path": "in/f", "unit": "words"], ["path": 7], [:], ["path": "in/f", "offset": "1"], ["path": "in"],
        ["path": "in/none"], ["path": "in/f/g"], ["path": ""],
    ])
    func wrongArgumentsAreTold(arguments: JSONObject) async throws {
        let box = try await ToolBench()
        let file = try box.file("f", "a\n".utf8)
        let error = await #expect(throws: SignalboxError.self) {
            try await box.call(box.tools.readFile, arguments, files: [file])
        }
        #expect([.invalidInput, .notFound].contains(error?.code))
        #expect(error?.message.contains(box.bench.directory.path) == false)
    }

    @Test(
        arguments: [
            ("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]),
            ("image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0]),
            ("application/pdf", Array("%PDF-1.7\n".utf8)),
            ("image/webp", Array("RIFF\u{0}\u{0}\u{0}\u{0}WEBPVP8".utf8)),
            ("image/gif", Array("GIF89a".utf8)),
        ] as [(String, [UInt8])])
    func picturesAreShown(type: String, bytes: [UInt8]) async throws {
        let box = try await ToolBench()
        // The name says something else.
        let file = try box.file("f.txt", bytes)
        let output = try await box.call(box.tools.readFile, ["path": "in/f.txt"], files: [file])
        guard case .file(let shown)? = output.parts.last else {
            Issue.record("Nothing is shown.")
            return
        }
        #expect(shown.mediaType == type)
        #expect(shown.bytes == bytes)
        #expect(try box.bench.blobs.read(shown.hash) == bytes)
    }

    @Test(arguments: [[0x61, 0, 0x62], [0xFF, 0xFE, 0x61, 0], [0xC3]] as [[UInt8]])
    func whatIsNoTextIsSaidToBeNone(bytes: [UInt8]) async throws {
        let box = try await ToolBench()
        let file = try box.file("f", bytes)
        let error = await #expect(throws: SignalboxError.self) {
            try await box.call(box.tools.readFile, ["path": "in/f", "unit": "bytes", "offset": 1], files: [file])
        }
        #expect(error?.message.contains("is no text in UTF-8") == true)
    }

    @Test func longListsAreCut() async throws {
        let box = try await ToolBench()
        try await box.arrange("mkdir d; cd d; seq 1 1200 | xargs touch; touch \"$(printf 'a\\nb')\"")
        let all = try await box.call(box.tools.listFiles, [:])
        #expect(all.value?["complete"] == false)
        #expect(all.value?["files"]?.arrayValue?.count == Limits.toolEntriesMaximum)
        #expect(all.text.contains("[There are more: 1000 are listed."))
        let odd = try await box.call(box.tools.listFiles, ["pattern": "**/a?b"])
        #expect(odd.text == "\"d/a\\nb\"\t0 bytes")
    }
}
