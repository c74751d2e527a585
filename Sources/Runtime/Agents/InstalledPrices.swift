internal import Core
internal import Engine
internal import Executors
public import Prices
internal import Providers
internal import Synchronization

/// The prices of this installation: its own, the imported and the shipped ones. Read at the start, and again when a file has
/// changed.
public final class InstalledPrices: Sendable {
    private struct State {
        var table: PriceTable
        var stamps: [FileStamp?]
    }

    private let directory: String
    private let kinds: [String: String]
    private let log: Log
    private let state: Mutex<State>

    /// - Parameter providers: which interface each speaks, by its name.
    /// - Throws: `SignalboxError` for lists with mistakes: nobody is to be charged by others than were meant.
    init(directory: String, providers: [String: ProviderSettings], log: Log) throws {
        let stamps = Self.stamps(in: directory)
        do {
            state = Mutex(State(table: try PriceFiles.table(in: directory), stamps: stamps))
        } catch var error as SignalboxError {
            error.code = .configuration
            throw error
        }
        self.directory = directory
        // A provider of one's own that speaks a well-known interface is somebody else: only the makers' own addresses have
        // their prices.
        kinds = providers.filter { $0.value.baseURL == $0.value.kind.officialBaseURL }.mapValues(\.kind.maker)
        self.log = log
    }

    /// The table that holds now. A file with mistakes is reported once, and the table before it stays.
    public var table: PriceTable {
        let stamps = Self.stamps(in: directory)
        return state.withLock { state in
            guard state.stamps != stamps else { return state.table }
            state.stamps = stamps
            do {
                state.table = try PriceFiles.table(in: directory)
            } catch {
                log.warning("The prices cannot be read; those before stay", ["error": .string("\(error)")])
            }
            return state.table
        }
    }

    private static func stamps(in directory: String) -> [FileStamp?] {
        [PriceFiles.own, PriceFiles.imported].map { FileSystem.stamp("\(directory)/\($0)") }
    }

    /// Whose prices hold for a provider of that name; nil for nobody's.
    func pricedAs(_ provider: String) -> String? { kinds[provider] }
}

/// The prices of this installation as the machines of tasks know them.
struct InstalledPricing: ModelPricing {
    let prices: InstalledPrices

    func worstCase(_ call: PricedCall) -> Money? {
        prices.table.worstCase(
            promptTokens: call.promptTokens, outputTokens: call.outputTokens, webSearches: call.webSearches,
            model: call.model, pricedAs: prices.pricedAs(String(call.model.prefix { $0 != "/" })),
            serviceTier: call.serviceTier, writesLongCache: call.writesLongCache, at: call.at)
    }

    func gap(of call: UnpricedCall) -> String? {
        prices.table.gap(
            of: call.usage, model: call.model, responseModel: call.responseModel, serviceTier: call.serviceTier,
            pricedAs: prices.pricedAs(String(call.model.prefix { $0 != "/" })), at: call.at)?.clause
    }
}

extension ProviderKind {
    /// Under which name the price table has the models of who made the interface.
    fileprivate var maker: String {
        switch self {
        case .openAI, .openAIResponses: "openai"
        case .anthropic: "anthropic"
        case .gemini: "gemini"
        }
    }
}
