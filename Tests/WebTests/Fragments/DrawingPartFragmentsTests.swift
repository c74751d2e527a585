import Core
import Testing

@testable import Web

/// What drawings show beside the usual: what other tasks cost, and a loop by itself with its waits drawn short.
@Suite(.timeLimit(.minutes(1)))
struct DrawingPartFragmentsTests {
    @Test func costsWithThoseOfOthers() {
        var view = CostsTests.view(DrawingFragmentsTests.root, by: .cost)
        view.withChildren = .nanoDollars(9_000_000)
        #expect(
            outline(CostsRenderer.render(view)) == """
                <section class="panel costs" aria-labelledby="costs-heading">
                  <div class="panel-head">
                    <h2 id="costs-heading">Where it went
                    <nav class="segments" aria-label="What the widths are">
                      <a class="button" href="/tasks/7?part=costs&amp;by=cost" aria-current="true">By cost
                      <a class="button" href="/tasks/7?part=costs&amp;by=tokens">By tokens
                  <dl class="facts cost-facts">
                    <div>
                      <dt>Own cost
                      <dd>
                        <span class="number" title="Exactly $0.004">$0.0040
                    <div>
                      <dt>With child tasks
                      <dd>
                        <span class="number" title="Exactly $0.009">$0.0090
                    <div>
                      <dt>Tokens
                      <dd>
                        <span class="number" title="100 prompt + 0 completion: 100 input">100
                  <svg class="flame" width="100%" height="52" role="group" aria-label="Flame view by cost">
                    <defs>
                      <pattern id="cost-unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                        <rect class="hatch-unknown" width="2.4" height="6"/>
                    <svg x="0.000%" y="0" width="100.000%" height="26">
                      <g role="img" aria-label="task, agent, $0.0040, 100 %">
                        <title>task, agent, $0.0040, 100 % 100 input
                        <rect class="cost-box level-0" x="0" y="0" width="100%" height="24" rx="3"/>
                        <text x="7" y="16">task
                          <tspan class="figure">$0.0040
                    <svg x="0.000%" y="26" width="75.000%" height="26">
                      <g role="img" aria-label="a, agent, $0.0030, 75 %">
                        <title>a, agent, $0.0030, 75 % 10 input
                        <rect class="cost-box level-1" x="0" y="0" width="100%" height="24" rx="3"/>
                        <text x="7" y="16">a
                          <tspan class="figure">$0.0030
                    <svg x="75.000%" y="26" width="25.000%" height="26">
                      <g role="img" aria-label="b, agent, unknown, at least $0.0010">
                        <title>b, agent, unknown, at least $0.0010 90 input
                        <rect class="cost-box level-1" x="0" y="0" width="100%" height="24" rx="3"/>
                        <rect class="cost-hatch" x="0" y="0" width="100%" height="24" rx="3"/>
                        <text x="7" y="16">b
                          <tspan class="figure">unknown, at least $0.0010
                  <div class="cost-table">
                    <table>
                      <thead>
                        <tr>
                          <th scope="col">Step
                          <th scope="col">Agent
                          <th scope="col">Model
                          <th scope="col" class="figure">Calls
                          <th scope="col" class="figure">Input
                          <th scope="col" class="figure">Cached
                          <th scope="col" class="figure">Output
                          <th scope="col" class="figure">Tokens
                          <th scope="col" class="figure">Cost
                      <tbody>
                        <tr>
                          <th scope="row">a
                          <td>clerk
                          <td>
                            <span class="model" title="p/m">p/m
                          <td class="figure">1
                          <td class="figure">10
                          <td class="figure">0
                          <td class="figure">0
                          <td class="figure">
                            <span class="number" title="10 prompt + 0 completion: 10 input">10
                          <td class="figure">
                            <span class="number" title="Exactly $0.003">$0.0030
                        <tr>
                          <th scope="row">b
                          <td>clerk
                          <td>
                            <span class="model" title="p/m">p/m
                          <td class="figure">1
                          <td class="figure">90
                          <td class="figure">0
                          <td class="figure">0
                          <td class="figure">
                            <span class="number" title="90 prompt + 0 completion: 90 input">90
                          <td class="figure">
                            <span class="dim" title="At least $0.0010: there is no price for one of its models">unknown
                      <tfoot>
                        <tr>
                          <th scope="row" colspan="4">In all
                          <td class="figure">100
                          <td class="figure">0
                          <td class="figure">0
                          <td class="figure">
                            <span class="number" title="100 prompt + 0 completion: 100 input">100
                          <td class="figure">
                            <span class="number" title="Exactly $0.004">$0.0040
                """)
    }

    @Test func aPartOfAWaterfall() {
        var view = DrawingFragmentsTests.waterfall
        view.isRunning = false
        view.focus = StepPath(rawValue: "each")
        view.idle = [DrawingFragmentsTests.later(300)...DrawingFragmentsTests.later(60_300)]
        view.to = DrawingFragmentsTests.later(60_600)
        view.rows = [
            WaterfallRow(
                id: "wf-each-0", depth: 0, name: "each/0", kind: "iteration", focusAddress: "/tasks/1?part=waterfall",
                bars: [])
        ]
        view.notes = ["The rest is left out."]
        (view.previous, view.next) = ("/tasks/1?part=waterfall&page=1", "/tasks/1?part=waterfall&page=3")
        #expect(
            outline(WaterfallRenderer.render(view, now: DrawingFragmentsTests.later(61_000))) == """
                <section class="panel waterfall" aria-labelledby="waterfall-heading" data-from="1795187105069" data-to="1795187105723">
                  <div class="panel-head">
                    <h2 id="waterfall-heading">Waterfall of
                      <span class="name">each
                      <a class="button quiet" href="/tasks/1?part=waterfall">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Whole task
                    <nav class="segments" aria-label="How long waits are drawn">
                      <a class="button" href="/tasks/1?part=waterfall&amp;in=each" aria-current="true">Active time
                      <a class="button" href="/tasks/1?part=waterfall&amp;in=each&amp;time=wall">Wall time
                    <p class="wf-legend dim">
                      <span class="key key-work">Work
                      <span class="key key-turn">Model
                      <span class="key key-tool">Tool
                      <span class="key key-wait">Waits
                      <span class="key key-human">A person is asked
                  <svg class="patterns" width="0" height="0" aria-hidden="true">…
                  <div class="wf-axis" aria-hidden="true">
                    <span>
                    <svg class="wf-marks" height="20">
                      <text x="0.000%" y="14" dx="3">0
                      <text x="15.291%" y="14" dx="3">100ms
                      <text x="30.581%" y="14" dx="3">200ms
                      <text x="54.128%" y="14" dx="3">300ms
                      <text x="69.419%" y="14" dx="3">400ms
                      <text x="84.709%" y="14" dx="3">500ms
                      <text class="wf-fold-word" x="50.000%" y="14" text-anchor="middle">1m 00s
                    <span>
                  <div class="wf-body">
                    <div class="wf-grid" aria-hidden="true">
                      <span>
                      <svg width="100%" height="100%">
                        <rect class="wf-fold" x="45.872%" y="0" width="8.257%" height="100%"/>
                        <line x1="0.000%" x2="0.000%" y1="0" y2="100%"/>
                        <line x1="15.291%" x2="15.291%" y1="0" y2="100%"/>
                        <line x1="30.581%" x2="30.581%" y1="0" y2="100%"/>
                        <line x1="54.128%" x2="54.128%" y1="0" y2="100%"/>
                        <line x1="69.419%" x2="69.419%" y1="0" y2="100%"/>
                        <line x1="84.709%" x2="84.709%" y1="0" y2="100%"/>
                      <span>
                    <ol class="wf-rows">
                      <li class="wf-row tone-gray" id="wf-each-0">
                        <div class="wf-label depth-0">
                          <span class="wf-dot">
                          <span class="wf-name" tabindex="0">
                            <span class="name">each/0
                          <span class="kind">iteration
                          <a class="wf-focus" href="/tasks/1?part=waterfall" aria-label="Show each/0 by itself" title="Show it by itself">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <svg class="wf-bars" height="18" aria-hidden="true">…
                        <span class="wf-time">
                          <span class="dim" title="not begun">
                            <span aria-hidden="true">–
                            <span class="hidden">not begun
                  <p class="dim wf-note">One wait is drawn short, 1m 00s in which no step worked. The axis counts the rest.
                  <p class="dim wf-note">The rest is left out.
                  <nav class="wf-pages" aria-label="Iterations">
                    <a class="button" href="/tasks/1?part=waterfall&amp;page=1">Earlier iterations
                    <a class="button" href="/tasks/1?part=waterfall&amp;page=3">Later iterations
                """)
    }
}
