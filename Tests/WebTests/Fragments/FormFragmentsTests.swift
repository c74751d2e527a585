import Core
import Testing

@testable import Web

/// The forms that start tasks.
@Suite(.timeLimit(.minutes(1)))
struct FormFragmentsTests {
    @Test func aMessage() {
        #expect(
            outline(FormParts.message("word")) == """
                <p class="problem form-problem" role="alert">word
                """)
    }

    @Test func fields() {
        #expect(
            outline(FormParts.fields(Samples.formFields("word"), FormStateView())) == """
                <div class="field">
                  <label for="form-field--2finputs-2fword">word
                  <input type="text" id="form-field--2finputs-2fword" name="/inputs/word" aria-required="true" aria-describedby="form-field--2finputs-2fword-note" value="word">
                  <p class="note" id="form-field--2finputs-2fword-note">word
                <div class="field">
                  <label for="form-field--2finputs-2ftone">tone
                    <span class="dim">optional
                  <select id="form-field--2finputs-2ftone" name="/inputs/tone">
                    <option value="">–
                    <option value="word" selected>word
                <div class="field">
                  <label for="form-field--2fmodel">Model
                    <span class="dim">optional
                  <input type="text" id="form-field--2fmodel" name="/model" value="word" list="form-field--2fmodel-list" placeholder="word" autocomplete="off">
                  <datalist id="form-field--2fmodel-list">
                    <option value="word">
                """)
    }

    @Test func options() {
        #expect(
            outline(
                FormParts.options(
                    Samples.formFields("word"), limits: [LimitField.duration.view(initial: "2h", cap: "24h")],
                    FormStateView())) == """
                    <section class="panel fields" aria-label="Options">
                      <div class="field">
                        <label for="form-field--2finputs-2fword">word
                        <input type="text" id="form-field--2finputs-2fword" name="/inputs/word" aria-required="true" aria-describedby="form-field--2finputs-2fword-note" value="word">
                        <p class="note" id="form-field--2finputs-2fword-note">word
                      <div class="field">
                        <label for="form-field--2finputs-2ftone">tone
                          <span class="dim">optional
                        <select id="form-field--2finputs-2ftone" name="/inputs/tone">
                          <option value="">–
                          <option value="word" selected>word
                      <div class="field">
                        <label for="form-field--2fmodel">Model
                          <span class="dim">optional
                        <input type="text" id="form-field--2fmodel" name="/model" value="word" list="form-field--2fmodel-list" placeholder="word" autocomplete="off">
                        <datalist id="form-field--2fmodel-list">
                          <option value="word">
                      <details class="limits" open>
                        <summary>Limits
                        <div class="limit-fields">
                          <div class="field">
                            <label for="form-field--2flimits-2fduration">Longest active time
                              <span class="dim">optional
                            <input type="text" id="form-field--2flimits-2fduration" name="/limits/duration" aria-describedby="form-field--2flimits-2fduration-note" value="2h">
                            <p class="note" id="form-field--2flimits-2fduration-note">Such as 90s, 10m or 1h30m, at most 24h
                    """)
    }

    @Test func theButton() {
        #expect(
            outline(FormParts.start("Start task", back: "/tasks")) == """
                <div class="start-bar">
                  <p class="problem" role="alert" data-not-sent hidden>
                  <a class="button quiet" href="/tasks">Cancel
                  <span class="dim keys" aria-hidden="true">
                    <kbd>Ctrl
                    <kbd>Enter
                  <button class="main" name="do" value="start" aria-keyshortcuts="Control+Enter" data-start>Start task
                """)
    }

    @Test func files() {
        #expect(
            outline(
                FileField.render(
                    [UploadView(name: "a.txt", hash: Samples.hash, bytes: 1_500, problem: "Too large")],
                    error: "Fill this in")) == """
                    <fieldset class="field file-field wrong" id="files-field--2ffiles" data-files="file:/files">
                      <legend>Files
                      <ul class="uploads" data-uploads>
                        <li class="upload wrong">
                          <input type="hidden" name="file:/files" value="{&quot;name&quot;:&quot;a.txt&quot;,&quot;size&quot;:1500,&quot;sha256&quot;:&quot;ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb&quot;}">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <span class="name">a.txt
                          <span class="number dim">1.4 KiB
                          <button class="quiet" name="drop" value="/files ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" data-drop aria-label="Remove a.txt">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                          <p class="problem" role="alert">Too large
                      <label class="drop">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>
                          <b>Choose files
                          <span class="dim">or drop them here
                        <input type="file" name="upload:/files" multiple aria-describedby="files-field--2ffiles-problem">
                      <button class="without-script" name="do" value="attach">Add what was chosen
                      <p class="problem" id="files-field--2ffiles-problem" role="alert">Fill this in
                    """)
    }

    @Test func aFineText() {
        #expect(
            outline(JSONCheck.fine(plan: "letter", name: "For Ada")) == """
                <p class="verdict-line tone-green">
                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>This can be started: plan
                    <b class="name">letter
                    , named
                    <b class="name">For Ada
                    .
                """)
    }

    @Test func mistakes() {
        #expect(
            outline(
                JSONCheck.problems([JSONMistake(line: 3, column: 4, pointer: "/a", message: "unknown", hint: "say to")])
            ) == """
                <p class="verdict-line tone-red">
                  <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                  <span>1 mistake
                <ul class="mistakes">
                  <li>
                    <button type="button" class="place number" data-line="3" data-column="4" aria-label="Go to line 3, column 4">3:4
                    <code>/a
                    unknown
                    <span class="dim">— say to
                """)
    }

    @Test func aPicker() {
        #expect(
            outline(Picker.render(Samples.picker("word"), label: "Search tasks", empty: "None", now: Samples.now))
                == """
                <form class="picker" role="search" method="get" action="/tasks/new" data-picker>
                  <input type="hidden" name="mode" value="from">
                  <label class="search">
                    <span class="hidden">Search tasks
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <input type="search" id="search" name="q" value="word" placeholder="Search tasks" autocomplete="off" autofocus maxlength="200" hx-get="/tasks/new?mode=from" hx-trigger="input changed delay:150ms, sb:search" hx-target="#picks" hx-select="#picks" hx-swap="outerMorph" hx-sync="this:queue last">
                <div id="picks" aria-live="polite" data-for="word">
                  <ul class="picks panel">
                    <li data-row class="tone-green">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <div>
                        <a class="cover" href="/tasks/new?mode=from&amp;from=7" data-redraw>
                          <span class="ordinal">#7
                          <span class="name">word
                          <span class="hidden">, Completed
                        <p class="dim">word
                      <span class="dim when">
                        <time datetime="2026-11-20T15:02:35.123Z" title="2026-11-20 15:02:35 UTC" data-show="age">1 min ago
                  <p class="dim">11 more: search for them.
                """)
    }

    @Test func theComposer() {
        #expect(
            outline(content: ComposerPage.document(Samples.composer("word"))) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <div id="page">
                      <i id="page-facts" hidden data-title="New task · Signalbox" data-now="1795187045123" data-approvals="0">
                      <div class="headline">
                        <h1>New task
                      <nav class="task-parts" aria-label="What the task is to do">
                        <a href="/tasks/new?mode=instructions" data-redraw>Instructions
                        <a href="/tasks/new?mode=plan" aria-current="page" data-redraw>Plan
                        <a href="/tasks/new?mode=from" data-redraw>From a previous task
                        <a href="/tasks/new?mode=json&amp;plan=letter" data-redraw>JSON
                      <form id="task-form" class="task-form" method="post" action="/tasks/new?mode=plan&amp;plan=letter" enctype="multipart/form-data" data-post data-starts novalidate>
                        <input type="hidden" name="once" value="">
                        <input type="hidden" name="was" value="plan">
                        <input type="hidden" name="shown" value="letter">
                        <button class="hidden" name="do" value="start" tabindex="-1" aria-hidden="true">
                        <p class="problem form-problem" role="alert">word
                        <div class="columns">
                          <div class="primary">
                            <section class="panel fields" aria-label="What the task is to do">
                              <div class="subject">
                                <div>
                                  <h2 class="name">letter
                                  <p class="dim">word
                                <a class="button quiet" href="/tasks/new?mode=plan" data-redraw>Another plan
                              <p class="notice">word
                              <div class="field wrong">
                                <label for="form-field--2finputs-2fword">word
                                <input type="text" id="form-field--2finputs-2fword" name="/inputs/word" aria-required="true" aria-invalid="true" aria-describedby="form-field--2finputs-2fword-note form-field--2finputs-2fword-problem" value="word">
                                <p class="note" id="form-field--2finputs-2fword-note">word
                                <p class="problem" id="form-field--2finputs-2fword-problem" role="alert">word
                              <div class="field">
                                <label for="form-field--2finputs-2ftone">tone
                                  <span class="dim">optional
                                <select id="form-field--2finputs-2ftone" name="/inputs/tone">
                                  <option value="">–
                                  <option value="word">word
                              <div class="field">
                                <label for="form-field--2fmodel">Model
                                  <span class="dim">optional
                                <input type="text" id="form-field--2fmodel" name="/model" value="" list="form-field--2fmodel-list" placeholder="word" autocomplete="off">
                                <datalist id="form-field--2fmodel-list">
                                  <option value="word">
                              <fieldset class="field file-field wrong" id="files-field--2ffiles" data-files="file:/files">
                                <legend>Files
                                <ul class="uploads" data-uploads>
                                  <li class="upload wrong">
                                    <input type="hidden" name="file:/files" value="{&quot;name&quot;:&quot;word&quot;,&quot;size&quot;:1500,&quot;sha256&quot;:&quot;ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb&quot;,&quot;type&quot;:&quot;word&quot;}">
                                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                    <span class="name">word
                                    <span class="number dim">1.4 KiB
                                    <button class="quiet" name="drop" value="/files ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" data-drop aria-label="Remove word">
                                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                    <p class="problem" role="alert">word
                                <label class="drop">
                                  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span>
                                    <b>Choose files
                                    <span class="dim">or drop them here
                                  <input type="file" name="upload:/files" multiple>
                                <button class="without-script" name="do" value="attach">Add what was chosen
                                <div class="url-field" data-url>
                                  <div class="field">
                                    <label for="form-field-url-3a-2ffiles">Add a URL
                                    <input type="text" id="form-field-url-3a-2ffiles" name="url:/files" value="">
                                  <button name="do" value="attach">Fetch
                          <div class="secondary">
                            <section class="panel fields" aria-label="Options">
                              <div class="field wrong">
                                <label for="form-field--2finputs-2fword">word
                                <input type="text" id="form-field--2finputs-2fword" name="/inputs/word" aria-required="true" aria-invalid="true" aria-describedby="form-field--2finputs-2fword-note form-field--2finputs-2fword-problem" value="word">
                                <p class="note" id="form-field--2finputs-2fword-note">word
                                <p class="problem" id="form-field--2finputs-2fword-problem" role="alert">word
                              <div class="field">
                                <label for="form-field--2finputs-2ftone">tone
                                  <span class="dim">optional
                                <select id="form-field--2finputs-2ftone" name="/inputs/tone">
                                  <option value="">–
                                  <option value="word">word
                              <div class="field">
                                <label for="form-field--2fmodel">Model
                                  <span class="dim">optional
                                <input type="text" id="form-field--2fmodel" name="/model" value="" list="form-field--2fmodel-list" placeholder="word" autocomplete="off">
                                <datalist id="form-field--2fmodel-list">
                                  <option value="word">
                              <details class="limits" open>
                                <summary>Limits
                                <div class="limit-fields">
                                  <div class="field">
                                    <label for="form-field--2flimits-2fduration">Longest active time
                                      <span class="dim">optional
                                    <input type="text" id="form-field--2flimits-2fduration" name="/limits/duration" aria-describedby="form-field--2flimits-2fduration-note" value="">
                                    <p class="note" id="form-field--2flimits-2fduration-note">Such as 90s, 10m or 1h30m, at most word
                        <div class="start-bar">
                          <p class="problem" role="alert" data-not-sent hidden>
                          <a class="button quiet" href="/tasks">Cancel
                          <span class="dim keys" aria-hidden="true">
                            <kbd>Ctrl
                            <kbd>Enter
                          <button class="main" name="do" value="start" aria-keyshortcuts="Control+Enter" data-start>Start task
                """)
    }
}
