import Commands
@main
struct Main {
    nonisolated static func main() async { await go() }
    @concurrent static func go() async { await Temporary.run() }
}
