"""Settings, secrets, providers and MCP servers on their pages."""

from playwright.sync_api import expect
from test_studio import forgive

SECRET = "sk-value-that-is-never-shown-again"


def test_a_setting_is_changed_in_place_and_reset(page, start_server, tmp_path, complaints):
    data = tmp_path / "data"
    data.mkdir()
    (data / "signalbox.yaml").write_text("# ours\nturns: 20\n", encoding="utf-8")
    server = start_server(data=data)
    page.goto(f"{server.address}/settings")
    row = page.locator(".setting").filter(has=page.get_by_role("heading", name="turns", exact=True))
    field = row.get_by_role("textbox")
    expect(row).to_contain_text("In force: 20, from the settings file")
    field.fill("many")
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("alert")).to_contain_text("must be a whole number from 1 to")
    expect(row.get_by_role("textbox")).to_have_value("many")
    forgive(complaints, 422)
    row.get_by_role("textbox").fill("30")
    row.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("After the next start: 30")
    assert (data / "signalbox.yaml").read_text(encoding="utf-8") == "# ours\nturns: 30\n"
    row.get_by_role("button", name="Reset turns to its default").click()
    expect(row).to_contain_text("After the next start: 50")
    expect(row.get_by_role("textbox")).to_have_value("50")
    assert (data / "signalbox.yaml").read_text(encoding="utf-8") == "# ours\n"


def test_saving_one_setting_leaves_what_was_typed_in_others_and_is_taken_back(page, start_server):
    server = start_server()
    page.goto(f"{server.address}/settings")

    def row(name):
        return page.locator(".setting").filter(has=page.get_by_role("heading", name=name, exact=True))

    turns = row("turns")
    row("max_duration").get_by_role("textbox").fill("33")
    turns.get_by_role("textbox").fill("44")
    turns.get_by_role("button", name="Save").click()
    expect(turns).to_contain_text("After the next start: 44")
    expect(row("max_duration").get_by_role("textbox")).to_have_value("33")
    turns.get_by_role("button", name="Reset turns to its default").click()
    expect(turns.get_by_role("textbox")).to_have_value("50")
    toast = page.locator("#toast .toast")
    toast.filter(has_text="back at its default").get_by_role("button", name="Undo").click()
    expect(turns).to_contain_text("After the next start: 44")
    expect(turns.get_by_role("textbox")).to_have_value("44")
    expect(toast.filter(has_text="turns is as it was")).to_be_visible()
    expect(row("max_duration").get_by_role("textbox")).to_have_value("33")
    turns.get_by_role("textbox").fill("45")
    turns.get_by_role("button", name="Save").click()
    expect(turns).to_contain_text("After the next start: 45")
    toast.filter(has_text="Saved turns").last.get_by_role("button", name="Undo").click()
    expect(turns).to_contain_text("After the next start: 44")


def test_what_variables_and_flags_say_cannot_be_changed(page, start_server, monkeypatch):
    monkeypatch.setenv("SIGNALBOX_TOOL_CALLS", "7")
    server = start_server()
    page.goto(f"{server.address}/settings")
    for name, why in [("tool_calls", "SIGNALBOX_TOOL_CALLS is set"), ("port", "started with --port")]:
        row = page.locator(".setting").filter(has=page.get_by_role("heading", name=name, exact=True))
        expect(row).to_contain_text(why)
        expect(row.get_by_role("button")).to_have_count(0)


def test_somebody_else_changed_the_setting_meanwhile(page, start_server, complaints):
    server = start_server()
    page.goto(f"{server.address}/settings")
    server.request("/api/settings/turns", {"value": 12}, method="PUT")
    row = page.locator(".setting").filter(has=page.get_by_role("heading", name="turns", exact=True))
    row.get_by_role("textbox").fill("13")
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("alert")).to_contain_text("meanwhile")
    expect(row.get_by_role("textbox")).to_have_value("13")
    expect(page.locator(".toast")).to_have_count(0)
    forgive(complaints, 412)
    row.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("After the next start: 13")


