import Core
import Testing

@testable import Web

/// Pages about a task once more: restart and comparison.
@Suite(.timeLimit(.minutes(1)))
struct RestartPageFragmentsTests {
    @Test func aRestart() {
        #expect(
            outline(content: RestartPage.document(Samples.restart("word"))) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Edit &amp; restart #7 · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/tasks/7">
                          <span aria-hidden="true">←
                          Task #7
                      <div class="headline">
                        <h1>Edit &amp; restart
                        <span class="task-link">
                          <a href="/tasks/7">
                            <span class="ordinal">#7
                            <span class="name">word
                      <p class="lead dim">The original stays as it is. The new task takes over what your changes do not touch.
                      <p class="notice amber" role="note">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>word
                      <form id="task-form" class="task-form" method="post" action="/tasks/7/restart" enctype="multipart/form-data" data-post data-starts novalidate>
                        <input type="hidden" name="once" value="">
                        <button class="hidden" name="do" value="start" tabindex="-1" aria-hidden="true">
                        <div class="columns">
                          <div class="primary">
                            <section class="panel fields" aria-labelledby="given">
                              <h2 id="given">What it is given
                              <div class="subject">
                                <div>
                                  <p>
                                    <b class="name">word
                                    <span class="dim">— word
                              <div class="field">
                                <label for="form-field--2finputs-2fword">word
                                <input type="text" id="form-field--2finputs-2fword" name="/inputs/word" aria-required="true" aria-describedby="form-field--2finputs-2fword-note" value="word">
                                <p class="note" id="form-field--2finputs-2fword-note">word
                              <div class="field">
                                <label for="form-field--2finputs-2ftone">tone
                                  <span class="dim">optional
                                <select id="form-field--2finputs-2ftone" name="/inputs/tone">
                                  <option value="">–
                                  <option value="word" selected>word
                              <div class="field">
                                <label for="form-field--2fmodel">Model
                                  <span class="dim">optional
                                <input type="text" id="form-field--2fmodel" name="/model" value="word" list="form-field--2fmodel-list" placeholder="word" autocomplete="off">
                                <datalist id="form-field--2fmodel-list">
                                  <option value="word">
                              <fieldset class="field file-field" id="files-field--2ffiles" data-files="file:/files">
                                <legend>Files
                                <ul class="uploads" data-uploads>
                                <label class="drop">
                                  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span>
                                    <b>Choose files
                                    <span class="dim">or drop them here
                                  <input type="file" name="upload:/files" multiple>
                                <button class="without-script" name="do" value="attach">Add what was chosen
                                <div class="url-field" data-url>
                                  <div class="field">
                                    <label for="form-field-url-3a-2ffiles">Add a URL
                                    <input type="text" id="form-field-url-3a-2ffiles" name="url:/files" value="">
                                  <button name="do" value="attach">Fetch
                            <section class="panel fields" aria-labelledby="recorded">
                              <h2 id="recorded">Recorded outputs
                              <p class="dim">What a finished step handed over can be put right by hand. Then that step does not run again, and whatever needs it does.
                              <ul class="recorded">
                                <li id="recorded-step-word">
                                  <span class="name">word
                                  <span class="label">set
                                  <span class="preview dim">word
                                  <a class="button quiet" href="/tasks/7/restart?step=word#recorded-step-word" hx-get="/tasks/7/restart/output?step=word" hx-target="closest li" hx-swap="outerHTML" aria-label="Change the output of word">Change
                                <li id="recorded-step-write" class="open">
                                  <span class="name">write
                                  <span class="label">set
                                  <div class="field">
                                    <label for="form-field--2foutputs-2fwrite">Output
                                      <span class="dim">optional
                                    <textarea class="code" spellcheck="false" id="form-field--2foutputs-2fwrite" name="/outputs/write" rows="3">word
                          <div class="secondary">
                            <section class="panel preview-panel" aria-labelledby="preview-heading">
                              <h2 id="preview-heading">Preview
                              <div id="preview" aria-live="polite" hx-post="/tasks/7/restart/preview" hx-swap="innerMorph" hx-trigger="input delay:300ms from:#task-form, change delay:50ms from:#task-form, sb:files from:#task-form" hx-sync="this:queue last">
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
                        <div class="start-bar">
                          <p class="problem" role="alert" data-not-sent hidden>
                          <button name="do" value="preview" class="without-script">Preview
                          <a class="button quiet" href="/tasks/7">Cancel
                          <span class="dim keys" aria-hidden="true">
                            <kbd>Ctrl
                            <kbd>Enter
                          <button class="main" name="do" value="start" aria-keyshortcuts="Control+Enter" data-start>Save &amp; restart
                """)
    }

    @Test func aComparison() throws {
        #expect(
            try outline(content: ComparePage.document(Samples.comparison("word"))) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Compare #142 and #142 · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/tasks/7">
                          <span aria-hidden="true">←
                          Task #7
                      <div class="headline">
                        <h1>Compare
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
                      <section class="panel compared">
                        <h2>Plan
                        <div class="inside">
                          <pre class="unified" tabindex="0">
                            <del>-word
                      <section class="panel compared">
                        <h2>Inputs
                        <div class="inside">
                          <p class="pointer">
                            <code>/word
                          <div class="diff" id="inputs-0" tabindex="0" role="group" aria-label="Differences">
                            <ins>other
                            word
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
                      <details class="others" open>
                        <summary>Compare with another task
                        <form class="picker" role="search" method="get" action="/tasks/new" data-picker>
                          <input type="hidden" name="mode" value="from">
                          <label class="search">
                            <span class="hidden">Search tasks by name, number and prompt
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <input type="search" id="search" name="q" value="word" placeholder="Search tasks by name, number and prompt" autocomplete="off" autofocus maxlength="200" hx-get="/tasks/new?mode=from" hx-trigger="input changed delay:150ms, sb:search" hx-target="#picks" hx-select="#picks" hx-swap="outerMorph" hx-sync="this:queue last">
                        <div id="picks" aria-live="polite" data-for="word">
                          <ul class="picks panel">
                            <li data-row class="tone-green">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <div>
                                <a class="cover" href="/tasks/new?mode=from&amp;from=7" data-redraw>
                                  <span class="ordinal">#7
                                  <span class="name">word
                                  <span class="hidden">, Completed
                                <p class="dim">word
                              <span class="dim when">
                                <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                          <p class="dim">11 more: search for them.
                """)
    }
}
