import Core
import Testing

@testable import Web

/// A turn on its own page: what was sent, and what was answered.
@Suite(.timeLimit(.minutes(1)))
struct TurnFragmentsTests {
    @Test func whatAnAgentSaysOfItself() {
        #expect(
            outline(
                """
                \(SaidText.render("It is **done**.\nSTATUS: completed\nSUMMARY: All is paid.", id: "a"))
                \(SaidText.render("STATUS: failed\nSUMMARY: The disk is full.", id: "b"))
                \(SaidText.render("Which of the two?\nSTATUS: question", id: "c"))
                \(SaidText.render("STATUS: silent", id: "d"))
                \(SaidText.render("STATUS: see below", id: "e"))
                """
            ) == """
                <div class="said">
                  <div class="prose" id="a" tabindex="0">
                    <p>It is
                      <strong>done
                      .
                <p class="own-verdict tone-green">
                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>
                    <b>Completed
                    :
                    <span class="summary">All is paid.
                <p class="own-verdict tone-red">
                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>
                    <b>Failed
                    :
                    <span class="summary">The disk is full.
                <div class="said">
                  <div class="prose" id="c" tabindex="0">
                    <p>Which of the two?
                <p class="own-verdict tone-amber">
                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>
                    <b>Asks
                <p class="own-verdict tone-gray">
                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>
                    <b>Nothing to report
                <div class="said">
                  <div class="prose" id="e" tabindex="0">
                    <p>STATUS: see below
                """)
    }

    @Test func aRequest() {
        #expect(
            outline(RequestPanel.render(TurnPageTests.view(whole: true))) == """
                <section class="panel exchange" aria-labelledby="request-heading">
                  <div class="panel-head">
                    <h2 id="request-heading">Request
                    <nav class="choice" aria-label="How much of the request">
                      <a href="/tasks/7/steps/each%2F3%2Fread/runs/2/turns/2">What is new
                      <a href="/tasks/7/steps/each%2F3%2Fread/runs/2/turns/2?request=whole" aria-current="true">The whole request
                  <div class="inside">
                    <p class="cut">word Below they stand all the same.
                    <div class="payload">
                      <div class="payload-head">
                        <h3>System prompt
                        <button type="button" class="quiet" data-copy-from="/api/tasks/7/runs/2/turns?step=each%2F3%2Fread&amp;turn=2" aria-label="Copy system prompt">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <pre class="text" id="request-system" tabindex="0">word
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Tools
                        <span class="dim number">1
                      <ul class="tools-offered">
                        <li>
                          <details class="offered">
                            <summary>
                              <b class="name">word
                              <span class="dim">word
                            <div class="payload">
                              <div class="payload-head">
                                <h3>Its arguments
                                <button type="button" class="quiet" data-copy="request-tool-0" aria-label="Copy its arguments">
                                  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span>Copy
                              <div class="tree" id="request-tool-0" tabindex="0">
                                <details open>
                                  <summary data-size="1 member" data-close="}">{
                                  <div class="fold">
                                    <div>
                                      <span class="key">&quot;type&quot;
                                      :
                                      <span class="string">&quot;word&quot;
                                  <div class="end">}
                    <div class="payload">
                      <div class="payload-head">
                        <h3>Parameters
                        <button type="button" class="quiet" data-copy="request-parameters" aria-label="Copy parameters">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Copy
                      <div class="tree" id="request-parameters" tabindex="0">
                        <details open>
                          <summary data-size="1 member" data-close="}">{
                          <div class="fold">
                            <div>
                              <span class="key">&quot;thinking&quot;
                              :
                              <span class="string">&quot;word&quot;
                          <div class="end">}
                    <ol class="messages">
                      <li id="message-1">
                        <p class="role">
                          <b>user
                          <span class="dim number">message 1
                        <pre class="text" id="message-1-0" tabindex="0">word one
                        <p class="deed">file
                          <code>word
                      <li id="message-2">
                        <p class="role">
                          <b>assistant
                          <span class="dim number">message 2
                        <details class="payload folded">
                          <summary>
                            <h3>Thinking
                          <div class="payload-head">
                            <button type="button" class="quiet" data-copy-from="/api/tasks/7/runs/2/turns?step=each%2F3%2Fread&amp;turn=2" aria-label="Copy thinking">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Copy
                          <pre class="text" id="message-2-0" tabindex="0">word
                        <p class="deed">called
                          <code>word
                        <div class="tree" id="message-2-1" tabindex="0">
                          <details open>
                            <summary data-size="1 member" data-close="}">{
                            <div class="fold">
                              <div>
                                <span class="key">&quot;path&quot;
                                :
                                <span class="string">&quot;word&quot;
                            <div class="end">}
                      <li id="message-3">
                        <p class="role">
                          <b>user
                          <span class="dim number">message 3
                        <p class="deed bad">error of
                          <code>word
                        <pre class="text" id="message-3-0" tabindex="0">word three
                        <div class="tree" id="message-3-1" tabindex="0">
                          <details open>
                            <summary data-size="1 member" data-close="}">{
                            <div class="fold">
                              <div>
                                <span class="key">&quot;web_search&quot;
                                :
                                <span class="string">&quot;word&quot;
                            <div class="end">}
                """)
    }

    @Test func aTurn() {
        #expect(
            outline(content: TurnPage.document(TurnPageTests.view())) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Turn 2 of each/3/read, word · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/tasks/7?step=each%2F3%2Fread&amp;run=2#step-each-2f3-2fread">
                          <span aria-hidden="true">←
                          <span class="ordinal">#7
                          <span class="name">word
                      <div class="turn-title">
                        <h1>Turn 2
                          <span class="dim">of
                            <a class="name" href="/tasks/7?step=each%2F3%2Fread&amp;run=2#step-each-2f3-2fread">each/3/read
                            , run 2
                        <nav class="pager" aria-label="Turns">
                          <a class="button" href="/tasks/7/steps/each%2F3%2Fread/runs/2/turns/1">
                            <span aria-hidden="true">←
                            Turn 1
                          <a class="button" href="/tasks/7/steps/each%2F3%2Fread/runs/2/turns/3">Turn 3
                            <span aria-hidden="true">→
                      <div class="turn-facts">
                        <span class="facts-line">
                          <span class="model" title="word">word
                          <span class="dim" title="Why the model stopped">word
                          <span class="number">5ms
                          <span class="number">9 input
                          <span class="number cost">$0.001854
                        <span class="dim">answered
                          <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                      <section class="panel exchange" aria-labelledby="request-heading">
                        <div class="panel-head">
                          <h2 id="request-heading">Request
                          <nav class="choice" aria-label="How much of the request">
                            <a href="/tasks/7/steps/each%2F3%2Fread/runs/2/turns/2" aria-current="true">What is new
                            <a href="/tasks/7/steps/each%2F3%2Fread/runs/2/turns/2?request=whole">The whole request
                        <div class="inside">
                          <p class="cut">word Below they stand all the same.
                          <p class="dim">Sent again as before: the system prompt, 1 tool, 2 messages.
                          <ol class="messages">
                            <li id="message-3">
                              <p class="role">
                                <b>user
                                <span class="dim number">message 3
                              <p class="deed bad">error of
                                <code>word
                              <pre class="text" id="message-3-0" tabindex="0">word three
                              <div class="tree" id="message-3-1" tabindex="0">
                                <details open>
                                  <summary data-size="1 member" data-close="}">{
                                  <div class="fold">
                                    <div>
                                      <span class="key">&quot;web_search&quot;
                                      :
                                      <span class="string">&quot;word&quot;
                                  <div class="end">}
                      <section class="panel exchange turns" aria-labelledby="answer-heading">
                        <h2 id="answer-heading">Answer
                        <div class="inside">
                          <div class="turn">
                            <div class="said">
                              <div class="prose" id="answer-part-0" tabindex="0">
                                <p>said
                            <details class="tool tone-red" id="answer-call-0" open>
                              <summary>
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <b class="name">word
                                <span class="why">{&quot;a&quot;:&quot;word&quot;}
                                <span class="badges">
                                  <span class="label bad">error
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
                                    <button type="button" class="quiet" data-copy="answer-call-0-arguments" aria-label="Copy arguments">
                                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                      <span>Copy
                                  <div class="tree" id="answer-call-0-arguments" tabindex="0">
                                    <details open>
                                      <summary data-size="1 member" data-close="}">{
                                      <div class="fold">
                                        <div>
                                          <span class="key">&quot;a&quot;
                                          :
                                          <span class="string">&quot;word&quot;
                                      <div class="end">}
                          <details class="payload folded">
                            <summary>
                              <h3>As it is on record
                            <div class="payload-head">
                              <button type="button" class="quiet" data-copy-from="/api/tasks/7/runs/2/turns?step=each%2F3%2Fread&amp;turn=2" aria-label="Copy as it is on record">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <div class="tree" id="answer-record" tabindex="0">
                              <details open>
                                <summary data-size="1 member" data-close="}">{
                                <div class="fold">
                                  <div>
                                    <span class="key">&quot;text&quot;
                                    :
                                    <span class="string">&quot;word&quot;
                                <div class="end">}
                """)
    }
}
