import Core
import Testing

@testable import Web

/// What a task was given, what it did and what it made.
@Suite(.timeLimit(.minutes(1)))
struct TaskPartFragmentsTests {
    @Test func line() throws {
        #expect(
            try outline(Line.render(Samples.running())) == """
                <ol class="line named" aria-label="The steps at a glance">
                  <li class="completed tone-green">
                    <a href="/tasks/148?step=extract#step-extract" title="extract: Completed">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="station">extract
                        <span class="hidden">: Completed
                  <li class="completed tone-green">
                    <a href="/tasks/148?step=totals#step-totals" title="totals: Completed">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="station">totals
                        <span class="hidden">: Completed
                  <li class="completed tone-green">
                    <a href="/tasks/148?step=rates#step-rates" title="rates: Completed">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="station">rates
                        <span class="hidden">: Completed
                  <li class="skipped tone-gray">
                    <a href="/tasks/148?step=convert#step-convert" title="convert: Skipped">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="station">convert
                        <span class="hidden">: Skipped
                  <li class="running tone-blue">
                    <a href="/tasks/148?step=summary#step-summary" title="summary: Running">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="station">summary
                        <span class="hidden">: Running
                  <li class="queued tone-gray">
                    <a href="/tasks/148?step=report#step-report" title="report: Queued">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="station">report
                        <span class="hidden">: Queued
                """)
    }

    @Test func input() {
        #expect(
            outline(InputPanel.render(Samples.input, givenAt: Samples.before(seconds: 75), now: Samples.now)) == """
                <section class="panel input" aria-labelledby="input-heading">
                  <h2 id="input-heading">Input
                  <dl class="pairs">
                    <dt>month
                    <dd>
                      <span id="input-value-0">2026-11
                    <dt>currency
                    <dd>
                      <span id="input-value-1">USD
                    <dt>limit
                    <dd>
                      <span class="scalar" id="input-value-2">1000
                    <dt>strict
                    <dd>
                      <span class="scalar" id="input-value-3">true
                    <dt>vendors
                    <dd>
                      <div class="tree" id="input-value-4" tabindex="0">
                        <details open>
                          <summary data-size="2 items" data-close="]">[
                          <div class="fold">
                            <div>
                              <span class="string">&quot;acme&quot;
                              ,
                            <div>
                              <span class="string">&quot;nw&quot;
                          <div class="end">]
                  <div class="files">
                    <h3>2 files
                    <ul>
                      <li>
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="name" href="/tasks/142/files/0" download>acme-0331.pdf
                        <span class="dim number">47 KiB
                      <li>
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="name" href="/tasks/142/files/1" download>northwind november (2).csv
                        <span class="dim number">1.1 KiB
                  <p class="dim given">Given
                    <time datetime="2026-11-20T15:02:50.123Z" title="2026-11-20 15:02:50 UTC" data-show="exact">2026-11-20 15:02:50 UTC
                    (
                    <time datetime="2026-11-20T15:02:50.123Z" title="2026-11-20 15:02:50 UTC" data-show="age">1 min ago
                    )
                """)
    }

    @Test func results() throws {
        #expect(
            try outline(ResultsPanel.render(Samples.completed().part)) == """
                <section class="panel results" aria-labelledby="results-heading">
                  <h2 id="results-heading">
                    <span>Result
                    <button type="button" class="quiet" data-show-result>Show all of it
                  <div class="tabs" role="group" aria-label="Outputs">
                    <input type="radio" name="output" id="output-report-tab" checked>
                    <label for="output-report-tab">report
                    <div class="tab">
                      <div class="output">
                        <div class="payload-head">
                          <h3 class="hidden">report
                          <span class="label">text/markdown
                          <span class="tools">
                            <button type="button" class="quiet" data-copy-from="/tasks/142/outputs/report" aria-label="Copy report">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Copy
                            <a class="button quiet" href="/tasks/142/outputs/report" download aria-label="Download report">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Download
                        <div class="prose" id="output-report" tabindex="0">
                          <h4>Invoices, November
                          <p>Twelve invoices of four vendors were read.
                            <strong>Acme Corp
                            is the largest with 5,184.00 USD.
                          <ul>
                            <li>AC-0331 was sent twice
                            <li>The items of NW-77 do not add up: 412.50 is written, 421.50 is right
                    <input type="radio" name="output" id="output-totals-tab">
                    <label for="output-totals-tab">totals
                    <div class="tab">
                      <div class="output">
                        <div class="payload-head">
                          <h3 class="hidden">totals
                          <span class="label">application/json
                          <span class="tools">
                            <button type="button" class="quiet" data-copy-from="/tasks/142/outputs/totals" aria-label="Copy totals">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Copy
                            <a class="button quiet" href="/tasks/142/outputs/totals" download aria-label="Download totals">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Download
                        <div class="tree" id="output-totals" tabindex="0">
                          <details open>
                            <summary data-size="6 members" data-close="}">{
                            <div class="fold">
                              <details open>
                                <summary data-size="2 items" data-close="]">
                                  <span class="key">&quot;vendors&quot;
                                  : [
                                <div class="fold">
                                  <details open>
                                    <summary data-size="4 members" data-close="}">{
                                    <div class="fold">
                                      <div>
                                        <span class="key">&quot;name&quot;
                                        :
                                        <span class="string">&quot;Acme Corp&quot;
                                        ,
                                      <div>
                                        <span class="key">&quot;currency&quot;
                                        :
                                        <span class="string">&quot;USD&quot;
                                        ,
                                      <div>
                                        <span class="key">&quot;total&quot;
                                        :
                                        <span class="string">&quot;5184.00&quot;
                                        ,
                                      <div>
                                        <span class="key">&quot;invoices&quot;
                                        :
                                        <span class="scalar">3
                                    <div class="end">},
                                  <details open>
                                    <summary data-size="4 members" data-close="}">{
                                    <div class="fold">
                                      <div>
                                        <span class="key">&quot;name&quot;
                                        :
                                        <span class="string">&quot;Müller &amp; Söhne GmbH&quot;
                                        ,
                                      <div>
                                        <span class="key">&quot;currency&quot;
                                        :
                                        <span class="string">&quot;EUR&quot;
                                        ,
                                      <div>
                                        <span class="key">&quot;total&quot;
                                        :
                                        <span class="string">&quot;1249.90&quot;
                                        ,
                                      <div>
                                        <span class="key">&quot;invoices&quot;
                                        :
                                        <span class="scalar">2
                                    <div class="end">}
                                <div class="end">],
                              <details open>
                                <summary data-size="1 item" data-close="]">
                                  <span class="key">&quot;duplicates&quot;
                                  : [
                                <div class="fold">
                                  <div>
                                    <span class="string">&quot;AC-0331&quot;
                                <div class="end">],
                              <div>
                                <span class="key">&quot;errors&quot;
                                :
                                <span class="scalar">[]
                                ,
                              <div>
                                <span class="key">&quot;checked&quot;
                                :
                                <span class="scalar">true
                                ,
                              <div>
                                <span class="key">&quot;difference&quot;
                                :
                                <span class="scalar">null
                                ,
                              <div>
                                <span class="key">&quot;ratio&quot;
                                :
                                <span class="scalar">0.25
                            <div class="end">}
                  <div class="files">
                    <h3>Files
                    <ul>
                      <li>
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="name" href="/tasks/142/files/report.md" download>report.md
                        <span class="dim number">412 bytes
                """)
    }

    @Test func runAgain() throws {
        #expect(
            try outline(RunAgain.render(Samples.completed())) == """
                <section class="run-again" aria-labelledby="run-again">
                  <h2 id="run-again">Run again
                  <p class="dim">A new task of
                    <b>invoices
                    , with the same inputs or with others.
                  <div class="actions">
                    <a class="button main" href="/tasks/new?mode=from&amp;from=142">Run again…
                    <a class="button" href="/tasks/142/compare">Compare with the last good one
                """)
    }

    @Test func events() {
        #expect(
            outline(Timeline.render(Samples.events, of: TaskNumber(rawValue: 142))) == """
                <section class="panel timeline" aria-labelledby="timeline-heading">
                  <h2 id="timeline-heading">Timeline
                  <ol>
                    <li id="event-1" class="tone-gray">
                      <time datetime="2026-11-20T15:03:53.123Z" title="2026-11-20 15:03:53 UTC" data-show="clock">15:03:53
                      <span class="sentence">
                        <span class="lamp">
                        Created from the command line
                    <li id="event-2" class="tone-blue">
                      <time datetime="2026-11-20T15:03:53.123Z" title="2026-11-20 15:03:53 UTC" data-show="clock">15:03:53
                      <span class="sentence">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="name" href="/tasks/142?step=extract#step-extract">extract
                        Started
                    <li id="event-3" class="tone-green">
                      <time datetime="2026-11-20T15:03:54.123Z" title="2026-11-20 15:03:54 UTC" data-show="clock">15:03:54
                      <span class="sentence">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <a class="name" href="/tasks/142?step=extract#step-extract">extract
                        Completed
                """)
    }

    @Test func story() {
        #expect(
            outline(
                StoryPanel.render(
                    StoryView(["Two steps.", "\(name: "ada") said \(quote: "yes").", "3.", "4.", "5."]),
                    of: TaskNumber(rawValue: 7))) == """
                    <section class="story" aria-label="What happened, in words">
                      <p>Two steps.
                        <b>ada
                        said
                        <q>yes
                        . 3. 4.
                      <details class="more">
                        <summary>1 more sentence
                        <p>5.
                    """)
    }
}
