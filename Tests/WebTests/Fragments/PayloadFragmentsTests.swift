import Core
import Testing

@testable import Web

/// Values, texts and files as pages show them.
@Suite(.timeLimit(.minutes(1)))
struct PayloadFragmentsTests {
    @Test func aText() {
        #expect(
            outline(PayloadBlock.render(.text("one\ntwo"), id: "s", name: "Output")) == """
                <div class="payload">
                  <div class="payload-head">
                    <h3>Output
                    <button type="button" class="quiet" data-copy="s" aria-label="Copy output">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <pre class="text" id="s" tabindex="0">one two
                """)
    }

    @Test func folded() {
        #expect(
            outline(PayloadBlock.render(.json(["a": 1]), id: "s", name: "Output", isFolded: true)) == """
                <details class="payload folded">
                  <summary>
                    <h3>Output
                  <div class="payload-head">
                    <button type="button" class="quiet" data-copy="s" aria-label="Copy output">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <div class="tree" id="s" tabindex="0">
                    <details open>
                      <summary data-size="1 member" data-close="}">{
                      <div class="fold">
                        <div>
                          <span class="key">&quot;a&quot;
                          :
                          <span class="scalar">1
                      <div class="end">}
                """)
    }

    @Test func anExcerpt() {
        #expect(
            outline(
                PayloadBlock.render(
                    PayloadView(.excerpt("one", totalBytes: 5_000_000), path: "/tasks/7/outputs/a"), id: "s",
                    name: "Output")) == """
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Output
                        <button type="button" class="quiet" data-copy-from="/tasks/7/outputs/a" aria-label="Copy output">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="s" tabindex="0">one
                      <p class="dim remainder">The first 3 bytes of 4.7 MiB.
                        <a href="/tasks/7/outputs/a" download>Download all of it
                    """)
    }

    @Test func aTree() {
        #expect(
            outline(JSONTree.render(["a": [1, nil, true], "b": ["c": "d"]], id: "s")) == """
                <div class="tree" id="s" tabindex="0">
                  <details open>
                    <summary data-size="2 members" data-close="}">{
                    <div class="fold">
                      <details open>
                        <summary data-size="3 items" data-close="]">
                          <span class="key">&quot;a&quot;
                          : [
                        <div class="fold">
                          <div>
                            <span class="scalar">1
                            ,
                          <div>
                            <span class="scalar">null
                            ,
                          <div>
                            <span class="scalar">true
                        <div class="end">],
                      <details open>
                        <summary data-size="1 member" data-close="}">
                          <span class="key">&quot;b&quot;
                          : {
                        <div class="fold">
                          <div>
                            <span class="key">&quot;c&quot;
                            :
                            <span class="string">&quot;d&quot;
                        <div class="end">}
                    <div class="end">}
                """)
    }

    @Test func files() {
        #expect(
            outline(
                FileList.render(
                    [
                        FileView(name: "a b.md", bytes: 412, path: "/tasks/142/files/0"),
                        FileView(name: "gone", bytes: 1),
                    ], heading: "Files")) == """
                    <div class="files">
                      <h3>Files
                      <ul>
                        <li>
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <a class="name" href="/tasks/142/files/0" download>a b.md
                          <span class="dim number">412 bytes
                        <li>
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">gone
                          <span class="dim number">1 byte
                    """)
    }

    @Test func aTable() {
        #expect(
            outline(
                TableBlock.render(
                    TableView(columns: ["vendor", "total"], rows: [["Acme", "12.5"], ["Berg", "7"]], total: 9), id: "s")
            ) == """
                <div class="value-table" id="s" tabindex="0" role="region" aria-label="Table">
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">vendor
                        <th scope="col" class="right">total
                    <tbody>
                      <tr>
                        <td>Acme
                        <td class="right">12.5
                      <tr>
                        <td>Berg
                        <td class="right">7
                <p class="dim remainder">The first 2 of 9 rows.
                """)
    }

    @Test func aPreview() {
        #expect(
            outline(
                FilePreviewBlock.render(
                    FileView(name: "a.txt", bytes: 9, path: "/tasks/7/files/0", preview: .text("one")))) == """
                    <details class="preview">
                      <summary>The beginning of its text
                      <pre class="text" id="preview--2ftasks-2f7-2ffiles-2f0" tabindex="0">one
                    """)
    }

    @Test func wordsThatChanged() {
        #expect(
            outline(DiffBlock.render(before: "pay the bills", after: "pay all bills", id: "s")) == """
                <div class="diff" id="s" tabindex="0" role="group" aria-label="Differences">pay
                  <del>the
                  <ins>all
                  bills
                """)
    }

    @Test func linesThatChanged() {
        #expect(
            outline(UnifiedDiff.render("--- plan.yaml\n+++ plan.yaml\n@@ -1,2 +1,2 @@\n name: a\n-b: 1\n+b: 2\n"))
                == """
                <pre class="unified" tabindex="0">--- plan.yaml +++ plan.yaml
                  <span class="dim">@@ -1,2 +1,2 @@
                  name: a
                  <del>-b: 1
                  <ins>+b: 2
                """)
    }

    @Test func markdown() {
        #expect(
            outline(Markdown.render("# One\n\n* a **b**\n\n[c](https://d.example)\n", headingLevel: 3)) == """
                <h3>One
                <ul>
                  <li>a
                    <strong>b
                <p>
                  <a href="https://d.example" rel="noopener noreferrer nofollow">c
                """)
    }

    @Test func whatIsDecidedAbout() {
        var view = PayloadView.markdown("A [link](https://example.com).")
        view.isForDecision = true
        #expect(
            outline(PayloadBlock.render(view, id: "proposal", name: "Proposal")) == """
                <div class="payload">
                  <div class="payload-head">
                    <h3>Proposal
                    <button type="button" class="quiet" data-copy-text="A [link](https://example.com)." aria-label="Copy proposal">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <div class="prose" id="proposal" tabindex="0">
                    <p>A
                      <a href="https://example.com" rel="noopener noreferrer nofollow">link
                      .
                  <details class="payload folded as-written">
                    <summary>
                      <h3>As it was written
                    <pre class="text" id="proposal-source" tabindex="0">A [link](https://example.com).
                """)
    }

    @Test func whatIsTooLongToDecideAbout() {
        var view = PayloadView(.text(String(repeating: "line\n", count: 1_000)), path: "/approvals/148-1/proposal")
        view.isForDecision = true
        let markup = PayloadBlock.content(of: view, id: "proposal").text
        // The warning stands before the text.
        #expect(
            markup.hasPrefix(
                """
                <p class="problem remainder">This is not all of it: the first 1.9 KiB of 4.8 KiB. \
                <a href="/approvals/148-1/proposal">Read all of it</a></p><pre
                """))
    }

    @Test func aTableOfJSON() throws {
        let rows: JSON = [["a": 1, "b": "x"], ["a": 2, "b": "y"]]
        let table = try #require(TableView(rows))
        #expect(
            outline(PayloadBlock.render(PayloadView(.table(table, rows)), id: "rows", name: "Rows")) == """
                <div class="payload">
                  <div class="payload-head">
                    <h3>Rows
                    <button type="button" class="quiet" data-copy="rows" aria-label="Copy rows">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <div class="value-table" id="rows" tabindex="0" role="region" aria-label="Table">
                    <table>
                      <thead>
                        <tr>
                          <th scope="col" class="right">a
                          <th scope="col">b
                      <tbody>
                        <tr>
                          <td class="right">1
                          <td>x
                        <tr>
                          <td class="right">2
                          <td>y
                  <p class="dim remainder">2 rows.
                  <details class="payload folded as-json">
                    <summary>
                      <h3>As JSON
                    <div class="tree" id="rows-json" tabindex="0">
                      <details open>
                        <summary data-size="2 items" data-close="]">[
                        <div class="fold">
                          <details open>
                            <summary data-size="2 members" data-close="}">{
                            <div class="fold">
                              <div>
                                <span class="key">&quot;a&quot;
                                :
                                <span class="scalar">1
                                ,
                              <div>
                                <span class="key">&quot;b&quot;
                                :
                                <span class="string">&quot;x&quot;
                            <div class="end">},
                          <details open>
                            <summary data-size="2 members" data-close="}">{
                            <div class="fold">
                              <div>
                                <span class="key">&quot;a&quot;
                                :
                                <span class="scalar">2
                                ,
                              <div>
                                <span class="key">&quot;b&quot;
                                :
                                <span class="string">&quot;y&quot;
                            <div class="end">}
                        <div class="end">]
                """)
    }

    @Test func theFirstRowsOfAFile() {
        let table = TableView(columns: ["a", "b"], rows: [["1", "2"]], total: nil)
        let file = FileView(name: "t.csv", bytes: 12, path: "/tasks/7/files/t.csv", preview: .table(table))
        #expect(
            outline(FilePreviewBlock.render(file)) == """
                <details class="preview">
                  <summary>Its first rows
                  <div class="value-table" id="preview--2ftasks-2f7-2ffiles-2ft-2ecsv" tabindex="0" role="region" aria-label="Table">
                    <table>
                      <thead>
                        <tr>
                          <th scope="col" class="right">a
                          <th scope="col" class="right">b
                      <tbody>
                        <tr>
                          <td class="right">1
                          <td class="right">2
                  <p class="dim remainder">The first row.
                """)
    }
}
