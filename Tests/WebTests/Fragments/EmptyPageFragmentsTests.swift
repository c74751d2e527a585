import Core
import Testing

@testable import Web

/// Whole pages where there is nothing, and what can be done about it.
@Suite(.timeLimit(.minutes(1)))
struct EmptyPageFragmentsTests {
    private static let library = AgentListView(
        rows: [], total: 0, archived: 0, search: "", isArchived: false, page: 1, approvals: 0, now: Samples.now)

    private static func playground(_ app: PlaygroundView.App?, _ text: String = "") -> HTML {
        var view = PlaygroundView(approvals: 0, now: Samples.now)
        view.app = app
        view.picker = PickerView(
            text: text, path: "/playground", parameters: [], what: "apps", picks: [], total: 0)
        return PlaygroundPage.document(view)
    }

    private static func comparison(isOnlyOfPlan: Bool) throws -> CompareView {
        var view = try Samples.comparison("letter")
        view.pair = nil
        view.isOnlyOfPlan = isOnlyOfPlan
        view.picker.text = ""
        view.picker.picks = isOnlyOfPlan ? view.picker.picks : []
        view.picker.total = view.picker.picks.count
        return view
    }

    @Test func noAgents() {
        #expect(
            outline(content: AgentsPage.document(Self.library)) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Agents · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Agents
                        <span class="dim number">0
                        <span class="headline-actions">
                          <a class="button" href="/agents/new#import">Import a file
                          <a class="button main" href="/agents/new">New agent
                      <form class="toolbar" method="get" action="/agents" role="search" data-go="keep">
                        <label class="search">
                          <span class="hidden">Search names and descriptions
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <input type="search" id="search" name="search" value="" maxlength="200" placeholder="Search agents" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>
                          <kbd aria-hidden="true">/
                        <nav class="layouts states" aria-label="State">
                          <a href="/agents" data-go="keep" aria-current="true">In use
                            <span class="number">0
                          <a href="/agents?state=archived" data-go="keep">Archived
                            <span class="number">0
                      <p id="list-problem" class="problem" role="alert" hidden>
                      <section class="panel empty">
                        <h2>No agents in the library yet
                        <p>An agent is a model with instructions and tools. A plan can write its own; one that several plans use stands here, and each of them names it:
                          <code>library: NAME
                          . What it remembers stays with it.
                        <p class="ways">
                          <a class="button main" href="/agents/new">Write one
                """)
    }

    @Test func noApps() {
        #expect(
            outline(content: Self.playground(nil)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Playground · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Playground
                      <p class="lead dim">Apps are plans that somebody has published to be run by everybody.
                      <section class="panel empty">
                        <h2>No apps yet
                        <p>An app is a version of a plan with a description and parameters. Publish a saved plan as an app on its page, or with a command:
                        <div class="command">
                          <code id="publish-command">signalbox apps publish PLAN
                          <button type="button" class="quiet" data-copy="publish-command" aria-label="Copy the command">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <span>Copy
                        <div class="dialog-actions">
                          <a class="button" href="/plans">Go to the plans
                """)
    }

    @Test func noAppFits() {
        #expect(
            outline(content: Self.playground(nil, "zebra")) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Playground · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Playground
                      <p class="lead dim">Apps are plans that somebody has published to be run by everybody.
                      <form class="picker" role="search" method="get" action="/playground" data-picker>
                        <label class="search">
                          <span class="hidden">Search apps by name and description
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <input type="search" id="search" name="q" value="zebra" placeholder="Search apps by name and description" autocomplete="off" autofocus maxlength="200" hx-get="/playground" hx-trigger="input changed delay:150ms, sb:search" hx-target="#picks" hx-select="#picks" hx-swap="outerMorph" hx-sync="this:queue last">
                      <div id="picks" aria-live="polite" data-for="zebra">
                        <p class="dim">No apps match “zebra”.
                """)
    }

    @Test func anAppThatAsksForNothing() {
        let app = PlaygroundView.App(
            name: "nightly", summary: nil, plan: "totals", publishedAt: Samples.now, author: nil)
        #expect(
            outline(content: Self.playground(app)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="nightly · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/playground">
                          <span aria-hidden="true">←
                          Playground
                      <div class="headline">
                        <h1 class="name">nightly
                      <p class="dim">Plan
                        <a href="/plans/totals">totals
                        , published
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                      <form id="task-form" class="task-form app-form" method="post" action="/playground/nightly" enctype="multipart/form-data" data-post data-starts="enter" novalidate>
                        <input type="hidden" name="once" value="">
                        <button class="hidden" name="do" value="start" tabindex="-1" aria-hidden="true">
                        <div class="columns">
                          <div class="primary">
                            <section class="panel fields" aria-label="Parameters">
                              <p class="dim">This app asks for nothing.
                          <div class="secondary">
                        <div class="start-bar">
                          <p class="problem" role="alert" data-not-sent hidden>
                          <a class="button quiet" href="/playground">Cancel
                          <span class="dim keys" aria-hidden="true">
                            <kbd>Enter
                          <button class="main" name="do" value="start" aria-keyshortcuts="Control+Enter" data-start>Run
                """)
    }

    @Test func noSecrets() {
        #expect(
            outline(content: SecretsPage.document([], approvals: 0, now: Samples.now)) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Secrets · Settings · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Secrets
                      <nav class="subnav" aria-label="Settings">
                        <a href="/settings">Settings
                        <a href="/settings/secrets" aria-current="page">Secrets
                        <a href="/settings/providers">Providers
                        <a href="/settings/mcp">MCP servers
                        <a href="/settings/prices">Prices
                      <div class="settings-stack">
                        <p class="dim">Plans and settings speak of a secret by its name:
                          <code>${{ secrets.NAME }}
                          , or
                          <code>{ secret: NAME }
                          . Values are kept encrypted, are put in at the moment they are used, and are never shown again.
                        <section class="panel" aria-labelledby="secret-new-heading" id="secret-new">
                          <h2 id="secret-new-heading">Set a secret
                          <form class="secret-form" method="post" action="/settings/secrets" hx-post="/settings/secrets" hx-target="#secret-new" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button" autocomplete="off">
                            <label class="field">
                              <span>Name
                              <input type="text" name="name" value="" autocomplete="off" spellcheck="false" placeholder="OPENAI_API_KEY" required>
                            <label class="field">
                              <span>Value
                              <input type="password" name="value" autocomplete="new-password" required>
                            <button class="main">Set
                        <section class="panel empty">
                          <h2>No secrets yet
                          <p>Keys of providers and MCP servers, and what plans send to others, belong here.
                        <div id="asks">
                """)
    }

    @Test func noServers() {
        #expect(
            outline(content: OutsidePage.servers([], approvals: 0, now: Samples.now)) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="MCP servers · Settings · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>MCP servers
                      <nav class="subnav" aria-label="Settings">
                        <a href="/settings">Settings
                        <a href="/settings/secrets">Secrets
                        <a href="/settings/providers">Providers
                        <a href="/settings/mcp" aria-current="page">MCP servers
                        <a href="/settings/prices">Prices
                      <div class="settings-stack">
                        <p class="dim">A server is reached when a task first needs it. A test reaches it now, starting its program if need be, and asks which tools it has; none is called.
                        <section class="panel empty">
                          <h2>No MCP servers in the settings
                          <p>A server of the Model Context Protocol gives tools to agents and to
                            <code>tool
                            steps.
                        <section class="panel" aria-labelledby="server-example-heading">
                          <div class="panel-head">
                            <h2 id="server-example-heading">In signalbox.yaml
                            <button type="button" class="quiet" data-copy="server-example" aria-label="Copy the example">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Copy
                          <div class="panel-body">
                            <p class="dim">A program that speaks on stdin and stdout, or an address.
                            <pre id="server-example">mcp_servers: stock: { command: [/srv/stock/venv/bin/python3, /srv/stock/stock.py], timeout: 20s } orders: { url: &quot;https://orders.example.org/mcp&quot;, headers: { Authorization: { secret: ORDERS } } }
                """)
    }

    @Test func noModels() {
        let view = PricesView(version: "2026-11-01", lists: [], used: [], approvals: 0, now: Samples.now)
        #expect(
            outline(content: PricesPage.document(view)) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Prices · Settings · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Prices
                      <nav class="subnav" aria-label="Settings">
                        <a href="/settings">Settings
                        <a href="/settings/secrets">Secrets
                        <a href="/settings/providers">Providers
                        <a href="/settings/mcp">MCP servers
                        <a href="/settings/prices" aria-current="page">Prices
                      <div class="settings-stack">
                        <section class="panel" aria-labelledby="table-heading">
                          <h2 id="table-heading">The table
                          <dl class="pairs panel-body">
                            <dt>Version
                            <dd>
                              <code>2026-11-01
                            <dt>Lists
                            <dd>
                              <ol>
                              <p class="dim">The first that knows a model has the say.
                            <dt>Your own
                            <dd>
                              <code>prices.json
                              in the data directory goes before all others;
                              <code>signalbox prices import
                              takes LiteLLM's list. A new file counts at once.
                        <section class="panel empty">
                          <h2>No models used yet
                          <p>Models that tasks ask are listed here with where their price comes from.
                """)
    }

    @Test func nothingToCompareWith() throws {
        #expect(
            try outline(content: ComparePage.document(Self.comparison(isOnlyOfPlan: false))) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Compare #7 · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/tasks/7">
                          <span aria-hidden="true">←
                          Task #7
                      <div class="headline">
                        <h1>Compare
                      <section class="panel empty">
                        <h2>Nothing to compare it with yet
                        <p>No other task of this plan has completed.
                      <details class="others" open>
                        <summary>Compare with another task
                        <p class="dim">There is no other task.
                """)
    }

    @Test func othersOfNoPlanToCompareWith() throws {
        #expect(
            try outline(content: ComparePage.document(Self.comparison(isOnlyOfPlan: true))) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Compare #7 · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/tasks/7">
                          <span aria-hidden="true">←
                          Task #7
                      <div class="headline">
                        <h1>Compare
                      <section class="panel empty">
                        <h2>Nothing to compare it with yet
                        <p>No other task of this plan has completed. Choose any task below.
                      <details class="others" open>
                        <summary>Compare with another task
                        <p class="dim">No other task of this plan; the latest of others are:
                        <form class="picker" role="search" method="get" action="/tasks/new" data-picker>
                          <input type="hidden" name="mode" value="from">
                          <label class="search">
                            <span class="hidden">Search tasks by name, number and prompt
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <input type="search" id="search" name="q" value="" placeholder="Search tasks by name, number and prompt" autocomplete="off" autofocus maxlength="200" hx-get="/tasks/new?mode=from" hx-trigger="input changed delay:150ms, sb:search" hx-target="#picks" hx-select="#picks" hx-swap="outerMorph" hx-sync="this:queue last">
                        <div id="picks" aria-live="polite" data-for="">
                          <ul class="picks panel">
                            <li data-row class="tone-green">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <div>
                                <a class="cover" href="/tasks/new?mode=from&amp;from=7" data-redraw>
                                  <span class="ordinal">#7
                                  <span class="name">letter
                                  <span class="hidden">, Completed
                                <p class="dim">letter
                              <span class="dim when">
                                <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                """)
    }

    @Test func versionsThatAreTheSame() {
        let version = Samples.plan("letters").shown
        let view = VersionDifferenceView(
            kind: .plan, name: "letters", from: version, to: version, text: nil, approvals: 0, now: Samples.now)
        #expect(
            outline(content: VersionDifferencePage.document(view)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Changes of letters · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <span>
                          <a href="/plans">
                            <span aria-hidden="true">←
                            Plans
                          <span class="dim" aria-hidden="true">/
                          <a href="/plans/letters">letters
                      <div class="headline">
                        <h1>What changed
                        <span class="headline-actions">
                          <a class="button" href="/plans/letters/diff?from=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a&amp;to=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">The other way round
                      <dl class="facts">
                        <div>
                          <dt>From
                          <dd>
                            <a href="/plans/letters?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                              <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                            <span class="saved">
                              <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                              <span class="dim">by
                              <span class="name">letters
                              <span class="note-text">letters
                        <div>
                          <dt>To
                          <dd>
                            <a href="/plans/letters?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                              <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                            <span class="saved">
                              <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                              <span class="dim">by
                              <span class="name">letters
                              <span class="note-text">letters
                      <section class="panel empty">
                        <h2>They are the same
                        <p>Both versions have the same text and files.
                """)
    }
}
