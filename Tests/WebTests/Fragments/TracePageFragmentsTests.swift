import Core
import Testing

@testable import Web

/// The page of a step's trace, and two runs beside each other.
@Suite(.timeLimit(.minutes(1)))
struct TracePageFragmentsTests {
    private static func failing() -> TraceRunView {
        TraceRunView(
            attempt: AttemptView(number: 1, startedAt: Samples.before(seconds: 9), state: .failed, cost: .unknown),
            failure: FailureView(cause: "tool_error", sentence: "The call was refused."),
            content: .values(input: .json(["a": 1]), trace: .json(["status": 500])))
    }

    @Test func aPage() {
        let view = TracePageView(
            task: TaskNumber(rawValue: 7), taskName: "Letter", step: StepPath(rawValue: "send"), kind: "tool",
            summary: "Sends the letter",
            runs: [AttemptView(number: 1, state: .failed), AttemptView(number: 2, state: .completed)],
            shown: Self.failing(), isCutOff: true, now: Samples.now)
        #expect(
            outline(content: TracePage.document(view)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Trace of send, Letter · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/tasks/7?step=send#step-send">
                          <span aria-hidden="true">←
                          <span class="ordinal">#7
                          <span class="name">Letter
                      <article id="trace" class="trace" aria-labelledby="trace-heading">
                        <header class="trace-head">
                          <h1 id="trace-heading">Trace
                            <span class="dim">of
                            <a class="name" href="/tasks/7?step=send#step-send">send
                            <span class="label">tool
                          <p class="dim">Sends the letter
                          <nav class="trace-runs" aria-label="Runs">
                            <span class="runs-of">
                              <a href="/tasks/7/steps/send/trace?run=1" aria-current="true" class="tone-red" data-trace>
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                Run 1
                                <span class="hidden">: Failed
                              <a href="/tasks/7/steps/send/trace?run=2" class="tone-green" data-trace>
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                Run 2
                                <span class="hidden">: Completed
                            <span class="beside">
                              <span class="dim">Beside
                              <a href="/tasks/7/steps/send/trace?run=1&with=2" data-trace>run 2
                        <p class="cut">This step has more on record than one page reads; the latest of it may be missing here.
                        <div class="trace-run">
                          <dl class="facts trace-facts">
                            <div>
                              <dt>Run 1
                              <dd>
                                <span class="badge tone-red">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="word">Failed
                            <div>
                              <dt>Started
                              <dd>
                                <time datetime="2026-11-20T15:03:56.123Z" title="2026-11-20 15:03:56 UTC" data-show="exact">2026-11-20 15:03:56 UTC
                            <div>
                              <dt>Duration
                              <dd>
                                <span class="number" data-since="1795187036123" data-before="0">9.0s
                            <div>
                              <dt>Est. cost
                              <dd>
                                <span class="dim" title="There is no price for this model">unknown
                          <div class="error">
                            <h3>Error
                            <p>
                              <b>tool error
                              : The call was refused.
                          <div class="payload">
                            <div class="payload-head">
                              <h3>Input
                              <button type="button" class="quiet" data-copy="trace-run-1-input" aria-label="Copy input">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <div class="tree" id="trace-run-1-input" tabindex="0">
                              <details open>
                                <summary data-size="1 member" data-close="}">{
                                <div class="fold">
                                  <div>
                                    <span class="key">&quot;a&quot;
                                    :
                                    <span class="scalar">1
                                <div class="end">}
                          <div class="payload">
                            <div class="payload-head">
                              <h3>What it left behind
                              <button type="button" class="quiet" data-copy="trace-run-1-trace" aria-label="Copy what it left behind">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <div class="tree" id="trace-run-1-trace" tabindex="0">
                              <details open>
                                <summary data-size="1 member" data-close="}">{
                                <div class="fold">
                                  <div>
                                    <span class="key">&quot;status&quot;
                                    :
                                    <span class="scalar">500
                                <div class="end">}
                """)
    }

    @Test func textsThatAreTheSameThatDifferAndThatOneHas() {
        let left = TracePageTests.run(
            1, sections: [TraceSectionView("Instructions", "Pay."), TraceSectionView("Answer", "Pay 12 EUR.")])
        let right = TracePageTests.run(
            2,
            sections: [
                TraceSectionView("Instructions", "Pay."), TraceSectionView("Answer", "Pay 15 EUR."),
                TraceSectionView("Turn 2: answer", "Done."),
            ])
        #expect(
            outline(TraceComparison.render(left, right, now: Samples.now)) == """
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
                          <dd>word
                  <p class="dim">2 texts of 3 differ. Words that only one run has are marked:
                    <del>run 1
                    <ins>run 2
                  <div class="comparison">
                    <section class="pair">
                      <details class="payload folded">
                        <summary>
                          <h3>Instructions
                          <span class="dim">the same in both
                        <pre class="text" id="pair-0" tabindex="0">Pay.
                    <section class="pair">
                      <h3>Answer
                        <span class="label">differs
                      <div class="trace-pair">
                        <div>
                          <pre class="text" tabindex="0">Pay
                            <del>12
                            EUR.
                        <div>
                          <pre class="text" tabindex="0">Pay
                            <ins>15
                            EUR.
                    <section class="pair">
                      <h3>Turn 2: answer
                        <span class="label">only in run 2
                      <div class="trace-pair">
                        <div>
                        <div>
                          <pre class="text" id="pair-2" tabindex="0">Done.
                """)
    }
}
