import Core
import Runtime
import Testing

@testable import Web

/// What stands above and below the rows of the list of tasks.
@Suite(.timeLimit(.minutes(1)))
struct TaskListBarFragmentsTests {
    private static func group() -> HTML? {
        let view = Samples.groups()
        guard case .groups(let groups) = view.content, let group = groups.last else { return nil }
        return TaskGroupSection.render(group, in: view)
    }

    @Test func theFilters() {
        #expect(
            outline(FilterMenu.render(Samples.filteredList())) == """
                <details class="menu" id="filter-menu">
                  <summary class="button">
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <span>Filter
                    <span class="count">4
                  <div class="sheet">
                    <div class="grid">
                      <label class="field">
                        <span>Status
                        <select name="status" data-typed autocomplete="off">
                          <option value="">Any
                          <option value="failed" selected>Failed (61)
                          <option value="invoices">Invoices (7)
                          <option value="invoices2">Invoices2
                      <label class="field">
                        <span>Waits for
                        <select name="waiting" data-typed autocomplete="off">
                          <option value="">Any
                          <option value="failed">Failed (61)
                          <option value="invoices">Invoices (7)
                          <option value="invoices2">Invoices2
                      <label class="field">
                        <span>Failed by
                        <select name="cause" data-typed autocomplete="off">
                          <option value="">Any
                          <option value="failed">Failed (61)
                          <option value="invoices">Invoices (7)
                          <option value="invoices2">Invoices2
                      <label class="field">
                        <span>Trigger
                        <select name="trigger" data-typed autocomplete="off">
                          <option value="">Any
                          <option value="failed">Failed (61)
                          <option value="invoices">Invoices (7)
                          <option value="invoices2">Invoices2
                      <label class="field">
                        <span>Plan or app
                        <select name="plan" data-typed autocomplete="off">
                          <option value="">Any
                          <option value="failed">failed (61)
                          <option value="invoices" selected>invoices (7)
                          <option value="invoices2">invoices2
                      <label class="field">
                        <span>Model
                        <select name="model" data-typed autocomplete="off">
                          <option value="">Any
                          <option value="failed">failed (61)
                          <option value="invoices">invoices (7)
                          <option value="invoices2">invoices2
                      <label class="field">
                        <span>Tag
                        <select name="tag" data-typed autocomplete="off">
                          <option value="">Any
                          <option value="failed">failed (61)
                          <option value="invoices" selected>invoices (7)
                          <option value="invoices2">invoices2
                      <label class="field">
                        <span>From
                        <input type="date" name="from" value="2026-11-01" autocomplete="off" hx-morph-skip data-typed>
                      <label class="field">
                        <span>To
                        <input type="date" name="to" value="" autocomplete="off" hx-morph-skip data-typed>
                    <input type="hidden" name="zone" value="Europe/Berlin" data-zone>
                    <p class="dim">Days are those of
                      <span data-zone-name>Europe/Berlin
                      , both included.
                    <noscript>
                      <button class="main">Apply
                """)
    }

    @Test func theViews() {
        #expect(
            outline(ViewsMenu.render(Samples.filteredList())) == """
                <details class="menu" id="views-menu">
                  <summary class="button">
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <span>Views
                  <div class="sheet narrow">
                    <ul class="named">
                      <li>
                        <a href="/tasks?tag=invoices" data-go="keep">
                          <span class="name">invoices
                        <form method="post" action="/tasks/views/delete" hx-post="/tasks/views/delete" hx-swap="none" hx-disable="find button">
                          <input type="hidden" name="name" value="invoices">
                          <input type="hidden" name="list" value="status=failed&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost&amp;page=2">
                          <button class="icon quiet" aria-label="Forget the view invoices" title="Forget">
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <form class="save-view" id="save-view" method="post" action="/tasks/views" hx-post="/tasks/views" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="findAll button" hx-morph-skip>
                      <input type="hidden" name="list" value="status=failed&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost&amp;page=2">
                      <label class="field">
                        <span>Save this list as
                        <input type="text" name="name" required maxlength="64" value="" autocomplete="off">
                      <button class="main">Save
                """)
    }

    @Test func aViewIsSaved() {
        #expect(
            outline(
                ViewsMenu.form(
                    TaskListAddress(["tag": "x"]),
                    SaveViewState(name: "mine", message: "There is a view of this name already.", isTaken: true)))
                    == """
                    <form class="save-view" id="save-view" method="post" action="/tasks/views" hx-post="/tasks/views" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="findAll button" hx-morph-skip>
                      <input type="hidden" name="list" value="tag=x">
                      <label class="field">
                        <span>Save this list as
                        <input type="text" name="name" required maxlength="64" value="mine" autocomplete="off">
                      <button class="main">Save
                      <button name="replace" value="1">Replace it
                      <p class="problem" role="alert">There is a view of this name already.
                    """)
    }

    @Test func theGroups() {
        #expect(
            outline(GroupBar.render(Samples.filteredList())) == """
                <nav class="groups" id="list-groups" aria-label="Groups">
                  <a href="/tasks?status=failed&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" data-go="keep" aria-current="true">All
                    <span class="number">12,467
                  <a class="tone-amber" href="/tasks?status=failed&amp;group=approval_required&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" data-go="keep">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    Approval required
                    <span class="number">2
                  <a class="tone-blue" href="/tasks?status=failed&amp;group=running&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" data-go="keep">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    Running
                    <span class="number">1
                  <a class="tone-amber none" href="/tasks?status=failed&amp;group=waiting&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" data-go="keep">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    Waiting
                    <span class="number">0
                  <a class="tone-red" href="/tasks?status=failed&amp;group=failed&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" data-go="keep">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    Failed
                    <span class="number">61
                  <a class="tone-green" href="/tasks?status=failed&amp;group=finished&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" data-go="keep">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    Finished
                    <span class="number">12,400
                  <a class="tone-gray" href="/tasks?status=failed&amp;group=cancelled&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost" data-go="keep">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    Cancelled
                    <span class="number">3
                """)
    }

    @Test func aGroup() {
        #expect(
            outline(Self.group()) == """
                <section class="group tone-red" id="group-failed" aria-labelledby="group-failed-heading">
                  <h2 id="group-failed-heading">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    Failed
                    <span class="number dim">2
                  <ul class="panel cards">
                    <li id="task-143" class="card tone-red" data-row>
                      <div class="card-row">
                        <label class="pick">
                          <input type="checkbox" name="task" value="143" form="bulk" autocomplete="off" data-can="rerun retry delete tag" aria-label="Select task #143">
                        <a class="button icon quiet chevron" id="chevron-143" href="/tasks?layout=groups&amp;open=143" data-go="fold" role="button" aria-expanded="false" aria-label="Steps of task #143">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <div class="column-task">
                          <a class="cover" href="/tasks/143">
                            <span class="ordinal">#143
                            <span class="name" title="Invoices, September">Invoices, September
                          <div class="reason" title="tool_error in “extract”: pdftotext ended with exit code 1">tool_error in “extract”: pdftotext ended with exit code 1
                        <span class="column-status">
                          <span class="badge tone-red">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="word">Failed
                        <span class="column-steps">
                          <span class="number">2 of 5
                          <svg class="bar tone-red" viewBox="0 0 120 4" preserveAspectRatio="none" aria-hidden="true">…
                        <span class="column-duration">
                          <span class="number">4.2s
                        <span class="column-created">
                          <time datetime="2026-11-20T13:02:25.123Z" title="2026-11-20 13:02:25 UTC" data-show="age">2 h ago
                        <span class="column-actions">
                """)
    }

    @Test func theToolbar() {
        #expect(
            outline(ListToolbar.render(Samples.list)) == """
                <div class="headline list-head">
                  <h1>Tasks
                  <a class="button main" href="/tasks/new">New task
                <div class="toolbar">
                  <form id="filters" class="filters" method="get" action="/tasks" role="search" data-go="keep">
                    <label class="search">
                      <span class="hidden">Search name, number and prompt
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <input type="search" id="search" name="search" value="" maxlength="200" placeholder="Search name, number, prompt" autocomplete="off" aria-keyshortcuts="/" hx-morph-skip data-typed>
                      <kbd aria-hidden="true">/
                    <details class="menu" id="filter-menu">
                      <summary class="button">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span>Filter
                      <div class="sheet">
                        <div class="grid">
                          <label class="field">
                            <span>From
                            <input type="date" name="from" value="" autocomplete="off" hx-morph-skip data-typed>
                          <label class="field">
                            <span>To
                            <input type="date" name="to" value="" autocomplete="off" hx-morph-skip data-typed>
                        <input type="hidden" name="zone" value="" data-zone>
                        <p class="dim">Days are those of
                          <span data-zone-name>UTC
                          , both included.
                        <noscript>
                          <button class="main">Apply
                  <details class="menu" id="views-menu">
                    <summary class="button">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Views
                    <div class="sheet narrow">
                      <p class="dim">A view keeps filters and order under a name.
                      <p class="dim">Set a filter or an order to save it here.
                  <nav class="layouts" aria-label="Layout">
                    <a href="/tasks" data-go="keep" aria-current="true">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Table
                    <a href="/tasks?layout=groups" data-go="keep" data-action="Show groups">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                      <span>Groups
                  <a class="button refresh" href="/tasks" data-go="keep" title="Load the list again" data-action="Load the list again">
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <span class="hidden">Refresh
                <p id="list-problem" class="problem" role="alert" hidden>
                """)
    }

    @Test func theSelection() {
        #expect(
            outline(SelectionBar.render(Samples.filteredList())) == """
                <form id="bulk" class="selection" method="post" action="/tasks/bulk" hx-post="/tasks/bulk" hx-target="#asks" hx-swap="innerHTML" aria-label="What is done to the selected tasks">
                  <input type="hidden" name="list" value="status=failed&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost&amp;page=2">
                  <span id="selected-count" class="number" role="status">Selected
                  <label class="switch">
                    <input type="checkbox" name="all" value="1" autocomplete="off">
                    All that fit the filters
                  <span class="actions">
                    <button name="action" value="retry" class="" data-action="Retry the selected">Retry
                    <button name="action" value="rerun" class="" data-action="Rerun the selected">Rerun
                    <button name="action" value="tag" class="" data-action="Tag the selected">Tag…
                    <button name="action" value="cancel" class="" data-action="Cancel the selected">Cancel
                    <button name="action" value="kill" class="stop" data-action="Kill the selected">Kill
                    <button name="action" value="delete" class="stop" data-action="Delete the selected">Delete
                  <button type="button" class="icon quiet scripted" id="select-none" aria-label="Select nothing">
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                <div id="asks">
                """)
    }

    @Test func manyAtOnce() {
        #expect(
            outline(BulkDialog.render(Samples.bulk(.tag))) == """
                <dialog id="bulk-dialog" aria-labelledby="bulk-heading">
                  <h2 id="bulk-heading">Tag 2 tasks
                  <p>Several tags with commas between them.
                  <p class="dim">1 other of the selected is of another kind and is left alone.
                  <form class="bulk-form" method="post" action="/tasks/bulk" hx-post="/tasks/bulk" hx-target="#asks" hx-swap="innerHTML" hx-status:422="swap:innerHTML" hx-disable="findAll button">
                    <input type="hidden" name="action" value="tag">
                    <input type="hidden" name="expected" value="4ce5cc2065f909ca42678c0a9565682e1b61f8b5e13fd97c416ca2d95b2db20d">
                    <input type="hidden" name="list" value="status=failed&amp;plan=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;sort=-cost&amp;page=2">
                    <input type="hidden" name="task" value="148">
                    <input type="hidden" name="task" value="146">
                    <input type="hidden" name="task" value="143">
                    <label class="field">
                      <span>Add
                      <input type="text" name="add" value="month-end" autocomplete="off" autofocus>
                    <label class="field">
                      <span>Remove
                      <input type="text" name="remove" value="month-end" autocomplete="off">
                    <p class="problem" role="alert" hidden>
                    <div class="dialog-actions">
                      <button form="bulk-keep">Back
                      <button class="main">Save
                  <form method="dialog" id="bulk-keep">
                """)
    }

    @Test func newTasks() {
        #expect(
            outline(TaskListPage.newer(Samples.filteredList())) == """
                <div id="list-newer">
                  <p class="newer" role="status">
                    <a class="button main" href="/tasks?status=failed&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices" data-go="top">3 new tasks
                """)
    }

    @Test func beyondTheEnd() {
        #expect(
            outline(ListNotices.beyondTheEnd(Samples.filteredList())) == """
                <section class="panel empty">
                  <h2>No tasks on page 2
                  <p>There are 61 tasks on 3 pages.
                  <p>
                    <a class="button" href="/tasks?status=failed&amp;plan=invoices&amp;tag=invoices&amp;from=2026-11-01&amp;zone=Europe%2FBerlin&amp;search=invoices&amp;sort=-cost&amp;page=3" data-go="top">Go to the last page
                """)
    }

    @Test func whatCannotBeLoaded() {
        #expect(
            outline(ListNotices.failed(Samples.failedList(), "There is no status.", "it is one of queued, running"))
                == """
                <section class="panel empty broken" role="alert">
                  <span class="badge tone-red">
                    <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                    <span class="word">Not loaded
                  <h2>The list could not be loaded
                  <p>There is no status.
                  <p class="dim">It is one of queued, running
                  <p class="ways">
                    <a class="button" href="/tasks?status=zzz&amp;from=zzz&amp;search=kept" data-go="keep">Try again
                    <a class="button" href="/tasks" data-go="keep">Clear all filters
                """)
    }
}
