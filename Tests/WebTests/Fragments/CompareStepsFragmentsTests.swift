import Core
import Testing

@testable import Web

/// The steps of two tasks beside each other: each verdict, and loops that are not shown to their end.
@Suite(.timeLimit(.minutes(1)))
struct CompareStepsFragmentsTests {
    private static func step(
        _ path: String, _ verdict: ComparedStepView.Verdict, before: DisplayState?, after: DisplayState?
    ) -> ComparedStepView {
        ComparedStepView(
            path: StepPath(rawValue: path), verdict: verdict,
            before: before.map { ComparedStepView.Side(state: $0, milliseconds: 900) },
            after: after.map { ComparedStepView.Side(state: $0, milliseconds: 1_900, isReused: $0 == .completed) })
    }

    private static func steps() -> [ComparedStepView] {
        var loop = step("each", .changed, before: .completed, after: .failed)
        loop.moreIterations = 1_200
        var changed = step("each/0", .changed, before: .completed, after: .completed)
        changed.input = [DifferenceView(pointer: "/to", before: nil, after: "anna")]
        changed.output = [DifferenceView(pointer: "/amount", before: 5, after: nil)]
        changed.hasMore = true
        return [
            step("read", .same, before: .completed, after: .completed), loop, changed,
            step("draft", .onlyBefore, before: .completed, after: nil),
            step("check", .onlyAfter, before: nil, after: .running),
        ]
    }

