import Core
import Engine
import Testing

@testable import Web

/// What people are asked, and what became of it.
@Suite(.timeLimit(.minutes(1)))
struct RequestFragmentsTests {
    private static func askedAgain() throws -> RequestView {
        var view = Samples.view(try Samples.request(.review, proposal: "a short draft"))
        view.before = RequestView.Before(
            proposal: "a long draft", verdict: .retry, decider: "ben", feedback: "Shorter", at: Samples.now)
        return view
    }

    @Test func aCard() throws {
        #expect(
            try outline(
                RequestCard.render(
                    Samples.view(Samples.request(.approval, deciders: ["ben"])), origin: "inbox", now: Samples.now))
                    == """
                    <section class="request tone-amber" id="request-148-1" aria-labelledby="request-148-1-title" tabindex="-1" data-request>
                      <p class="request-kind">
                        <label class="pick">
                          <input type="checkbox" name="request" value="148-1" form="bulk" autocomplete="off" aria-label="Select request 148-1">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="open-request" href="/approvals/148-1">
                          <b>Approval
                          <span class="ordinal">148-1
                        <span class="where">in
                          <a class="name" href="#step-summary">summary
                        <span class="when">Asked
                          <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                          · expires
                          <time class="number" datetime="2026-11-20T17:04:05.123Z" title="2026-11-20 17:04:05 UTC" data-show="until">in 2h 00m
                          , then it counts as rejected
                      <div class="what">
                        <h2 id="request-148-1-title">Send it?
                        <p class="dim">Only ben may decide.
                        <div class="payload">
                          <div class="payload-head">
                            <h3>What is proposed
                            <button type="button" class="quiet" data-copy="request-148-1-proposal" aria-label="Copy what is proposed">
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
                        <input type="hidden" name="from" value="inbox">
                        <fieldset class="field" id="request-148-1-field-by" aria-describedby="request-148-1-field-by-note">
                          <legend>You decide as
                          <div class="choices">
                            <label>
                              <input type="radio" id="request-148-1-field-by-0" name="by" value="ben">
                              <span>ben
                          <p class="note" id="request-148-1-field-by-note">Only these people may decide. Until there are accounts, names are taken on trust.
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
                          <p class="note" id="request-148-1-field-feedback-note">The task is told when you reject.
                        <div class="verdicts">
                          <button name="verdict" value="approve" class="main" title="The task goes on.">Approve
                          <button name="verdict" value="reject" class="" title="The task goes on and is told that you said no, and why.">Reject
                          <button name="verdict" value="stop" class="stop" title="The task ends here as failed; it can be retried.">Stop the task
                        <ul class="consequences">
                          <li>
                            <b>Approve:
                            The task goes on.
                          <li>
                            <b>Reject:
                            The task goes on and is told that you said no, and why.
                          <li>
                            <b>Stop the task:
                            The task ends here as failed; it can be retried.
                    """)
    }

    @Test func aForm() throws {
        #expect(
            try outline(RequestForm.render(Samples.view(Samples.request(.review)))) == """
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

    @Test func aField() {
        #expect(
            outline(
                FormField.render(
                    Samples.formFields("word")[0], state: FormStateView(errors: ["/inputs/word": "Fill this in."]),
                    id: "form")) == """
                    <div class="field wrong">
                      <label for="form-field--2finputs-2fword">word
                      <input type="text" id="form-field--2finputs-2fword" name="/inputs/word" aria-required="true" aria-invalid="true" aria-describedby="form-field--2finputs-2fword-note form-field--2finputs-2fword-problem" value="word">
                      <p class="note" id="form-field--2finputs-2fword-note">word
                      <p class="problem" id="form-field--2finputs-2fword-problem" role="alert">Fill this in.
                    """)
    }

    @Test func aChoice() {
        #expect(
            outline(FormField.render(Samples.formFields("word")[1], state: FormStateView(), id: "form")) == """
                <div class="field">
                  <label for="form-field--2finputs-2ftone">tone
                    <span class="dim">optional
                  <select id="form-field--2finputs-2ftone" name="/inputs/tone">
                    <option value="">–
                    <option value="word" selected>word
                """)
    }

    @Test func problems() {
        #expect(
            outline(FormField.problems(FormStateView(errors: ["values/copies": "It must be at most 5, not 7"]))) == """
                <p class="problem" data-field="values/copies">It must be at most 5, not 7
                """)
    }

    @Test func whatWasAskedBefore() throws {
        #expect(
            try outline(AskedBefore.render(Self.askedAgain(), id: "s", now: Samples.now)) == """
                <section class="asked-before" aria-label="What changed">
                  <h3>Asked again: what changed
                  <p>Sent back by
                    <span class="name">ben
                    ,
                    <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                    :
                    <q>Shorter
                  <div class="diff" id="s-changes" tabindex="0" role="group" aria-label="Differences">a
                    <del>long
                    <ins>short
                    draft
                """)
    }

    @Test func settled() throws {
        #expect(
            try outline(SettledRequests.render([Samples.requests()[6]])) == """
                <section class="panel settled" aria-labelledby="settled-heading">
                  <h2 id="settled-heading">Decisions
                  <ol>
                    <li id="request-148-9">
                      <details>
                        <summary>
                          <span class="verdict tone-green">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <b>Approved with changes by ben
                          <span class="title">Send it?
                          <span class="dim">
                            <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                            , after 1m 30s
                          <span class="changed">to: &quot;anna@example.com&quot; → &quot;b&quot;
                          <span class="changed">amount: 5 → 6
                          <q class="said">Fine now
                        <div class="inside">
                          <p>Review 148-9 in
                            <a class="name" href="/tasks/148?step=summary#step-summary">summary
                            , asked
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            .
                          <div class="payload">
                            <div class="payload-head">
                              <h3>What it put out
                              <button type="button" class="quiet" data-copy="request-148-9-proposal" aria-label="Copy what it put out">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <div class="tree" id="request-148-9-proposal" tabindex="0">
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
                          <div class="payload">
                            <div class="payload-head">
                              <h3>As changed
                              <button type="button" class="quiet" data-copy="request-148-9-edits" aria-label="Copy as changed">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <div class="tree" id="request-148-9-edits" tabindex="0">
                              <details open>
                                <summary data-size="2 members" data-close="}">{
                                <div class="fold">
                                  <div>
                                    <span class="key">&quot;to&quot;
                                    :
                                    <span class="string">&quot;b&quot;
                                    ,
                                  <div>
                                    <span class="key">&quot;amount&quot;
                                    :
                                    <span class="scalar">6
                                <div class="end">}
                """)
    }

    @Test func theBarOfTheInbox() throws {
        #expect(
            try outline(InboxBar.render(Samples.inbox())) == """
                <div class="toolbar inbox-head">
                  <h1>Approvals
                  <nav class="layouts" aria-label="Which requests">
                    <a href="/approvals" aria-current="true">Waiting
                      <span class="number">61
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
                """)
    }

    @Test func theBarOfSeveral() throws {
        #expect(
            try outline(DecideTogether.bar(Samples.inbox())) == """
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

    @Test func aWarning() throws {
        #expect(
            try outline(HiddenWarning.render(Samples.view(Samples.request(.approval, title: "Send \u{202E}fdp.exe?"))))
                == """
                <p class="problem">Holds characters that are not shown and can make it read as something else: right-to-left override (U+202E). They are named below where they stand.
                """)
    }

    @Test func whatWasCutOff() {
        #expect(
            outline(
                InterruptedBlock.render(
                    InterruptedView(
                        .command(CommandView(arguments: ["ls"], stdin: .text("x"))), startedAt: Samples.now), id: "s"))
                    == """
                    <div class="interrupted">
                      <p class="dim">Begun
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                        . What it had printed until then is not on record.
                      <div class="payload">
                        <div class="payload-head">
                          <h3>Command
                          <button type="button" class="quiet" data-copy="s-command" aria-label="Copy the command">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <span>Copy
                        <pre class="argv" id="s-command">ls
                      <div class="payload">
                        <div class="payload-head">
                          <h3>stdin
                          <button type="button" class="quiet" data-copy="s-stdin" aria-label="Copy stdin">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <span>Copy
                        <pre class="text" id="s-stdin" tabindex="0">x
                    """)
    }

    @Test func aNameWithHiddenCharacters() {
        #expect(
            outline(NamedText.render("a\u{202E}b")) == """
                a
                <mark class="hidden-character" title="right-to-left override (U+202E): a character that is not shown">&lt;U+202E&gt;
                b
                """)
    }

    @Test func aWholeProposal() throws {
        #expect(
            try outline(
                content: ProposalPage.document(Samples.view(Samples.request(.approval)), approvals: 1, now: Samples.now)
            ) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Proposal 148-1: Send it? · Signalbox" data-now="1795187045123" data-approvals="1">
                      <nav class="back" aria-label="Path">
                        <a href="/approvals/148-1">
                          <span aria-hidden="true">←
                          Approval 148-1
                        <a href="/tasks/148">Task #148
                      <div class="headline">
                        <h1>What is proposed
                      <section class="panel whole">
                        <h2>What is asked
                        <pre class="text" tabindex="0">Send it?
                      <section class="panel whole">
                        <h2>What is proposed
                        <pre class="text" tabindex="0">{ &quot;to&quot;: &quot;anna@example.com&quot;, &quot;amount&quot;: 5 }
                """)
    }
}
