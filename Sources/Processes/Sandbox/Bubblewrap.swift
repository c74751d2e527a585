internal import Core
internal import Glibc

/// The program `bwrap` (https://github.com/containers/bubblewrap), which starts another in namespaces of its own: with
/// its own view of the files, no network, and processes that all end with the first.
public struct Bubblewrap: Sendable {
    /// Its absolute path.
    let program: String
    /// The data directory with links resolved, nothing of which is shown but the directory of the task.
    let dataDirectory: String?
    /// Whether the program is kept from making namespaces of its own, in which it would have rights it has not outside; older
    /// versions (before 0.8) cannot do it.
    var isStrict = true
    /// Whether the program may use the network.
    public var hasNetwork = false

    /// Where it is looked for: a `PATH` could lead to anybody's program of that name.
    private static let programs = ["/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"]

    /// - Throws: `SignalboxError` with code `not_found` when it is not installed.
    static func find(hiding dataDirectory: String?) throws -> Bubblewrap {
        guard let program = programs.first(where: { unsafe access($0, X_OK) == 0 }) else {
            throw SignalboxError(.notFound, "bubblewrap is not installed (on Debian: apt install bubblewrap)")
        }
        return Bubblewrap(
            program: program, dataDirectory: try dataDirectory.map { try FileSystem.resolve($0) })
    }

    /// How it is started itself: with nothing of the program's variables, for those of the dynamic linker would let the
    /// program's files run outside of the sandbox. Only those by which an engine finds what a crash has left running.
    func start(of spec: ProcessSpec, program path: String) -> ProcessStart {
        // What it has to do is read from descriptor 3: arguments can be seen by every user of the machine.
        ProcessStart(
            path: program, arguments: [program, "--args", "3", "--", path] + spec.arguments.dropFirst(),
            environment: spec.environmentStrings.filter { $0.hasPrefix("SIGNALBOX_") },
            openFilesMaximum: spec.openFilesMaximum)
    }

    /// Its options for a program; later ones cover earlier ones.
    func options(for spec: ProcessSpec, program path: String) throws -> [String] {
        var options = SystemView.options
        if isStrict { options += ["--unshare-user", "--disable-userns"] }
        if hasNetwork { options.append("--share-net") }
        if let dataDirectory, SystemView.shows(dataDirectory) { options += ["--tmpfs", dataDirectory] }
        for place in try ProgramPlaces(spec, dataDirectory: dataDirectory).paths(of: path) {
            options += ["--ro-bind", place, place]
        }
        options += ["--bind", spec.directory, spec.directory]
        if let home = spec.home { options += ["--bind", home, home] }
        // Mounts of their own: nothing in them can be written or linked to from elsewhere, and they cannot be renamed.
        for place in spec.readOnlyPlaces { options += ["--ro-bind", place, place] }
        options += ["--chdir", spec.directory]
        // What is left of the root is bubblewrap's own, in memory; writing there would look as if it lasted.
        // And a program of root could write settings of the kernel below /proc/sys, without any right but being root.
        options += ["--remount-ro", "/", "--remount-ro", "/proc"]
        for (name, value) in spec.variables { options += ["--setenv", name, value] }
        return options
    }

    /// Arguments that name a file of this machine which the program does not see.
    public func hiddenArguments(of spec: ProcessSpec) -> [String] {
        spec.arguments.dropFirst().filter { argument in
            argument.hasPrefix("/") && !SystemView.shows(argument) && !argument.hasPrefix(spec.directory + "/")
                && argument != spec.directory && FileSystem.exists(argument)
                && !["/dev", "/proc", "/tmp"].contains { argument == $0 || argument.hasPrefix($0 + "/") }
        }
    }
}