    @Test func everyVerdict() throws {
        var pair = CompareView.Pair(before: Samples.row(), after: Samples.row())
        pair.steps = Self.steps()
        pair.hiddenSteps = 3
        var budget = CompareBudget()
        #expect(
            outline(CompareSteps.render(pair, path: "/tasks/7/compare/6", &budget)) == """
                <section class="panel compared" aria-labelledby="compared-steps">
                  <div class="panel-head">
                    <h2 id="compared-steps">Steps
                    <span class="dim">2 changed · 1 the same · 1 only before · 1 only after
                  <ol class="compared-steps">
                    <li class="folded">
                      <details>
                        <summary>1 step the same
                        <ol>
                          <li class="same-step">
                            <span class="step-line">
                              <span class="state">
                                <span class="tone-green" title="Completed">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="hidden">Completed
                              <span class="name">read
                              <span class="step-figures">
                                <span class="dim">taken over
                                <span class="number">900ms → 1.9s
                    <li class="plain-step">
                      <span class="step-line">
                        <span class="state">
                          <span class="tone-green" title="Completed">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="hidden">Completed
                          <span class="dim" aria-hidden="true">→
                          <span class="hidden">then
                          <span class="tone-red" title="Failed">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="hidden">Failed
                        <span class="name">each
                        <span class="label">changed
                        <span class="step-figures">
                          <span class="number">900ms → 1.9s
                    <li>
                      <details open>
                        <summary>
                          <span class="step-line">
                            <span class="state">
                              <span class="tone-green" title="Completed">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <span class="hidden">Completed
                            <span class="name">each/0
                            <span class="label">changed
                            <span class="step-figures">
                              <span class="dim">taken over
                              <span class="number">900ms → 1.9s
                        <div class="inside">
                          <h3>Input
                          <p class="pointer">
                            <code>/to
                            <span class="dim">only after
                          <div class="diff" id="compared-step-each-2f0-input-0" tabindex="0" role="group" aria-label="Differences">
                            <ins>anna
                          <h3>Output
                          <p class="pointer">
                            <code>/amount
                            <span class="dim">only before
                          <div class="diff" id="compared-step-each-2f0-output-0" tabindex="0" role="group" aria-label="Differences">
                            <del>5
                          <p class="dim">There are more differences in its values than are shown.
                    <li class="folded more">
                      <a href="/tasks/7/compare/6?loop=each&amp;after=0" hx-get="/tasks/7/compare/6?loop=each&amp;after=0" hx-target="closest li" hx-swap="outerHTML">Compare the next 50
                      <span class="dim">of 1,200 further iterations of each
                    <li class="plain-step">
                      <span class="step-line">
                        <span class="state">
                          <span class="tone-green" title="Completed">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="hidden">Completed
                        <span class="name">draft
                        <span class="label">− only before
                        <span class="step-figures">
                          <span class="number">900ms
                    <li class="plain-step">
                      <span class="step-line">
                        <span class="state">
                          <span class="tone-blue" title="Running">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="hidden">Running
                        <span class="name">check
                        <span class="label">+ only after
                        <span class="step-figures">
                          <span class="number">1.9s
                    <li class="folded dim">3 further steps are not compared here.
                """)
    }

    @Test func furtherIterations() {
        var pair = CompareView.Pair(before: Samples.row(), after: Samples.row())
        pair.part = ComparedPartView(loop: StepPath(rawValue: "each"), moreIterations: 40)
        pair.steps = [Self.step("each/9", .same, before: .completed, after: .completed)]
        #expect(
            outline(CompareSteps.part(pair, path: "/tasks/7/compare/6")) == """
                <li class="folded">
                  <details>
                    <summary>1 step the same
                    <ol>
                      <li class="same-step">
                        <span class="step-line">
                          <span class="state">
                            <span class="tone-green" title="Completed">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <span class="hidden">Completed
                          <span class="name">each/9
                          <span class="step-figures">
                            <span class="dim">taken over
                            <span class="number">900ms → 1.9s
                <li class="folded more">
                  <a href="/tasks/7/compare/6?loop=each&amp;after=9" hx-get="/tasks/7/compare/6?loop=each&amp;after=9" hx-target="closest li" hx-swap="outerHTML">Compare the next 40
                  <span class="dim">of 40 further iterations of each
                """)
    }

    @Test func tooManyDifferences() {
        var budget = CompareBudget()
        while budget.take() {}
        #expect(
            outline(
                CompareSteps.differences([DifferenceView(pointer: "/a", before: 1, after: 2)], id: "outputs", &budget))
                    == """
                    <p class="pointer">
                      <code>/a
                    <p class="dim">Too many differences for one page: open the steps.
                    """)
    }

    @Test func everythingIsTheSame() throws {
        var view = try Samples.comparison("letter")
        var pair = CompareView.Pair(before: Samples.row(141), after: Samples.row(142))
        pair.steps = [Self.step("read", .same, before: .completed, after: .completed)]
        view.pair = pair
        view.isDefault = true
        #expect(
            outline(content: ComparePage.document(view)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="Compare #141 and #142 · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <a href="/tasks/7">
                          <span aria-hidden="true">←
                          Task #7
                      <div class="headline">
                        <h1>Compare
                      <p class="lead dim">With the last task of this plan that completed.
                      <div class="panel scroll">
                        <table class="compared-figures">
                          <thead>
                            <tr>
                              <td>
                              <th scope="col">
                                <span class="dim">Before
                                <a href="/tasks/141">
                                  <span class="ordinal">#141
                                  <span class="name">Invoices, November
                              <th scope="col">
                                <span class="dim">After
                                <a href="/tasks/142">
                                  <span class="ordinal">#142
                                  <span class="name">Invoices, November
                              <th scope="col">Change
                          <tbody>
                            <tr>
                              <th scope="row">State
                              <td>
                                <span class="badge tone-green">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="word">Completed
                              <td>
                                <span class="badge tone-green">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="word">Completed
                              <td>
                            <tr>
                              <th scope="row">Duration
                              <td>
                                <span class="number">4.2s
                              <td>
                                <span class="number">4.2s
                              <td>
                                <span class="dim">same
                            <tr>
                              <th scope="row">Tokens
                              <td>
                                <span class="number" title="3,904 prompt + 612 completion">4,516
                              <td>
                                <span class="number" title="3,904 prompt + 612 completion">4,516
                              <td>
                                <span class="dim">same
                            <tr>
                              <th scope="row">Est. cost
                              <td>
                                <span class="dim" title="There is no price for this model">unknown
                              <td>
                                <span class="dim" title="There is no price for this model">unknown
                              <td>
                            <tr>
                              <th scope="row">Steps
                              <td>
                                <span class="number">5 of 5
                              <td>
                                <span class="number">5 of 5
                              <td>
                                <span class="dim">same
                      <p class="notice">Plan, inputs, outputs and steps are the same in both; only time, tokens and cost may differ.
                      <section class="panel compared" aria-labelledby="compared-steps">
                        <div class="panel-head">
                          <h2 id="compared-steps">Steps
                          <span class="dim">1 the same
                        <ol class="compared-steps">
                          <li class="folded">
                            <details>
                              <summary>1 step the same
                              <ol>
                                <li class="same-step">
                                  <span class="step-line">
                                    <span class="state">
                                      <span class="tone-green" title="Completed">
                                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                        <span class="hidden">Completed
                                    <span class="name">read
                                    <span class="step-figures">
                                      <span class="dim">taken over
                                      <span class="number">900ms → 1.9s
                      <details class="others" open>
                        <summary>Compare with another task
                        <form class="picker" role="search" method="get" action="/tasks/new" data-picker>
                          <input type="hidden" name="mode" value="from">
                          <label class="search">
                            <span class="hidden">Search tasks by name, number and prompt
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            <input type="search" id="search" name="q" value="letter" placeholder="Search tasks by name, number and prompt" autocomplete="off" autofocus maxlength="200" hx-get="/tasks/new?mode=from" hx-trigger="input changed delay:150ms, sb:search" hx-target="#picks" hx-select="#picks" hx-swap="outerMorph" hx-sync="this:queue last">
                        <div id="picks" aria-live="polite" data-for="letter">
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
                          <p class="dim">11 more: search for them.
                """)
    }
}
