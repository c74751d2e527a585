/// Random numbers that are the same for the same seed (SplitMix64, Steele, Lea and Flood: "Fast Splittable Pseudorandom
/// Number Generators", 2014), and the shapes in which figures of tasks come.
struct SampleGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, 1.
    mutating func fraction() -> Double { Double(next() >> 11) / Double(UInt64(1) << 53) }

    /// A place in a list of which the first is taken most often, the second half as often, the third a third as often …
    mutating func place(in count: Int) -> Int {
        // The inverse of the logarithm that the sum of 1/n comes close to.
        min(count - 1, Int(power(Double(count + 1), fraction())) - 1)
    }

    /// Spread evenly on a scale of powers of two, more in its middle: a few are thousands of times as large as most.
    mutating func size(from low: Double, to high: Double) -> Int64 {
        let middle = (fraction() + fraction() + fraction()) / 3
        return Int64(power(2, low + (high - low) * middle))
    }

    private func power(_ base: Double, _ exponent: Double) -> Double {
        // Without the C library: 2 to the whole part, and the series of e for the rest.
        let binary = exponent * logarithm(base)
        let whole = binary.rounded(.down)
        let rest = (binary - whole) * 0.693_147_180_559_945_3
        var (sum, term) = (1.0, 1.0)
        for step in 1..<18 {
            term *= rest / Double(step)
            sum += term
        }
        return Double(sign: .plus, exponent: Int(whole), significand: sum)
    }

    /// To the base 2.
    private func logarithm(_ value: Double) -> Double {
        let ratio = (value.significand - 1) / (value.significand + 1)
        var (sum, term) = (0.0, ratio)
        for step in 0..<30 {
            sum += term / Double(2 * step + 1)
            term *= ratio * ratio
        }
        return Double(value.exponent) + 2 * sum / 0.693_147_180_559_945_3
    }
}
