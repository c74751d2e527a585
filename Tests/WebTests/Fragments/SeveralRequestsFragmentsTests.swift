import Core
import Engine
import Store
import Testing

@testable import Web

/// Several requests at once, and those that are asked again.
@Suite(.timeLimit(.minutes(1)))
struct SeveralRequestsFragmentsTests {
    @Test func theSameAgain() throws {
        var view = Samples.view(try Samples.request(.review, proposal: "a draft"))
        view.before = RequestView.Before(
            proposal: "a draft", verdict: .retry, decider: "ben", feedback: "Shorter", at: Samples.now)
        #expect(
            outline(AskedBefore.render(view, id: "request", now: Samples.now)) == """
                <section class="asked-before" aria-label="What changed">
                  <h3>Asked again: what changed
                  <p>Sent back by
                    <span class="name">ben
                    ,
                    <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                    :
                    <q>Shorter
                  <p class="dim">Nothing: the same is proposed again.
                """)
    }

    @Test func severalAtOnce() throws {
        let all = try Samples.requests()
        let view = DecideTogetherView(
            verdict: .approve, able: [all[0]], refused: [(all[1], "Something must be filled in: tone.")],
            gone: ["12-1"], feedback: "Fine", problem: "Say who decides.", back: ApprovalsAddress())
        #expect(
            outline(DecideTogether.dialog(view)) == """
                <dialog id="together-dialog" class="wide" aria-labelledby="together-heading">
                  <h2 id="together-heading">Approve 1 request?
                  <ul class="refusals">
                    <li>
                      <b>Approval
                      <a class="ordinal" href="/approvals/148-1">148-1
                      <span class="name">Send it?
                      <span class="dim">urgent: true. The task goes on.
                  <p class="dim">These are left alone:
                  <ul class="refusals">
                    <li>
                      <b>Consent
                      <a class="ordinal" href="/approvals/148-2">148-2
                      <span class="name">Send it?
                      <span class="dim">Something must be filled in: tone.
                    <li>
                      <span class="ordinal">12-1
                      <span class="dim">It is not there any more.
                  <form class="bulk-form" method="post" action="/approvals/together" hx-post="/approvals/together" hx-target="#asks" hx-swap="innerHTML" hx-status:422="swap:innerHTML" hx-disable="findAll :enabled">
                    <input type="hidden" name="verdict" value="approve">
                    <input type="hidden" name="sure" value="1">
                    <input type="hidden" name="list" value="">
                    <input type="hidden" name="request" value="148-1">
                    <label class="field">
                      <span>Feedback for all of them
                        <span class="dim">optional
                      <textarea name="feedback" rows="2">Fine
                    <p class="problem" role="alert">Say who decides.
                    <div class="dialog-actions">
                      <button form="together-keep" autofocus>Back
                      <button class="main">Approve
                  <form method="dialog" id="together-keep">
                """)
    }

    @Test func noneOfSeveral() throws {
        let all = try Samples.requests()
        let view = DecideTogetherView(
            verdict: .stop, able: [], refused: [(all[1], "It was decided meanwhile.")], back: ApprovalsAddress())
        #expect(
            outline(DecideTogether.dialog(view)) == """
                <dialog id="together-dialog" class="wide" aria-labelledby="together-heading">
                  <h2 id="together-heading">None of these can be stopped
                  <p class="dim">These are left alone:
                  <ul class="refusals">
                    <li>
                      <b>Consent
                      <a class="ordinal" href="/approvals/148-2">148-2
                      <span class="name">Send it?
                      <span class="dim">It was decided meanwhile.
                  <form class="bulk-form" method="post" action="/approvals/together" hx-post="/approvals/together" hx-target="#asks" hx-swap="innerHTML" hx-status:422="swap:innerHTML" hx-disable="findAll :enabled">
                    <input type="hidden" name="verdict" value="stop">
                    <input type="hidden" name="sure" value="1">
                    <input type="hidden" name="list" value="">
                    <p class="problem" role="alert" hidden>
                    <div class="dialog-actions">
                      <button form="together-keep" autofocus>Back
                  <form method="dialog" id="together-keep">
                """)
    }

    @Test func someOfSeveralWereDecided() throws {
        let all = try Samples.requests()
        let view = DecideTogetherView(
            verdict: .reject, able: [], refused: [(all[1], "It was decided meanwhile.")], back: ApprovalsAddress(),
            decided: 2)
        #expect(
            outline(DecideTogether.dialog(view)) == """
                <dialog id="together-dialog" class="wide" aria-labelledby="together-heading">
                  <h2 id="together-heading">Rejected 2 requests, not all
                  <p class="dim">These were not decided:
                  <ul class="refusals">
                    <li>
                      <b>Consent
                      <a class="ordinal" href="/approvals/148-2">148-2
                      <span class="name">Send it?
                      <span class="dim">It was decided meanwhile.
                  <div class="dialog-actions">
                    <button form="together-keep" autofocus>Close
                  <form method="dialog" id="together-keep">
                """)
    }

    @Test func theInboxOfOnePlan() throws {
        var address = ApprovalsAddress()
        (address.plan, address.kind) = ("refunds", .question)
        let view = ApprovalsView(
            requests: [], total: 3, position: .zero, now: Samples.now, address: address,
            counts: [
                DecisionCount(kind: "question", plan: "letters", count: 1),
                DecisionCount(kind: "question", plan: "refunds", count: 3),
            ])
        #expect(
            outline(InboxBar.render(view)) == """
                <div class="toolbar inbox-head">
                  <h1>Approvals
                  <details class="menu" id="plan-menu">
                    <summary class="button">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      Plan:
                      <span class="name">refunds
                    <div class="sheet narrow">
                      <ul class="named">
                        <li>
                          <a href="/approvals?kind=question">Any plan
                        <li>
                          <a href="/approvals?kind=question&amp;plan=letters">
                            <span class="name">letters
                            <span class="dim number">1
                        <li>
                          <a href="/approvals?kind=question&amp;plan=refunds" aria-current="true">
                            <span class="name">refunds
                            <span class="dim number">3
                  <nav class="layouts" aria-label="Which requests">
                    <a href="/approvals?kind=question&amp;plan=refunds" aria-current="true">Waiting
                      <span class="number">3
                    <a href="/approvals?show=settled&amp;kind=question&amp;plan=refunds">Settled
                <nav class="groups" aria-label="Kinds">
                  <a href="/approvals?plan=refunds">All
                  <a class="none" href="/approvals?kind=approval&amp;plan=refunds">Approval
                    <span class="number">0
                  <a class="none" href="/approvals?kind=consent&amp;plan=refunds">Consent
                    <span class="number">0
                  <a class="none" href="/approvals?kind=review&amp;plan=refunds">Review
                    <span class="number">0
                  <a href="/approvals?plan=refunds" aria-current="true">Question
                    <span class="number">3
                  <a class="none" href="/approvals?kind=budget&amp;plan=refunds">Budget
                    <span class="number">0
                  <a class="none" href="/approvals?kind=in_doubt&amp;plan=refunds">In doubt
                    <span class="number">0
                """)
    }
}
