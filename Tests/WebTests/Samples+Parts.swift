import Core

@testable import Web

/// A page of made-up steps, changed part by part.
extension TaskPageView {
    var part: StepsPartView {
        get {
            guard case .steps(let part) = content else { preconditionFailure("The sample shows no steps.") }
            return part
        }
        set { content = .steps(newValue) }
    }

    var steps: [StepView] {
        get { part.steps }
        set {
            part.steps = newValue
            stations = newValue.map { StationView(path: $0.path, state: $0.state) }
        }
    }

    var outputs: [OutputView] {
        get { part.outputs }
        set { part.outputs = newValue }
    }

    var files: [FileView] {
        get { part.files }
        set { part.files = newValue }
    }
}