def test_a_secret_goes_one_way(page, start_server, complaints):
    server = start_server()
    page.goto(f"{server.address}/settings/secrets")
    expect(page.get_by_role("heading", name="No secrets yet")).to_be_visible()
    name, value = page.get_by_label("Name"), page.get_by_label("Value")
    assert value.get_attribute("type") == "password" and value.get_attribute("autocomplete") == "new-password"
    name.fill("not a name")
    value.fill(SECRET)
    page.get_by_role("button", name="Set").click()
    expect(page.get_by_role("alert")).to_contain_text("Type the value again")
    expect(page.get_by_label("Name")).to_have_value("not a name")
    expect(page.get_by_label("Name")).to_be_focused()
    expect(page.get_by_label("Value")).to_have_value("")
    # With a good name it is the value that has to be mended.
    page.get_by_label("Name").fill("BANK")
    page.get_by_label("Value").fill("no")
    page.get_by_role("button", name="Set").click()
    expect(page.get_by_label("Value")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Value")).to_be_focused()
    assert page.get_by_label("Name").get_attribute("aria-invalid") is None
    forgive(complaints, 422)
    page.get_by_label("Name").fill("BANK")
    page.get_by_label("Value").fill(SECRET)
    page.get_by_role("button", name="Set").click()
    row = page.get_by_role("row").filter(has_text="BANK")
    expect(row).to_contain_text("the encrypted store")
    expect(page.get_by_label("Value")).to_have_value("")
    page.reload()
    assert SECRET not in page.content()
    row.get_by_role("link", name="Remove BANK").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("gone for good")
    dialog.get_by_role("button", name="Keep it").click()
    expect(row).to_be_visible()
    row.get_by_role("link", name="Remove BANK").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="No secrets yet")).to_be_visible()
    assert server.request("/api/secrets")["secrets"] == []


def test_a_server_of_tools_and_a_provider_are_tested(lab, page, complaints):
    lab.settings["mcp_servers"]["broken"] = {"command": ["/does/not/exist"]}
    lab.start("answers: [{ text: ok }]")
    address = f"http://127.0.0.1:{lab.engine.port}"
    page.goto(f"{address}/settings/mcp")
    tools = page.locator(".outside").filter(has=page.get_by_role("heading", name="tools", exact=True))
    expect(tools).to_contain_text("Not needed yet")
    tools.get_by_role("button", name="Test tools").click()
    expect(tools).to_contain_text("It works", timeout=30_000)
    expect(tools).to_contain_text("Connected")
    expect(tools.locator(".checks")).to_contain_text("book, find, say")
    broken = page.locator(".outside").filter(has=page.get_by_role("heading", name="broken", exact=True))
    broken.get_by_role("button", name="Test broken").click()
    expect(broken).to_contain_text("It does not work")
    expect(broken.locator(".tone-red .lamp").first).to_be_visible()
    # What was found is still there, with its time.
    page.reload()
    expect(tools).to_contain_text("It works")
    expect(tools.locator(".test time")).to_have_count(1)
    expect(broken).to_contain_text("It does not work")
    expect(broken.locator(".problem")).to_have_count(0)

    page.goto(f"{address}/settings/providers")
    fake = page.locator(".outside").filter(has=page.get_by_role("heading", name="fake", exact=True))
    expect(fake).to_contain_text("the environment variable FAKE_KEY")
    fake.get_by_role("button", name="Test fake").click()
    expect(fake).to_contain_text("Say which model to ask.")
    expect(fake).to_contain_text("Not tested")
    fake.get_by_role("combobox").fill("m")
    fake.get_by_role("button", name="Test fake").click()
    expect(fake).to_contain_text("It answered: ok")
    expect(fake).to_contain_text("asked fake/m")
    expect(fake.locator(".test time")).to_have_text("just now")
    page.goto(f"{address}/settings")
    page.goto(f"{address}/settings/providers")
    expect(fake).to_contain_text("It answered: ok")
    expect(fake).to_contain_text("Answers")
    expect(fake.get_by_role("combobox")).to_have_value("fake/m")
    # Another start may have other settings.
    lab.kill_and_start()
    page.goto(f"http://127.0.0.1:{lab.engine.port}/settings/providers")
    expect(fake).to_contain_text("Not tested")
    complaints.clear()
