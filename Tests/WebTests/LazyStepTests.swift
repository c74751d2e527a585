import Core
import Testing

@testable import Web

/// Product §4: long loops are paged, and what a step was given is loaded when it is opened.
@Suite(.timeLimit(.minutes(1)))
struct LazyStepTests {
    private static let loop = StepPath(rawValue: "each")

    private static func page(
        _ bounds: ClosedRange<Int>?, total: Int = 10_000, failed: Int = 0, next: Int? = 49, after: Int? = nil,
        isFailedOnly: Bool = false
    ) -> LoopPageView {
        LoopPageView(
            task: TaskNumber(rawValue: 148), loop: loop, bounds: bounds, total: total, failed: failed, next: next,
            after: after, isFailedOnly: isFailedOnly, size: 50)
    }

    private static func links(_ page: LoopPageView) throws -> [String] {
        try MarkupReader.read("<main>\(LoopPager.render(page).text)</main>").elements
            .compactMap { $0.attributes["data-parts"] }
    }

    @Test(
        arguments: [
            (Self.page(0...49), ["?after=49", "?after=9949", ""]),
            (Self.page(50...99, next: 99, after: 49), ["", "", "?after=99", "?after=9949", ""]),
            (Self.page(9_950...9_999, next: nil, after: 9_949), ["", "?after=9899", ""]),
            (Self.page(0...49, failed: 12), ["?after=49", "?after=9949", "?failed=true", ""]),
            (
                Self.page(3...940, total: 60, failed: 60, next: 940, isFailedOnly: true),
                ["?after=940&amp;failed=true", "", ""]
            ),
        ] as [(LoopPageView, [String])])
    func `the ways through a loop`(page: LoopPageView, expected: [String]) throws {
        let path = "/tasks/148/steps/each/parts"
        #expect(try Self.links(page) == expected.map { path + $0 })
    }

    @Test(
        arguments: [
            (Self.page(50...99), "#50–#99 of 10,000"), (Self.page(7...7, total: 8), "#7 of 8"),
            (Self.page(nil, total: 0), "No iteration has begun"),
            (Self.page(nil, total: 0, isFailedOnly: true), "No iteration has failed"),
            (Self.page(3...940, total: 60, isFailedOnly: true), "60 failed, #3–#940 here"),
        ] as [(LoopPageView, String)])
    func `what is shown of a loop is said`(page: LoopPageView, words: String) {
        #expect(LoopPager.render(page).text.contains("<span class=\"number\">\(words)</span>"))
    }

    @Test func `a loop that is not opened says where its iterations are`() throws {
        var view = try Samples.nested()
        view.steps[0].children = []
        view.steps[0].parts = FragmentView(
            path: "/tasks/148/steps/each/parts", version: "v1", page: "/tasks/148?step=each#step-each")
        view.steps[0].contents = FragmentView(
            path: "/tasks/148/steps/each/contents", version: "v2", page: "/tasks/148?step=each#step-each")
        let elements = try MarkupReader.read(TaskPage.document(view).text).elements
        let parts = try #require(elements.first { $0.attributes["id"] == "step-each-parts" })
        #expect(parts.attributes["data-load"] == "/tasks/148/steps/each/parts")
        #expect(parts.attributes["data-version"] == "v1")
        #expect(parts.attributes["data-has"] == nil)
        #expect(parts.attributes["hx-morph-skip-children"] != nil, "the stream leaves alone what was loaded")
        #expect(elements.contains { $0.attributes["href"] == "/tasks/148?step=each#step-each" })
    }

    @Test func `a page of iterations stands open, with the version that it is of`() throws {
        var view = try Samples.nested()
        view.steps[0].parts = FragmentView(path: "/p?after=49", version: "v1", page: "/tasks/148?step=each#step-each")
        view.steps[0].page = Self.page(50...99, after: 49)
        let page = TaskPage.document(view).text
        #expect(page.contains("id=\"step-each\"><details open>"))
        let elements = try MarkupReader.read(page).elements
        let parts = try #require(elements.first { $0.attributes["id"] == "step-each-parts" })
        #expect(parts.attributes["data-has"] == "v1")
        #expect(page.contains("id=\"step-each-2f199\""))
    }

    @Test func `contents that the address asked for are not loaded again`() throws {
        var view = try Samples.running()
        view.steps[0].contents = FragmentView(path: "/c", version: "v", page: "/p", isLoaded: true)
        view.steps[1].contents = FragmentView(path: "/d", version: "w", page: "/q")
        let page = TaskPage.fragment(view).text
        #expect(page.contains("data-load=\"/c\" data-version=\"v\" data-has=\"v\">"))
        #expect(page.contains("data-load=\"/d\" data-version=\"w\"><p class=\"fallback\"><a href=\"/q\">"))
        #expect(page.contains("acme-0331.pdf: no text layer") && !page.contains("id=\"step-totals-output\""))
    }
}
