using Testing;

namespace Gateway.Protocol.Tests.Vectors;

public class ReplyVectors
{
    [Theory]
    [InlineData("D2", ReplyCode.Succeeded, RequestFlags.None, "id A1B2C3:0")]
    [InlineData("D4", ReplyCode.Succeeded, RequestFlags.None, "192.0.2.10:0")]
    [InlineData("D7", ReplyCode.Succeeded, RequestFlags.None, "example.com:0")]
    [InlineData("D15", ReplyCode.Succeeded, RequestFlags.None, "id A1B2C3:40000")]
    [InlineData("S1", ReplyCode.Succeeded, RequestFlags.None, "192.0.2.10:40000")]
    [InlineData("S2", ReplyCode.ConnectionRefused, RequestFlags.None, "0.0.0.0:0")]
    [InlineData("S3", ReplyCode.InvalidAddress, RequestFlags.None, "0.0.0.0:0")]
    [InlineData("S4", ReplyCode.Succeeded, RequestFlags.UseClientsPort, "198.51.100.1:50000")]
    [InlineData("C3", ReplyCode.Succeeded, RequestFlags.None, "198.51.100.1:40000")]
    public void Reply_carries_code_flags_and_bound_address(string row, ReplyCode code, RequestFlags flags, string bound)
    {
        var reply = Splitter.ReadAtEveryPlace<SocksReply>(VectorTable.Octets(row));

        Assert.Equal(code, reply.Code);
        Assert.Equal(flags, reply.Flags);
        Assert.Equal(bound, reply.Bound.ToString());
    }

    [Theory]
    [InlineData("S2", ReplyCode.ConnectionRefused)]
    [InlineData("S3", ReplyCode.InvalidAddress)]
    public void Failure_is_written_with_zeros(string row, ReplyCode code) =>
        Assert.Equal(VectorTable.Octets(row), SocksReply.Failure(code).ToBytes());
}
