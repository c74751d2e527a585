/// A pattern for paths: `?` stands for one character but a slash, `*` for any number of them, and `**` for any number of
/// characters, slashes too. `**/` also stands for nothing, so that `out/**/a.txt` finds `out/a.txt`, but not `out/xa.txt`.
package struct FilePattern {
    private enum Token: Equatable {
        case character(Unicode.Scalar)
        case one
        case any
        case anyPath
        /// Directories or nothing: what follows, or what follows that.
        case directories
        /// What stands before the slash that ends directories.
        case insideDirectories
    }

    private let tokens: [Token]

    package init(_ text: String) {
        var tokens: [Token] = []
        var rest = Substring(text).unicodeScalars[...]
        while let scalar = rest.first {
            if rest.starts(with: "**/".unicodeScalars) {
                tokens += [.directories, .insideDirectories]
                rest = rest.dropFirst(3)
            } else if rest.starts(with: "**".unicodeScalars) {
                tokens.append(.anyPath)
                rest = rest.dropFirst(2)
            } else {
                tokens.append(scalar == "*" ? .any : scalar == "?" ? .one : .character(scalar))
                rest = rest.dropFirst()
            }
        }
        self.tokens = tokens
    }

    package var hasWildcards: Bool { tokens.contains { if case .character = $0 { false } else { true } } }

    /// Whether the whole path fits: the places in the pattern that the path so far can have led to, carried along character
    /// by character, so it takes at most pattern × path steps.
    package func matches(_ path: String) -> Bool {
        var places = [Bool](repeating: false, count: tokens.count + 1)
        places[0] = true
        skipStars(&places)
        for scalar in path.unicodeScalars {
            var next = [Bool](repeating: false, count: tokens.count + 1)
            for (place, token) in tokens.enumerated() where places[place] {
                switch token {
                case .character(let expected): if scalar == expected { next[place + 1] = true }
                case .one: if scalar != "/" { next[place + 1] = true }
                case .any: if scalar != "/" { next[place] = true }
                case .anyPath: next[place] = true
                case .directories: continue
                case .insideDirectories:
                    next[place] = true
                    if scalar == "/" { next[place + 1] = true }
                }
            }
            skipStars(&next)
            places = next
        }
        return places[tokens.count]
    }

    /// A star may stand for nothing more: the place behind it can be reached as well.
    private func skipStars(_ places: inout [Bool]) {
        for (place, token) in tokens.enumerated() where places[place] {
            switch token {
            case .any, .anyPath: places[place + 1] = true
            case .directories:
                places[place + 1] = true
                places[place + 2] = true
            case .character, .one, .insideDirectories: continue
            }
        }
    }
}
