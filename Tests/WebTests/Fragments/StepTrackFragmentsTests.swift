import Testing

@testable import Web

/// The track of a task's steps, with a loop, a branch and what was not taken.
@Suite(.timeLimit(.minutes(1)))
struct StepTrackFragmentsTests {
    @Test func aTrack() throws {
        #expect(
            try outline(StepTrack.render(Samples.nested().part, now: Samples.now)) == """
                <section class="panel steps" aria-labelledby="steps-heading">
                  <div class="panel-head">
                    <h2 id="steps-heading">Steps
                    <label class="switch" for="show-untaken">
                      <input type="checkbox" id="show-untaken">
                      <span>Show paths not taken
                      <span class="dim">2 paths, 1 skipped
                  <ol class="track">
                    <li class="completedWithWarning tone-green" id="step-each">
                      <details>
                        <summary class="station-head">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">each
                          <span class="kind">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            for_each
                          <span class="figures">
                            <span class="word">Completed, with a warning
                          <span class="what">
                            <span class="loop">
                              <svg class="bar tone-green" viewBox="0 0 120 4" preserveAspectRatio="none" aria-hidden="true">…
                              <span class="number">200 of 200, 1 failed
                        <ol class="track nested">
                          <li class="completed tone-green" id="step-each-2f0">
                            <details>
                              <summary class="station-head">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <span class="name">#0
                                <span class="kind">
                                <span class="figures">
                                  <span class="word">Completed
                                <span class="what">
                              <ol class="track nested">
                                <li class="completed tone-green" id="step-each-2f0-2fread">
                                  <details>
                                    <summary class="station-head">
                                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                      <span class="name">read
                                      <span class="kind">
                                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                        set
                                      <span class="figures">
                                        <span class="word">Completed
                                      <span class="what">
                                    <div class="inside">
                                      <p class="dim">Nothing was recorded for this step.
                              <div class="inside">
                          <li class="failedAllowed tone-amber" id="step-each-2f1">
                            <details>
                              <summary class="station-head">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <span class="name">#1
                                <span class="kind">
                                <span class="figures">
                                  <span class="word">Failed, allowed
                                <span class="what">
                              <ol class="track nested">
                                <li class="failedAllowed tone-amber" id="step-each-2f1-2fread">
                                  <details>
                                    <summary class="station-head">
                                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                      <span class="name">read
                                      <span class="kind">
                                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                        set
                                      <span class="figures">
                                        <span class="word">Failed, allowed
                                      <span class="what">
                                    <div class="inside">
                                      <p class="dim">Nothing was recorded for this step.
                              <div class="inside">
                          <li class="gap" id="step-each-gap">197 iterations more, not listed here
                          <li class="completed tone-green" id="step-each-2f199">
                            <details>
                              <summary class="station-head">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <span class="name">#199
                                <span class="kind">
                                <span class="figures">
                                  <span class="word">Completed
                                <span class="what">
                              <ol class="track nested">
                                <li class="completed tone-green" id="step-each-2f199-2fread">
                                  <details>
                                    <summary class="station-head">
                                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                      <span class="name">read
                                      <span class="kind">
                                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                        set
                                      <span class="figures">
                                        <span class="word">Completed
                                      <span class="what">
                                    <div class="inside">
                                      <p class="dim">Nothing was recorded for this step.
                              <div class="inside">
                        <div class="inside">
                    <li class="completed tone-green" id="step-route">
                      <details>
                        <summary class="station-head">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">route
                          <span class="kind">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            branch
                          <span class="figures">
                            <span class="word">Completed
                          <span class="what">
                        <div class="inside">
                      <ol class="track nested">
                        <li class="completed tone-green" id="step-route-2flarge">
                          <details>
                            <summary class="station-head">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <span class="name">large
                              <span class="kind">path taken
                              <span class="figures">
                                <span class="word">Completed
                              <span class="what">chosen by clerk: It is much
                            <div class="inside">
                              <div class="condition">
                                <h3>Why this path
                                <p>clerk said:
                                  <q>It is much
                                <p class="dim">90 % sure · also thought of small
                              <div class="condition">
                                <h3>Why this path
                                <p>
                                  <code>inputs.amount &gt; 1000
                                  was
                                  <b>true
                                <dl class="values">
                                  <dt>
                                    <code>inputs.amount
                                  <dd>
                                    <code class="scalar">1200
                                  <dt>
                                    <code>1000
                                  <dd>
                                    <code class="scalar">1000
                          <ol class="track nested">
                            <li class="completed tone-green" id="step-route-2flarge-2fsend">
                              <details>
                                <summary class="station-head">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="name">send
                                  <span class="kind">
                                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                    command
                                  <span class="figures">
                                    <span class="word">Completed
                                  <span class="what">
                                <div class="inside">
                                  <p class="dim">Nothing was recorded for this step.
                        <li class="untaken tone-gray" id="step-route-2fsmall">
                          <details>
                            <summary class="station-head">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <span class="name">small
                              <span class="kind">path
                              <span class="figures">
                                <span class="word">Not taken
                            <div class="inside">
                              <div class="condition">
                                <h3>Why not
                                <p>
                                  <code>inputs.amount &gt; 1000
                                  was
                                  <b>true
                                <dl class="values">
                                  <dt>
                                    <code>inputs.amount
                                  <dd>
                                    <code class="scalar">1200
                                  <dt>
                                    <code>1000
                                  <dd>
                                    <code class="scalar">1000
                        <li class="untaken tone-gray" id="step-route-2fotherwise">
                          <details>
                            <summary class="station-head">
                              <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                              <span class="name">otherwise
                              <span class="kind">path
                              <span class="figures">
                                <span class="word">Not taken
                            <div class="inside">
                              <p class="dim">Its condition was not looked at.
                    <li class="waiting tone-amber" id="step-fetch">
                      <details>
                        <summary class="station-head">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">fetch
                          <span class="kind">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            http
                          <span class="figures">
                            <span>again
                              <time class="number" datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="until">in 1m 00s
                            <span class="word">Waiting
                          <span class="what">
                        <div class="inside">
                          <div class="waits">
                            <h3>Waiting
                            <p>Run 1 failed
                            <p class="dim">Since
                              <time datetime="2026-11-20T15:03:57.123Z" title="2026-11-20 15:03:57 UTC" data-show="exact">2026-11-20 15:03:57 UTC
                              (
                              <time datetime="2026-11-20T15:03:57.123Z" title="2026-11-20 15:03:57 UTC" data-show="age">8 s ago
                              ) · runs again
                              <time class="number" datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="until">in 1m 00s
                              , at
                              <time datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="later" data-after="2026-11-20T15:03:57.123Z">15:05:05 UTC
                          <div class="attempts">
                            <h3>Runs
                            <ol>
                              <li class="tone-red">
                                <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                <div>
                                  <p class="run">
                                    <b>Run 1
                                    <span class="facts-line">
                                      <span class="word">Failed
                                  <p class="dim">
                                    <time datetime="2026-11-20T15:03:56.123Z" title="2026-11-20 15:03:56 UTC" data-show="exact">2026-11-20 15:03:56 UTC
                                    –
                                    <time datetime="2026-11-20T15:03:57.123Z" title="2026-11-20 15:03:57 UTC" data-show="later" data-after="2026-11-20T15:03:56.123Z">15:03:57 UTC
                                    , took 1.0s
                                  <p class="sentence">tool_error: no
                                  <p class="dim">Runs again
                                    <time class="number" datetime="2026-11-20T15:05:05.123Z" title="2026-11-20 15:05:05 UTC" data-show="until">in 1m 00s
                    <li class="completed tone-green" id="step-old">
                      <details>
                        <summary class="station-head">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">old
                          <span class="kind">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            set
                          <span class="figures">
                            <span class="label">reused from #12
                            <span class="word">Completed
                          <span class="what">
                        <div class="inside">
                          <p class="dim">Not run again: its output is that of
                            <a href="/tasks/12?step=old#step-old">task #12
                            , and costs nothing here.
                    <li class="completed tone-green" id="step-part">
                      <details>
                        <summary class="station-head">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">part
                          <span class="kind">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            task
                          <span class="figures">
                            <span class="word">Completed
                          <span class="what">
                        <div class="inside">
                          <div class="child">
                            <h3>Its own task
                            <p>
                              <span class="task-link">
                                <a href="/tasks/15">
                                  <span class="ordinal">#15
                                  <span class="name">part
                                <span class="badge tone-green">
                                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span class="word">Completed
                              <span class="dim">cost
                                <span class="number" title="Exactly $0.005">$0.0050
                    <li class="skipped tone-gray" id="step-not">
                      <details>
                        <summary class="station-head">
                          <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">not
                          <span class="kind">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                            set
                          <span class="figures">
                            <span class="word">Skipped
                          <span class="what">because
                            <code>inputs.amount &gt; 1000
                        <div class="inside">
                          <div class="condition">
                            <h3>Why it was skipped
                            <p>
                              <code>inputs.amount &gt; 1000
                              was
                              <b>true
                            <dl class="values">
                              <dt>
                                <code>inputs.amount
                              <dd>
                                <code class="scalar">1200
                              <dt>
                                <code>1000
                              <dd>
                                <code class="scalar">1000
                """)
    }
}
