import Core
import Testing

@testable import Web

/// What is going on with a task, in a card.
@Suite(.timeLimit(.minutes(1)))
struct SituationFragmentsTests {
    @Test func aFailure() throws {
        #expect(
            try outline(SituationCard.render(Samples.failed())) == """
                <section class="situation tone-red" aria-labelledby="situation-0">
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
                <section class="situation tone-gray" aria-labelledby="situation-0">
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
                <section class="situation tone-amber" aria-labelledby="situation-0">
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
}
