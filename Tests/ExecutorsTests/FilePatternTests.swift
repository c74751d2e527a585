import Testing

@testable import Executors

@Suite(.timeLimit(.minutes(1)))
struct FilePatternTests {
    @Test(
        arguments: [
            ("report.md", "report.md"), ("*.csv", "a.csv"), ("*.csv", ".csv"), ("out/*.csv", "out/a.b.csv"),
            ("*/*", "a/b"), ("a?c", "abc"), ("a?c", "a🚂c"), ("*", "anything"), ("**", "a"), ("a*b*c", "axbxbxc"),
            ("*a", "aaa"), ("x*", "x"), ("", ""), ("a*b/c*d", "ab/cxd"), ("[a]", "[a]"), ("**", "a/b"),
            ("out/**", "out/a.txt"), ("out/**", "out/deep/b.csv"), ("out/**/b.csv", "out/b.csv"),
            ("out/**/b.csv", "out/x/y/b.csv"), ("**/*.md", "a.md"), ("**/*.md", "x/a.md"),
            ("**/**/a", "a"), ("**/**/a", "x/y/a"), ("a**/b", "axx/b"), ("a**/b", "ab"), ("**/", "x/"), ("**/", ""),
        ])
    func fits(pattern: String, path: String) {
        #expect(FilePattern(pattern).matches(path))
    }

    @Test(
        arguments: [
            ("report.md", "report.mdx"), ("*.csv", "out/a.csv"), ("out/*.csv", "out/x/a.csv"), ("a?c", "a/c"),
            ("a?c", "ac"), ("*/*", "a"), ("out/**", "other/a"), ("out/**/b", "out/xb/c"), ("out/**/b", "out/xb"),
            ("**/a.md", "ba.md"), ("**/", "x"), ("a*b", "axbx"), ("", "a"),
            ("a", ""), ("?", ""),
            ("*/b*", "a/c/b"), ("REPORT.md", "report.md"),
        ])
    func doesNotFit(pattern: String, path: String) {
        #expect(!FilePattern(pattern).matches(path))
    }

    @Test("A pattern of many stars is still quick")
    func hostilePatterns() {
        let pattern = String(repeating: "*a", count: 200) + "b"
        #expect(!FilePattern(pattern).matches(String(repeating: "a", count: 5_000)))
    }

    @Test func knowsItsWildcards() {
        #expect(FilePattern("a*").hasWildcards && FilePattern("?").hasWildcards && !FilePattern("a.b[c]").hasWildcards)
    }
}
