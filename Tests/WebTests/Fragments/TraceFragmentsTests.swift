import Core
import Testing

@testable import Web

/// The trace of a step.
@Suite(.timeLimit(.minutes(1)))
struct TraceFragmentsTests {
    @Test func aRun() {
        #expect(
            outline(TraceRun.render(TracePageTests.run(2), now: Samples.now)) == """
                <div class="trace-run">
                  <dl class="facts trace-facts">
                    <div>
                      <dt>Run 2
                      <dd>
                        <span class="badge tone-green">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="word">Completed
                    <div>
                      <dt>Started
                      <dd>
                        <time datetime="2026-11-20T15:04:02.123Z" title="2026-11-20 15:04:02 UTC" data-show="exact">2026-11-20 15:04:02 UTC
                    <div>
                      <dt>Duration
                      <dd>
                        <span class="number">3.0s
                    <div>
                      <dt>Tokens
                      <dd>
                        <span class="number" title="1 prompt + 2 completion">3
                    <div>
                      <dt>Because
                      <dd>word
                  <dl class="pairs">
                    <dt>Agent
                    <dd>word
                  <details class="payload folded">
                    <summary>
                      <h3>System prompt
                    <div class="payload-head">
                      <button type="button" class="quiet" data-copy="trace-run-2-system" aria-label="Copy system prompt">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Copy
                    <pre class="text" id="trace-run-2-system" tabindex="0">word
                  <div class="payload">
                    <div class="payload-head">
                      <h3>Instructions
                      <button type="button" class="quiet" data-copy="trace-run-2-instructions" aria-label="Copy instructions">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Copy
                    <pre class="text" id="trace-run-2-instructions" tabindex="0">word
                  <p class="dim">2 earlier entries of this run not shown here.
                  <ol class="trace-turns">
                    <li class="turn trace-turn" id="trace-run-2-0">
                      <div class="turn-head">
                        <h2>Turn 1
                        <span class="facts-line">
                          <span class="model" title="word">word
                          <span class="number">5ms
                          <span class="number">1,234 tokens
                          <span class="number cost" title="By table t.">$0.001854
                        <a class="turn-link" href="/tasks/7/steps/each%2F3%2Fwork/runs/2/turns/1">On its own page
                      <details class="payload folded sent" open>
                        <summary>
                          <h3>Request
                          <span class="dim">1 new message
                        <p class="dim">Sent again as before: 1 message.
                        <ol class="messages">
                          <li id="trace-run-2-0-message-2">
                            <p class="role">
                              <b>user
                              <span class="dim number">message 2
                            <pre class="text" id="trace-run-2-0-message-2-0" tabindex="0">new word
                      <div class="said">
                        <div class="prose" id="trace-run-2-0-part-0" tabindex="0">
                          <p>said
                      <details class="tool tone-green" id="trace-run-2-0-call-0">
                        <summary>
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <b class="name">word
                          <span class="why">{&quot;a&quot;:&quot;word&quot;}
                          <span class="badges">
                            <span class="number">&lt;1ms
                        <div class="tool-inside">
                          <dl class="pairs">
                            <dt>Reason
                            <dd>
                              <span class="dim">not stated
                            <dt>Confidence
                            <dd>
                              <span class="dim">not stated
                            <dt>Alternatives
                            <dd>
                              <span class="dim">not stated
                          <div class="payload">
                            <div class="payload-head">
                              <h3>Arguments
                              <button type="button" class="quiet" data-copy="trace-run-2-0-call-0-arguments" aria-label="Copy arguments">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <div class="tree" id="trace-run-2-0-call-0-arguments" tabindex="0">
                              <details open>
                                <summary data-size="1 member" data-close="}">{
                                <div class="fold">
                                  <div>
                                    <span class="key">&quot;a&quot;
                                    :
                                    <span class="string">&quot;word&quot;
                                <div class="end">}
                          <div class="payload">
                            <div class="payload-head">
                              <h3>Result
                              <button type="button" class="quiet" data-copy="trace-run-2-0-call-0-result" aria-label="Copy result">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <pre class="text" id="trace-run-2-0-call-0-result" tabindex="0">word
                      <details class="payload folded charges">
                        <summary>
                          <h3>Tokens and cost
                          <span class="dim">$0.001854
                        <table class="figures">
                          <thead>
                            <tr>
                              <th scope="col">Kind
                              <th scope="col" class="right">Number
                              <th scope="col" class="right">Rate
                          <tbody>
                            <tr>
                              <th scope="row">Input
                              <td class="right">1,204
                              <td class="right">$3.00 a million
                            <tr>
                              <th scope="row">Output
                              <td class="right">30
                              <td class="right">
                                <span class="dim">–
                        <p class="dim">By table t.
                    <li class="between">
                      <span class="label">told
                      <span>word
                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                  <details class="payload folded">
                    <summary>
                      <h3>Output
                    <div class="payload-head">
                      <button type="button" class="quiet" data-copy="trace-run-2-output" aria-label="Copy output">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Copy
                    <pre class="text" id="trace-run-2-output" tabindex="0">word
                """)
    }

    @Test func twoRuns() {
        #expect(
            outline(
                TraceComparison.render(TracePageTests.run(1), TracePageTests.run(2, text: "other"), now: Samples.now))
                    == """
                    <div class="compared-runs">
                      <div class="trace-pair">
                        <div>
                          <dl class="facts trace-facts">
                            <div>
                              <dt>Run 1
                              <dd>
                                <span class="badge tone-green">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="word">Completed
                            <div>
                              <dt>Started
                              <dd>
                                <time datetime="2026-11-20T15:04:02.123Z" title="2026-11-20 15:04:02 UTC" data-show="exact">2026-11-20 15:04:02 UTC
                            <div>
                              <dt>Duration
                              <dd>
                                <span class="number">3.0s
                            <div>
                              <dt>Tokens
                              <dd>
                                <span class="number" title="1 prompt + 2 completion">3
                            <div>
                              <dt>Because
                              <dd>word
                        <div>
                          <dl class="facts trace-facts">
                            <div>
                              <dt>Run 2
                              <dd>
                                <span class="badge tone-green">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="word">Completed
                            <div>
                              <dt>Started
                              <dd>
                                <time datetime="2026-11-20T15:04:02.123Z" title="2026-11-20 15:04:02 UTC" data-show="exact">2026-11-20 15:04:02 UTC
                            <div>
                              <dt>Duration
                              <dd>
                                <span class="number">3.0s
                            <div>
                              <dt>Tokens
                              <dd>
                                <span class="number" title="1 prompt + 2 completion">3
                            <div>
                              <dt>Because
                              <dd>other
                      <p class="dim">0 texts of 0 differ. Words that only one run has are marked:
                        <del>run 1
                        <ins>run 2
                      <div class="comparison">
                    """)
    }
}
