import Core
import Testing

@testable import Client
@testable import Commands

/// Where a task comes from, as lists and `tasks show` say it.
@Suite(.timeLimit(.minutes(1)))
struct OriginTextTests {
    private static let plan: JSONObject = [:]
    private static let app: JSONObject = ["source": "app", "app": "greeting"]
    private static let instructions: JSONObject = ["source": "prompt", "trigger": "user"]
    private static let rerun: JSONObject = ["rerun_of": ["task": 5, "from": nil]]
    private static let restart: JSONObject = [
        "source": "app", "app": "greeting", "rerun_of": ["task": 5, "from": "check"],
    ]
    private static let child: JSONObject = ["trigger": "task", "parent": ["task": 3, "step": "each/2/send"]]
    private static let older: JSONObject = ["trigger": "agent", "parent": ["task": 3, "step": nil]]

    @Test(
        arguments: [
            (plan, "plan invoices", "From plan invoices 00, asked for by cli."),
            (app, "app greeting", "From app greeting (plan invoices 00), asked for by cli."),
            (instructions, "instructions", "From instructions (plan invoices 00), asked for by user."),
            (rerun, "rerun of 5", "From plan invoices 00, rerun of task #5, asked for by cli."),
            (
                restart, "rerun of 5",
                "From app greeting (plan invoices 00), rerun of task #5 from step check on, asked for by cli."
            ),
            (child, "task 3", "From plan invoices 00, for step each/2/send of task #3, asked for by task."),
            (older, "task 3", "From plan invoices 00, for task #3, asked for by agent."),
        ] as [(JSONObject, String, String)])
    func `each origin has its words`(members: JSONObject, short: String, sentence: String) throws {
        var object = Samples.summary()
        for (name, value) in members { object[name] = value }
        let task = try TaskSummary(.object(object))
        #expect(OriginText.short(task) == short)
        #expect(OriginText.sentence(task) == sentence)
        let lines = TasksListVerb.lines([task], width: 200, style: Style(hasColours: false))
        #expect(lines[1].contains("  invoices: June  \(short)  "))
    }
}
