import Core
import Engine
import Testing

@testable import Web

/// Whole pages without their frame, where they are more than their parts.
@Suite(.timeLimit(.minutes(1)))
struct PageFragmentsTests {
    @Test func theInbox() {
        #expect(
            outline(
                content: ApprovalsPage.document(
                    ApprovalsView(requests: [], total: 0, position: .zero, now: Samples.now))) == """
                    <main id="content" tabindex="-1">
                      <div id="live" hx-sse:connect="/approvals/live?after=0" hx-trigger="sb:live" hx-swap="innerMorph">
                        <div id="page">
                          <i id="page-facts" hidden data-title="Approvals · Signalbox" data-now="1795187045123" data-approvals="0">
                          <div class="toolbar inbox-head">
                            <h1>Approvals
                            <nav class="layouts" aria-label="Which requests">
                              <a href="/approvals" aria-current="true">Waiting
                                <span class="number">0
                              <a href="/approvals?show=settled">Settled
                          <nav class="groups" aria-label="Kinds">
                            <a href="/approvals" aria-current="true">All
                            <a class="none" href="/approvals?kind=approval">Approval
                              <span class="number">0
                            <a class="none" href="/approvals?kind=consent">Consent
                              <span class="number">0
                            <a class="none" href="/approvals?kind=review">Review
                              <span class="number">0
                            <a class="none" href="/approvals?kind=question">Question
                              <span class="number">0
                            <a class="none" href="/approvals?kind=budget">Budget
                              <span class="number">0
                            <a class="none" href="/approvals?kind=in_doubt">In doubt
                              <span class="number">0
                          <section class="panel empty">
                            <span class="badge tone-green">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <span class="word">Nothing waits for you
                            <p class="dim">When a task needs a person — an approval, a review, an answer, a larger budget — it appears here, the oldest first.
                      <form id="bulk" class="selection" method="post" action="/approvals/together" hx-post="/approvals/together" hx-target="#asks" hx-swap="innerHTML" aria-label="What is decided about the selected requests">
                        <input type="hidden" name="list" value="">
                        <span id="selected-count" class="number" role="status">Selected
                        <span class="actions">
                          <button name="verdict" value="approve">Approve
                          <button name="verdict" value="reject">Reject
                          <button name="verdict" value="retry">Send back
                          <button name="verdict" value="stop" class="stop">Stop the tasks
                        <button type="button" class="icon quiet scripted" id="select-none" aria-label="Select nothing">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <div id="asks">
                    """)
    }

    @Test func aRequest() throws {
        #expect(
            try outline(ApprovalPage.fragment(Samples.view(Samples.request(.review)), approvals: 1, now: Samples.now))
                == """
                <div id="page">
                  <i id="page-facts" hidden data-title="Send it? · Signalbox" data-now="1795187045123" data-approvals="1">
                  <nav class="back" aria-label="Path">
                    <a href="/approvals">
                      <span aria-hidden="true">←
                      Approvals
                    <a href="/tasks/148">Task #148
                  <div class="inbox">
                    <section class="request tone-amber" id="request-148-1" aria-labelledby="request-148-1-title" tabindex="-1" data-request>
                      <p class="request-kind">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="open-request" href="/approvals/148-1">
                          <b>Review
                          <span class="ordinal">148-1
                        <span class="where">in
                          <a class="name" href="#step-summary">summary
                        <span class="when">Asked
                          <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                      <div class="what">
                        <h2 id="request-148-1-title">Send it?
                        <div class="payload">
                          <div class="payload-head">
                            <h3>What it put out
                            <button type="button" class="quiet" data-copy="request-148-1-proposal" aria-label="Copy what it put out">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Copy
                          <div class="tree" id="request-148-1-proposal" tabindex="0">
                            <details open>
                              <summary data-size="2 members" data-close="}">{
                              <div class="fold">
                                <div>
                                  <span class="key">&quot;to&quot;
                                  :
                                  <span class="string">&quot;anna@example.com&quot;
                                  ,
                                <div>
                                  <span class="key">&quot;amount&quot;
                                  :
                                  <span class="scalar">5
                              <div class="end">}
                      <form class="decision" id="request-148-1-form" method="post" action="/approvals/148-1" hx-post="/approvals/148-1" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="findAll :enabled" hx-morph-skip novalidate data-check="/approvals/148-1/check">
                        <input type="hidden" name="from" value="task">
                        <details class="change">
                          <summary>Change the proposal
                          <div class="field">
                            <label for="request-148-1-field-edits">What is proposed, as JSON
                              <span class="dim">optional
                            <textarea class="code" spellcheck="false" id="request-148-1-field-edits" name="edits" aria-describedby="request-148-1-field-edits-note" rows="4">{ &quot;to&quot;: &quot;anna@example.com&quot;, &quot;amount&quot;: 5 }
                            <p class="note" id="request-148-1-field-edits-note">Approving takes it as it stands here. Types stay: a number must stay a number.
                        <div class="field">
                          <label for="request-148-1-field-feedback">Feedback
                            <span class="dim">optional
                          <textarea id="request-148-1-field-feedback" name="feedback" aria-describedby="request-148-1-field-feedback-note" rows="2">
                          <p class="note" id="request-148-1-field-feedback-note">Needed to send it back: the step runs again and is told.
                        <div class="verdicts">
                          <button name="verdict" value="approve" class="main" title="Later steps get this output.">Approve
                          <button name="verdict" value="reject" class="" title="The output is thrown away; the task goes on without it.">Reject
                          <button name="verdict" value="retry" class="" title="The step runs again and is told why.">Send back
                          <button name="verdict" value="stop" class="stop" title="The task ends here as failed; it can be retried.">Stop the task
                        <ul class="consequences">
                          <li>
                            <b>Approve:
                            Later steps get this output.
                          <li>
                            <b>Reject:
                            The output is thrown away; the task goes on without it.
                          <li>
                            <b>Send back:
                            The step runs again and is told why. 3 of 3 left.
                          <li>
                            <b>Stop the task:
                            The task ends here as failed; it can be retried.
                """)
    }

    @Test func anEditor() {
        #expect(
            outline(content: DocumentEditor.document(StudioTests.editor(text: "name: letters"))) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Edit letters · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div id="editor-way">
                        <nav class="back" aria-label="Path">
                          <span>
                            <a href="/plans">
                              <span aria-hidden="true">←
                              Plans
                            <span class="dim" aria-hidden="true">/
                            <a href="/plans/letters">letters
                      <div class="headline">
                        <h1 id="editor-title">Edit letters
                        <span id="editor-version" class="dim">from version
                          <code class="version" title="ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879">ca358758
                        <span id="unsaved" class="label" hidden>not saved
                      <div id="editor-starts">
                      <form id="document" class="editor" method="post" action="/plans/letters/edit" hx-post="/plans/letters/edit" hx-target="#verdict" hx-swap="outerMorph" hx-status:422="swap:outerMorph" hx-status:412="swap:outerMorph" hx-disable="findAll button.main" data-check="/plans/letters/check">
                        <input type="hidden" name="base" value="ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879">
                        <input type="hidden" name="began" value="ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879">
                        <div class="editor-bar">
                          <label class="field">
                            <span class="hidden">What is new in this version
                            <input type="text" name="note" value="" maxlength="2000" autocomplete="off" placeholder="What is new in this version (optional)">
                          <button class="main" name="intent" value="save" aria-keyshortcuts="Control+S" title="Ctrl+S">Save
                          <button name="intent" value="publish">Save &amp; publish
                          <button name="intent" value="check" class="unscripted">Validate
                        <div class="editor-columns">
                          <div class="editor-text">
                            <label for="document-text" class="hidden">The text of the plan, in YAML
                            <textarea id="document-text" class="code" name="text" rows="32" spellcheck="false" wrap="off" autocapitalize="off">name: letters
                            <p class="dim editor-help scripted" id="editor-help">
                              <kbd>Ctrl
                              <kbd>S
                              saves,
                              <kbd>Esc
                              leaves the text.
                            <details class="panel editor-files">
                              <summary>Files that it brings along
                                <span class="dim number">0
                              <div class="panel-body">
                                <p class="dim">Programs of commands, scripts of models and other plans, by the path that the text names. A file whose path is empty is left out.
                                <div class="file">
                                  <label class="field" for="file-0-path">
                                    <span>Another file
                                    <input type="text" id="file-0-path" name="path" value="" autocomplete="off" spellcheck="false" placeholder="programs/read.py">
                                  <label class="hidden" for="file-0">Contents
                                  <textarea id="file-0" class="code" name="contents" spellcheck="false" wrap="off" rows="3">
                          <div class="editor-beside">
                            <section id="verdict" class="panel verdict" role="status">
                              <div class="panel-head">
                                <h2>Not checked yet
                            <div id="drawing" class="drawing">
                      <div id="checker" hx-post="/plans/letters/check" hx-trigger="sb:check" hx-include="#document" hx-target="#verdict" hx-swap="outerMorph" hx-sync="this:replace" hidden>
                """)
    }
}
