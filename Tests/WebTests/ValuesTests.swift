import Core
import Testing

@testable import Web

/// Product §4, outputs by their media type: tables of lists and of separated values.
@Suite(.timeLimit(.minutes(1)))
struct ValuesTests {
    @Test func `a list of objects is a table`() throws {
        let value: JSON = [["name": "Acme", "total": 12.5], ["name": "Berg", "total": 7, "note": nil]]
        let table = try #require(TableView(value))
        #expect(table.columns == ["name", "total", "note"])
        #expect(table.rows == [["Acme", "12.5", ""], ["Berg", "7", ""]])
        #expect(table.isNumeric(column: 1) && !table.isNumeric(column: 0))
    }

    @Test(
        arguments: [
            [1, 2], [["a": 1], 2], [], ["a": 1], [["a": 1], ["b": 2], ["c": 3], ["d": 4]],
        ] as [JSON])
    func `what has no common members is none`(value: JSON) {
        #expect(TableView(value) == nil)
    }

    @Test(
        arguments: [
            "a,b\n1,2\n3,4\n", "a;b\r\n1;2\r\n3;4\r\n", "a\tb\n1\t2\n3\t4", "a,b\n\"1\",\"2\"\n3,4",
        ])
    func `separated values are a table`(text: String) throws {
        let table = try #require(TableView(delimited: text))
        #expect(table.columns == ["a", "b"])
        #expect(table.rows == [["1", "2"], ["3", "4"]])
        #expect(table.total == 2)
    }

    @Test func `one row of values is a table where it cannot well be prose`() {
        #expect(TableView(delimited: "a;b\n1;2\n")?.total == 1)
        #expect(TableView(delimited: "a\tb\n1\t2\n")?.total == 1)
        #expect(TableView(delimited: "a,b\n1,2\n") == nil)
        #expect(TableView(delimited: "a,b\n1,2\n", isDeclared: true)?.total == 1)
    }

    @Test(
        arguments: [
            "Yes, the invoice is paid.\nNo, nothing else is due.",
            "Yes, it is paid.\nNo, nothing is due.\nThanks, we are done.\n",
            "Yes,it is paid.\nNo,nothing is due.\nThanks,we are done.\n",
            "Yes; it is paid.\nNo; nothing is due.\nThanks; we are done.\n",
        ])
    func `prose with commas stays prose`(text: String) {
        #expect(TableView(delimited: text) == nil)
        #expect(PayloadView.Content.output(.string(text)).mediaType == "text/plain")
    }

    @Test func `the last row counts unless the text is cut`() {
        let text = "a,b\n1,2\n3,4\nand so on"
        #expect(TableView(delimited: text) == nil)
        #expect(TableView(delimited: text, isCut: true)?.rows == [["1", "2"], ["3", "4"]])
    }

    @Test func `quoted values keep their signs`() throws {
        let table = try #require(TableView(delimited: "name,says\nAda,\"well, \"\"yes\"\"\nindeed\"\nBo,no\n"))
        #expect(table.rows == [["Ada", "well, \"yes\"\nindeed"], ["Bo", "no"]])
    }

    @Test(arguments: ["", "one line", "Dear Ada,\nthank you.\n", "a,b\n1\n2,3\n", "{\"a\": 1,\n\"b\": 2}"])
    func `other texts are none`(text: String) {
        #expect(TableView(delimited: text) == nil)
    }

    @Test func `the beginning of a long one says that it is not all`() throws {
        let text = "a,b\n" + (1...300).map { "\($0),x\n" }.joined()
        let table = try #require(TableView(delimited: text))
        #expect(table.rows.count == TableView.rowsMaximum && table.total == nil)
        let cut = try #require(TableView(delimited: "a,b\n1,2\n3,4\n5,", isCut: true))
        #expect(cut.rows == [["1", "2"], ["3", "4"]] && cut.total == nil)
        #expect(TableBlock.render(cut, id: "t").text.contains("The first 2 rows."))
    }

    @Test func `cells of others stay text`() {
        let table = TableView(columns: ["<b>"], rows: [["<script>alert(1)</script>"]], total: 1)
        let page = TableBlock.render(table, id: "t").text
        #expect(page.contains("&lt;b&gt;") && page.contains("&lt;script&gt;") && !page.contains("<script>"))
    }

    @Test(
        arguments: [
            (.string("# Title\n\nWords."), "text/markdown"), (.string("a,b\n1,2\n3,4\n"), "text/csv"),
            (.string("Only words."), "text/plain"), ([["a": 1]], "application/json"), (["a": 1], "application/json"),
        ] as [(JSON, String)])
    func `an output says its media type`(value: JSON, type: String) {
        #expect(PayloadView.Content.output(value).mediaType == type)
    }

    @Test func `files show what can be seen of them`() {
        let files = [
            FileView(name: "a.png", bytes: 9, path: "/api/files/1?name=a.png", preview: .picture),
            FileView(name: "b.pdf", bytes: 2_048, path: "/api/files/2", preview: .kind("PDF")),
            FileView(name: "c.txt", bytes: 5, path: "/api/files/3", preview: .text("hello")),
            FileView(
                name: "d.csv", bytes: 5_000, preview: .table(TableView(columns: ["a"], rows: [["1"]], total: nil))),
        ]
        let page = FileList.render(files, heading: "Files").text
        #expect(page.contains("<img src=\"/api/files/1?name=a.png\" alt=\"a.png\" loading=\"lazy\">"))
        #expect(page.contains("PDF · 2 KiB"))
        #expect(page.contains("Its text") && page.contains("Its first rows"))
    }
}
