namespace Gateway.Protocol.Tests.Vectors;

/// <summary>The project's vectors: row, octets, what they are. D, U4 and C2 follow the readings in docs/readings.md.</summary>
public static class VectorTable
{
    private const string Text = """
        N1 | 0503000102 | greeting, methods {00,01,02}
        N2 | 0501 | server picks GSSAPI
        N3 | 05FF | none acceptable; client closes (server: close after linger)
        N4 | 0500 | NMETHODS=0 (out of range 1..255) -> answer 05FF, close
        A1 | 0105616C69636506733363726574 | RFC 1929 request alice / s3cret
        A2 | 0100 | accepted
        A3 | 0101 | refused; server closes
        A4 | 010000 | ULEN=0, PLEN=0: violates 1..255 -> 0101 + close (lenient switch possible)
        G1 | 01010004DEADBEEF | mtyp 1, 4-octet token (dummy)
        G2 | 01010000 | mtyp 1, empty token: server done, nothing to say
        G3 | 01FF | abort; only 2 octets, no LEN
        G4 | 0102001D050404FF000C0000000000002027C24A020D64625357E9327722F296B3 | mtyp 2, real MIT krb5 Wrap(conf=0) token of octet 02 (17th token octet is the level)
        G5 | 0102000102 | mtyp 2 NEC style, unwrapped level 2
        G6 | 0102000100 | NEC style answer, level 0 = clear (not in RFC 1961; what curl needs)
        R1 | 05010001C000020A0050 | CONNECT 192.0.2.10:80
        R2 | 0501000420010DB800000000000000000000001001BB | CONNECT [2001:db8::10]:443
        R3 | 050100030B6578616D706C652E636F6D0050 | CONNECT example.com:80
        R4 | 050110030B6578616D706C652E636F6D0050 | CONNECT, FLAG 10: BND in destination's family
        R5 | 0501000800A1B2C30050 | CONNECT to ADDRESS ID 00/A1B2C3, port 80
        R6 | 05020001C000020A0015 | BIND, expected peer 192.0.2.10
        R7 | 05030001000000000000 | UDP ASSOCIATE, source unknown
        R8 | 0503050100000000C350 | UDP ASSOCIATE, FLAG 01+04, client port 50000
        R9 | 0503150100000000C350 | UDP ASSOCIATE, FLAG 01+04+10
        R10 | 05010003000050 | domain length 0 -> REP 01, close
        R11 | 0501000200 | ATYP 02 -> REP 08 at once (length unknowable), close
        R12 | 05040001C000020A0050 | CMD 04 -> REP 07, close
        R13 | 050C0001C000020A0050 | CMD 0C: bit 08 + base 04 -> REP 07, close
        D1 | 050800030B6578616D706C652E636F6D0000 | ADDRESS ASSOCIATE example.com, PREF none -> reply D2
        D2 | 0500000800A1B2C30000 | reply: ADDRESS ID CLASS 00, REALID A1B2C3, port 0
        D3 | 050800030B6578616D706C652E636F6D0001 | PREF 0001: want IPv4 -> reply D4
        D4 | 05000001C000020A0000 | reply 192.0.2.10
        D5 | 050800030B6578616D706C652E636F6D0004 | PREF 0004: want IPv6
        D6 | 05080001C000020A0003 | PREF 0003: reverse DNS -> reply D7
        D7 | 050000030B6578616D706C652E636F6D0000 | reply domain example.com
        D8 | 050810030B6578616D706C652E636F6D0001 | FLAG 10 beats PREF 01: reply in family the gateway would use
        D9 | 0508000800A1B2C30001 | explicit IPv4 of an existing ID
        D10 | 050800030B6578616D706C652E636F6D0101 | PREF upper octet 01 reserved: ignore it, log, act as 0001
        D11 | 050800030B6578616D706C652E636F6D0002 | PREF 0002 undefined -> REP 08, close
        D12 | 050900030B6578616D706C652E636F6D0050 | CONNECT+ASSOCIATE
        D13 | 050A0001C000020A0015 | BIND+ASSOCIATE
        D14 | 050B00030B6578616D706C652E636F6D0035 | UDP ASSOCIATE+ASSOCIATE (DST = remote target, see B9)
        D15 | 0500000800A1B2C39C40 | reply to D12-D14: ID + real BND.PORT 40000
        D16 | 050100082A0050 | 1-octet-ID reading of CONNECT: under the 4-octet rule incomplete (3 octets short) -> wait, negotiation timeout
        D17 | 0501000801A1B2C30050 | CLASS 01 (reserved) -> REP 09, close
        S1 | 05000001C000020A9C40 | success, BND 192.0.2.10:40000
        S2 | 05050001000000000000 | connection refused; close within 10 s
        S3 | 05090001000000000000 | invalid address (draft codes only)
        S4 | 05000401C6336401C350 | UDP ASSOCIATE reply, FLAG 04 honoured
        U1 | 00000001C000020A00356869 | 192.0.2.10:53, data 'hi' at offset 10
        U2 | 000000030B6578616D706C652E636F6D00356869 | example.com:53, data at 18
        U3 | 0000000420010DB800000000000000000000001000356869 | [2001:db8::10]:53, data at 22
        U4 | 0000000800A1B2C300356869 | ADDRESS ID, port 53, data at 10
        U5 | 00000101C000020A00356865 | fragment 1
        U6 | 00008201C000020A00356C6C6F | fragment 2, last -> deliver 'hello'
        U7 | 00008101C000020A003578 | 1-fragment sequence, complete at once
        U8 | 00008001C000020A003578 | end bit with position 0: drop
        U9 | 00010001C000020A003578 | FLAG/RSV not 0000: drop
        C1 | 00010001C000020A0035 | INTERFACE DATA for 192.0.2.10:53
        C2 | 0001000800A1B2C30035 | same, by ADDRESS ID
        C3 | 05000001C63364019C40 | reply: gateway sends from 198.51.100.1:40000
        C4 | 00020001C000020A0035 | SUB 02 unknown -> reply 05070001000000000000; keep association
        T1 | 05F000030B6578616D706C652E636F6D0000 | Tor RESOLVE -> D4-like reply
        T2 | 05F10001C000020A0000 | Tor RESOLVE_PTR -> D7-like reply
        F1 | 04010050C000020A6672656400 | SOCKS4 CONNECT, user fred
        F2 | 0401005000000001006578616D706C652E636F6D00 | SOCKS4a CONNECT example.com, empty user
        F3 | 005A000000000000 | granted
        F4 | 005B000000000000 | refused; close
        P1 | 0D0A0D0A000D0A515549540A2111000CC0000201C000020A9C400438 | PROXY v2, TCP4 192.0.2.1:40000 -> 192.0.2.10:1080, no TLV
        P2 | 0D0A0D0A000D0A515549540A20000000 | PROXY v2 LOCAL (health check)
        M1 | 013100533634010000019B76DAA87BA0A1A2A3A4A5A6A7A8A9AAABACADAEAF0502C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF6731370420010DB800000000000000000000000701616C6963656016D56AA57F7033FCC9F1AF15C4AD5C566DCE78D095E3A92ABBA122C9884759 | member login of docs/member-legs.md: g1 for alice at 2001:db8::7, to g2, ahead of R3
        M2 | 013100533634010000019B76DAA87BA0A1A2A3A4A5A6A7A8A9AAABACADAEAF0000C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF67312601C000020700D1B4A2D8097E391A9AC256BA2A61D00760DDE7F614CAFE85514F304BF7B34714 | the same for nobody at 192.0.2.7, no hops left, any family, no secret
        P3 | 0D0A0D0A000D0A515549540A21110013C0000201C000020A9C40043805000411223344 | P1 + UNIQUE_ID TLV 11223344
        """;

    private static readonly Dictionary<string, byte[]> Rows = Text.Split('\n')
        .Select(line => line.Split(" | "))
        .ToDictionary(row => row[0], row => Convert.FromHexString(row[1]));

    public static IReadOnlyCollection<string> Names => Rows.Keys;

    public static IReadOnlyCollection<byte[]> All => Rows.Values;

    public static byte[] Octets(string row) => Rows[row];
}
