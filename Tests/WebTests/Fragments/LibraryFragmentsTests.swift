import Core
import Plans
import Testing

@testable import Web

/// What stands on the pages of a plan and of an agent.
@Suite(.timeLimit(.minutes(1)))
struct LibraryFragmentsTests {
    @Test func versions() {
        #expect(
            outline(PlanVersions.render(Samples.plan("word"))) == """
                <section class="panel" aria-labelledby="versions-heading">
                  <form method="get" action="/plans/word/diff" class="versions single">
                    <div class="panel-head">
                      <h2 id="versions-heading">Versions
                        <span class="dim number">1
                    <ol>
                      <li aria-current="true">
                        <span class="compare">
                          <input type="radio" name="from" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare from 4bf5122f" checked>
                          <input type="radio" name="to" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare to 4bf5122f" checked>
                        <div>
                          <a href="/plans/word?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                            <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                          <span class="label">latest
                          <span class="standing published" title="The published version runs, whatever is saved later">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <span>Published
                          <span class="saved">
                            <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                            <span class="dim">by
                            <span class="name">word
                            <span class="note-text">word
                """)
    }

    @Test func anOutline() {
        #expect(
            outline(PlanOutline.render(Samples.plan("word").outline) { "/plans/word/edit?step=\($0.name)" }) == """
                <ol class="outline">
                  <li>
                    <span class="step">
                      <a class="name" href="/plans/word/edit?step=word" data-line="3">word
                      <span class="kind dim">set
                    <p class="dim">word
                    <p class="path">word
                    <ol class="outline">
                """)
    }

    @Test func aDrawing() {
        #expect(
            outline(PlanDrawing.render("<svg></svg>", outline: "<ol></ol>")) == """
                <section class="panel plan-flow" aria-labelledby="flow-heading">
                  <h2 id="flow-heading">Flowchart
                  <svg>
                  <details class="in-words">
                    <summary>The steps in words
                    <ol>
                """)
    }

    @Test func aCheck() {
        #expect(
            outline(
                DocumentCheck.render(
                    DocumentCheckView(findings: [
                        Diagnostic(
                            "unknown key", at: .source(file: "plan.yaml", line: 4, column: 7), hint: "did you mean set?"
                        )
                    ]), kind: .plan)) == """
                    <section id="verdict" class="panel verdict tone-red" role="status">
                      <div class="panel-head">
                        <h2>
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          1 mistake
                      <ol class="findings">
                        <li>
                          <a class="place" href="#document-text" data-line="4" data-column="7" data-file="plan.yaml">plan.yaml:4:7
                          <span class="message">unknown key
                          <p class="dim">did you mean set?
                    """)
    }

    @Test func theWayBack() {
        #expect(
            outline(LibraryPage.back(to: .plan, name: "word")) == """
                <nav class="back" aria-label="Path">
                  <span>
                    <a href="/plans">
                      <span aria-hidden="true">←
                      Plans
                    <span class="dim" aria-hidden="true">/
                    <a href="/plans/word">word
                """)
    }

    @Test func aVersion() {
        #expect(
            outline(LibraryPage.version(Samples.hash)) == """
                <code class="version" title="ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb">ca978112
                """)
    }

    @Test func whoSavedIt() {
        #expect(
            outline(LibraryPage.saved(by: "ada", at: Samples.before(seconds: 75), note: "Friendlier", now: Samples.now))
                == """
                <span class="saved">
                  <time datetime="2026-11-20T15:02:50.123Z" title="2026-11-20 15:02:50 UTC" data-show="age">1 min ago
                  <span class="dim">by
                  <span class="name">ada
                  <span class="note-text">Friendlier
                """)
    }

    @Test func anAction() {
        #expect(
            outline(LibraryPage.action("/plans/word/archive", "Archive", fields: [("a", "b")])) == """
                <form method="post" action="/plans/word/archive" hx-post="/plans/word/archive" hx-swap="none" hx-disable="find button">
                  <input type="hidden" name="a" value="b">
                  <button class="">Archive
                """)
    }

    @Test func theMemoryOfAnAgent() {
        #expect(
            outline(AgentMemory.render(Samples.agent("word"))) == """
                <section class="panel" aria-labelledby="memory-heading">
                  <div class="panel-head">
                    <h2 id="memory-heading">Memory
                      <span class="dim number">1
                  <div class="memory-entry">
                    <div>
                      <b class="name">word
                      <span class="dim">
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                        in
                        <a href="/tasks/7">#7
                    <a class="button quiet stop" href="/agents/word/memory/forget?entry=word" hx-get="/agents/word/memory/forget?entry=word" hx-target="#asks" hx-swap="innerHTML" aria-label="Delete word">Delete
                    <pre>word
                <div id="asks">
                """)
    }

    @Test func forgetting() {
        #expect(
            outline(AgentMemory.dialog("word", of: "clerk")) == """
                <dialog id="forget-dialog" aria-labelledby="forget-heading">
                  <h2 id="forget-heading">Delete this from its memory?
                  <p class="which name">word
                  <p>Tasks from now on do not know it any more. What earlier tasks did with it stays in their record.
                  <p class="problem" role="alert" hidden>
                  <form method="post" action="/agents/clerk/memory/forget" hx-post="/agents/clerk/memory/forget" hx-swap="none">
                    <input type="hidden" name="entry" value="word">
                    <div class="dialog-actions">
                      <button form="forget-keep" autofocus>Keep it
                      <button class="danger">Delete
                  <form method="dialog" id="forget-keep">
                """)
    }

    @Test func aTextThatWasNotSaved() {
        let check = DocumentCheckView(
            refusal: DocumentCheckView.Refusal(
                message: "Somebody has saved another version meanwhile.", hint: "Look at it first.",
                differencePath: "/plans/word/diff", newer: ContentHash(of: [1])))
        #expect(
            outline(DocumentCheck.render(check, kind: .plan)) == """
                <section id="verdict" class="panel verdict tone-red" role="status">
                  <div class="panel-head">
                    <h2>
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      Not saved
                  <div class="refusal">
                    <p class="problem" role="alert">Somebody has saved another version meanwhile.
                    <p class="dim">Look at it first.
                    <div class="row-actions">
                      <a class="button quiet" target="_blank" href="/plans/word/diff">See what changed
                      <button class="quiet" form="document" name="over" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">Save mine as the latest
                """)
    }

    @Test func aTextWithoutMistakes() {
        var check = DocumentCheckView(summary: "1 step")
        check.saved = (ContentHash(of: [1]), "word")
        #expect(
            outline(DocumentCheck.render(check, kind: .plan)) == """
                <section id="verdict" class="panel verdict tone-green" role="status" data-saved="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" data-address="/plans/word/edit" data-check="/plans/word/check">
                  <div class="panel-head">
                    <h2>
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      No mistakes
                    <span class="dim">1 step
                """)
    }

    @Test func aTextThatNobodyHasChecked() {
        #expect(
            outline(DocumentCheck.render(nil, kind: .agent)) == """
                <section id="verdict" class="panel verdict" role="status">
                  <div class="panel-head">
                    <h2>Not checked yet
                """)
    }
}
