import Core
import Glibc
import TestSupport
import Testing

@testable import Engine
@testable import Executors
@testable import Processes

/// What a command can do to this machine from inside bubblewrap.
@Suite(
    .timeLimit(.minutes(1)),
    .enabled(Confinement.reason) { await Confinement.hasBubblewrap() })
struct SandboxTests {
    /// What it cannot write, with a script that tries.
    @Test(arguments: [
        "/usr/x", "/etc/x", "/x", "/bin/x", "/run/x", "/etc/passwd", "/proc/sys/kernel/hostname",
        "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/x",
    ])
    func writesOnlyInItsDirectory(path: String) async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.shell("echo mine > own; echo x > \(path) && echo written || echo refused")
        #expect(outcome.text == "refused")
        #expect(FileSystem.exists(bench.taskDirectory + "/own"))
        #expect(outcome.trace?["sandbox"]?.stringValue == "bubblewrap")
    }

    @Test("What it writes to /tmp is nobody else's")
    func temporaryFiles() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let name = "/tmp/signalbox-\(UInt64.random(in: 0 ... .max))"
        let outcome = try await bench.shell("echo x > \(name) && cat \(name); echo x > ../other; echo x > ../../other")
        #expect(outcome.text == "x")
        #expect(!FileSystem.exists(name))
        // The data directory of this test lies in /tmp.
        #expect(try FileSystem.names(in: bench.directory.path) == ["tasks"])
        // Beside that of the task, where its files are put together and where the homes of its programs lie.
        #expect(try Set(FileSystem.names(in: bench.directory.path + "/tasks")) == ["7", ".homes", ".writing"])
    }

    @Test func seesNothingOfTheUsersFiles() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        try bench.directory.write("secret", "key")
        let outcome = try await bench.shell(
            "cat ../../secret \(bench.directory.path)/secret; ls /root /home /mnt; cat /etc/shadow; ls -d /etc/ssl/private"
        )
        #expect(outcome.failure != nil)
        #expect(outcome.trace?["stdout"]?.stringValue == "")
        let listing = try await bench.shell("ls ..; ls ../..")
        #expect(listing.text == "7\ntasks")
    }

    @Test func seesNoProcessesButItsOwn() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.shell("kill -9 \(getpid()) 2>/dev/null; ls -d /proc/[0-9]* | wc -l")
        let count = try #require(outcome.text.flatMap { Int($0) })
        #expect(count < 6)
    }

    @Test(arguments: [false, true])
    func hasTheNetworkOnRequest(hasNetwork: Bool) async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.run(["sh", "-c", "tail -n +3 /proc/net/dev | wc -l"], hasNetwork: hasNetwork)
        let all = try await Workbench.make(.none).shell("tail -n +3 /proc/net/dev | wc -l")
        // Alone it has its own loopback interface, and nobody at the other end of it.
        #expect(outcome.text == (hasNetwork ? all.text : "1"))
        let answered = try await RecordedModelServer.serving([.json("{}")]) { server in
            let port = try #require(server.baseURL.split(separator: ":").last?.prefix { $0 != "/" })
            let script = "import socket; socket.create_connection(('127.0.0.1', \(port)), 5); print('answered')"
            return try await bench.run(["python3", "-c", script], hasNetwork: hasNetwork)
        }
        #expect(answered.text == (hasNetwork ? "answered" : nil))
    }

    @Test func environmentIsTheAllowedOne() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.run(["/usr/bin/env"], environment: [("REGION", "eu"), ("LD_PRELOAD", "")])
        let names = outcome.text?.split(separator: "\n").compactMap { $0.split(separator: "=").first }.map(String.init)
        #expect(
            names?.sorted() == [
                "HOME", "LANG", "LD_PRELOAD", "PATH", "PWD", "REGION", "SIGNALBOX_DIRECTORY",
                "SIGNALBOX_IDEMPOTENCY_KEY", "SIGNALBOX_RUN", "SIGNALBOX_STEP", "SIGNALBOX_TASK", "TMPDIR",
            ])
    }

    @Test("A plan's variables do not reach the dynamic linker outside of the sandbox")
    func linkerVariables() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        // Were it bubblewrap's, it would write its lines into this file, outside of the task's directory.
        let file = bench.directory.path + "/linker"
        let outcome = try await bench.run(
            ["true"], environment: [("LD_DEBUG", "libs"), ("LD_DEBUG_OUTPUT", file)])
        #expect(outcome.result != nil)
        #expect(try FileSystem.names(in: bench.directory.path).filter { $0.hasPrefix("linker") } == [])
    }

    @Test func inheritsNoDescriptors() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        // 3 is what ls reads the directory by.
        #expect(try await bench.run(["ls", "/proc/self/fd"]).text == "0\n1\n2\n3")
    }

    @Test func hasNoCapabilities() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.shell("grep CapEff /proc/self/status | tr -d '\\t'")
        #expect(outcome.text == "CapEff:0000000000000000")
        let more = try await bench.shell("unshare -U true && echo more")
        #expect(more.failure != nil, "and gets none by a namespace of its own")
    }

    @Test func usersAndCertificatesAreThere() async throws {
        let bench = try await Workbench.make(.bubblewrap)
        let outcome = try await bench.shell("id -un; test -e /etc/ssl/openssl.cnf && echo tls; python3 -c 'print(1)'")
        #expect(outcome.failure == nil)
        #expect(outcome.text?.hasSuffix("\n1") == true)
    }

    @Test("Bubblewrap that must work, and does not, lets nothing run")
    func refuses() async throws {
        let refusing = Sandbox(state: .refused(reason: "bubblewrap is not installed"))
        let bench = try Workbench(refusing, in: TemporaryDirectory())
        let outcome = try await bench.shell("echo x")
        #expect(outcome.failure?.cause == .toolError)
        #expect(outcome.failure?.message.contains("sandbox: bubblewrap, but bubblewrap is not installed.") == true)
        #expect(!FileSystem.exists(bench.taskDirectory))
    }
}
