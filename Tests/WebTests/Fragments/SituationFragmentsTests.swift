import Core
import Testing

@testable import Web

/// What is going on with a task, in a card.
@Suite(.timeLimit(.minutes(1)))
struct SituationFragmentsTests {
    @Test func aFailure() throws {
        #expect(
            try outline(SituationCard.render(Samples.failed())) == """
                <section class="situation tone-red" aria-labelledby="situation-0" tabindex="-1">
                  <h2 id="situation-0">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <span>Failed in
                      <span class="name">extract
                      : tool error
                  <p>pdftotext ended with exit code 1
                  <div class="payload">
                    <div class="payload-head">
                      <h3>Evidence
                      <button type="button" class="quiet" data-copy="situation-evidence" aria-label="Copy evidence">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Copy
                    <pre class="text" id="situation-evidence" tabindex="0">Syntax Error: Couldn&#39;t find trailer dictionary
                  <div class="actions">
                    <a class="button" href="/tasks/143?step=extract#step-extract">Show the step
                    <form method="post" action="/tasks/143/retry" hx-post="/tasks/143/retry" hx-swap="none" hx-disable="find button">
                      <button class="main">Retry
                    <a class="button" href="/tasks/143/restart">Edit &amp; restart
                """)
    }

    @Test func aQueue() throws {
        #expect(
            try outline(SituationCard.render(Samples.nested())) == """
                <section class="situation tone-gray" aria-labelledby="situation-0" tabindex="-1">
                  <h2 id="situation-0">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <span>Queued
                  <p>Behind
                    <a href="/tasks/12">#12
                    ,
                    <a href="/tasks/13">#13
                    and 3 more
                  <p class="dim">Since
                    <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                    (
                    <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                    )
                """)
    }

    @Test func waits() throws {
        #expect(
            try outline(SituationCard.render(Samples.deciding())) == """
                <section class="situation tone-amber" aria-labelledby="situation-0" tabindex="-1">
                  <h2 id="situation-0">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <span>Waiting: approval, dependency, timer
                  <ul class="waits">
                    <li>
                      <p>Send it?
                      <p class="dim">Since
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                        (
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                        )
                      <div class="actions">
                        <p>
                          <a class="button" href="#request-148-1">Decide
                    <li>
                      <p>Waits for task #9
                      <p class="dim">Since
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                        (
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                        )
                      <div class="actions">
                        <p>
                          <span class="task-link">
                            <a href="/tasks/9">
                              <span class="ordinal">#9
                        <a class="button" href="/tasks/146?step=totals#step-totals">Show the step
                    <li>
                      <p>Waits until
                        <time datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="exact">2026-11-20 15:05:05 UTC
                        .
                      <p class="dim">Since
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                        (
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                        ) · goes on
                        <time class="number" datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="until">in 1m 00s
                        , at
                        <time datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="later" data-after="2026-11-20T15:02:35.123Z">15:05:05 UTC
                      <div class="actions">
                        <a class="button" href="/tasks/146?step=rates#step-rates">Show the step
                """)
    }

    private static func situation(_ situation: SituationView) throws -> TaskPageView {
        var view = try Samples.failed()
        view.situation = situation
        return view
    }

    @Test func aCriterionThatIsNotMet() throws {
        let failure = FailureView(
            cause: "criterion_not_met", sentence: "A criterion of the plan is not met.", input: .json(["files": 0]),
            code: "exit code 2", criterion: "outputs.files > 0")
        #expect(
            try outline(SituationCard.render(Self.situation(.failed(failure)))) == """
                <section class="situation tone-red" aria-labelledby="situation-0" tabindex="-1">
                  <h2 id="situation-0">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <span>Failed: criterion not met
                    <span class="label bad">exit code 2
                  <p>A criterion of the plan is not met.
                  <p class="criterion">Not met:
                    <code>outputs.files &gt; 0
                  <details class="payload folded">
                    <summary>
                      <h3>What it was given
                    <div class="payload-head">
                      <button type="button" class="quiet" data-copy="situation-input" aria-label="Copy what it was given">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Copy
                    <div class="tree" id="situation-input" tabindex="0">
                      <details open>
                        <summary data-size="1 member" data-close="}">{
                        <div class="fold">
                          <div>
                            <span class="key">&quot;files&quot;
                            :
                            <span class="scalar">0
                        <div class="end">}
                  <div class="actions">
                    <form method="post" action="/tasks/143/retry" hx-post="/tasks/143/retry" hx-swap="none" hx-disable="find button">
                      <button class="main">Retry
                    <a class="button" href="/tasks/143/restart">Edit &amp; restart
                """)
    }

    @Test func manyWaits() throws {
        let wait = WaitView(
            reason: "signal", sentence: "Waits for the signal paid.", since: Samples.before(seconds: 90),
            blocker: .signal(name: "paid", key: "AC-0331"))
        let other = WaitView(
            reason: "signal", sentence: "Waits for the signal sent.", since: Samples.before(seconds: 90),
            blocker: .signal(name: "sent", key: nil))
        #expect(
            try outline(
                SituationCard.render(Self.situation(.waiting([wait] + [WaitView](repeating: other, count: 10)))))
                    == """
                    <section class="situation tone-amber" aria-labelledby="situation-0" tabindex="-1">
                      <h2 id="situation-0">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Waiting: signal
                      <ul class="waits">
                        <li>
                          <p>Waits for the signal paid.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/paid
                              with the key
                              <code>AC-0331
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                        <li>
                          <p>Waits for the signal sent.
                          <p class="dim">Since
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="exact">2026-11-20 15:02:35 UTC
                            (
                            <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                            )
                          <div class="actions">
                            <p class="dim">Sent as
                              <code>POST /api/signals/sent
                      <p class="dim">and 1 other wait
                    """)
    }

    @Test func aQueueBehindOthers() throws {
        #expect(
            try outline(
                SituationCard.render(Self.situation(.queued(QueueView(ahead: 1, since: Samples.before(seconds: 3))))))
                    == """
                    <section class="situation tone-gray" aria-labelledby="situation-0" tabindex="-1">
                      <h2 id="situation-0">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Queued
                      <p>Behind 1 other task
                      <p class="dim">Since
                        <time datetime="2026-11-20T15:04:02.123Z" title="2026-11-20 15:04:02 UTC" data-show="exact">2026-11-20 15:04:02 UTC
                        (
                        <time datetime="2026-11-20T15:04:02.123Z" title="2026-11-20 15:04:02 UTC" data-show="age">just now
                        )
                    """)
    }

    @Test func aStartThatIsNear() throws {
        #expect(
            try outline(
                SituationCard.render(Self.situation(.queued(QueueView(since: Samples.before(seconds: 3)))))) == """
                    <section class="situation tone-gray" aria-labelledby="situation-0" tabindex="-1">
                      <h2 id="situation-0">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Queued
                      <p>It starts as soon as there is room for it.
                      <p class="dim">Since
                        <time datetime="2026-11-20T15:04:02.123Z" title="2026-11-20 15:04:02 UTC" data-show="exact">2026-11-20 15:04:02 UTC
                        (
                        <time datetime="2026-11-20T15:04:02.123Z" title="2026-11-20 15:04:02 UTC" data-show="age">just now
                        )
                    """)
    }

    /// A card that goes again at once would only move the page.
    @Test func aStartThatIsDue() throws {
        #expect(try SituationCard.render(Self.situation(.queued(QueueView(since: Samples.now)))) == .empty)
    }

    @Test func whereItStands() throws {
        var view = try Samples.running()
        view.situation = nil
        #expect(
            outline(SituationCard.place(view)) == """
                <div class="going-on" id="going-on">
                  <p class="to-place">
                    <button type="button" class="quiet" data-to-place>Show it above
                """)
    }
}
