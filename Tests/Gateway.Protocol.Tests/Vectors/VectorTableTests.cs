using System.Reflection;

namespace Gateway.Protocol.Tests.Vectors;

public class VectorTableTests
{
    [Fact]
    public void Every_row_of_the_table_has_a_test()
    {
        var tested = typeof(VectorTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(method)))
            .Select(arguments => arguments[0] as string);

        Assert.Empty(VectorTable.Names.Except(tested));
    }
}
