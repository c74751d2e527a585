import Core
import Testing

@testable import Web

/// The pages of a plan and of an agent.
@Suite(.timeLimit(.minutes(1)))
struct LibraryPagesFragmentsTests {
    @Test func aPlan() {
        #expect(
            outline(content: PlanPage.document(Samples.plan("word"))) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="word · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <span>
                          <a href="/plans">
                            <span aria-hidden="true">←
                            Plans
                      <header class="task-head">
                        <div class="headline">
                          <h1 class="name">word
                          <span class="standings">
                            <span class="standing published" title="The published version runs, whatever is saved later">
                              <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                              <span>Published
                          <div class="task-actions">
                            <form method="post" action="/plans/word/archive" hx-post="/plans/word/archive" hx-swap="none" hx-disable="find button">
                              <button class="">Archive
                            <a class="button" href="/plans/word/file?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" download>Export
                            <a class="button" href="/plans/word/app?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">Publish as an app
                            <form method="post" action="/plans/word/unpublish" hx-post="/plans/word/unpublish" hx-swap="none" hx-disable="find button">
                              <button class="">Unpublish
                            <a class="button" href="/plans/word/edit">Edit
                            <a class="button main" href="/tasks/new?mode=plan&plan=word">Run
                        <p class="plan">word
                      <p class="problem" role="alert">word
                      <div class="columns library-columns">
                        <div>
                          <section class="panel" aria-labelledby="steps-heading">
                            <h2 id="steps-heading">Steps
                            <div class="panel-body">
                              <ol class="outline">
                                <li>
                                  <span class="step">
                                    <a class="name" href="/plans/word/edit?step=word" data-line="3">word
                                    <span class="kind dim">set
                                  <p class="dim">word
                                  <p class="path">word
                                  <ol class="outline">
                          <section class="panel" aria-labelledby="inputs-heading">
                            <h2 id="inputs-heading">Inputs
                            <dl class="pairs panel-body">
                              <dt>
                                <span class="name">word
                              <dd>string
                                <span class="label">required
                                <span class="dim">default
                                <code>word
                                <p class="dim">word
                        <div>
                          <section class="panel" aria-labelledby="about-heading">
                            <h2 id="about-heading">About
                            <dl class="pairs panel-body">
                              <dt>Tasks
                              <dd>
                                <a href="/tasks?plan=word">2 tasks
                              <dt>Runs
                              <dd>
                                <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                                , the published version
                              <dt>Agents
                              <dd>
                                <ul>
                                  <li>
                                    <a href="/agents/word">word
                                    <span class="dim model">word
                              <dt>Outputs
                              <dd>word
                              <dt>Files
                              <dd>
                                <ul>
                                  <li>
                                    <code>word
                                    <span class="dim">3 bytes
                          <section class="panel" aria-labelledby="versions-heading">
                            <form method="get" action="/plans/word/diff" class="versions single">
                              <div class="panel-head">
                                <h2 id="versions-heading">Versions
                                  <span class="dim number">1
                              <ol>
                                <li aria-current="true">
                                  <span class="compare">
                                    <input type="radio" name="from" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare from 4bf5122f" checked>
                                    <input type="radio" name="to" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare to 4bf5122f" checked>
                                  <div>
                                    <a href="/plans/word?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                                      <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                                    <span class="label">latest
                                    <span class="standing published" title="The published version runs, whatever is saved later">
                                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                      <span>Published
                                    <span class="saved">
                                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                                      <span class="dim">by
                                      <span class="name">word
                                      <span class="note-text">word
                          <section class="panel" aria-labelledby="apps-heading">
                            <h2 id="apps-heading">Apps of it
                            <ul class="panel-body app-list">
                              <li>
                                <a class="name" href="/playground/word">word
                                <span class="dim">1 parameter
                                <p class="dim">word
                                <div class="row-actions">
                                  <a class="button quiet" href="/plans/word/app?app=word">Change
                                  <form method="post" action="/plans/word/app/archive" hx-post="/plans/word/app/archive" hx-swap="none" hx-disable="find button">
                                    <input type="hidden" name="app" value="word">
                                    <button class="quiet" aria-label="Archive the app word">Archive
                """)
    }

    @Test func anAgent() {
        #expect(
            outline(content: AgentPage.document(Samples.agent("word"))) == """
                <main id="content" tabindex="-1" class="wide" hx-sync="this:replace" hx-status:40x="swap:outerMorph" hx-status:41x="swap:outerMorph" hx-status:42x="swap:outerMorph" hx-status:50x="swap:outerMorph">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="word · Signalbox" data-now="1795187045123" data-approvals="0">
                      <nav class="back" aria-label="Path">
                        <span>
                          <a href="/agents">
                            <span aria-hidden="true">←
                            Agents
                      <header class="task-head">
                        <div class="headline">
                          <h1 class="name">word
                          <div class="task-actions">
                            <form method="post" action="/agents/word/archive" hx-post="/agents/word/archive" hx-swap="none" hx-disable="find button">
                              <button class="">Archive
                            <a class="button" href="/agents/word/file?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" download>Export
                            <a class="button" href="/tasks/new?mode=instructions&agent=word">Give it a task
                            <a class="button main" href="/agents/word/edit">Edit
                        <p class="plan">word
                      <p class="problem" role="alert">word
                      <div class="columns library-columns">
                        <div>
                          <section class="panel" aria-labelledby="text-heading">
                            <div class="panel-head">
                              <h2 id="text-heading">Document
                              <button type="button" class="quiet" data-copy="agent-text" aria-label="Copy the document">
                                <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                <span>Copy
                            <div class="panel-body">
                              <pre id="agent-text" tabindex="0">word
                          <section class="panel" aria-labelledby="memory-heading">
                            <div class="panel-head">
                              <h2 id="memory-heading">Memory
                                <span class="dim number">1
                            <div class="memory-entry">
                              <div>
                                <b class="name">word
                                <span class="dim">
                                  <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                                  in
                                  <a href="/tasks/7">#7
                              <a class="button quiet stop" href="/agents/word/memory/forget?entry=word" hx-get="/agents/word/memory/forget?entry=word" hx-target="#asks" hx-swap="innerHTML" aria-label="Delete word">Delete
                              <pre>word
                          <div id="asks">
                        <div>
                          <section class="panel" aria-labelledby="about-heading">
                            <h2 id="about-heading">About
                            <dl class="pairs panel-body">
                              <dt>Model
                              <dd>
                                <span class="model" title="word">word
                              <dt>Thinking
                              <dd>word
                              <dt>Tools
                              <dd>
                                <ul>
                                  <li>
                                    <code>word
                              <dt>Files
                              <dd>
                                <ul>
                                  <li>
                                    <code>word
                                    <span class="dim">1 byte
                              <dt>Plans
                              <dd>
                                <ul class="plan-names">
                                  <li>
                                    <a href="/plans/word">word
                          <section class="panel" aria-labelledby="versions-heading">
                            <form method="get" action="/agents/word/diff" class="versions">
                              <div class="panel-head">
                                <h2 id="versions-heading">Versions
                                  <span class="dim number">2
                                <button class="quiet">Compare the marked two
                              <ol>
                                <li aria-current="true">
                                  <span class="compare">
                                    <input type="radio" name="from" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare from 4bf5122f" checked>
                                    <input type="radio" name="to" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare to 4bf5122f" checked>
                                  <div>
                                    <a href="/agents/word?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                                      <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                                    <span class="label">latest
                                    <span class="saved">
                                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                                      <span class="dim">by
                                      <span class="name">word
                                      <span class="note-text">word
                                <li aria-current="true">
                                  <span class="compare">
                                    <input type="radio" name="from" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare from 4bf5122f" checked>
                                    <input type="radio" name="to" value="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a" aria-label="Compare to 4bf5122f" checked>
                                  <div>
                                    <a href="/agents/word?version=4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">
                                      <code class="version" title="4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a">4bf5122f
                                    <span class="label">latest
                                    <span class="saved">
                                      <time datetime="2026-11-20T15:04:05.123Z" title="2026-11-20 15:04:05 UTC" data-show="age">just now
                                      <span class="dim">by
                                      <span class="name">word
                                      <span class="note-text">word
                """)
    }
}
