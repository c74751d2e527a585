internal import Core
internal import Glibc
internal import Plans
internal import HTTPServer
internal import Runtime
internal import Store

public enum Temporary: Sendable {
    public static func run() async {
        let a = CommandLine.arguments
        do {
            switch a[1] {
            case "serve":
                let s = try await Server.start(RuntimeConfiguration(directory: DataDirectory(path: a[2])), port: UInt16(a[3]) ?? 0)
                print("Serving on \(s.http.address)")
                fflush(nil)
                if a.count > 4 {
                    let plan = try PlanLoader.load(a[4])
                    var files: [TaskRequest.File] = []
                    for p in a[5...] { files.append(.init(name: p, hash: try s.runtime.blobs.write(try FileSystem.read(p)))) }
                    let r = try await s.runtime.submit(TaskRequest(plan: .source(plan.source), files: files, trigger: .cli))
                    print(r.number)
                    let status = try await s.runtime.waitForEnd(of: r.number)
                    print(status)
                    fflush(nil)
                }
                while true { try await Task.sleep(for: .seconds(1000)) }
            default:
                let f = try await EngineBench(parent: a[2]).run()
                print(f)
            }
        } catch { print("error: \(error)") }
    }
}
