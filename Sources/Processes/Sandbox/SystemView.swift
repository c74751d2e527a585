internal import Core
internal import Glibc

/// What every program in the sandbox sees of this machine: installed software, and the few settings that it needs.
enum SystemView: Sendable {
    /// Installed software.
    private static let software = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/libx32", "/nix/store"]

    /// Settings that say nothing secret. The whole of `/etc` would show keys to a program that runs as root.
    private static let settings = [
        // Names of users, hosts and services.
        "passwd", "group", "nsswitch.conf", "hosts", "host.conf", "resolv.conf", "gai.conf", "services", "protocols",
        // Certificates, without the private keys beside them.
        "ssl/certs", "ssl/openssl.cnf", "ca-certificates", "pki/tls/certs", "pki/ca-trust", "crypto-policies",
        // Programs and libraries that have several versions.
        "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "os-release", "debian_version", "lsb-release",
        // Language, time, types and fonts.
        "localtime", "timezone", "locale.alias", "locale.conf", "default/locale", "mime.types", "papersize", "fonts",
        // What interpreters and tools are set up with.
        "python3", "perl", "terminfo", "magic", "magic.mime", "texmf", "ghostscript", "paperspecs", "ImageMagick-6",
        "ImageMagick-7", "java", "libreoffice", "R",
    ]

    /// Bubblewrap's options for that view, worked out once.
    static let options: [String] = {
        var options = [
            "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--proc", "/proc", "--dev",
            "/dev", "--tmpfs", "/tmp", "--tmpfs", "/var/tmp", "--dir", "/run",
        ]
        for path in software {
            // On most systems /bin is a link to usr/bin.
            if let target = FileLink.target(of: path) {
                options += ["--symlink", target, path]
            } else if FileSystem.isDirectory(path) {
                options += ["--ro-bind", path, path]
            }
        }
        for name in settings { options += ["--ro-bind-try", "/etc/\(name)", "/etc/\(name)"] }
        return options
    }()

    /// Whether a path lies where every program sees it.
    static func shows(_ path: String) -> Bool {
        software.contains { path == $0 || path.hasPrefix($0 + "/") }
            || settings.contains { path == "/etc/\($0)" || path.hasPrefix("/etc/\($0)/") }
    }
}

/// Symbolic links.
enum FileLink {
    /// Where a link leads, as it is written; nil when the path is no link.
    static func target(of path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
}
