// swift-tools-version: 6.3
import PackageDescription

/// A Swift room and what it may use. Rooms stand lowest first: each may use only rooms above it in the list
/// (TidyTests checks the imports). ARCHITECTURE.md says what each owns.
func room(_ name: String, uses dependencies: [Target.Dependency] = [], excluding: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: excluding)
}

/// The tests of a room.
func tests(_ name: String, uses dependencies: [Target.Dependency], excluding: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], exclude: excluding)
}

/// A C library of the system: a module map and a header of shims.
func library(_ name: String, pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
    name: "signalbox",
    targets: [
        library("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        library("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        library("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        library("CMicrohttpd", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        library("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        // Brings libcmark-gfm-dev; its own library has no pkg-config file, so the module map names both.
        library("CMarkdown", pkgConfig: "libcmark-gfm", apt: "libcmark-gfm-extensions-dev"),
        library("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        // Has no pkg-config file.
        .systemLibrary(name: "CWslay", providers: [.apt(["libwslay-dev"])]),
        .systemLibrary(name: "CPlatform"),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "CAssets"),
        // Embeds the table of prices that belongs to the product.
        .target(name: "CPrices"),

        room("Core", uses: ["CPlatform", "CSodium"]),
        room("RegularExpressions", uses: ["CRE2"]),
        room("CEL", uses: ["Core", "RegularExpressions"]),
        room("Plans", uses: ["Core", "CEL", "RegularExpressions", "CYAML"]),
        room("Prices", uses: ["Core", "CPrices"], excluding: ["prices.json"]),
        room("Secrets", uses: ["Core", "CSodium"]),
        room("Engine", uses: ["Core", "CEL", "Plans", "Prices"]),
        room("Exports", uses: ["Core"]),
        room("Store", uses: ["Core"]),
        room("StoreSQLite", uses: ["Core", "Store", "CSQLite"]),
        room("HTTPClient", uses: ["Core", "CCurl"]),
        room("Processes", uses: ["Core", "CPlatform"]),
        room("MCP", uses: ["Core", "Plans", "HTTPClient", "Processes"]),
        room("Providers", uses: ["Core", "CEL", "Plans", "Prices", "Secrets", "HTTPClient"]),
        room(
            "Executors",
            uses: [
                "Core", "Plans", "Prices", "Secrets", "Engine", "Store", "HTTPClient", "Processes", "MCP", "Providers",
                "CPlatform",
            ]),
        room(
            "Runtime",
            uses: [
                "Core", "CPlatform", "CEL", "Plans", "Prices", "Secrets", "Engine", "Store", "StoreSQLite",
                "HTTPClient",
                "Processes", "MCP", "Providers", "Executors", "Exports",
            ]),
        room("HTTPServer", uses: ["Core", "CMicrohttpd", "CWslay", "CPlatform", "CZlib"]),
        room("FakeModel", uses: ["Core", "CEL", "Plans", "HTTPServer"]),
        room("API", uses: ["Core", "Exports", "Plans", "Prices", "Engine", "Store", "Runtime", "HTTPServer"]),
        // The page's own scripts and styles: CAssets embeds them.
        room(
            "Web",
            uses: [
                "Core", "Exports", "Plans", "Engine", "Store", "Runtime", "HTTPServer", "API", "CAssets", "CMarkdown",
            ],
            excluding: ["Assets"]),
        room("Client", uses: ["Core", "HTTPClient", "HTTPServer"]),
        room(
            "Commands",
            uses: [
                "Core", "CPlatform", "Exports", "Plans", "Prices", "Secrets", "Engine", "Store", "Processes",
                "Providers", "Executors", "Runtime",
                "HTTPServer", "HTTPClient", "FakeModel", "API", "Web", "Client",
            ]),
        .executableTarget(name: "signalbox", dependencies: ["Commands", "Core"]),

        room("TestSupport", uses: ["Core", "Store", "HTTPServer"]),
        room(
            "FuzzTargets",
            uses: [
                "Core", "RegularExpressions", "CEL", "Plans", "Prices", "Secrets", "Engine", "HTTPClient", "MCP",
                "Providers", "Executors", "Runtime", "HTTPServer", "FakeModel",
            ]),

        tests("CoreTests", uses: ["Core"]),
        tests("RegularExpressionsTests", uses: ["RegularExpressions"]),
        tests("CELTests", uses: ["Core", "CEL"]),
        tests("PlansTests", uses: ["Core", "CEL", "Plans"]),
        tests("EngineTests", uses: ["Core", "Plans", "Engine"]),
        tests("ExportsTests", uses: ["Core", "Exports"]),
        tests("StoreTests", uses: ["Core", "Store", "StoreSQLite"]),
        tests("PricesTests", uses: ["Core", "Prices"]),
        tests("SecretsTests", uses: ["Core", "Secrets"]),
        tests("ProcessesTests", uses: ["Core", "Processes"]),
        tests(
            "MCPTests", uses: ["Core", "Plans", "HTTPClient", "Processes", "MCP"],
            excluding: ["Servers", "requirements.txt", "requirements-1.txt"]),
        tests(
            "ProvidersTests", uses: ["Core", "Plans", "Prices", "Secrets", "HTTPClient", "Providers"],
            excluding: ["Golden"]),
        tests(
            "ExecutorsTests",
            uses: [
                "Core", "CEL", "Plans", "Secrets", "Engine", "Store", "Processes", "MCP", "Executors", "HTTPClient",
                "HTTPServer", "Providers",
            ]),
        tests("FakeModelTests", uses: ["Core", "HTTPClient", "FakeModel"]),
        tests(
            "RuntimeTests",
            uses: [
                "Core", "Plans", "Secrets", "Engine", "Store", "StoreSQLite", "Processes", "Providers", "Executors",
                "Prices", "Runtime",
            ]),
        tests("HTTPServerTests", uses: ["Core", "HTTPServer", "HTTPClient"]),
        tests(
            "APITests",
            uses: ["Core", "Exports", "Plans", "Engine", "Store", "Runtime", "HTTPServer", "HTTPClient", "API"]),
        tests("WebTests", uses: ["Core", "Exports", "Plans", "Engine", "Store", "Runtime", "HTTPServer", "Web"]),
        tests(
            "CommandsTests",
            uses: [
                "Core", "Plans", "Processes", "Prices", "HTTPServer", "HTTPClient", "Runtime", "Client", "FakeModel",
                "Commands",
            ]),
        tests("ReplayTests", uses: ["Core", "Plans", "Engine"], excluding: ["Journals"]),
        tests("SimulationTests", uses: ["Core", "Plans", "Engine", "Store", "Runtime"]),
        tests("FuzzTests", uses: ["Core", "FuzzTargets"]),
        tests("TidyTests", uses: ["Core"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x,
    cxxLanguageStandard: .cxx17
)

// Every Swift target is compiled with the same settings. A misspelt feature name is ignored by the compiler
// without a word, so TidyTests checks each against `swiftc -print-supported-features`.
let upcomingFeatures = [
    "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
    "InferIsolatedConformances", "NonisolatedNonsendingByDefault", "ImmutableWeakCaptures",
]
let swiftSettings: [SwiftSetting] =
    upcomingFeatures.map { .enableUpcomingFeature($0) } + [
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        .treatWarning("ExplicitSendable", as: .error),
    ]
let cTargets: Set = ["CRE2", "CAssets", "CPrices"]
for target in package.targets where target.type != .system && !cTargets.contains(target.name) {
    target.swiftSettings = swiftSettings
}

// `scripts/fuzz` names libFuzzer here: then everything is made to tell it which code it reaches, and the program that
// runs the targets is built. Other builds know nothing of it.
if let libFuzzer = Context.environment["SIGNALBOX_LIBFUZZER"] {
    for target in package.targets where target.swiftSettings != nil {
        target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer"]))
    }
    let shim = Target.systemLibrary(name: "CFuzzer", path: "fuzz/CFuzzer")
    let program = Target.executableTarget(
        name: "fuzz", dependencies: ["FuzzTargets", "CFuzzer"], path: "fuzz/Program", swiftSettings: swiftSettings,
        linkerSettings: [.unsafeFlags([libFuzzer]), .linkedLibrary("stdc++"), .linkedLibrary("m")])
    package.targets += [shim, program]
}
