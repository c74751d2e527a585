import Core
import Testing

@testable import Web

/// The parts of a task's page around its steps.
@Suite(.timeLimit(.minutes(1)))
struct TaskFragmentsTests {
    @Test func header() throws {
        #expect(
            try outline(TaskHeader.render(Samples.running())) == """
                <header class="task-head tone-blue">
                  <div class="headline">
                    <span class="badge tone-blue">
                      <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                      <span class="word">Running
                    <span class="live-label" title="This page changes as the task does">Live
                    <div class="task-actions">
                      <form method="post" action="/tasks/148/retry" hx-post="/tasks/148/retry" hx-swap="none" hx-disable="find button">
                        <button class="main">Retry
                      <span class="wide-only">
                        <a class="button" href="/tasks/148/restart">Edit &amp; restart
                      <span class="wide-only">
                        <form method="post" action="/tasks/148/rerun" hx-post="/tasks/148/rerun" hx-swap="none" hx-disable="find button">
                          <button class="">Rerun
                      <details class="menu" id="task-menu">
                        <summary class="button" title="More actions">More
                        <div class="sheet actions-sheet">
                          <ul>
                            <li class="narrow-only">
                              <a class="button" href="/tasks/148/restart">Edit &amp; restart
                            <li class="narrow-only">
                              <form method="post" action="/tasks/148/rerun" hx-post="/tasks/148/rerun" hx-swap="none" hx-disable="find button">
                                <button class="">Rerun
                            <li>
                              <span class="button off" role="button" aria-disabled="true" tabindex="0" title="This plan came with the task alone: save it to edit it">Edit in Studio
                                <span class="hidden">: This plan came with the task alone: save it to edit it
                            <li>
                              <a class="button" href="/tasks/148/compare">Compare
                            <li>
                              <a class="button" href="/api/tasks/148/export?format=html" download>Export as a page (HTML)
                            <li>
                              <a class="button" href="/api/tasks/148/export?format=json" download>Export as data (JSON)
                            <li>
                              <a class="button stop" href="/tasks/148/delete" data-dialog="delete-dialog">Delete…
                    <dialog id="delete-dialog" aria-labelledby="delete-heading">
                      <h2 id="delete-heading">Delete this task?
                      <p>What its 5 steps were given and have made, its events, and the files that no other task has are lost for good. Its number, name and end stay on record. An export keeps everything.
                      <p class="problem" role="alert" hidden>
                      <div class="dialog-actions">
                        <form method="dialog">
                          <button autofocus>Keep it
                        <form method="post" action="/tasks/148/delete" hx-post="/tasks/148/delete" hx-swap="none" hx-disable="find button">
                          <button class="danger">Delete
                  <div class="title">
                    <h1>
                      <span class="name">Invoices, November
                      <span class="ordinal">#148
                    <details class="edit" id="rename" data-closes>
                      <summary class="icon quiet button" title="Rename">
                        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                        <span class="hidden">Rename
                      <form class="rename-form" id="rename-form" method="post" action="/tasks/148/name" hx-post="/tasks/148/name" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button">
                        <label class="hidden" for="rename-name">Name
                        <input type="text" id="rename-name" name="name" required maxlength="80" value="Invoices, November" autocomplete="off">
                        <button class="main">Rename
                  <p class="plan">
                    <b>invoices
                    <span class="dim">— Totals the invoices of a month per vendor
                  <div class="tags">
                    <ul aria-label="Tags">
                    <details class="edit" id="add-tag" data-closes>
                      <summary class="quiet button" title="Add a tag">+ Tag
                      <form class="tag-form" id="tag-form" method="post" action="/tasks/148/tags" hx-post="/tasks/148/tags" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button">
                        <label class="hidden" for="tag-name">Tag
                        <input type="text" id="tag-name" name="add" required placeholder="several, with commas" value="" autocomplete="off">
                        <button class="main">Add
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

    @Test func figures() throws {
        #expect(
            try outline(TaskHeader.facts(Samples.nested())) == """
                <dl class="facts">
                  <div>
                    <dt>Progress
                    <dd>
                      <span class="number">Step 4 of 5
                      <svg class="bar tone-blue" viewBox="0 0 120 4" preserveAspectRatio="none" aria-hidden="true">…
                  <div>
                    <dt>Duration
                    <dd>
                      <span class="number" data-since="1795187033123" data-before="0">12s
                  <div>
                    <dt>Tokens
                    <dd>
                      <span class="number" title="3,904 prompt + 612 completion">4,516
                  <div>
                    <dt>Est. cost
                    <dd>
                      <span class="dim" title="At least $0.0030: there is no price for one of its models">unknown
                      <span class="dim number" title="At least $0.003">(at least $0.0030)
                      <span class="dim">own
                        <span class="dim" title="There is no price for this model">unknown
                  <div>
                    <dt>Calls
                    <dd>
                      <span class="number">1 model, 2 HTTP
                  <div>
                    <dt>Trigger
                    <dd>cli
                  <div>
                    <dt>Model
                    <dd>
                      <span class="label" title="These answers come from a file, not from a model">script
                      <span class="model" title="script/summary">summary
                  <div>
                    <dt>Priority
                    <dd>
                      <span class="number">5
                  <div>
                    <dt>Part of
                    <dd>
                      <span class="task-link">
                        <a href="/tasks/5?step=part#step-part">
                          <span class="ordinal">#5
                      <span class="dim">part
                  <div>
                    <dt>Rerun of
                    <dd>
                      <span class="task-link">
                        <a href="/tasks/12">
                          <span class="ordinal">#12
                  <div>
                    <dt>Rerun as
                    <dd>
                      <a href="/tasks/150" title="Running">#150
                  <div>
                    <dt>Created
                    <dd>
                      <time datetime="2026-11-20T15:03:53.123Z" title="2026-11-20 15:03:53 UTC" data-show="exact">2026-11-20 15:03:53 UTC
                  <div>
                    <dt>Started
                    <dd>
                      <time datetime="2026-11-20T15:03:53.123Z" title="2026-11-20 15:03:53 UTC" data-show="later" data-after="2026-11-20T15:03:53.123Z">15:03:53 UTC
                  <div>
                    <dt>Ended
                    <dd>
                      <span class="dim" title="not yet">
                        <span aria-hidden="true">–
                        <span class="hidden">not yet
                """)
    }

    @Test func parts() throws {
        #expect(
            try outline(TaskTabs.render(Samples.running())) == """
                <nav class="task-parts" aria-label="Parts of the task">
                  <a href="/tasks/148" aria-current="page">Steps
                  <a href="/tasks/148?part=flow">Flowchart
                  <a href="/tasks/148?part=timeline">Timeline
                  <a href="/tasks/148?part=waterfall">Waterfall
                  <a href="/tasks/148?part=costs">Costs
                """)
    }

    @Test func actions() throws {
        #expect(
            try outline(TaskActions.render(Samples.deciding())) == """
                <div class="task-actions">
                  <form method="post" action="/tasks/146/cancel" hx-post="/tasks/146/cancel" hx-swap="none" hx-disable="find button">
                    <button class="">Cancel
                  <a class="button stop" href="/tasks/146/kill" data-dialog="kill-dialog">Kill
                  <dialog id="kill-dialog" aria-labelledby="kill-heading">
                    <h2 id="kill-heading">Kill running task?
                    <p>This will immediately abort the task. Any work in progress will be lost.
                    <p class="problem" role="alert" hidden>
                    <div class="dialog-actions">
                      <form method="dialog">
                        <button autofocus>Keep it running
                      <form method="post" action="/tasks/146/kill" hx-post="/tasks/146/kill" hx-swap="none" hx-disable="find button">
                        <button class="danger">Kill
                  <span class="wide-only">
                    <a class="button" href="/tasks/146/restart">Edit &amp; restart
                  <span class="wide-only">
                    <form method="post" action="/tasks/146/rerun" hx-post="/tasks/146/rerun" hx-swap="none" hx-disable="find button">
                      <button class="">Rerun
                  <details class="menu" id="task-menu">
                    <summary class="button" title="More actions">More
                    <div class="sheet actions-sheet">
                      <ul>
                        <li class="narrow-only">
                          <a class="button" href="/tasks/146/restart">Edit &amp; restart
                        <li class="narrow-only">
                          <form method="post" action="/tasks/146/rerun" hx-post="/tasks/146/rerun" hx-swap="none" hx-disable="find button">
                            <button class="">Rerun
                        <li>
                          <span class="button off" role="button" aria-disabled="true" tabindex="0" title="This plan came with the task alone: save it to edit it">Edit in Studio
                            <span class="hidden">: This plan came with the task alone: save it to edit it
                        <li>
                          <a class="button" href="/tasks/146/compare">Compare
                        <li>
                          <span class="button off" role="button" aria-disabled="true" tabindex="0" title="Only a failed task can be retried">Retry
                            <span class="hidden">: Only a failed task can be retried
                        <li>
                          <a class="button" href="/api/tasks/146/export?format=html" download>Export as a page (HTML)
                        <li>
                          <a class="button" href="/api/tasks/146/export?format=json" download>Export as data (JSON)
                        <li>
                          <a class="button stop" href="/tasks/146/delete" data-dialog="delete-dialog">Delete…
                <dialog id="delete-dialog" aria-labelledby="delete-heading">
                  <h2 id="delete-heading">Delete this task?
                  <p>What its 5 steps were given and have made, its events, and the files that no other task has are lost for good. Its number, name and end stay on record. An export keeps everything.
                  <p class="problem" role="alert" hidden>
                  <div class="dialog-actions">
                    <form method="dialog">
                      <button autofocus>Keep it
                    <form method="post" action="/tasks/146/delete" hx-post="/tasks/146/delete" hx-swap="none" hx-disable="find button">
                      <button class="danger">Delete
                """)
    }
}
