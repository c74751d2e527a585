/// A numbered change of the schema; numbers count from 1 without gaps, and one that has been released never changes.
struct Migration {
    let number: Int64
    let sql: String

    /// All of them, oldest first.
    static let all = [
        Migration(number: 1, sql: migration0001), Migration(number: 2, sql: migration0002),
        Migration(number: 3, sql: migration0003), Migration(number: 4, sql: migration0004),
        Migration(number: 5, sql: migration0005), Migration(number: 6, sql: migration0006),
        Migration(number: 7, sql: migration0007), Migration(number: 8, sql: migration0008),
        Migration(number: 9, sql: migration0009), Migration(number: 10, sql: migration0010),
        Migration(number: 11, sql: migration0011), Migration(number: 12, sql: migration0012),
        Migration(number: 13, sql: migration0013),
    ]
}
