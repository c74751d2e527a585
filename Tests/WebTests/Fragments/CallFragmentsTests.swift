import Core
import Testing

@testable import Web

/// A call of a tool in each of its states, and turns of which not everything is known.
@Suite(.timeLimit(.minutes(1)))
struct CallFragmentsTests {
    private static func call(_ state: ToolCallView.State, result: PayloadView? = nil) -> ToolCallView {
        ToolCallView(tool: "write_file", arguments: ["path": "a.txt"], state: state, milliseconds: 42, result: result)
    }

    @Test func notBegun() {
        #expect(
            outline(ToolCallBlock.render(Self.call(.wanted), id: "call")) == """
                <details class="tool tone-gray" id="call">
                  <summary>
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <b class="name">write_file
                    <span class="why">{&quot;path&quot;:&quot;a.txt&quot;}
                    <span class="badges">
                      <span class="dim">not begun
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
                        <button type="button" class="quiet" data-copy="call-arguments" aria-label="Copy arguments">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="call-arguments" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;path&quot;
                              :
                              <span class="string">&quot;a.txt&quot;
                          <div class="end">}
                """)
    }

    @Test func underWay() {
        var call = Self.call(.running)
        call.isRepeated = true
        call.decisions = [CallDecisionView(title: "Write a.txt?", askedAt: Samples.now)]
        #expect(
            outline(ToolCallBlock.render(call, id: "call", isOpen: true)) == """
                <details class="tool tone-blue" id="call" open>
                  <summary>
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <b class="name">write_file
                    <span class="why">{&quot;path&quot;:&quot;a.txt&quot;}
                    <span class="badges">
                      <span class="label">made again after a stop
                      <span class="dim">under way
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
                        <button type="button" class="quiet" data-copy="call-arguments" aria-label="Copy arguments">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="call-arguments" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;path&quot;
                              :
                              <span class="string">&quot;a.txt&quot;
                          <div class="end">}
                    <p class="decided">
                      <span class="label">asked
                      Write a.txt?
                      <span class="dim">since
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                """)
    }

    @Test func doneAsATimelineTellsIt() {
        var call = Self.call(.done, result: .text("written"))
        call.trace = ["bytes": 7]
        call.files = [FileView(name: "a.txt", bytes: 7, path: "/tasks/7/files/a.txt")]
        #expect(
            outline(ToolCallBlock.render(call, id: "call", foldsWhy: true)) == """
                <details class="tool tone-green" id="call">
                  <summary>
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <b class="name">write_file
                    <span class="why">{&quot;path&quot;:&quot;a.txt&quot;}
                    <span class="badges">
                      <span class="number">42ms
                  <div class="tool-inside">
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Arguments
                        <button type="button" class="quiet" data-copy="call-arguments" aria-label="Copy arguments">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="call-arguments" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;path&quot;
                              :
                              <span class="string">&quot;a.txt&quot;
                          <div class="end">}
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Result
                        <button type="button" class="quiet" data-copy="call-result" aria-label="Copy result">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="call-result" tabindex="0">written
                    <details class="payload folded">
                      <summary>
                        <h3>Details
                      <div class="payload-head">
                        <button type="button" class="quiet" data-copy="call-trace" aria-label="Copy details">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="call-trace" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;bytes&quot;
                              :
                              <span class="scalar">7
                          <div class="end">}
                    <div class="files">
                      <h3>Files
                      <ul>
                        <li>
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <a class="name" href="/tasks/7/files/a.txt" download>a.txt
                          <span class="dim number">7 bytes
                    <details class="payload folded">
                      <summary>
                        <h3>View tool details
                      <dl class="pairs">
                        <dt>Tool
                        <dd>
                          <code>write_file
                        <dt>Reason
                        <dd>
                          <span class="dim">not stated
                        <dt>Confidence
                        <dd>
                          <span class="dim">not stated
                        <dt>Alternatives
                        <dd>
                          <span class="dim">not stated
                """)
    }

    @Test func failed() {
        var call = Self.call(.failed, result: .text("There is no such file."))
        call.reason = "To see what stands in it"
        call.problem = "read_file may only read what the step was given."
        #expect(
            outline(ToolCallBlock.render(call, id: "call")) == """
                <details class="tool tone-red" id="call">
                  <summary>
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <b class="name">write_file
                    <span class="why">To see what stands in it
                    <span class="badges">
                      <span class="label bad">error
                  <div class="tool-inside">
                    <dl class="pairs">
                      <dt>Reason
                      <dd>To see what stands in it
                      <dt>Confidence
                      <dd>
                        <span class="dim">not stated
                      <dt>Alternatives
                      <dd>
                        <span class="dim">not stated
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Arguments
                        <button type="button" class="quiet" data-copy="call-arguments" aria-label="Copy arguments">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="call-arguments" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;path&quot;
                              :
                              <span class="string">&quot;a.txt&quot;
                          <div class="end">}
                    <p class="bad">It was not made: read_file may only read what the step was given.
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Error
                        <button type="button" class="quiet" data-copy="call-result" aria-label="Copy error">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="call-result" tabindex="0">There is no such file.
                """)
    }

    @Test func aTurnOfWhichLittleIsKnown() {
        let turn = TurnView(
            number: 2, isLoopCheck: true, model: ModelView(name: "openai/gpt-5"), milliseconds: 1_500,
            path: "/tasks/7/steps/a/runs/1/turns/2")
        #expect(
            outline(TurnList.render(.turn(turn), id: "turn")) == """
                <li class="turn">
                  <div class="turn-head">
                    <b>Loop check 2
                    <span class="facts-line">
                      <span class="model" title="openai/gpt-5">openai/gpt-5
                      <span class="number">1.5s
                      <span class="dim">tokens not reported
                      <span class="dim">cost unknown
                    <a class="turn-link" href="/tasks/7/steps/a/runs/1/turns/2">Request and answer
                """)
    }

    @Test func aTurnThatSearched() {
        let turn = TurnView(
            number: 1, model: ModelView(name: "openai/gpt-5"), answeredBy: "gpt-5-2025", stopReason: "length",
            milliseconds: 1_500, tokens: TokensView(prompt: 3, completion: 1), isEstimated: true, cost: "0.5",
            isRepriced: true,
            parts: [
                .search(
                    query: "exchange rate",
                    pages: [
                        (title: "Rates", url: "https://rates.example"), (title: "", url: "https://other.example"),
                    ]),
                .text("It is **1.16**."),
            ], unavailable: ["The MCP server stock cannot be reached."])
        #expect(
            outline(TurnList.render(.turn(turn), id: "turn")) == """
                <li class="turn">
                  <div class="turn-head">
                    <b>Turn 1
                    <span class="facts-line">
                      <span class="model" title="openai/gpt-5">openai/gpt-5
                      <span class="dim" title="The model that its provider says has answered">gpt-5-2025
                      <span class="dim" title="Why the model stopped">cut at its bound on tokens
                      <span class="number">1.5s
                      <span class="number">about 4 tokens
                      <span class="number cost">$0.5
                      <span class="label">repriced
                  <p class="unavailable">The MCP server stock cannot be reached.
                  <details class="payload folded search">
                    <summary>
                      <h3>Web search
                      <q>exchange rate
                      <span class="dim">2 pages
                    <ul>
                      <li>Rates
                        <span class="dim">https://rates.example
                      <li>
                        <span class="dim">https://other.example
                  <div class="said">
                    <div class="prose" id="turn-part-1" tabindex="0">
                      <p>It is
                        <strong>1.16
                        .
                """)
    }

    @Test func aCutOff() {
        #expect(
            outline(TurnList.render(.interrupted(Samples.now, lost: "write_file had begun."), id: "cut")) == """
                <li class="between cut">
                  <span class="label">stopped
                  The server stopped here; what is recorded above was not lost. write_file had begun.
                  <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                """)
    }
}
