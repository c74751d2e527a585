import Core
import Testing

@testable import Web

/// What is asked before something happens to a task, and the little forms that change it.
@Suite(.timeLimit(.minutes(1)))
struct TaskQuestionsTests {
    @Test func killing() {
        #expect(
            outline(KillDialog.render(Samples.rows[0])) == """
                <dialog id="kill-dialog" aria-labelledby="kill-heading">
                  <h2 id="kill-heading">Kill running task?
                  <p class="which">
                    <span class="ordinal">#148
                    <span class="name">Invoices, November
                  <p>This will immediately abort the task. Any work in progress will be lost.
                  <p class="problem" role="alert" hidden>
                  <div class="dialog-actions">
                    <form method="dialog">
                      <button autofocus>Keep it running
                    <form method="post" action="/tasks/148/kill" hx-post="/tasks/148/kill" hx-swap="none" hx-disable="find button">
                      <button class="danger">Kill
                """)
    }

    @Test func killingInAList() {
        #expect(
            outline(KillDialog.render(TaskNumber(rawValue: 148))) == """
                <dialog id="kill-dialog" aria-labelledby="kill-heading">
                  <h2 id="kill-heading">Kill running task?
                  <p>This will immediately abort the task. Any work in progress will be lost.
                  <p class="problem" role="alert" hidden>
                  <div class="dialog-actions">
                    <form method="dialog">
                      <button autofocus>Keep it running
                    <form method="post" action="/tasks/148/kill" hx-post="/tasks/148/kill" hx-swap="none" hx-disable="find button">
                      <button class="danger">Kill
                """)
    }

    @Test func deleting() {
        #expect(
            outline(DeleteDialog.render(Samples.rows[6])) == """
                <dialog id="delete-dialog" aria-labelledby="delete-heading">
                  <h2 id="delete-heading">Delete this task?
                  <p>What its 5 steps were given and have made, its events, and the files that no other task has are lost for good. Its number, name and end stay on record. An export keeps everything.
                  <p class="problem" role="alert" hidden>
                  <div class="dialog-actions">
                    <form method="dialog">
                      <button autofocus>Keep it
                    <form method="post" action="/tasks/142/delete" hx-post="/tasks/142/delete" hx-swap="none" hx-disable="find button">
                      <button class="danger">Delete
                """)
    }

    @Test func deletingWithoutScripts() {
        #expect(
            outline(content: DeleteDialog.document(Samples.rows[6], approvals: 0)) == """
                <main id="content" tabindex="-1">
                  <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                    <section class="panel empty">
                      <span class="badge tone-green">
                        <svg class="lamp" viewBox="0 0 16 16" aria-hidden="true">…
                        <span class="word">Completed
                      <h1>Delete this task?
                      <p>
                        <span class="ordinal">#142
                        <span class="name">Invoices, August
                      <p>What its 5 steps were given and have made, its events, and the files that no other task has are lost for good. Its number, name and end stay on record. An export keeps everything.
                      <div class="dialog-actions">
                        <a class="button" href="/tasks/142">Keep it
                        <form method="post" action="/tasks/142/delete">
                          <button class="danger">Delete
                """)
    }

    @Test func rerunning() {
        #expect(
            outline(
                content: RerunPage.document(
                    Samples.rows[6], step: StepPath(rawValue: "send"), difference: "-a\n+b\n", approvals: 0)) == """
                    <main id="content" tabindex="-1">
                      <div id="live" hx-sse:connect="/live" hx-trigger="sb:live" hx-swap="innerMorph">
                        <nav class="back" aria-label="Path">
                          <a href="/tasks/142">
                            <span aria-hidden="true">←
                            Invoices, August #142
                        <section class="panel rerun">
                          <div class="panel-head">
                            <h1>Rerun with which plan?
                          <div class="rerun-choices">
                            <p>The plan has changed since this task ran: 1 line added, 1 removed. The inputs are the same either way.
                            <div class="dialog-actions">
                              <form method="post" action="/tasks/142/rerun">
                                <input type="hidden" name="from" value="send">
                                <input type="hidden" name="plan" value="was">
                                <button class="main">As it was
                              <form method="post" action="/tasks/142/rerun">
                                <input type="hidden" name="from" value="send">
                                <input type="hidden" name="plan" value="is">
                                <button>As it is now
                            <div class="payload">
                              <div class="payload-head">
                                <h3>What has changed
                                <button type="button" class="quiet" data-copy="rerun-difference" aria-label="Copy what has changed">
                                  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                                  <span>Copy
                              <pre class="text" id="rerun-difference" tabindex="0">-a +b
                    """)
    }

    @Test func renaming() {
        #expect(
            outline(TaskLabelForms.rename(RenameState(Samples.rows[6]))) == """
                <details class="edit" id="rename" data-closes>
                  <summary class="icon quiet button" title="Rename">
                    <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <span class="hidden">Rename
                  <form class="rename-form" id="rename-form" method="post" action="/tasks/142/name" hx-post="/tasks/142/name" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button">
                    <label class="hidden" for="rename-name">Name
                    <input type="text" id="rename-name" name="name" required maxlength="80" value="Invoices, August" autocomplete="off">
                    <button class="main">Rename
                """)
    }

    @Test func aNameThatIsRefused() {
        #expect(
            outline(
                TaskLabelForms.renameForm(
                    RenameState(task: TaskNumber(rawValue: 142), name: "", message: "Say a name."))) == """
                    <form class="rename-form" id="rename-form" method="post" action="/tasks/142/name" hx-post="/tasks/142/name" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button">
                      <label class="hidden" for="rename-name">Name
                      <input type="text" id="rename-name" name="name" required maxlength="80" value="" autocomplete="off" aria-invalid="true" aria-describedby="rename-name-problem">
                      <button class="main">Rename
                      <p class="problem" id="rename-name-problem" role="alert">Say a name.
                    """)
    }

    @Test func tags() {
        #expect(
            outline(TaskLabelForms.tags(["march", "post"], of: TaskNumber(rawValue: 142), isLive: true)) == """
                <div class="tags">
                  <ul aria-label="Tags">
                    <li class="tag">
                      <a href="/tasks?tag=march">march
                      <form method="post" action="/tasks/142/tags" hx-post="/tasks/142/tags" hx-swap="none" hx-disable="find button">
                        <button class="icon quiet" name="remove" value="march" aria-label="Take off the tag march" title="Take off">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                    <li class="tag">
                      <a href="/tasks?tag=post">post
                      <form method="post" action="/tasks/142/tags" hx-post="/tasks/142/tags" hx-swap="none" hx-disable="find button">
                        <button class="icon quiet" name="remove" value="post" aria-label="Take off the tag post" title="Take off">
                          <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">…
                  <details class="edit" id="add-tag" data-closes>
                    <summary class="quiet button" title="Add a tag">+ Tag
                    <form class="tag-form" id="tag-form" method="post" action="/tasks/142/tags" hx-post="/tasks/142/tags" hx-swap="none" hx-status:422="swap:outerHTML" hx-disable="find button">
                      <label class="hidden" for="tag-name">Tag
                      <input type="text" id="tag-name" name="add" required placeholder="several, with commas" value="" autocomplete="off">
                      <button class="main">Add
                """)
    }
}
