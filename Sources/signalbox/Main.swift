internal import Commands
internal import Core
internal import Glibc

@main
struct Main {
    // Not isolated: nothing below may be created on the main actor, for C code calls some of it from other threads.
    nonisolated static func main() async {
        StandardDescriptors.fillGaps()
        Signals.ignoreBrokenPipe()
        exit(await run())
    }

    @concurrent private static func run() async -> Int32 {
        await SignalboxCommand.run(Array(CommandLine.arguments.dropFirst()), environment: ProcessEnvironment.variables)
    }
}
