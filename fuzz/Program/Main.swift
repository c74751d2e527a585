internal import CFuzzer
internal import FuzzTargets
internal import Glibc

/// Runs the target that `SIGNALBOX_FUZZ_TARGET` names under libFuzzer, whose options and folders the arguments are. The
/// name does not stand among the arguments, for libFuzzer starts itself with its own again. Without a name the names are
/// told, with how long the inputs of each may be.
@main
struct Main {
    private static let target: FuzzTarget? = {
        guard let name = unsafe getenv("SIGNALBOX_FUZZ_TARGET") else { return nil }
        let text = unsafe String(cString: name)
        return FuzzTarget.all.first { $0.name == text }
    }()

    nonisolated static func main() {
        guard target != nil else {
            for target in FuzzTarget.all { print(target.name, target.bytesMaximum) }
            exit(unsafe getenv("SIGNALBOX_FUZZ_TARGET") == nil ? 0 : 2)
        }
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        exit(
            unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
                Main.run(unsafe Array(UnsafeBufferPointer(start: bytes, count: count)))
                return 0
            })
    }

    private static func run(_ bytes: [UInt8]) {
        do {
            try target?.run(bytes)
        } catch {
            // libFuzzer keeps the input of a program that aborts.
            let bytes = Array("\(error)\n".utf8)
            _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
            abort()
        }
    }
}
