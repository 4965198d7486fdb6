using Gateway.Protocol;
using Gateway.Transport.Linux;

namespace Gateway.Transport.Tests;

public class DialFailureTests
{
    [Theory]
    [InlineData(Errno.ECONNREFUSED, ReplyCode.ConnectionRefused)]
    [InlineData(Errno.ENETUNREACH, ReplyCode.NetworkUnreachable)]
    [InlineData(Errno.EHOSTUNREACH, ReplyCode.HostUnreachable)]
    [InlineData(Errno.ETIMEDOUT, ReplyCode.HostUnreachable)]
    [InlineData(Errno.EAFNOSUPPORT, ReplyCode.NetworkUnreachable)]
    [InlineData(Errno.EACCES, ReplyCode.NotAllowed)]
    [InlineData(Errno.EMFILE, ReplyCode.GeneralFailure)]
    [InlineData(Errno.EADDRNOTAVAIL, ReplyCode.GeneralFailure)]
    [InlineData(Errno.EINVAL, ReplyCode.GeneralFailure)]
    public void Every_error_of_the_kernel_owes_a_reply(int errno, ReplyCode expected) =>
        Assert.Equal(expected, new DialFailure(DialFailure.KindOf(errno), DialPhase.Connect, default, errno).Reply);

    [Theory]
    [InlineData(DialFailureKind.NameNotFound, ReplyCode.HostUnreachable)]
    [InlineData(DialFailureKind.NameUnavailable, ReplyCode.HostUnreachable)]
    [InlineData(DialFailureKind.NotAllowed, ReplyCode.NotAllowed)]
    public void So_does_every_other_cause(DialFailureKind kind, ReplyCode expected) =>
        Assert.Equal(expected, new DialFailure(kind, DialPhase.Resolve).Reply);

    [Fact]
    public void A_failure_says_what_where_and_why()
    {
        var endpoint = IpEndpoint.Parse("[2001:db8::1]:80");
        Assert.Equal("connect [2001:db8::1]:80: Connection refused",
            new DialFailure(DialFailureKind.Refused, DialPhase.Connect, endpoint, Errno.ECONNREFUSED).ToString());
        Assert.Equal("resolve: name not found", new DialFailure(DialFailureKind.NameNotFound, DialPhase.Resolve).ToString());
    }
}
