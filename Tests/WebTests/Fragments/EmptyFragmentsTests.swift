import Core
import Engine
import Store
import Testing

@testable import Web

/// What the pages say where there is nothing, and what can be done about it.
@Suite(.timeLimit(.minutes(1)))
struct EmptyFragmentsTests {
    private static func inbox(_ query: String, open: Int = 0, total: Int = 0) throws -> ApprovalsView {
        let address = try ApprovalsAddress(query: query)
        return ApprovalsView(
            requests: [], total: total, page: address.page, position: .zero, now: Samples.now, address: address,
            open: open)
    }

    private static let inputs = InputView(values: [:], files: [])

    @Test func noTasks() {
        let view = TaskListView(rows: [], total: 0, position: .zero, now: Samples.now)
        #expect(
            outline(ListNotices.nothing(view)) == """
                <section class="panel empty">
                  <svg class="siding" viewBox="0 0 220 56" aria-hidden="true">…
                  <h2>No tasks yet
                  <p>A task appears here as soon as one is started.
                  <p>
                    <a class="button main" href="/tasks/new">New task
                  <p class="dim">Or run the example that came with Signalbox:
                  <div class="command">
                    <code id="first-command">signalbox run examples/invoices
                    <button type="button" class="quiet" data-copy="first-command" aria-label="Copy the command">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Copy
                  <p class="dim">Programs start tasks with
                    <code>POST /api/tasks
                    . This page shows them live.
                """)
    }

    @Test func noTaskFits() {
        #expect(
            outline(ListNotices.nothing(Samples.nothingFits())) == """
                <section class="panel empty unfit">
                  <h2>0 of 12,431 match
                  <p>No task fits all of these filters.
                  <ul class="ways">
                    <li>
                      <a href="/tasks?search=zebra" data-go="keep">Without
                        <b>Status:
                          <span class="name">Failed
                      <span class="number dim">2 tasks
                    <li>
                      <a href="/tasks?status=failed" data-go="keep">Without
                        <b>Search:
                          <span class="name">“zebra”
                      <span class="number dim">61 tasks
                  <p>
                    <a class="button" href="/tasks" data-go="keep">Clear all filters
                """)
    }

    @Test func nothingWaits() throws {
        #expect(
            try outline(ApprovalsPage.fragment(Self.inbox(""))) == """
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
                """)
    }

    @Test func nothingThatWaitsFits() throws {
        #expect(
            try outline(ApprovalsPage.fragment(Self.inbox("kind=budget&plan=letters", open: 6))) == """
                <div id="page">
                  <i id="page-facts" hidden data-title="Approvals (6) · Signalbox" data-now="1795187045123" data-approvals="6">
                  <div class="toolbar inbox-head">
                    <h1>Approvals
                    <details class="menu" id="plan-menu">
                      <summary class="button">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        Plan:
                        <span class="name">letters
                      <div class="sheet narrow">
                        <ul class="named">
                          <li>
                            <a href="/approvals?kind=budget">Any plan
                    <nav class="layouts" aria-label="Which requests">
                      <a href="/approvals?kind=budget&amp;plan=letters" aria-current="true">Waiting
                        <span class="number">6
                      <a href="/approvals?show=settled&amp;kind=budget&amp;plan=letters">Settled
                  <nav class="groups" aria-label="Kinds">
                    <a href="/approvals?plan=letters">All
                    <a class="none" href="/approvals?kind=approval&amp;plan=letters">Approval
                      <span class="number">0
                    <a class="none" href="/approvals?kind=consent&amp;plan=letters">Consent
                      <span class="number">0
                    <a class="none" href="/approvals?kind=review&amp;plan=letters">Review
                      <span class="number">0
                    <a class="none" href="/approvals?kind=question&amp;plan=letters">Question
                      <span class="number">0
                    <a class="none" href="/approvals?plan=letters" aria-current="true">Budget
                      <span class="number">0
                    <a class="none" href="/approvals?kind=in_doubt&amp;plan=letters">In doubt
                      <span class="number">0
                  <section class="panel empty">
                    <h2>0 of 6 requests fit
                    <p>
                      <a class="button" href="/approvals">Show all kinds and plans
                """)
    }

    @Test func nothingWasSettled() throws {
        #expect(
            try outline(ApprovalsPage.fragment(Self.inbox("show=settled"))) == """
                <div id="page">
                  <i id="page-facts" hidden data-title="Approvals · Signalbox" data-now="1795187045123" data-approvals="0">
                  <div class="toolbar inbox-head">
                    <h1>Approvals
                    <nav class="layouts" aria-label="Which requests">
                      <a href="/approvals">Waiting
                        <span class="number">0
                      <a href="/approvals?show=settled" aria-current="true">Settled
                  <nav class="groups" aria-label="Kinds">
                    <a href="/approvals?show=settled" aria-current="true">All
                    <a href="/approvals?show=settled&amp;kind=approval">Approval
                    <a href="/approvals?show=settled&amp;kind=consent">Consent
                    <a href="/approvals?show=settled&amp;kind=review">Review
                    <a href="/approvals?show=settled&amp;kind=question">Question
                    <a href="/approvals?show=settled&amp;kind=budget">Budget
                    <a href="/approvals?show=settled&amp;kind=in_doubt">In doubt
                  <section class="panel empty">
                    <h2>Nothing was settled yet
                    <p class="dim">What people decide is kept here: who, when, how long it took, and what they said.
                """)
    }

    @Test func aPageBehindTheLast() throws {
        #expect(
            try outline(ApprovalsPage.fragment(Self.inbox("page=9", open: 6, total: 6))) == """
                <div id="page">
                  <i id="page-facts" hidden data-title="Approvals (6) · Signalbox" data-now="1795187045123" data-approvals="6">
                  <div class="toolbar inbox-head">
                    <h1>Approvals
                    <nav class="layouts" aria-label="Which requests">
                      <a href="/approvals" aria-current="true">Waiting
                        <span class="number">6
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
                    <h2>Nothing on page 9
                    <p>
                      <a class="button" href="/approvals">Go to the first page
                """)
    }

    @Test func noInputs() {
        #expect(
            outline(InputPanel.render(Self.inputs, givenAt: Samples.now, now: Samples.now)) == """
                <section class="panel input" aria-labelledby="input-heading">
                  <h2 id="input-heading">Input
                  <p class="dim">This plan was run without inputs.
                  <p class="dim given">Given
                    <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="exact">2026-11-20 15:04:05 UTC
                    (
                    <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                    )
                """)
    }

    @Test func aResultThatIsAwaited() {
        var view = StepsPartView(input: Self.inputs, steps: [])
        view.isResultAwaited = true
        view.files = [FileView(name: "draft.md", bytes: 12, path: "/tasks/7/files/draft.md")]
        #expect(
            outline(ResultsPanel.render(view)) == """
                <section class="panel results awaited" aria-labelledby="results-heading">
                  <h2 id="results-heading">
                    <span>Result
                  <p>It comes when the task completes.
                  <div class="files">
                    <h3>Files so far
                    <ul>
                      <li>
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="name" href="/tasks/7/files/draft.md" download>draft.md
                        <span class="dim number">12 bytes
                """)
    }

    @Test func aResultThatNeverComes() {
        var view = StepsPartView(input: Self.inputs, steps: [])
        view.isResultMissing = true
        #expect(
            outline(ResultsPanel.render(view)) == """
                <section class="panel results missing" aria-labelledby="results-heading">
                  <h2 id="results-heading">
                    <span>Result
                  <p>There is none: the task has not completed.
                """)
    }

    @Test func anAgentThatKeepsNothing() {
        var view = Samples.agent("clerk")
        view.memory = []
        #expect(
            outline(AgentMemory.render(view)) == """
                <section class="panel" aria-labelledby="memory-heading">
                  <div class="panel-head">
                    <h2 id="memory-heading">Memory
                      <span class="dim number">0
                  <p class="panel-body dim">It keeps nothing. An agent with the tools
                    <code>remember
                    and
                    <code>recall
                    keeps what it is to know in later tasks.
                <div id="asks">
                """)
    }

    @Test func noCosts() {
        let view = CostsTests.view(CostsTests.node("task", tokens: 0, nanoDollars: 0), by: .cost)
        #expect(
            outline(CostsRenderer.render(view)) == """
                <section class="panel costs" aria-labelledby="costs-heading">
                  <div class="panel-head">
                    <h2 id="costs-heading">Where it went
                    <nav class="segments" aria-label="What the widths are">
                      <a class="button" href="/tasks/7?part=costs&amp;by=cost" aria-current="true">By cost
                      <a class="button" href="/tasks/7?part=costs&amp;by=tokens">By tokens
                  <p class="dim cost-note">No model was called so far, so there is nothing to pay for.
                """)
    }

    @Test func nothingIsTakenOver() {
        #expect(
            outline(PreviewPanel.content(RestartPreviewView())) == """
                <p class="saved">Nothing is taken over: every step runs again.
                """)
    }
}
