/// What a new document begins with.
struct DocumentTemplate: Sendable {
    /// In the address.
    var name: String
    var title: String
    var text: String

    static func all(_ kind: DocumentKind) -> [DocumentTemplate] { kind == .plan ? plans : agents }

    /// The one of that name, else the first.
    static func named(_ name: String?, of kind: DocumentKind) -> DocumentTemplate {
        let all = all(kind)
        return all.first { $0.name == name } ?? all[0]
    }

    private static let plans = [
        DocumentTemplate(
            name: "steps", title: "A few steps",
            text: """
                name: new-plan
                description: What it is for, in a sentence

                inputs:
                  who:
                    type: string
                    description: Whom it greets
                    default: world

                steps:
                  greet:
                    description: Puts the greeting together
                    set:
                      text: Hello, ${{ inputs.who }}
                  shout:
                    description: Says it louder
                    set:
                      text: ${{ steps.greet.output.text.upperAscii() }}

                outputs:
                  greeting: ${{ steps.shout.output.text }}

                """),
        DocumentTemplate(
            name: "agent", title: "An agent",
            text: """
                name: new-plan
                description: What it is for, in a sentence

                inputs:
                  topic:
                    type: string
                    description: What it is about

                agents:
                  writer:
                    # model: provider/model — without it the default model of the settings answers
                    system: You write short, plain notes. Invent nothing.
                    tools: [read_file, list_files]

                steps:
                  write:
                    agent: writer
                    prompt: Write a note of five sentences about ${{ inputs.topic }}.

                outputs:
                  note: ${{ steps.write.output }}

                """),
        DocumentTemplate(
            name: "loop", title: "For each file, with an approval",
            text: """
                name: new-plan
                description: Looks at each file, then asks before it goes on

                steps:
                  files:
                    description: Looks at each file that the task was given
                    for_each: ${{ task.files }}
                    concurrency: 4
                    steps:
                      look:
                        set:
                          name: ${{ item.name }}
                          size: ${{ item.size }}
                  release:
                    approval:
                      title: Go on with ${{ size(steps.files.output) }} files?
                      proposal: ${{ steps.files.output }}
                  done:
                    needs: [release]
                    set:
                      count: ${{ size(steps.files.output) }}

                outputs:
                  count: ${{ steps.done.output.count }}

                """),
    ]

    private static let agents = [
        DocumentTemplate(
            name: "writer", title: "A writer",
            text: """
                name: new-agent
                description: What it is good at, in a sentence
                # model: provider/model — without it the default model of the settings answers
                system: >-
                  You write for people who have one minute. Use only what you are given, and invent nothing.

                """),
        DocumentTemplate(
            name: "researcher", title: "A researcher with tools",
            text: """
                name: new-agent
                description: Reads the files of a task and remembers what it has learnt
                system: >-
                  You read what you are given carefully, and say for each statement where it stands.
                tools: [read_file, list_files, remember, recall]

                """),
    ]
}
