internal import Glibc

extension [UInt8] {
    /// Where these bytes stand first, from a place on; nil when they do not.
    func firstPlace(of wanted: [UInt8], from start: Int) -> Int? {
        guard let first = wanted.first else { return start }
        return unsafe withUnsafeBytes { bytes -> Int? in
            guard let base = bytes.baseAddress else { return nil }
            var place = start
            while place + wanted.count <= bytes.count {
                // The system looks at many bytes at once.
                let room = bytes.count - wanted.count + 1 - place
                guard let found = unsafe memchr(base + place, Int32(first), room) else { return nil }
                place = unsafe UnsafeRawPointer(found) - base
                let isThere = unsafe wanted.withUnsafeBytes { wanted in
                    guard let wantedBase = wanted.baseAddress else { return true }
                    return unsafe memcmp(base + place, wantedBase, wanted.count) == 0
                }
                if isThere { return place }
                place += 1
            }
            return nil
        }
    }
}
