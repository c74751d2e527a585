import Core
import Testing

@testable import Web

/// The lists of plans and agents, and the pages beside them.
@Suite(.timeLimit(.minutes(1)))
struct LibraryPageFragmentsTests {
    private static let noPlans = PlanListView(
        rows: [], counts: [:], total: 0, search: "", state: nil, page: 1, approvals: 0, now: Samples.now)

    private static let playground: PlaygroundView = {
        var view = PlaygroundView(now: Samples.now)
        view.app = PlaygroundView.App(
            name: "letter", summary: "Send a letter", plan: "letters", publishedAt: Samples.now, author: "ada")
        view.fields = [.value(Samples.formFields("word")[0])]
        return view
    }()

    @Test func plans() {
        #expect(
            outline(content: PlansPage.document(Samples.plans("word"))) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Plans · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Plans
                        <span class="dim number">1
                        <span class="headline-actions">
                          <a class="button" href="/plans/new#import">Import a file
                          <a class="button main" href="/plans/new">New plan
                      <form class="toolbar" method="get" action="/plans" role="search" data-go="keep">
                        <label class="search">
                          <span class="hidden">Search names and descriptions
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <input type="search" id="search" name="search" value="word" maxlength="200" placeholder="Search plans" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>
                          <kbd aria-hidden="true">/
                        <input type="hidden" name="state" value="app">
                        <nav class="layouts states" aria-label="State">
                          <a href="/plans?search=word" data-go="keep">All
                            <span class="number">1
                          <a href="/plans?search=word&amp;state=draft" data-go="keep">Draft
                            <span class="number">0
                          <a href="/plans?search=word&amp;state=published" data-go="keep">Published
                            <span class="number">0
                          <a href="/plans?search=word&amp;state=app" data-go="keep" aria-current="true">App
                            <span class="number">1
                          <a href="/plans?search=word&amp;state=archived" data-go="keep">Archived
                            <span class="number">0
                      <p id="list-problem" class="problem" role="alert" hidden>
                      <section class="panel library" aria-label="Plans">
                        <table>
                          <thead>
                            <tr>
                              <th>Plan
                              <th>State
                              <th>Latest version
                              <th class="right">Tasks
                              <th>
                                <span class="hidden">Actions
                          <tbody>
                            <tr data-row>
                              <td class="what">
                                <a class="cover" href="/plans/word">
                                  <span class="name">word
                                <p class="about">word
                              <td>
                                <span class="standings">
                                  <span class="standing published" title="The published version runs, whatever is saved later">
                                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                    <span>Published
                                  <span class="standing app" title="It can be run from the playground">
                                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                    <span>App
                              <td class="latest">
                                <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                                <span class="label" title="The published version is an earlier one">ahead
                                <span class="saved">
                                  <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                                  <span class="dim">by
                                  <span class="name">word
                                  <span class="note-text">word
                              <td class="right number">
                                <a href="/tasks?plan=word" title="Its tasks">3
                              <td class="right">
                                <a class="button" href="/tasks/new?mode=plan&plan=word" aria-label="Run word">Run
                """)
    }

    @Test func agents() {
        #expect(
            outline(content: AgentsPage.document(Samples.agents("word"))) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Agents · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Agents
                        <span class="dim number">1
                        <span class="headline-actions">
                          <a class="button" href="/agents/new#import">Import a file
                          <a class="button main" href="/agents/new">New agent
                      <form class="toolbar" method="get" action="/agents" role="search" data-go="keep">
                        <label class="search">
                          <span class="hidden">Search names and descriptions
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <input type="search" id="search" name="search" value="word" maxlength="200" placeholder="Search agents" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>
                          <kbd aria-hidden="true">/
                        <nav class="layouts states" aria-label="State">
                          <a href="/agents?search=word" data-go="keep" aria-current="true">In use
                            <span class="number">1
                          <a href="/agents?search=word&amp;state=archived" data-go="keep">Archived
                            <span class="number">0
                      <p id="list-problem" class="problem" role="alert" hidden>
                      <section class="panel library" aria-label="Agents">
                        <table>
                          <thead>
                            <tr>
                              <th>Agent
                              <th>Model
                              <th>Latest version
                              <th>Plans
                          <tbody>
                            <tr data-row>
                              <td class="what">
                                <a class="cover" href="/agents/word">
                                  <span class="name">word
                                <p class="about">word
                              <td>
                                <span class="model" title="word">word
                              <td class="latest">
                                <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                                <span class="saved">
                                  <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                              <td>
                                <ul class="plan-names">
                                  <li>
                                    <a href="/plans/word">word
                """)
    }

    @Test func noPlans() {
        #expect(
            outline(content: PlansPage.document(Self.noPlans)) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Plans · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>Plans
                        <span class="dim number">0
                        <span class="headline-actions">
                          <a class="button" href="/plans/new#import">Import a file
                          <a class="button main" href="/plans/new">New plan
                      <form class="toolbar" method="get" action="/plans" role="search" data-go="keep">
                        <label class="search">
                          <span class="hidden">Search names and descriptions
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <input type="search" id="search" name="search" value="" maxlength="200" placeholder="Search plans" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>
                          <kbd aria-hidden="true">/
                        <nav class="layouts states" aria-label="State">
                          <a href="/plans" data-go="keep" aria-current="true">All
                            <span class="number">0
                          <a href="/plans?state=draft" data-go="keep">Draft
                            <span class="number">0
                          <a href="/plans?state=published" data-go="keep">Published
                            <span class="number">0
                          <a href="/plans?state=app" data-go="keep">App
                            <span class="number">0
                          <a href="/plans?state=archived" data-go="keep">Archived
                            <span class="number">0
                      <p id="list-problem" class="problem" role="alert" hidden>
                      <section class="panel empty">
                        <h2>No plans yet
                        <p>A plan says what is to be done: its steps, its agents, its inputs and limits. Each time it is saved it gets a new version, and tasks keep the one that they began with.
                        <p class="ways">
                          <a class="button main" href="/plans/new">Write one
                        <div class="command">
                          <code id="first-command">signalbox plans save examples/invoices
                          <button type="button" class="quiet" data-copy="first-command" aria-label="Copy the command">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <span>Copy
                """)
    }

    @Test func aDifference() {
        #expect(
            outline(
                content: VersionDifferencePage.document(
                    VersionDifferenceView(
                        kind: .plan, name: "word",
                        from: PlanView.Version(
                            hash: ContentHash(of: [1]), savedAt: Samples.now, author: nil, note: nil),
                        to: PlanView.Version(hash: ContentHash(of: [2]), savedAt: Samples.now, author: nil, note: nil),
                        text: "--- plan.yaml\n+++ plan.yaml\n@@ -1 +1 @@\n-a\n+b\n", approvals: 0, now: Samples.now)))
                    == """
                    <main id="content" tabindex="-1">
                      <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                        <div id="page">
                          <i id="page-facts" hidden data-title="Changes of word · Signalbox" data-now="1795187045123" data-approvals="0">
                          <nav class="back" aria-label="Path">
                            <span>
                              <a href="/plans">
                                <span aria-hidden="true">←
                                Plans
                              <span class="dim" aria-hidden="true">/
                              <a href="/plans/word">word
                          <div class="headline">
                            <h1>What changed
                            <span class="headline-actions">
                              <a class="button" href="/plans/word/diff?from=dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986&amp;to=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">The other way round
                          <dl class="facts">
                            <div>
                              <dt>From
                              <dd>
                                <a href="/plans/word?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                                  <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                                <span class="saved">
                                  <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                            <div>
                              <dt>To
                              <dd>
                                <a href="/plans/word?version=dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986">
                                  <code class="version" title="dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986">dbc1b4c9
                                <span class="saved">
                                  <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                          <section class="panel difference">
                            <h2>plan.yaml
                            <table>
                              <tbody>
                                <tr class="removed">
                                  <td class="line-number">1
                                  <td class="line-number">
                                  <td class="sign">−
                                  <td>a
                                <tr class="added">
                                  <td class="line-number">
                                  <td class="line-number">1
                                  <td class="sign">+
                                  <td>b
                    """)
    }

    @Test func anAppIsPublished() {
        #expect(
            outline(
                content: AppFormPage.document(
                    AppFormView(
                        plan: "letters", version: Samples.hash, app: nil, name: "letter", summary: "",
                        parameters: [
                            AppFormView.Parameter(
                                name: "who", input: "who", kind: "string", summary: "", isRequired: true,
                                defaultText: "", choices: "a\nb")
                        ], errors: ["name": "Say a name."], approvals: 0, now: Samples.now))) == """
                    <main id="content" tabindex="-1">
                      <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                        <div id="page">
                          <i id="page-facts" hidden data-title="Publish letters as an app · Signalbox" data-now="1795187045123" data-approvals="0">
                          <nav class="back" aria-label="Path">
                            <span>
                              <a href="/plans">
                                <span aria-hidden="true">←
                                Plans
                              <span class="dim" aria-hidden="true">/
                              <a href="/plans/letters">letters
                          <div class="headline">
                            <h1>Publish letters as an app
                            <span class="dim">version
                              <code class="version" title="ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb">ca978112
                          <p class="dim">People run an app from the
                            <a href="/playground">playground
                            : they see its description, fill its fields, and never see the plan. It stays with this version until it is published again.
                          <form class="form-page" method="post" action="/plans/letters/app" data-post novalidate>
                            <input type="hidden" name="version" value="ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb">
                            <input type="hidden" name="app" value="">
                            <input type="hidden" name="seen" value="">
                            <div class="field wrong">
                              <label for="app-field-name">Name
                              <input type="text" id="app-field-name" name="name" aria-required="true" aria-invalid="true" aria-describedby="app-field-name-note app-field-name-problem" autofocus value="letter">
                              <p class="note" id="app-field-name-note">A name starts with a letter and has up to 64 letters, digits, - and _
                              <p class="problem" id="app-field-name-problem" role="alert">Say a name.
                            <div class="field">
                              <label for="app-field-description">Description
                                <span class="dim">optional
                              <textarea id="app-field-description" name="description" aria-describedby="app-field-description-note" rows="2">
                              <p class="note" id="app-field-description-note">What it does, for people who know no plans
                            <section class="panel" aria-labelledby="fields-heading">
                              <h2 id="fields-heading">What people fill in
                              <div class="parameter" role="group" aria-labelledby="parameter-0">
                                <h3 id="parameter-0">
                                  <span class="name">who
                                  <input type="hidden" name="parameter" value="who">
                                  <input type="hidden" name="input" value="who">
                                <div class="field">
                                  <label for="type-0">Kind of field
                                  <select id="type-0" name="type-0">
                                    <option value="text">text
                                    <option value="long_text">long text
                                    <option value="number">number
                                    <option value="choice">choice
                                    <option value="file">file
                                <div class="field check">
                                  <label for="app-field-required-2d0">
                                    <input type="checkbox" id="app-field-required-2d0" name="required-0" value="true" checked>
                                    <span>Must be filled in
                                <div class="wide">
                                  <div class="field">
                                    <label for="app-field-summary-2d0">What to fill in
                                      <span class="dim">optional
                                    <input type="text" id="app-field-summary-2d0" name="summary-0" value="">
                                <div class="field-default">
                                  <div class="field">
                                    <label for="app-field-default-2d0">Filled in already
                                      <span class="dim">optional
                                    <textarea id="app-field-default-2d0" name="default-0" rows="2">
                                <div class="field-choices">
                                  <div class="field">
                                    <label for="app-field-choices-2d0">Values to choose from
                                      <span class="dim">optional
                                    <textarea id="app-field-choices-2d0" name="choices-0" aria-describedby="app-field-choices-2d0-note" rows="2">a b
                                    <p class="note" id="app-field-choices-2d0-note">One a line; only of a choice
                            <p class="problem" role="alert" data-not-sent hidden>
                            <div class="verdicts">
                              <button class="main">Publish
                              <a class="button" href="/plans/letters">Back
                    """)
    }

    @Test func theApps() {
        #expect(
            outline(content: PlaygroundPage.document(Self.playground)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="letter · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/playground">
                          <span aria-hidden="true">←
                          Playground
                      <div class="headline">
                        <h1 class="name">letter
                      <p class="lead">Send a letter
                      <p class="dim">Plan
                        <a href="/plans/letters">letters
                        , published
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                        by ada
                      <form id="task-form" class="task-form app-form" method="post" action="/playground/letter" enctype="multipart/form-data" data-post data-starts="enter" novalidate>
                        <input type="hidden" name="once" value="">
                        <button class="hidden" name="do" value="start" tabindex="-1" aria-hidden="true">
                        <div class="columns">
                          <div class="primary">
                            <section class="panel fields" aria-label="Parameters">
                              <div class="field">
                                <label for="form-field--2finputs-2fword">word
                                <input type="text" id="form-field--2finputs-2fword" name="/inputs/word" aria-required="true" aria-describedby="form-field--2finputs-2fword-note" value="word">
                                <p class="note" id="form-field--2finputs-2fword-note">word
                          <div class="secondary">
                        <div class="start-bar">
                          <p class="problem" role="alert" data-not-sent hidden>
                          <a class="button quiet" href="/playground">Cancel
                          <span class="dim keys" aria-hidden="true">
                            <kbd>Enter
                          <button class="main" name="do" value="start" aria-keyshortcuts="Control+Enter" data-start>Run
                """)
    }
}
