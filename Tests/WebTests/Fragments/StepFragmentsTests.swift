import Core
import Testing

@testable import Web

/// A step and what stands in it.
@Suite(.timeLimit(.minutes(1)))
struct StepFragmentsTests {
    @Test func contents() {
        #expect(
            outline(StepContents.render(Samples.steps[0], id: "s", now: Samples.now)) == #"""
                <p class="summary">Reads every invoice as text
                <div class="payload">
                  <div class="payload-head">
                    <h3>Input
                    <button type="button" class="quiet" data-copy="s-input" aria-label="Copy input">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <div class="tree" id="s-input" tabindex="0">
                    <details open>
                      <summary data-size="1 member" data-close="}">{
                      <div class="fold">
                        <div>
                          <span class="key">&quot;folder&quot;
                          :
                          <span class="string">&quot;in&quot;
                      <div class="end">}
                <div class="payload">
                  <div class="payload-head">
                    <h3>Command
                    <span class="label">exit code 0
                    <button type="button" class="quiet" data-copy="s-command" aria-label="Copy the command">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <pre class="argv" id="s-command">python3 plan/extract.py --out &#39;it&#39;\&#39;&#39;s here.json&#39;
                <details class="payload folded">
                  <summary>
                    <h3>stdin
                  <div class="payload-head">
                    <button type="button" class="quiet" data-copy="s-stdin" aria-label="Copy stdin">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <div class="tree" id="s-stdin" tabindex="0">
                    <details open>
                      <summary data-size="1 member" data-close="}">{
                      <div class="fold">
                        <div>
                          <span class="key">&quot;folder&quot;
                          :
                          <span class="string">&quot;in&quot;
                      <div class="end">}
                <div class="payload">
                  <div class="payload-head">
                    <h3>stdout
                    <button type="button" class="quiet" data-copy="s-stdout" aria-label="Copy stdout">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <pre class="text" id="s-stdout" tabindex="0">{&quot;files&quot;: 12}
                <div class="payload">
                  <div class="payload-head">
                    <h3>stderr
                    <button type="button" class="quiet" data-copy="s-stderr" aria-label="Copy stderr">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <pre class="text" id="s-stderr" tabindex="0">acme-0331.pdf: no text layer, reading it by OCR
                <div class="payload">
                  <div class="payload-head">
                    <h3>Output
                    <button type="button" class="quiet" data-copy="s-output" aria-label="Copy output">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <div class="tree" id="s-output" tabindex="0">
                    <details open>
                      <summary data-size="2 members" data-close="}">{
                      <div class="fold">
                        <div>
                          <span class="key">&quot;files&quot;
                          :
                          <span class="scalar">12
                          ,
                        <div>
                          <span class="key">&quot;formats&quot;
                          :
                          <span class="scalar">3
                      <div class="end">}
                """#)
    }

    @Test func aCommand() {
        #expect(
            outline(
                CommandDetail.render(
                    CommandView(arguments: ["ls", "a b"], stdout: .text("x\n"), exitCode: 2), id: "s", isOpen: true))
                    == """
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Command
                        <span class="label bad">exit code 2
                        <button type="button" class="quiet" data-copy="s-command" aria-label="Copy the command">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="argv" id="s-command">ls &#39;a b&#39;
                    <div class="payload">
                      <div class="payload-head">
                        <h3>stdout
                        <button type="button" class="quiet" data-copy="s-stdout" aria-label="Copy stdout">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="s-stdout" tabindex="0">x
                    """)
    }

    @Test func aCall() {
        #expect(
            outline(
                HTTPCallDetail.render(
                    HTTPCallView(
                        method: "GET", url: "https://a.example/b", status: 200,
                        responseHeaders: ["content-type": "text/plain"], responseBody: .text("c")), id: "s")) == """
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Request
                        <span class="label">status 200
                      <pre class="argv" id="s-request">GET https://a.example/b
                    <details class="payload folded">
                      <summary>
                        <h3>Response headers
                      <div class="payload-head">
                        <button type="button" class="quiet" data-copy="s-response-headers" aria-label="Copy response headers">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="s-response-headers" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;content-type&quot;
                              :
                              <span class="string">&quot;text/plain&quot;
                          <div class="end">}
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Response body
                        <button type="button" class="quiet" data-copy="s-response-body" aria-label="Copy response body">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="s-response-body" tabindex="0">c
                    """)
    }

    @Test func anAgent() {
        #expect(
            outline(
                AgentCallDetail.render(
                    AgentCallView(
                        agent: "clerk", model: ModelView(name: "script/summary"), system: "Be brief.",
                        prompt: "Summarise.", answer: "Twelve", isStreaming: true), id: "s")) == """
                    <dl class="pairs">
                      <dt>Agent
                      <dd>clerk
                      <dt>Model
                      <dd>
                        <span class="label" title="These answers come from a file, not from a model">script
                        <span class="model" title="script/summary">summary
                    <details class="payload folded">
                      <summary>
                        <h3>System prompt
                      <div class="payload-head">
                        <button type="button" class="quiet" data-copy="s-system" aria-label="Copy system prompt">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="s-system" tabindex="0">Be brief.
                    <details class="payload folded">
                      <summary>
                        <h3>Prompt
                      <div class="payload-head">
                        <button type="button" class="quiet" data-copy="s-prompt" aria-label="Copy prompt">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="s-prompt" tabindex="0">Summarise.
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Answer so far
                        <button type="button" class="quiet" data-copy-text="Twelve" aria-label="Copy answer so far">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="prose" id="s-answer" tabindex="0">
                        <p>Twelve
                    """)
    }

    @Test func figures() {
        #expect(
            outline(StepFigures.render(Samples.steps[2], now: Samples.now)) == """
                <span class="number">2 runs
                <span class="number">310ms
                <span class="word">Completed
                """)
    }

    @Test func whatIsMade() {
        #expect(
            outline(StepFigures.what(Samples.steps[3])) == """
                Its condition was not true
                """)
    }

    @Test func whatCanBeDone() {
        #expect(
            outline(
                StepActions.render(
                    StepActionsView(
                        task: TaskNumber(rawValue: 7), step: StepPath(rawValue: "each/1"), plan: "letters",
                        isPlanChanged: true, canRepeat: true), kind: "iteration")) == """
                    <div class="step-actions">
                      <a class="button quiet" href="/tasks/7/rerun?from=each%2F1">Rerun from #1…
                      <a class="button quiet" href="/tasks/7/restart?from=each%2F1">Edit &amp; restart from #1
                      <a class="button quiet" href="/plans/letters/edit?step=each%2F1">Edit in Studio
                    """)
    }
}
