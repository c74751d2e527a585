import Core
import Testing

@testable import Web

/// Why a step is as it is: its attempts, conditions, choices and waits.
@Suite(.timeLimit(.minutes(1)))
struct StepReasonFragmentsTests {
    @Test func attempts() throws {
        #expect(
            try outline(AttemptList.render(Samples.nested().steps[2].attempts, now: Samples.now)) == """
                <div class="attempts">
                  <h3>Runs
                  <ol>
                    <li class="tone-red">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <div>
                        <p class="run">
                          <b>Run 1
                          <span class="facts-line">
                            <span class="word">Failed
                        <p class="dim">
                          <time datetime="2026-11-20T15:03:56.123Z" title="2026-11-20 15:03:56 UTC" data-show="exact">2026-11-20 15:03:56 UTC
                          –
                          <time datetime="2026-11-20T15:03:57.123Z" title="2026-11-20 15:03:57 UTC" data-show="later" data-after="2026-11-20T15:03:56.123Z">15:03:57 UTC
                          , took 1.0s
                        <p class="sentence">tool_error: no
                        <p class="dim">Runs again
                          <time class="number" datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="until">in 1m 00s
                """)
    }

    @Test func aCondition() {
        #expect(
            outline(
                ConditionBlock.render(
                    ConditionView(expression: "inputs.a > 1", value: true, parts: [("inputs.a", 2)]), heading: "Why"))
                    == """
                    <div class="condition">
                      <h3>Why
                      <p>
                        <code>inputs.a &gt; 1
                        was
                        <b>true
                      <dl class="values">
                        <dt>
                          <code>inputs.a
                        <dd>
                          <code class="scalar">2
                    """)
    }

    @Test func aChoice() {
        #expect(
            outline(
                ConditionBlock.render(
                    ChoiceView(agent: "clerk", reason: "It is much", confidence: 0.9, alternatives: ["small"]))) == """
                    <div class="condition">
                      <h3>Why this path
                      <p>clerk said:
                        <q>It is much
                      <p class="dim">90 % sure · also thought of small
                    """)
    }

    @Test func aWait() {
        #expect(
            outline(
                WaitBlock.render(
                    WaitView(
                        reason: "dependency", sentence: "Waits for task #9", since: Samples.before(seconds: 90),
                        until: Samples.before(seconds: -60),
                        blocker: .task(TaskLinkView(number: TaskNumber(rawValue: 9)))), now: Samples.now)) == """
                    <div class="waits">
                      <h3>Waiting
                      <p>Waits for task #9
                      <p class="dim">Since
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                        (
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                        ) · goes on
                        <time class="number" datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="until">in 1m 00s
                        , at
                        <time datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="later" data-after="2026-11-20T15:02:35.123Z">15:05:05 UTC
                      <p>
                        <span class="task-link">
                          <a href="/tasks/9">
                            <span class="ordinal">#9
                    """)
    }

    @Test func theWaysThroughALoop() {
        #expect(
            outline(
                LoopPager.render(
                    LoopPageView(
                        task: TaskNumber(rawValue: 148), loop: StepPath(rawValue: "each"), bounds: 50...99,
                        total: 10_000, failed: 20, next: 99, after: 49, isFailedOnly: false, size: 50))) == """
                    <nav class="loop-pages" aria-label="Iterations of each">
                      <span class="number">#50–#99 of 10,000
                      <span class="ways">
                        <a href="/tasks/148?step=each#step-each" data-parts="/tasks/148/steps/each/parts">First
                        <a href="/tasks/148?step=each#step-each" data-parts="/tasks/148/steps/each/parts">Previous
                        <a href="/tasks/148?step=each&amp;after=99#step-each" data-parts="/tasks/148/steps/each/parts?after=99">Next
                        <a href="/tasks/148?step=each&amp;after=9949#step-each" data-parts="/tasks/148/steps/each/parts?after=9949">Latest
                      <a href="/tasks/148?step=each&amp;failed=true#step-each" data-parts="/tasks/148/steps/each/parts?failed=true">Only the 20 failed
                      <form action="/tasks/148" data-parts="/tasks/148/steps/each/parts">
                        <input type="hidden" name="step" value="each">
                        <label for="step-each-jump">Go to #
                        <input id="step-each-jump" name="iteration" type="text" inputmode="numeric" pattern="[0-9]+" maxlength="9" required autocomplete="off">
                        <button class="quiet">Go
                    """)
    }

    @Test func runsOfAnAgent() {
        let attempts = [
            AttemptView(
                number: 1, startedAt: Samples.before(seconds: 9), endedAt: Samples.before(seconds: 8), state: .failed,
                tokens: TokensView(prompt: 5, completion: 1), cost: .nanoDollars(1_000_000), path: "/tasks/7?run=1"),
            AttemptView(
                number: 2, cause: "somebody sent it back", startedAt: Samples.before(seconds: 5), state: .running,
                path: "/tasks/7?run=2", isShown: true),
        ]
        #expect(
            outline(AttemptList.render(attempts, now: Samples.now)) == """
                <div class="attempts">
                  <h3>Runs
                  <ol>
                    <li class="tone-red">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <div>
                        <p class="run">
                          <b>
                            <a href="/tasks/7?run=1" title="Show the turns of this run">Run 1
                          <span class="facts-line">
                            <span class="word">Failed
                            <span>
                              <span class="number" title="5 prompt + 1 completion">6
                              tokens
                            <span class="cost">
                              <span class="number" title="Exactly $0.001">$0.0010
                        <p class="dim">
                          <time datetime="2026-11-20T15:03:56.123Z" title="2026-11-20 15:03:56 UTC" data-show="exact">2026-11-20 15:03:56 UTC
                          –
                          <time datetime="2026-11-20T15:03:57.123Z" title="2026-11-20 15:03:57 UTC" data-show="later" data-after="2026-11-20T15:03:56.123Z">15:03:57 UTC
                          , took 1.0s
                    <li class="tone-blue">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <div>
                        <p class="run">
                          <b>
                            <a href="/tasks/7?run=2" title="Show the turns of this run" aria-current="true">Run 2
                          <span class="facts-line">
                            <span class="word">Running
                            <span class="label">shown below
                        <p class="dim">Since
                          <time datetime="2026-11-20T15:04:00.123Z" title="2026-11-20 15:04:00 UTC" data-show="exact">2026-11-20 15:04:00 UTC
                          (
                          <time datetime="2026-11-20T15:04:00.123Z" title="2026-11-20 15:04:00 UTC" data-show="age">5 s ago
                          ) · because somebody sent it back
                """)
    }
}
