import Core
import Testing

@testable import Web

/// The settings, and the description of the API.
@Suite(.timeLimit(.minutes(1)))
struct SettingsFragmentsTests {
    private static let prices = PricesView(
        version: "2026-11-01", lists: [(name: "own", models: 2)],
        used: [
            PricesView.Used(model: "openai/gpt-5", taskCount: 3, list: "own", isScript: false),
            PricesView.Used(model: "a/b", taskCount: 1, list: nil, isScript: false),
        ], approvals: 0, now: Samples.now)

    @Test func aSetting() {
        #expect(
            outline(SettingsPage.row(Samples.setting("word"))) == """
                <div class="setting" id="setting-field-word">
                  <div>
                    <h3>
                      <code>word
                    <p class="means">word
                    <p class="small">word · default
                      <b>word
                  <div>
                    <form class="edit" method="post" action="/settings/values/word" hx-post="/settings/values/word" hx-target="#setting-field-word" hx-swap="none" hx-status:422="swap:outerMorph" hx-status:412="swap:outerMorph" hx-disable="find button">
                      <input type="hidden" name="seen" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                      <input type="text" name="value" aria-label="word" aria-invalid="true" aria-describedby="setting-field-word-problem" value="word" autocomplete="off" spellcheck="false" list="setting-field-word-models" placeholder="provider/model">
                      <datalist id="setting-field-word-models">
                        <option value="word">
                      <button>Save
                    <p class="problem" id="setting-field-word-problem" role="alert">word
                    <div class="origin small">
                      <span>In force:
                        <b>word
                        , from
                        <code>word
                      <span class="next">After the next start: word
                      <form class="reset" method="post" action="/settings/values/word/reset" hx-post="/settings/values/word/reset" hx-target="#setting-field-word" hx-swap="none" hx-status:412="swap:outerMorph">
                        <input type="hidden" name="seen" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                        <button aria-label="Reset word to its default">Reset to the default
                """)
    }

    @Test func aSettingThatWasChanged() {
        #expect(
            outline(SettingsPage.changed(Samples.setting("word"))) == """
                <template hx type="partial" hx-target="#setting-field-word" hx-swap="outerHTML">
                  <div class="setting" id="setting-field-word">
                    <div>
                      <h3>
                        <code>word
                      <p class="means">word
                      <p class="small">word · default
                        <b>word
                    <div>
                      <form class="edit" method="post" action="/settings/values/word" hx-post="/settings/values/word" hx-target="#setting-field-word" hx-swap="none" hx-status:422="swap:outerMorph" hx-status:412="swap:outerMorph" hx-disable="find button">
                        <input type="hidden" name="seen" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                        <input type="text" name="value" aria-label="word" aria-invalid="true" aria-describedby="setting-field-word-problem" value="word" autocomplete="off" spellcheck="false" list="setting-field-word-models" placeholder="provider/model">
                        <datalist id="setting-field-word-models">
                          <option value="word">
                        <button>Save
                      <p class="problem" id="setting-field-word-problem" role="alert">word
                      <div class="origin small">
                        <span>In force:
                          <b>word
                          , from
                          <code>word
                        <span class="next">After the next start: word
                        <form class="reset" method="post" action="/settings/values/word/reset" hx-post="/settings/values/word/reset" hx-target="#setting-field-word" hx-swap="none" hx-status:412="swap:outerMorph">
                          <input type="hidden" name="seen" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                          <button aria-label="Reset word to its default">Reset to the default
                """)
    }

    @Test func secrets() {
        #expect(
            outline(content: SecretsPage.document([Samples.secret("BANK")], approvals: 0, now: Samples.now)) == """
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
                        <section class="panel library" aria-label="Secrets">
                          <table>
                            <thead>
                              <tr>
                                <th>Name
                                <th>Where
                                <th>Set
                                <th>Used by the settings for
                                <th>
                                  <span class="hidden">Actions
                            <tbody>
                              <tr>
                                <td>
                                  <code>BANK
                                <td>BANK
                                <td>
                                  <span class="dim" title="It is kept elsewhere">
                                    <span aria-hidden="true">–
                                    <span class="hidden">It is kept elsewhere
                                <td>BANK
                                <td class="right">
                                  <a class="button quiet stop" href="/settings/secrets/BANK/remove" hx-get="/settings/secrets/BANK/remove" hx-target="#asks" hx-swap="innerHTML" aria-label="Remove BANK">Remove
                        <div id="asks">
                """)
    }

    @Test func aSecretThatIsRefused() {
        #expect(
            outline(SecretsPage.form(SecretsPage.Refusal(name: "a b", message: "That is no name."), id: "s")) == """
                <section class="panel" aria-labelledby="s-heading" id="s">
                  <h2 id="s-heading">Set a secret
                  <form class="secret-form" method="post" action="/settings/secrets" hx-post="/settings/secrets" hx-target="#s" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button" autocomplete="off">
                    <label class="field">
                      <span>Name
                      <input type="text" name="name" value="a b" autocomplete="off" spellcheck="false" placeholder="OPENAI_API_KEY" required autofocus>
                    <label class="field">
                      <span>Value
                      <input type="password" name="value" autocomplete="new-password" required>
                    <button class="main">Set
                    <p class="problem" role="alert" id="s-problem">That is no name. Type the value again.
                """)
    }

    @Test func removing() {
        #expect(
            outline(SecretsPage.dialog(Samples.secret("BANK"))) == """
                <dialog id="remove-dialog" aria-labelledby="remove-heading">
                  <h2 id="remove-heading">Remove this secret?
                  <p class="which">
                    <code>BANK
                  <p>The settings use it for BANK.
                  <p>Its value is gone for good. Steps that need it fail until it is set again.
                  <p class="problem" role="alert" hidden>
                  <form method="post" action="/settings/secrets/BANK/remove" hx-post="/settings/secrets/BANK/remove" hx-swap="none">
                    <div class="dialog-actions">
                      <button form="remove-keep" autofocus>Keep it
                      <button class="danger">Remove
                  <form method="dialog" id="remove-keep">
                """)
    }

    @Test func prices() {
        #expect(
            outline(content: PricesPage.document(Self.prices)) == """
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
                        <p class="notice">1 model that tasks have used has no price: what it costs is shown as unknown, and limits on cost refuse it.
                        <section class="panel" aria-labelledby="table-heading">
                          <h2 id="table-heading">The table
                          <dl class="pairs panel-body">
                            <dt>Version
                            <dd>
                              <code>2026-11-01
                            <dt>Lists
                            <dd>
                              <ol>
                                <li>
                                  <b class="name">own
                                  <span class="dim">2 models
                              <p class="dim">The first that knows a model has the say.
                            <dt>Your own
                            <dd>
                              <code>prices.json
                              in the data directory goes before all others;
                              <code>signalbox prices import
                              takes LiteLLM's list. A new file counts at once.
                        <section class="panel library" aria-label="Models that tasks have used">
                          <table>
                            <thead>
                              <tr>
                                <th>Model
                                <th class="right">Used by
                                <th>Price
                            <tbody>
                              <tr>
                                <td>
                                  <span class="model" title="openai/gpt-5">openai/gpt-5
                                <td class="right number">
                                  <a href="/tasks?model=openai%2Fgpt-5">3 tasks
                                <td>
                                  <span class="badge tone-green">
                                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                    <span class="word">Known
                                  <span class="dim">own
                              <tr>
                                <td>
                                  <span class="model" title="a/b">a/b
                                <td class="right number">
                                  <a href="/tasks?model=a%2Fb">1 task
                                <td>
                                  <span class="badge tone-amber">
                                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                    <span class="word">Unknown
                """)
    }

    @Test func aServer() {
        #expect(
            outline(OutsidePage.item(Samples.outside("word"), .mcp, now: Samples.now)) == """
                <div class="outside" id="outside-field-word">
                  <div class="headline">
                    <h3 class="name">word
                    <span class="badge tone-red">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="word">Failed
                    <form method="post" action="/settings/mcp/word/test" hx-post="/settings/mcp/word/test" hx-target="#outside-field-word" hx-swap="outerMorph" hx-disable="find button">
                      <button aria-label="Test word">Test
                  <dl class="pairs">
                    <dt>word
                    <dd>word
                  <p class="problem">word
                  <div class="test" role="status">
                    <p>
                      <span class="badge tone-red">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span class="word">It does not work
                      <span class="dim number">in 3ms
                      <span class="dim">asked word
                      <span class="dim">
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                    <ol class="checks">
                      <li class="tone-red">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>word
                          <span class="hidden">: failed
                        <span>word
                          <span class="dim">word
                """)
    }

    @Test func aProvider() {
        #expect(
            outline(OutsidePage.item(Samples.outside("word"), .providers, now: Samples.now)) == """
                <div class="outside" id="outside-field-word">
                  <div class="headline">
                    <h3 class="name">word
                    <span class="badge tone-red">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="word">Failed
                    <form method="post" action="/settings/providers/word/test" hx-post="/settings/providers/word/test" hx-target="#outside-field-word" hx-swap="outerMorph" hx-disable="find button">
                      <input type="text" name="model" aria-label="Model of word to ask" value="word" list="outside-field-word-models" placeholder="model to ask" autocomplete="off" spellcheck="false">
                      <datalist id="outside-field-word-models">
                        <option value="word">
                      <button aria-label="Test word">Test
                  <dl class="pairs">
                    <dt>word
                    <dd>word
                  <p class="problem">word
                  <div class="test" role="status">
                    <p>
                      <span class="badge tone-red">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span class="word">It does not work
                      <span class="dim number">in 3ms
                      <span class="dim">asked word
                      <span class="dim">
                        <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                    <ol class="checks">
                      <li class="tone-red">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>word
                          <span class="hidden">: failed
                        <span>word
                          <span class="dim">word
                """)
    }

    @Test func aTest() {
        let test = TestView(
            isFine: true, milliseconds: 3, asked: "fake/m",
            checks: [TestView.Check(name: "Connected", isPassed: true)], at: Samples.now)
        #expect(
            outline(TestReport.render(test, now: Samples.now)) == """
                <div class="test" role="status">
                  <p>
                    <span class="badge tone-green">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="word">It works
                    <span class="dim number">in 3ms
                    <span class="dim">asked fake/m
                    <span class="dim">
                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                  <ol class="checks">
                    <li class="tone-green">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Connected
                        <span class="hidden">: passed
                      <span>
                        <span class="dim">passed
                """)
    }

    @Test func anExample() {
        #expect(
            outline(SettingsFrame.example("e", "Write", "a: 1")) == """
                <section class="panel" aria-labelledby="e-heading">
                  <div class="panel-head">
                    <h2 id="e-heading">In signalbox.yaml
                    <button type="button" class="quiet" data-copy="e" aria-label="Copy the example">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <div class="panel-body">
                    <p class="dim">Write
                    <pre id="e">a: 1
                """)
    }

    @Test func anOperation() {
        #expect(
            outline(
                OperationBlock.render(
                    method: "GET", path: "/api/tasks",
                    [
                        "operationId": "list", "summary": "All tasks",
                        "parameters": [
                            ["name": "page", "in": "query", "schema": ["type": "integer"], "description": "From 1"]
                        ],
                    ])) == """
                    <article class="operation" id="list">
                      <h3>
                        <span class="label">GET
                        <code>/api/tasks
                      <p>All tasks
                      <dl class="pairs">
                        <dt>
                          <code>page
                        <dd>integer, in the query.
                          <span class="dim">From 1
                    """)
    }

    @Test func aSchema() {
        #expect(
            outline(
                SchemaText.members(of: [
                    "type": "object", "required": ["a"], "properties": ["a": ["type": "string", "description": "One"]],
                ])) == """
                    <dl class="pairs">
                      <dt>
                        <code>a
                      <dd>string
                        <span class="dim">One
                    """)
    }
}
