import Core
import Testing

@testable import Web

/// The frame around every page, and small parts that stand on many.
@Suite(.timeLimit(.minutes(1)))
struct FrameFragmentsTests {
    @Test func aPage() {
        #expect(
            outline(ErrorPage.notFound("Task #999")) == """
                <!doctype html>
                  <html lang="en" data-connection="connecting">
                    <head>
                      <meta charset="utf-8">
                      <meta name="viewport" content="width=device-width, initial-scale=1">
                      <meta name="color-scheme" content="light dark">
                      <meta name="htmx-config" content="{&quot;morphIgnore&quot;:[&quot;data-htmx-powered&quot;,&quot;open&quot;],&quot;includeIndicatorCSS&quot;:false,&quot;noSwap&quot;:[204,304,&quot;4xx&quot;,&quot;5xx&quot;],&quot;sse&quot;:{&quot;reconnectDelay&quot;:500,&quot;reconnectMaxDelay&quot;:4000}}">
                      <title>Not found · Signalbox
                      <link rel="icon" id="favicon" type="image/svg+xml" href="/assets/favicon.….svg" data-gray="/assets/favicon-gray.….svg" data-blue="/assets/favicon-blue.….svg" data-amber="/assets/favicon-amber.….svg" data-green="/assets/favicon-green.….svg" data-red="/assets/favicon-red.….svg">
                      <link rel="stylesheet" href="/assets/app.….css">
                      <script src="/assets/app.….js" defer fetchpriority="low">
                    <body>
                      <a class="skip" href="#content">Skip to the content
                      <header class="top">
                        <a class="brand" href="/tasks">
                          <svg class="mark" viewBox="0 0 14 24" aria-hidden="true">…
                          Signalbox
                        <nav aria-label="Main">
                          <a href="/tasks" aria-current="true">Tasks
                          <a href="/approvals">Approvals
                            <span id="approvals-count" class="count" hidden>0
                          <a href="/plans">Plans
                          <a href="/agents">Agents
                          <a href="/playground">Playground
                          <a href="/settings">Settings
                        <a class="palette-open" href="/palette" data-palette aria-keyshortcuts="Control+K Meta+K">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span>Go to…
                          <kbd aria-hidden="true">Ctrl K
                        <div id="connection" class="connection" role="status">
                          <span class="signal" aria-hidden="true">
                          <span id="connection-word">Connecting
                          <span id="connection-since">
                          <noscript>
                            <span class="dim">Live updates need JavaScript; reload the page to see news.
                      <main id="content" tabindex="-1">
                        <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                          <section class="panel empty broken" role="alert">
                            <span class="badge tone-red">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <span class="word">Failed
                            <h1>Not found
                            <p>Task #999
                            <p class="dim">It may have been deleted, or the address is mistyped.
                            <p>
                              <a class="button" href="/tasks">All tasks
                      <div id="news" class="hidden" role="status" aria-live="polite">
                      <div id="toast" role="status" aria-live="polite" aria-relevant="additions">
                      <dialog id="palette" class="palette" aria-label="Command palette">
                        <form action="/palette" method="get" role="search">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <input id="palette-input" name="q" type="text" role="combobox" aria-expanded="false" aria-controls="palette-list" aria-autocomplete="list" aria-label="Task, page or action" placeholder="Task, page or action" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="200">
                          <kbd aria-hidden="true">Esc
                        <div id="palette-list" role="listbox" aria-label="Results" hidden>
                          <div id="palette-actions" role="presentation">
                          <div id="palette-results" role="presentation">
                        <p id="palette-status" role="status">
                        <p class="palette-foot" aria-hidden="true">
                          <span>
                            <kbd>↑
                            <kbd>↓
                            choose
                          <span>
                            <kbd>Enter
                            go
                          <span class="of-empty">
                            <kbd>?
                            all keys
                      <dialog id="keys" class="keys" aria-labelledby="keys-heading">
                        <div class="dialog-head">
                          <h2 id="keys-heading">Keys
                          <form method="dialog">
                            <button class="icon quiet" aria-label="Close">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <div class="key-groups">
                          <section>
                            <h3>Everywhere
                            <dl>
                              <div data-keys="Mod+k" data-command="palette">
                                <dt>
                                  <kbd>Ctrl
                                  <kbd>K
                                <dd>Go to a task, a page, an action
                              <div data-keys="?" data-command="keys">
                                <dt>
                                  <kbd>?
                                <dd>These keys
                              <div data-keys="n" data-path="/tasks/new">
                                <dt>
                                  <kbd>n
                                <dd>New task
                              <div data-keys="g t" data-path="/tasks">
                                <dt>
                                  <kbd>g
                                  <kbd>t
                                <dd>Tasks
                              <div data-keys="g a" data-path="/approvals">
                                <dt>
                                  <kbd>g
                                  <kbd>a
                                <dd>Approvals
                              <div data-keys="g p" data-path="/plans">
                                <dt>
                                  <kbd>g
                                  <kbd>p
                                <dd>Plans
                              <div data-keys="g e" data-path="/agents">
                                <dt>
                                  <kbd>g
                                  <kbd>e
                                <dd>Agents
                              <div data-keys="g y" data-path="/playground">
                                <dt>
                                  <kbd>g
                                  <kbd>y
                                <dd>Playground
                              <div data-keys="g s" data-path="/settings">
                                <dt>
                                  <kbd>g
                                  <kbd>s
                                <dd>Settings
                              <div data-keys="Escape">
                                <dt>
                                  <kbd>Esc
                                <dd>Close what is open
                        <label class="switch">
                          <input type="checkbox" id="single-keys" checked autocomplete="off">
                          Keys without Ctrl work in this browser
                """)
    }

    @Test func anError() {
        #expect(
            outline(
                content: ErrorPage.failure(SignalboxError(.unavailable, "The disk is full.", hint: "Free some space.")))
                    == """
                    <main id="content" tabindex="-1">
                      <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                        <section class="panel empty broken" role="alert">
                          <span class="badge tone-red">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="word">Failed
                          <h1>This page could not be loaded
                          <p>The disk is full.
                          <p class="dim">Free some space.
                          <p>
                            <a class="button" href="/tasks">All tasks
                    """)
    }

    @Test func aDeletedTask() {
        #expect(
            outline(
                content: ErrorPage.deleted(
                    TaskNumber(rawValue: 7), name: "word", plan: "letters", by: "ada", at: Samples.now)) == """
                    <main id="content" tabindex="-1">
                      <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                        <section class="panel empty broken" role="alert">
                          <span class="badge tone-gray">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="word">Deleted
                          <h1>Task #7 was deleted
                          <p>“word” of the plan
                            <span class="name">letters
                            was deleted by ada,
                            <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                            .
                          <p>
                            <a class="button" href="/tasks">All tasks
                    """)
    }

    @Test func facts() {
        #expect(
            outline(Layout.facts(title: "Tasks", state: .running, now: Samples.now, approvals: 2)) == """
                <i id="page-facts" hidden data-title="Tasks · Signalbox" data-state="blue" data-now="1795187045123" data-approvals="2">
                """)
    }

    @Test func thePalette() {
        #expect(
            outline(
                Palette.results(
                    PaletteView(
                        query: "inv", tasks: [Samples.rows[0]], total: 12,
                        places: [PaletteView.Place(word: "Plans", path: "/plans", note: "g p")]))) == """
                    <div role="presentation" data-query="inv" data-status="">
                      <div role="group" aria-label="Tasks">
                        <div class="palette-heading" aria-hidden="true">Tasks
                        <a id="palette-task-148" role="option" aria-selected="false" tabindex="-1" href="/tasks/148">
                          <span class="tone-blue">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="ordinal">#148
                          <span class="name">Invoices, November
                          <span class="dim">Running
                        <a id="palette-all" role="option" aria-selected="false" tabindex="-1" href="/tasks?search=inv">
                          <span class="name">All 12 tasks that fit
                      <div role="group" aria-label="Go to">
                        <div class="palette-heading" aria-hidden="true">Go to
                        <a id="palette-place-0" role="option" aria-selected="false" tabindex="-1" href="/plans">
                          <span class="name">Plans
                          <span class="dim">g p
                    """)
    }

    @Test func aCountdown() {
        #expect(
            outline(Parts.countdown(to: Samples.before(seconds: -60), verb: "goes on", now: Samples.now)) == """
                goes on
                <time class="number" datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="until">in 1m 00s
                """)
    }

    @Test func aTask() {
        #expect(
            outline(Parts.task(TaskLinkView(number: TaskNumber(rawValue: 15), name: "part", state: .completed))) == """
                <span class="task-link">
                  <a href="/tasks/15">
                    <span class="ordinal">#15
                    <span class="name">part
                  <span class="badge tone-green">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <span class="word">Completed
                """)
    }

    @Test func anAge() {
        #expect(
            outline(Parts.age(Samples.before(seconds: 75), now: Samples.now)) == """
                <time datetime="2026-11-20T15:02:50.123Z" title="2026-11-20 15:02:50 UTC" data-show="age">1 min ago
                """)
    }

    @Test func tokens() {
        #expect(
            outline(Parts.tokens(TokensView(prompt: 3_904, completion: 612))) == """
                <span class="number" title="3,904 prompt + 612 completion">4,516
                """)
    }

    @Test func costs() {
        #expect(
            outline(Parts.cost(.atLeast(nanoDollars: 3_000_000))) == """
                <span class="dim" title="At least $0.0030: there is no price for one of its models">unknown
                """)
    }

    @Test func nothing() {
        #expect(
            outline(Parts.absent("It has not run yet")) == """
                <span class="dim" title="It has not run yet">
                  <span aria-hidden="true">–
                  <span class="hidden">It has not run yet
                """)
    }

    @Test func aModel() {
        #expect(
            outline(Parts.model(ModelView(name: "openai/gpt-5", isDefault: true, others: ["a/b"]))) == """
                <span class="model" title="openai/gpt-5">Default (openai/gpt-5)
                <span class="dim" title="a/b">+1
                """)
    }

    @Test func aBar() {
        #expect(
            outline(Parts.bar(ProgressView(finished: 1, current: 2, total: 3), state: .running)) == """
                <svg class="bar tone-blue" viewBox="0 0 120 4" preserveAspectRatio="none" aria-hidden="true">…
                """)
    }

    @Test func copying() {
        #expect(
            outline(Parts.copyButton(element: "e", what: "the example")) == """
                <button type="button" class="quiet" data-copy="e" aria-label="Copy the example">
                  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>Copy
                """)
    }

    @Test func downloading() {
        #expect(
            outline(Parts.downloadLink(path: "/tasks/7/outputs/a", what: "a")) == """
                <a class="button quiet" href="/tasks/7/outputs/a" download aria-label="Download a">
                  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>Download
                """)
    }
}
