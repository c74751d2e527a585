import Core
import Testing

@Suite(.timeLimit(.minutes(1)))
struct NetworkAddressTests {
    @Test(
        arguments: [
            ("93.184.216.34", .global), ("2606:4700::1111", .global), ("8.8.8.8", .global), ("172.15.9.9", .global),
            ("172.32.0.1", .global), ("100.63.255.255", .global), ("100.128.0.1", .global), ("169.253.0.1", .global),
            ("223.255.255.255", .global), ("::ffff:8.8.8.8", .global), ("64:ff9b::8.8.8.8", .global),
            ("127.0.0.1", .loopback), ("127.255.255.254", .loopback), ("::1", .loopback),
            ("::ffff:127.0.0.1", .loopback), ("::ffff:7f00:1", .loopback), ("64:ff9b::127.0.0.1", .loopback),
            ("10.0.0.1", .private), ("172.16.0.1", .private), ("172.31.255.255", .private), ("192.168.1.1", .private),
            ("::ffff:10.1.2.3", .private), ("64:ff9b::c0a8:101", .private), ("fc00::1", .private),
            ("fdff:ffff::1", .private), ("fec0::1", .private),
            ("100.64.0.1", .shared), ("100.127.255.255", .shared),
            ("169.254.1.1", .linkLocal), ("fe80::1", .linkLocal), ("febf::1", .linkLocal),
            ("169.254.169.254", .metadata), ("::ffff:169.254.169.254", .metadata), ("64:ff9b::a9fe:a9fe", .metadata),
            ("fd00:ec2::254", .metadata), ("fd00:ec2::23", .metadata), ("100.100.100.200", .metadata),
            ("168.63.129.16", .metadata), ("192.0.0.192", .metadata),
            ("224.0.0.1", .multicast), ("239.1.1.1", .multicast), ("ff02::1", .multicast), ("ff0e::1", .multicast),
            ("0.0.0.0", .unspecified), ("0.1.2.3", .unspecified), ("::", .unspecified),
            ("::ffff:0.0.0.0", .unspecified),
            ("::127.0.0.1", .transitional), ("::2", .transitional), ("2002:7f00:1::", .transitional),
            ("2001:0:1::1", .transitional), ("64:ff9b:1::1", .transitional), ("192.88.99.1", .transitional),
            ("240.0.0.1", .reserved), ("255.255.255.255", .reserved), ("192.0.2.1", .reserved),
            ("198.19.0.1", .reserved), ("203.0.113.9", .reserved), ("2001:db8::1", .reserved), ("3fff::1", .reserved),
            ("100::1", .reserved), ("5f00::1", .reserved), ("4000::1", .reserved), ("64:ff9b:2::1", .reserved),
        ] as [(String, NetworkAddress.Kind)])
    func kinds(text: String, kind: NetworkAddress.Kind) throws {
        #expect(try #require(NetworkAddress(text)).kind == kind)
    }

    @Test(arguments: [("::FFFF:1.2.3.4", "::ffff:1.2.3.4"), ("[2001:DB8::1]", "2001:db8::1"), ("1.2.3.4", "1.2.3.4")])
    func text(given: String, description: String) {
        #expect(NetworkAddress(given)?.description == description)
    }

    @Test(arguments: [
        "", "1.2.3", "0x7f.1", "2130706433", "1.2.3.4.5", "256.1.1.1", "[1.2.3.4]", "[]", "::1%lo", "localhost",
        "1.2.3.4\0",
    ])
    func otherFormsAreNoAddresses(text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test(
        arguments: [
            ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false), ("172.16.0.0/12", "172.31.0.1", true),
            ("172.16.0.0/12", "172.32.0.1", false), ("fd00::/8", "fdab::1", true), ("fd00::/8", "fc00::1", false),
            ("0.0.0.0/0", "9.9.9.9", true), ("0.0.0.0/0", "2606::1", false), ("::/0", "2606::1", true),
        ])
    func ranges(range: String, address: String, isInside: Bool) throws {
        let address = try #require(NetworkAddress(address))
        #expect(try #require(AddressRange(range)).contains(address) == isInside)
    }

    @Test(arguments: [
        "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/8/8", "fd00::/129", "a/8", "/8", "",
    ])
    func whatIsNoRange(text: String) {
        #expect(AddressRange(text) == nil)
    }
}

@Suite(.timeLimit(.minutes(1)))
struct HostPatternTests {
    @Test(
        arguments: [
            ("api.example.com", "api.example.com", true), ("API.Example.com", "api.EXAMPLE.com.", true),
            ("api.example.com", "example.com", false), ("api.example.com", "xapi.example.com", false),
            ("api.example.com", "api.example.com.evil.test", false), ("*.example.com", "a.b.example.com", true),
            ("*.example.com", "example.com", false), ("*.example.com", "evilexample.com", false),
            ("*.example.com", ".example.com", false), ("*", "anything", true), ("127.0.0.1", "127.0.0.1", true),
            ("[::1]", "[0:0::1]", true), ("::1", "[::1]", true), ("::1", "[::2]", false),
            ("localhost", "localhost", true),
        ])
    func matches(pattern: String, host: String, isMatch: Bool) throws {
        #expect(try #require(HostPattern(pattern)).matches(host, port: 443) == isMatch)
    }

    @Test(arguments: [
        ("a.test:443", "a.test"), ("*:443", "a.test"), ("[::1]:443", "[::1]"), ("10.0.0.1:443", "10.0.0.1"),
    ])
    func ports(pattern: String, host: String) throws {
        let pattern = try #require(HostPattern(pattern))
        #expect(pattern.matches(host, port: 443))
        #expect(!pattern.matches(host, port: 80))
    }

    @Test(arguments: [
        "", ".", "*.", "a..b", "a.*.b", "*a", "**", "http://a", "a:", "a:0", "a:65536", "a:b", "a:80:80", "a/b", "a b",
        "a@b", "bücher.example",
        "[1.2.3.4]", "999.1.1.1", "10.0.0.0/99", "*.*.com", "*.1", "x.com:99999",
    ])
    func whatIsNoPattern(text: String) {
        #expect(HostPattern(text) == nil)
        #expect(throws: SignalboxError.self) { try NetworkPattern(parsing: text) }
    }
}
