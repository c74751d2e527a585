import Core
import Testing

@testable import Web

/// Two tasks beside each other, and a task that is restarted.
@Suite(.timeLimit(.minutes(1)))
struct CompareFragmentsTests {
    private static func steps() throws -> HTML? {
        var budget = CompareBudget()
        return try Samples.comparison("word").pair.map { CompareSteps.render($0, path: "/tasks/1/compare/2", &budget) }
    }

    @Test func thePreviewOfARestart() {
        #expect(
            outline(PreviewPanel.render(Samples.restart("word").preview, path: "/tasks/7/restart")) == """
                <section class="panel preview-panel" aria-labelledby="preview-heading">
                  <h2 id="preview-heading">Preview
                  <div id="preview" aria-live="polite" hx-post="/tasks/7/restart" hx-swap="innerMorph" hx-trigger="input delay:300ms from:#task-form, change delay:50ms from:#task-form, sb:files from:#task-form" hx-sync="this:queue last">
                    <p class="saved">
                      <span class="dim">Saves
                      <span>
                        <b class="number">&lt;1ms
                        of time
                    <p class="notice">The plan no longer takes
                      <b>word
                      .
                    <h3>Runs again
                      <span class="dim">1
                    <ul>
                      <li>
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span class="name">word
                        <span class="dim">word
                    <h3>Is taken over
                      <span class="dim">1
                    <ul>
                      <li class="tone-green">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span class="name">word
                        <span class="dim number">900ms
                    <h3>The plan has changed
                    <pre class="unified" tabindex="0">
                      <ins>+word
                      <del>-word
                """)
    }

    @Test func aRecordedOutput() {
        #expect(
            outline(
                RecordedOutput.render(Samples.restart("word").outputs[1], path: "/tasks/7/restart", FormStateView()))
                    == """
                    <li id="recorded-step-write" class="open">
                      <span class="name">write
                      <span class="label">set
                      <div class="field">
                        <label for="form-field--2foutputs-2fwrite">Output
                          <span class="dim">optional
                        <textarea class="code" spellcheck="false" id="form-field--2foutputs-2fwrite" name="/outputs/write" rows="3">word
                    """)
    }

    @Test func theFiguresOfTwo() throws {
        #expect(
            try outline(Samples.comparison("word").pair.map { CompareFigures.render($0, now: Samples.now) }) == """
                <div class="panel scroll">
                  <table class="compared-figures">
                    <thead>
                      <tr>
                        <td>
                        <th scope="col">
                          <span class="dim">Before
                          <a href="/tasks/142">
                            <span class="ordinal">#142
                            <span class="name">word
                        <th scope="col">
                          <span class="dim">After
                          <a href="/tasks/142">
                            <span class="ordinal">#142
                            <span class="name">word
                        <th scope="col">Change
                    <tbody>
                      <tr>
                        <th scope="row">State
                        <td>
                          <span class="badge tone-green">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="word">Completed
                        <td>
                          <span class="badge tone-green">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="word">Completed
                        <td>
                      <tr>
                        <th scope="row">Duration
                        <td>
                          <span class="number">4.2s
                        <td>
                          <span class="number">4.2s
                        <td>
                          <span class="dim">same
                      <tr>
                        <th scope="row">Tokens
                        <td>
                          <span class="number" title="3,904 prompt + 612 completion">4,516
                        <td>
                          <span class="number" title="3,904 prompt + 612 completion">4,516
                        <td>
                          <span class="dim">same
                      <tr>
                        <th scope="row">Est. cost
                        <td>
                          <span class="dim" title="There is no price for this model">unknown
                        <td>
                          <span class="dim" title="There is no price for this model">unknown
                        <td>
                      <tr>
                        <th scope="row">Steps
                        <td>
                          <span class="number">5 of 5
                        <td>
                          <span class="number">5 of 5
                        <td>
                          <span class="dim">same
                """)
    }

    @Test func theStepsOfTwo() throws {
        #expect(
            try outline(Self.steps()) == """
                <section class="panel compared" aria-labelledby="compared-steps">
                  <div class="panel-head">
                    <h2 id="compared-steps">Steps
                    <span class="dim">1 changed · 2 the same
                  <ol class="compared-steps">
                    <li class="folded">
                      <details>
                        <summary>1 step the same
                        <ol>
                          <li class="same-step">
                            <span class="step-line">
                              <span class="state">
                              <span class="name">a
                              <span class="step-figures">
                                <span class="number">
                    <li>
                      <details open>
                        <summary>
                          <span class="step-line">
                            <span class="state">
                              <span class="tone-green" title="Completed">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <span class="hidden">Completed
                              <span class="dim" aria-hidden="true">→
                              <span class="hidden">then
                              <span class="tone-red" title="Failed">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <span class="hidden">Failed
                            <span class="name">word
                            <span class="label">changed
                            <span class="step-figures">
                              <span class="number">900ms → 1.9s
                              <span class="number" title="Tokens">10 → 14 tokens
                              <span class="number" title="Cost">
                                <span class="dim" title="no model was called">
                                  <span aria-hidden="true">–
                                  <span class="hidden">no model was called
                                →
                                <span class="dim" title="no model was called">
                                  <span aria-hidden="true">–
                                  <span class="hidden">no model was called
                        <div class="inside">
                          <h3>Output
                          <p class="pointer">
                            <code>
                            <span class="dim">only before
                          <div class="diff" id="compared-step-word-output-0" tabindex="0" role="group" aria-label="Differences">
                            <del>[
                              <span class="line-break" aria-hidden="true">↵
                              &quot;word&quot;
                              <span class="line-break" aria-hidden="true">↵
                              ]
                    <li class="folded">
                      <details>
                        <summary>1 step the same
                        <ol>
                          <li class="same-step">
                            <span class="step-line">
                              <span class="state">
                              <span class="name">b
                              <span class="step-figures">
                                <span class="number">
                """)
    }
}
