import Core
import Testing

@testable import Web

/// The timeline: its entries, its filter, and what is being said.
@Suite(.timeLimit(.minutes(1)))
struct TimelineFragmentsTests {
    @Test func anEntry() {
        #expect(
            outline(
                TimelineEntry.render(
                    TimelineEntryView(
                        position: Position(rawValue: 3), at: Samples.now, step: StepPath(rawValue: "work"),
                        run: RunNumber(rawValue: 2), state: .waiting,
                        body: .waited(WaitedView(sentence: "Waits for a signal"))), of: TaskNumber(rawValue: 7),
                    after: Samples.before(seconds: 60))) == """
                    <li class="entry info tone-amber" id="event-3">
                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                      <div class="what">
                        <p class="sentence">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <a class="name" href="/tasks/7?step=work#step-work">work
                          waits: Waits for a signal
                    """)
    }

    @Test func aStepThatEnded() {
        #expect(
            outline(
                TimelineEntry.render(
                    TimelineEntryView(
                        position: Position(rawValue: 4), at: Samples.now, step: StepPath(rawValue: "work"),
                        state: .failed,
                        body: .ended(
                            StepEndView(sentence: "Failed", problem: "No money.", stderr: .text("e\n"), exitCode: 2))),
                    of: TaskNumber(rawValue: 7), after: nil)) == """
                    <li class="entry ended tone-red" id="event-4">
                      <time class="day" datetime="2026-11-20T15:04:05.123Z" data-show="day">2026-11-20
                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                      <div class="what">
                        <p class="sentence">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <a class="name" href="/tasks/7?step=work#step-work">work
                          Failed
                          <span class="label bad">exit code 2
                        <p class="bad">No money.
                        <div class="payload">
                          <div class="payload-head">
                            <h3>stderr
                            <button type="button" class="quiet" data-copy="event-4-stderr" aria-label="Copy stderr">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Copy
                          <pre class="text" id="event-4-stderr" tabindex="0">e
                    """)
    }

    @Test func whoWasAsked() {
        #expect(
            outline(
                TimelineEntry.render(
                    TimelineEntryView(
                        position: Position(rawValue: 5), at: Samples.now, step: StepPath(rawValue: "work"),
                        body: .asked(
                            AskedView(
                                id: "7-1", title: "Pay?", since: Samples.before(seconds: 90), decidedAt: Samples.now,
                                words: "ada said yes", said: "Go on"))), of: TaskNumber(rawValue: 7), after: nil))
                    == """
                    <li class="entry asked tone-gray" id="event-5">
                      <time class="day" datetime="2026-11-20T15:04:05.123Z" data-show="day">2026-11-20
                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                      <div class="what">
                        <p class="sentence">
                          <span class="lamp">
                          <a class="name" href="/tasks/7?step=work#step-work">work
                          asks a person:
                          <b>Pay?
                        <p>
                          <b>ada said yes
                          :
                          <q>Go on
                          <span class="dim">
                            <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="later" data-after="2026-11-20T15:02:35.123Z">15:04:05 UTC
                            , after 1m 30s
                    """)
    }

    @Test func theFilter() {
        #expect(
            outline(
                TimelineFilterForm.render(
                    TimelineView(
                        task: TaskNumber(rawValue: 7), entries: [], total: 12, steps: [StepPath(rawValue: "work")],
                        tools: ["pay"]))) == """
                    <form class="timeline-filter" action="/tasks/7" method="get" data-go="keep" aria-label="Which events are shown">
                      <input type="hidden" name="part" value="timeline">
                      <fieldset class="chips">
                        <legend class="hidden">Show only
                        <label class="chip">
                          <input type="checkbox" name="show" value="agents" data-typed>
                          Agents
                        <label class="chip">
                          <input type="checkbox" name="show" value="tools" data-typed>
                          Tool calls
                        <label class="chip">
                          <input type="checkbox" name="show" value="people" data-typed>
                          People
                        <label class="chip">
                          <input type="checkbox" name="show" value="waits" data-typed>
                          Waits
                        <label class="chip">
                          <input type="checkbox" name="show" value="steps" data-typed>
                          Steps
                        <label class="chip">
                          <input type="checkbox" name="show" value="task" data-typed>
                          Task
                      <label class="field">
                        <span>Step
                        <input type="search" name="step" id="timeline-step" list="timeline-step-choices" value="" placeholder="any" autocomplete="off" spellcheck="false" data-typed>
                      <datalist id="timeline-step-choices">
                        <option value="work">
                      <label class="field">
                        <span>Tool
                        <input type="search" name="tool" id="timeline-tool" list="timeline-tool-choices" value="" placeholder="any" autocomplete="off" spellcheck="false" data-typed>
                      <datalist id="timeline-tool-choices">
                        <option value="pay">
                      <button>Show
                    """)
    }

    @Test func whatIsSaid() {
        #expect(
            outline(
                TimelinePanel.said([
                    SaidView(
                        step: StepPath(rawValue: "work"), run: RunNumber(rawValue: 1), turn: 2, kind: "text",
                        text: "word0 word1", isCut: true)
                ])) == """
                    <li class="entry saying tone-blue" id="said-step-work-1-turn-2">
                      <span class="now">now
                      <div class="what">
                        <p class="sentence">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">work
                          answers
                          <span class="dim">turn 2
                        <p class="dim">… its beginning is not shown.
                        <div class="said">
                          <div class="prose" id="said-step-work-1-turn-2-0" tabindex="0">
                            <p>word0 word1
                    """)
    }

    @Test func aStretch() {
        #expect(
            outline(
                TimelinePanel.render(
                    TimelineView(
                        task: TaskNumber(rawValue: 7),
                        entries: [
                            TimelineEntryView(
                                position: Position(rawValue: 1), at: Samples.now, state: .running,
                                body: .status("Started"))
                        ], earlier: 40, total: 101))) == """
                    <section class="panel timeline-part" aria-labelledby="timeline-heading">
                      <div class="panel-head">
                        <h2 id="timeline-heading">Timeline
                        <span class="dim number">101 events
                      <form class="timeline-filter" action="/tasks/7" method="get" data-go="keep" aria-label="Which events are shown">
                        <input type="hidden" name="part" value="timeline">
                        <fieldset class="chips">
                          <legend class="hidden">Show only
                          <label class="chip">
                            <input type="checkbox" name="show" value="agents" data-typed>
                            Agents
                          <label class="chip">
                            <input type="checkbox" name="show" value="tools" data-typed>
                            Tool calls
                          <label class="chip">
                            <input type="checkbox" name="show" value="people" data-typed>
                            People
                          <label class="chip">
                            <input type="checkbox" name="show" value="waits" data-typed>
                            Waits
                          <label class="chip">
                            <input type="checkbox" name="show" value="steps" data-typed>
                            Steps
                          <label class="chip">
                            <input type="checkbox" name="show" value="task" data-typed>
                            Task
                        <label class="field">
                          <span>Step
                          <input type="search" name="step" id="timeline-step" list="timeline-step-choices" value="" placeholder="any" autocomplete="off" spellcheck="false" data-typed>
                        <datalist id="timeline-step-choices">
                        <label class="field">
                          <span>Tool
                          <input type="search" name="tool" id="timeline-tool" list="timeline-tool-choices" value="" placeholder="any" autocomplete="off" spellcheck="false" data-typed>
                        <datalist id="timeline-tool-choices">
                        <button>Show
                      <div id="timeline-scroll" class="timeline-scroll" tabindex="0" role="region" aria-label="What happened, newest last" data-newest>
                        <p class="earlier">
                          <a class="button" href="/tasks/7?part=timeline&amp;before=40" data-go="keep">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            Earlier events
                        <ol class="entries">
                          <li class="entry info tone-blue" id="event-1">
                            <time class="day" datetime="2026-11-20T15:04:05.123Z" data-show="day">2026-11-20
                            <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="clock">15:04:05
                            <div class="what">
                              <p class="sentence">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                Started
                        <ol id="timeline-said" class="entries">
                      <div class="newest-place">
                        <button type="button" id="timeline-new" class="newest" hidden>New events
                    """)
    }
}
