using System.Globalization;
using Testing;
using static Gateway.Protocol.Tests.Fuzz.Probe;

namespace Gateway.Protocol.Tests.Fuzz;

/// <summary>
/// Every parser against random and mutated input: no exception, no octet read outside the input, no allocation.
/// <c>scripts/fuzz.sh</c> runs ten million inputs; <c>SOCKS64_FUZZ_INPUTS</c> and <c>SOCKS64_FUZZ_SEED</c> say otherwise.
/// </summary>
public class FuzzTests
{
    private static readonly int Inputs = Setting("SOCKS64_FUZZ_INPUTS", 300_000);
    private static readonly int Seed = Setting("SOCKS64_FUZZ_SEED", 1928);

    [Fact]
    public void Parsers_bear_any_input()
    {
        using var memory = new GuardedMemory(InputMaker.MaxLength);
        var maker = new InputMaker(Seed);
        Span<byte> room = new byte[InputMaker.MaxLength], scratch = new byte[2 * InputMaker.MaxLength];

        for (var number = 0; number < Inputs; number++)
        {
            var input = memory.AtEnd(maker.Next(room));
            room[..input.Length].CopyTo(input);

            var (broken, allocated) = Measure(input, scratch, (uint)number);
            // The runtime sets itself up where code runs first; what the parser allocates, it allocates each time.
            if (allocated != 0) (broken, allocated) = Measure(input, scratch, (uint)number);

            if (broken != Broken.Nothing || allocated != 0)
                Assert.Fail($"{broken}, {allocated} octets allocated; seed {Seed}, input {number}: {Convert.ToHexString(input)}");
        }
    }

    [Fact]
    public void Fragments_of_any_kind_stay_within_their_bound()
    {
        const int bound = 200;
        var maker = new InputMaker(Seed);
        var assembler = new FragmentAssembler(bound);
        Span<byte> room = new byte[InputMaker.MaxLength];
        var random = new Random(Seed);
        var (now, delivered) = (TimeSpan.Zero, 0);

        for (var number = 0; number < Inputs; number++)
        {
            var datagram = room[..maker.Next(room)];
            if (UdpHeader.Read(datagram, out var header, out var start) != ReadStatus.Complete) continue;
            header = header with { Fragment = (byte)(random.Next(1, 4) | (random.Next(3) == 0 ? UdpHeader.LastFragment : 0)) };
            now += TimeSpan.FromMilliseconds(random.Next(3000));
            if (assembler.TryAccept(header, datagram[start..], now, out var whole))
            {
                delivered++;
                Assert.InRange(whole.Length, 0, bound);
            }
            Assert.InRange(assembler.QueuedOctets, 0, bound);
        }
        Assert.InRange(delivered, 1, Inputs);
    }

    private static (Broken Broken, long Allocated) Measure(ReadOnlySpan<byte> input, Span<byte> scratch, uint cut)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var broken = ProbeAll(input, scratch, cut);
        return (broken, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Broken ProbeAll(ReadOnlySpan<byte> input, Span<byte> scratch, uint cut)
    {
        var broken = Message<MethodOffer>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<MethodChoice>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<PasswordRequest>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<PasswordReply>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<SocksRequest>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<SocksReply>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<UdpHeader>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<ControlRequest>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<Socks4Request>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<Socks4Reply>(input, scratch, cut);
        if (broken == Broken.Nothing) broken = Message<ProxyHeader>(input, scratch, cut);
        return broken == Broken.Nothing ? Frame(input, scratch, cut) : broken;
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
