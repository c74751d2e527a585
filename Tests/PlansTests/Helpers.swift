import Core
import Plans
import Testing

/// What the reader finds wrong, as `line:column message`.
func mistakes(in text: String, files: [String: String] = [:]) -> [String] {
    do {
        _ = try PlanReader.read(PlanSource(path: "plan.yaml", text: text, files: files))
        return []
    } catch let error as SignalboxError {
        guard error.code == .invalidPlan else { return ["unexpected code \(error.code.rawValue)"] }
        return error.diagnostics.map { finding in
            guard case .source("plan.yaml", let line, let column) = finding.place else { return "no place: \(finding)" }
            return "\(line):\(column) \(finding.message)"
        }
    } catch {
        return ["unexpected error \(error)"]
    }
}

/// The plan of a text that has no mistakes.
func plan(_ text: String, files: [String: String] = [:]) throws -> Plan {
    try PlanReader.read(PlanSource(path: "plan.yaml", text: text, files: files))
}

/// The error that this throws.
func failure(_ body: () throws -> some Any) throws -> SignalboxError {
    do {
        _ = try body()
    } catch let error as SignalboxError {
        return error
    }
    throw NothingThrown()
}

struct NothingThrown: Error {}
