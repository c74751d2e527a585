import Core
import Testing

@testable import Web

/// The rows of the list of tasks.
@Suite(.timeLimit(.minutes(1)))
struct TaskListFragmentsTests {
    @Test func aRow() {
        #expect(
            outline(TaskListRow.render(Samples.rows[0], now: Samples.now)) == """
                <tr role="row" id="task-148" class="tone-blue" data-row>
                  <td role="cell" class="column-pick">
                    <label class="pick">
                      <input type="checkbox" name="task" value="148" form="bulk" autocomplete="off" data-can="rerun cancel kill tag" aria-label="Select task #148">
                  <td role="cell" class="column-status">
                    <span class="badge tone-blue">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="word">Running
                  <td role="cell" class="column-task">
                    <a class="cover" href="/tasks/148">
                      <span class="ordinal">#148
                      <span class="name" title="Invoices, November">Invoices, November
                    <div class="reason" title="Running “summary” (agent, script/summary)">Running “summary” (agent, script/summary)
                  <td role="cell" class="column-origin">
                    <span class="name" title="">
                  <td role="cell" class="column-trigger">
                    <span>cli
                    <div class="reason">
                      <span class="label" title="These answers come from a file, not from a model">script
                      <span class="model" title="script/summary">summary
                  <td role="cell" class="column-steps">
                    <span class="number">4 of 5
                    <svg class="bar tone-blue" viewBox="0 0 120 4" preserveAspectRatio="none" aria-hidden="true">…
                  <td role="cell" class="column-duration">
                    <span class="number" data-since="1795187033123" data-before="0">12s
                  <td role="cell" class="column-tokens">
                    <span class="number" title="3,904 prompt + 612 completion">4,516
                  <td role="cell" class="column-cost">
                    <span class="dim" title="There is no price for this model">unknown
                  <td role="cell" class="column-created">
                    <time datetime="2026-11-20T15:03:53.123Z" title="2026-11-20 15:03:53 UTC" data-show="age">12 s ago
                  <td role="cell" class="column-actions">
                    <form method="post" action="/tasks/148/cancel" hx-post="/tasks/148/cancel" hx-swap="none" hx-disable="find button">
                      <button class="icon" title="Cancel: its steps get 10 seconds to stop" aria-label="Cancel task #148">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <a class="button icon stop" href="/tasks/148/kill" hx-get="/tasks/148/kill" hx-target="#asks" hx-swap="innerHTML" title="Kill: ends it at once" aria-label="Kill task #148">
                      <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                """)
    }

    @Test func aRowThatFailed() {
        #expect(
            outline(TaskListRow.render(Samples.rows[5], isStartedShown: true, now: Samples.now)) == """
                <tr role="row" id="task-143" class="tone-red" data-row>
                  <td role="cell" class="column-pick">
                    <label class="pick">
                      <input type="checkbox" name="task" value="143" form="bulk" autocomplete="off" data-can="rerun retry delete tag" aria-label="Select task #143">
                  <td role="cell" class="column-status">
                    <span class="badge tone-red">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="word">Failed
                  <td role="cell" class="column-task">
                    <a class="cover" href="/tasks/143">
                      <span class="ordinal">#143
                      <span class="name" title="Invoices, September">Invoices, September
                    <div class="reason" title="tool_error in “extract”: pdftotext ended with exit code 1">tool_error in “extract”: pdftotext ended with exit code 1
                  <td role="cell" class="column-origin">
                    <span class="name" title="">
                  <td role="cell" class="column-trigger">
                    <span>cli
                    <div class="reason">
                      <span class="label" title="These answers come from a file, not from a model">script
                      <span class="model" title="script/summary">summary
                  <td role="cell" class="column-steps">
                    <span class="number">2 of 5
                    <svg class="bar tone-red" viewBox="0 0 120 4" preserveAspectRatio="none" aria-hidden="true">…
                  <td role="cell" class="column-duration">
                    <span class="number">4.2s
                  <td role="cell" class="column-tokens">
                    <span class="number" title="3,904 prompt + 612 completion">4,516
                  <td role="cell" class="column-cost">
                    <span class="dim" title="There is no price for this model">unknown
                  <td role="cell" class="column-created">
                    <time datetime="2026-11-20T13:02:25.123Z" title="2026-11-20 13:02:25 UTC" data-show="age">2 h ago
                  <td role="cell" class="column-started">
                    <span class="dim" title="not started">
                      <span aria-hidden="true">–
                      <span class="hidden">not started
                  <td role="cell" class="column-actions">
                """)
    }

    @Test func aTable() {
        #expect(
            outline(TaskTable.render(Samples.list, [Samples.rows[6]])) == """
                <div class="panel list">
                  <table role="table" aria-label="Tasks">
                    <thead role="rowgroup">
                      <tr role="row">
                        <th role="columnheader" scope="col" class="column-pick">
                          <input type="checkbox" id="pick-all" class="scripted" aria-label="Select all tasks of this page" autocomplete="off">
                        <th role="columnheader" scope="col" class="column-status">Status
                        <th role="columnheader" scope="col" class="column-task">
                          <a href="/tasks?sort=name" data-go="keep">Task
                        <th role="columnheader" scope="col" class="column-origin">Origin
                        <th role="columnheader" scope="col" class="column-trigger">Trigger
                        <th role="columnheader" scope="col" class="column-steps">Steps
                        <th role="columnheader" scope="col" class="column-duration">
                          <a href="/tasks?sort=-duration" data-go="keep">Duration
                        <th role="columnheader" scope="col" class="column-tokens">
                          <a href="/tasks?sort=-tokens" data-go="keep">Tokens
                        <th role="columnheader" scope="col" class="column-cost">
                          <a href="/tasks?sort=-cost" data-go="keep">Est. cost
                        <th role="columnheader" scope="col" class="column-created" aria-sort="descending">
                          <a href="/tasks?sort=created" data-go="keep">Created
                            <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <th role="columnheader" scope="col" class="column-actions">
                          <span class="hidden">Actions
                    <tbody role="rowgroup" id="list-rows">
                      <tr role="row" id="task-142" class="tone-green" data-row>
                        <td role="cell" class="column-pick">
                          <label class="pick">
                            <input type="checkbox" name="task" value="142" form="bulk" autocomplete="off" data-can="rerun delete tag" aria-label="Select task #142">
                        <td role="cell" class="column-status">
                          <span class="badge tone-green">
                            <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                            <span class="word">Completed
                        <td role="cell" class="column-task">
                          <a class="cover" href="/tasks/142">
                            <span class="ordinal">#142
                            <span class="name" title="Invoices, August">Invoices, August
                        <td role="cell" class="column-origin">
                          <span class="name" title="">
                        <td role="cell" class="column-trigger">
                          <span>cli
                          <div class="reason">
                            <span class="label" title="These answers come from a file, not from a model">script
                            <span class="model" title="script/summary">summary
                        <td role="cell" class="column-steps">
                          <span class="number">5 of 5
                          <svg class="bar tone-green" viewBox="0 0 120 4" preserveAspectRatio="none" aria-hidden="true">…
                        <td role="cell" class="column-duration">
                          <span class="number">1m 42s
                        <td role="cell" class="column-tokens">
                          <span class="number" title="3,904 prompt + 612 completion">4,516
                        <td role="cell" class="column-cost">
                          <span class="dim" title="There is no price for this model">unknown
                        <td role="cell" class="column-created">
                          <time datetime="2026-11-19T14:04:05.123Z" title="2026-11-19 14:04:05 UTC" data-show="age">19 Nov
                        <td role="cell" class="column-actions">
                <div class="below" id="list-below">
                  <nav class="pager" aria-label="Pages">
                    <span class="dim number">1–25 of 61
                    <span class="links">
                      <span class="button off" aria-disabled="true">First
                      <span class="button off" aria-disabled="true">Previous
                      <span class="number">Page 1 of 3
                      <a class="button" href="/tasks?page=2" rel="next" data-go="top">Next
                      <a class="button" href="/tasks?page=3" data-go="top">Last
                  <nav class="sizes" aria-label="Rows a page">
                    <span class="dim">Rows
                    <a href="/tasks" data-go="top" aria-current="true">25
                    <a href="/tasks?size=50" data-go="top">50
                    <a href="/tasks?size=100" data-go="top">100
                  <a class="quiet button column-switch" href="/tasks?started=shown" data-go="keep">Show
                    <i>Started
                """)
    }
}
