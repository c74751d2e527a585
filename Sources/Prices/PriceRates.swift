public import Core

/// Prices of kinds; one that is not there is unknown, which is not the same as free.
public struct PriceRates: Sendable, Hashable {
    private var rates: [Rate?]

    public init() { rates = Array(repeating: nil, count: PriceKind.allCases.count) }

    /// The price of a kind itself.
    public subscript(kind: PriceKind) -> Rate? {
        get { rates[kind.place] }
        set { rates[kind.place] = newValue }
    }

    /// The price that is charged for a kind: its own, or that of what it is a part of.
    public func charged(for kind: PriceKind) -> Rate? {
        self[kind] ?? kind.fallback.flatMap { self[$0] }
    }

    /// Whether no price is known.
    public var isEmpty: Bool { rates.allSatisfy { $0 == nil } }

    /// These with prices of others where they have none themselves, for some kinds.
    func filled(from others: PriceRates, kinds: [PriceKind]) -> PriceRates {
        var filled = self
        for kind in kinds where filled[kind] == nil { filled[kind] = others[kind] }
        return filled
    }

    /// The highest price of each kind in any of these; a kind that one of them does not know is unknown.
    static func highest(of all: [PriceRates]) -> PriceRates {
        var highest = PriceRates()
        for kind in PriceKind.allCases {
            let known = all.compactMap { $0.charged(for: kind) }
            if known.count == all.count { highest[kind] = known.max() }
        }
        return highest
    }

    /// By the names of price documents: dollars for a million tokens, or for a thousand searches.
    public var json: JSONObject {
        JSONObject(
            PriceKind.allCases.compactMap { kind in
                self[kind].map { (kind.rawValue, .string(kind.write($0))) }
            })
    }
}

extension PriceKind {
    fileprivate var place: Int {
        switch self {
        case .input: 0
        case .cacheRead: 1
        case .cacheWrite: 2
        case .cacheWriteLong: 3
        case .output: 4
        case .reasoning: 5
        case .audioInput: 6
        case .audioCacheRead: 7
        case .imageInput: 8
        case .audioOutput: 9
        case .imageOutput: 10
        case .webSearch: 11
        case .webSearchTokens: 12
        }
    }

    /// A price of this kind in its unit.
    func write(_ rate: Rate) -> String { unit == .million ? rate.perMillion : rate.perThousand }

    /// Reads a price of this kind in its unit.
    func read(_ text: String) -> Rate? { unit == .million ? Rate(perMillion: text) : Rate(perThousand: text) }
}
