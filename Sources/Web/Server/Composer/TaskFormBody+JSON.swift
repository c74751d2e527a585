internal import Core
internal import Engine
internal import Plans

extension TaskFormBody {
    /// A body as somebody has written it, with the files that were uploaded beside it.
    mutating func addJSON(_ text: String) {
        guard !text.trimmed.isEmpty else {
            return errors.note("Write a request, as POST /api/tasks takes it", at: .pointer(FieldName.json), hint: nil)
        }
        do {
            guard case .object(let object) = try JSON(parsing: text) else {
                return errors.note("The request must be an object: { … }", at: .pointer(FieldName.json), hint: nil)
            }
            for member in object { set(member.name, member.value) }
            let files = form.files()
            guard !files.isEmpty else { return }
            set("files", .array((object["files"]?.arrayValue ?? []) + files.map(\.reference)))
        } catch let error as SignalboxError {
            for mistake in JSONMistake.all(of: error, in: text) {
                errors.note(mistake.sentence, at: .pointer(FieldName.json), hint: mistake.hint)
            }
        } catch {
            errors.note("This is no JSON", at: .pointer(FieldName.json), hint: nil)
        }
    }

    /// What differs from a task that is repeated, as the API takes it.
    mutating func addChanges(to origin: TaskOrigin, plan: Plan) {
        if let version = form.text("/plan") { set("plan", .string(version)) }
        var inputs = JSONObject()
        for input in plan.inputs where form.fields[FormFieldView(input).name] != nil || input.type == .boolean {
            if origin.source == .prompt, input.name != "prompt" { continue }
            let value = self.value(of: input) ?? .null
            let original = origin.inputs[input.name] ?? .null
            // A browser sends line breaks in its own way.
            if value != original, value.stringValue == nil || value.stringValue != original.stringValue?.plainBreaks {
                inputs[input.name] = value
            }
        }
        if !inputs.isEmpty { set("inputs", .object(inputs)) }
        addOptions()
        addLimits(differingFrom: origin.limits)
        let tags = form.fields[FieldName.tags]?.split(separator: ",").map { String($0).trimmed } ?? []
        remove("tags")
        set("tags", tags == origin.tags ? nil : .array(tags.map(JSON.string)))
        let files = form.files()
        let isSame =
            files.map(\.name) == origin.files.map(\.name) && files.map(\.hash) == origin.files.map(\.hash)
        if isSame { remove("files") } else { set("files", .array(files.map(\.reference))) }
        // What was given to the original and is empty now is the default again.
        if origin.model != form.text(FieldName.model) {
            set("model", form.text(FieldName.model).map(JSON.string) ?? "default")
        } else {
            remove("model")
        }
    }
}

/// What only a restart has.
extension TaskFormBody {
    /// The bounds that differ; those of the original hold on where nothing else is said.
    private mutating func addLimits(differingFrom limits: TaskLimits) {
        var changed = JSONObject()
        for (name, value) in json["limits"]?.objectValue?.map({ ($0.name, $0.value) }) ?? [] {
            let typed = form.text(FieldName.limit(name))
            if typed != LimitField(rawValue: name)?.text(limits) { changed[name] = value }
        }
        remove("limits")
        if !changed.isEmpty { set("limits", .object(changed)) }
        for limit in LimitField.allCases where limit.text(limits) != nil {
            let name = FieldName.limit(limit.rawValue)
            guard form.fields[name] != nil, form.text(name) == nil else { continue }
            errors.note(
                "The original has this limit, so a repetition has one too", at: .pointer(name),
                hint: "Write another one.")
        }
    }

    /// The output of a step, if it was changed.
    mutating func output(of step: StepPath, recorded: JSON) -> JSON? {
        let name = FieldName.output(step)
        let shown = RestartLoader.text(of: recorded).plainBreaks
        guard let typed = form[name], typed != shown else { return nil }
        if recorded.stringValue != nil { return .string(typed) }
        do {
            let value = try JSON(parsing: typed)
            // Written out: `nil` would be the JSON null in a conditional expression.
            if value == recorded { return nil }
            return value
        } catch let error as SignalboxError {
            for mistake in JSONMistake.all(of: error, in: typed) {
                errors.note(mistake.sentence, at: .pointer(name), hint: mistake.hint)
            }
        } catch {
            errors.note("This is no JSON", at: .pointer(name), hint: nil)
        }
        return nil
    }

    /// A longer time than the settings allow is refused, rather than cut without a word. What is no length of time is told
    /// the same bound.
    mutating func checkDuration(cap: Int64) {
        let name = FieldName.limit(LimitField.duration.rawValue)
        guard let text = form.text(name) else { return }
        guard let milliseconds = DurationText.milliseconds(text) else {
            return errors.note(
                "It must be a length of time, such as 90s, 10m or 1h30m, at most \(Format.duration(milliseconds: cap))",
                at: .pointer(name), hint: nil)
        }
        guard milliseconds > cap else { return }
        errors.note(
            "The settings allow at most \(Format.duration(milliseconds: cap)) (max_duration)", at: .pointer(name),
            hint: "Shorten it, or raise the cap in the settings.")
    }
}
