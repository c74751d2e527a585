import Core
import TestSupport
import Testing

@testable import Commands

/// `secrets` and `settings` as people call them.
@Suite(.timeLimit(.minutes(1)))
struct SecretCommandTests {
    private let directory: TemporaryDirectory
    private var data: String { directory.path + "/data" }

    init() throws { directory = try TemporaryDirectory() }

    private func signalbox(
        _ arguments: String..., environment: [String: String] = [:]
    ) async -> (code: ExitCode, output: String, errors: String) {
        let streams = Streams()
        var variables = ["SIGNALBOX_DATA": data, "SIGNALBOX_SANDBOX": "none"]
        variables.merge(environment) { $1 }
        let code = await SignalboxCommand.run(arguments, streams.context(environment: variables))
        return (code, streams.output, streams.errors)
    }

    @Test func `a secret is set, listed, used and removed, and never shown`() async throws {
        try directory.write("value", "hunter2-hunter2\n")
        #expect(await signalbox("secrets", "list").output.hasPrefix("No secrets are kept."))
        let set = await signalbox("secrets", "set", "TOKEN", "--from-file", directory.path + "/value")
        #expect(set.code == .completed && set.output == "Set the secret TOKEN\n")
        let again = await signalbox("secrets", "set", "TOKEN", "--from-file", directory.path + "/value")
        #expect(again.output == "Replaced the secret TOKEN\n")
        try directory.write(
            "plan.yaml",
            """
            name: p
            steps:
              say: { command: [sh, -c, 'test ${#1} = 15 && echo "got $1"', sh, "${{ secrets.TOKEN }}"] }
            outputs: { said: "${{ steps.say.output }}" }
            """)
        let run = await signalbox("run", directory.path + "/plan.yaml")
        #expect(run.code == .completed && run.output.contains("got [secret TOKEN]"))
        let shown = await signalbox("tasks", "show", "1", "--json")
        let list = await signalbox("secrets", "list", "--json")
        for text in [set.output, run.output, run.errors, shown.output, list.output] {
            #expect(!text.contains("hunter2"))
        }
        let secret = try JSON(parsing: list.output)["secrets"]?[0]
        #expect(secret?["name"] == "TOKEN" && secret?["kept_in"] == "the encrypted store")
        for name in try FileSystem.names(in: data) where FileSystem.kind(data + "/" + name) == .file {
            let bytes = try FileSystem.read(data + "/" + name)
            #expect(!String(decoding: bytes, as: UTF8.self).contains("hunter2"), "It stands in \(name).")
        }
        #expect(await signalbox("secrets", "remove", "TOKEN").output == "Removed the secret TOKEN\n")
        let missing = await signalbox("run", directory.path + "/plan.yaml")
        #expect(missing.code == .failed && missing.errors.contains("There is no secret \"TOKEN\""))
    }

    @Test func `a secret is not taken from the command line, and not from a name that is none`() async throws {
        let value = await signalbox("secrets", "set", "TOKEN", "hunter2-hunter2")
        #expect(value.code == .badUse && value.errors.contains("Only the name of the secret"))
        #expect(value.errors.contains("stdin") && !value.errors.contains("hunter2"))
        let name = await signalbox("secrets", "set", "a-b", "--from-file", "/dev/null")
        #expect(name.code == .badUse && name.errors.contains("cannot be the name of a secret"))
        try directory.write("short", "1234\n")
        let short = await signalbox("secrets", "set", "PIN", "--from-file", directory.path + "/short")
        #expect(short.code == .badUse && short.errors.contains("at least 8 bytes") && !short.errors.contains("1234"))
        #expect(!FileSystem.exists(data))
        #expect(await signalbox("secrets", "remove", "TOKEN").code == .badUse)
    }

    @Test func `a backup has no secrets, and doctor says when they cannot be read`() async throws {
        try directory.write("value", "hunter2-hunter2")
        try directory.write("plan.yaml", "name: p\nsteps: { a: { set: { x: 1 } } }\n")
        _ = await signalbox("secrets", "set", "TOKEN", "--from-file", directory.path + "/value")
        #expect(await signalbox("run", directory.path + "/plan.yaml").code == .completed)
        #expect(await signalbox("doctor").output.contains("1 in the encrypted store"))
        #expect(await signalbox("backup", directory.path + "/backup").code == .completed)
        let restored = await signalbox("restore", directory.path + "/backup", "--data", directory.path + "/restored")
        #expect(restored.code == .completed)
        let there = await signalbox("secrets", "list", "--data", directory.path + "/restored")
        #expect(there.output.hasPrefix("No secrets are kept."))
        FileSystem.remove(data + "/secrets.key")
        let doctor = await signalbox("doctor")
        #expect(doctor.code == .failed && doctor.output.contains("their key, secrets.key, is missing"))
    }

    @Test func `a setting is written, and listed with where it comes from`() async throws {
        let set = await signalbox("settings", "set", "turns", "80")
        #expect(set.output == "Set turns to 80 in \(data)/signalbox.yaml\n")
        let overridden = await signalbox("settings", "set", "turns", "81", environment: ["SIGNALBOX_TURNS": "9"])
        #expect(overridden.errors.contains("SIGNALBOX_TURNS is set, and goes before the file"))
        let list = try JSON(parsing: await signalbox("settings", "list", "--json").output)
        let turns = list["settings"]?.arrayValue?.first { $0["name"] == "turns" }
        #expect(turns?["value"] == "81" && turns?["origin"] == .string(data + "/signalbox.yaml"))
        #expect(turns?["default"] == "50" && turns?["variable"] == "SIGNALBOX_TURNS")
        #expect(await signalbox("settings", "list").output.contains("loop_repeats"))
        let wrong = await signalbox("settings", "set", "turnz", "80")
        #expect(wrong.code == .badUse && wrong.errors.contains("did you mean \"turns\"?"))
        let value = await signalbox("settings", "set", "turns", "lots")
        #expect(value.code == .badUse && value.errors.contains("must be a whole number"))
    }
}
