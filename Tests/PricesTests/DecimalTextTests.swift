import Testing

@testable import Prices

/// Prices are read digit by digit.
@Suite(.timeLimit(.minutes(1)))
struct DecimalTextTests {
    @Test(
        arguments: [
            ("0", 0), ("1", 1_000_000_000), ("0.0375", 37_500_000), ("0.001875", 1_875_000), ("10.00", 10_000_000_000),
            ("0.1", 100_000_000), ("00.10", 100_000_000), ("0.000000001", 1),
        ] as [(String, Int64)])
    func readsDollarsForAMillion(_ text: String, _ femtoDollars: Int64) {
        #expect(Rate(perMillion: text)?.femtoDollars == femtoDollars)
    }

    @Test(
        arguments: [
            ("1.25e-06", 1_250_000_000), ("3e-08", 30_000_000), ("5E-9", 5_000_000), ("0.00018", 180_000_000_000),
            ("0", 0), ("0.0", 0), ("3.0000000000000003e-06", 3_000_000_000), ("9.499999999999999e-07", 950_000_000),
            ("1.9999999999999996e-06", 2_000_000_000),
        ] as [(String, Int64)])
    func readsDollarsForOne(_ text: String, _ femtoDollars: Int64) {
        #expect(Rate(each: text)?.femtoDollars == femtoDollars)
    }

    @Test(arguments: [
        "", "-1", "+1", "1.", ".5", "1,5", "1e", "e5", "1e99", "0x1", "1.2.3", "NaN", "0.0000000001", "١",
    ])
    func refusesOthers(_ text: String) {
        #expect(Rate(perMillion: text) == nil)
    }

    @Test(arguments: ["0", "0.1", "10", "0.0375", "0.000000001", "1234.5"])
    func writesWhatItReads(_ text: String) {
        #expect(Rate(perMillion: text)?.perMillion == text)
    }

    @Test func searchesAreWrittenByTheThousand() {
        #expect(Rate(perThousand: "14")?.femtoDollars == 14_000_000_000_000)
        #expect(Rate(perThousand: "14")?.perThousand == "14")
    }
}
