import Core
import Testing

@testable import Web

/// The turns of an agent, the trace of a step, and what a model was sent.
@Suite(.timeLimit(.minutes(1)))
struct AgentFragmentsTests {
    private static let call = ToolCallView(
        tool: "pay", arguments: ["sum": 5], reason: "It is due.", confidence: 0.9, alternatives: ["ask"],
        state: .failed, milliseconds: 5, result: .text("No money."))

    private static let turn = TurnView(
        number: 2, model: ModelView(name: "fake/any"), stopReason: "tool_use", milliseconds: 1_200,
        tokens: TokensView(prompt: 9, completion: 1, split: "9 input"), cost: "0.001854", costNote: "By table t.",
        thinking: "First this.", parts: [.text("I **look**.")], calls: [call])

    @Test func aTurn() {
        #expect(
            outline(TurnList.render(.turn(Self.turn), id: "s")) == """
                <li class="turn">
                  <div class="turn-head">
                    <b>Turn 2
                    <span class="facts-line">
                      <span class="model" title="fake/any">fake/any
                      <span class="dim" title="Why the model stopped">calls tools
                      <span class="number">1.2s
                      <span class="number">9 input
                      <span class="number cost" title="By table t.">$0.001854
                  <details class="payload folded">
                    <summary>
                      <h3>Thinking
                    <div class="payload-head">
                      <button type="button" class="quiet" data-copy="s-thinking" aria-label="Copy thinking">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Copy
                    <pre class="text" id="s-thinking" tabindex="0">First this.
                  <div class="said">
                    <div class="prose" id="s-part-0" tabindex="0">
                      <p>I
                        <strong>look
                        .
                  <details class="tool tone-red" id="s-call-0">
                    <summary>
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <b class="name">pay
                      <span class="why">It is due.
                      <span class="badges">
                        <span class="label bad">error
                    <div class="tool-inside">
                      <dl class="pairs">
                        <dt>Reason
                        <dd>It is due.
                        <dt>Confidence
                        <dd>90 %
                        <dt>Alternatives
                        <dd>ask
                      <div class="payload">
                        <div class="payload-head">
                          <h3>Arguments
                          <button type="button" class="quiet" data-copy="s-call-0-arguments" aria-label="Copy arguments">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <span>Copy
                        <div class="tree" id="s-call-0-arguments" tabindex="0">
                          <details open>
                            <summary data-size="1 member" data-close="}">{
                            <div class="fold">
                              <div>
                                <span class="key">&quot;sum&quot;
                                :
                                <span class="scalar">5
                            <div class="end">}
                      <div class="payload">
                        <div class="payload-head">
                          <h3>Error
                          <button type="button" class="quiet" data-copy="s-call-0-result" aria-label="Copy error">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <span>Copy
                        <pre class="text" id="s-call-0-result" tabindex="0">No money.
                """)
    }

    @Test func figures() {
        #expect(
            outline(TurnList.facts(Self.turn)) == """
                <span class="facts-line">
                  <span class="model" title="fake/any">fake/any
                  <span class="dim" title="Why the model stopped">calls tools
                  <span class="number">1.2s
                  <span class="number">9 input
                  <span class="number cost" title="By table t.">$0.001854
                """)
    }

    @Test func between() {
        #expect(
            outline(
                TurnList.render(
                    [
                        .notice(Samples.now, "The context was shortened."), .interrupted(Samples.now),
                        .resumed(Samples.now),
                    ], id: "s")) == """
                    <div class="turns">
                      <h3>Turns
                      <ol>
                        <li class="between">
                          <span class="label">told
                          <span>The context was shortened.
                          <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                        <li class="between cut">
                          <span class="label">stopped
                          The server stopped here; what is recorded above was not lost.
                          <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                        <li class="between">
                          <span class="label">resumed
                          The run went on here.
                          <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                    """)
    }

    @Test func aCallOfATool() {
        #expect(
            outline(ToolCallBlock.render(Self.call, id: "s", isOpen: true)) == """
                <details class="tool tone-red" id="s" open>
                  <summary>
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <b class="name">pay
                    <span class="why">It is due.
                    <span class="badges">
                      <span class="label bad">error
                  <div class="tool-inside">
                    <dl class="pairs">
                      <dt>Reason
                      <dd>It is due.
                      <dt>Confidence
                      <dd>90 %
                      <dt>Alternatives
                      <dd>ask
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Arguments
                        <button type="button" class="quiet" data-copy="s-arguments" aria-label="Copy arguments">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="s-arguments" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;sum&quot;
                              :
                              <span class="scalar">5
                          <div class="end">}
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Error
                        <button type="button" class="quiet" data-copy="s-result" aria-label="Copy error">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="s-result" tabindex="0">No money.
                """)
    }

    @Test func aDecision() {
        #expect(
            outline(
                ToolCallBlock.decision(
                    CallDecisionView(
                        title: "Pay?", askedAt: Samples.before(seconds: 90), decidedAt: Samples.now,
                        words: "ada said yes", said: "Go on"))) == """
                    <p class="decided">
                      <span class="label">asked
                      Pay?
                      <b>ada said yes
                      :
                      <q>Go on
                      <span class="dim">
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                    """)
    }

    @Test func aMessage() {
        #expect(
            outline(
                RequestPanel.message(
                    ModelMessageView(
                        role: "user",
                        parts: [.text("one"), .file("a.pdf"), .result(tool: "pay", .text("No."), isError: true)]),
                    id: "s", number: 2, path: "/tasks/7")) == """
                    <li id="s">
                      <p class="role">
                        <b>user
                        <span class="dim number">message 2
                      <pre class="text" id="s-0" tabindex="0">one
                      <p class="deed">file
                        <code>a.pdf
                      <p class="deed bad">error of
                        <code>pay
                      <pre class="text" id="s-2" tabindex="0">No.
                    """)
    }
}
