using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Evaluates constructor arguments, without the compiler for what nearly all of them are: constants, captured variables, fields.</summary>
internal static class ArgumentExpressions
{
    public static object[] Evaluate(this IReadOnlyList<Expression> arguments)
    {
        var values = arguments.Count == 0 ? [] : new object[arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(arguments[i])!;
        return values;
    }

    private static object? Evaluate(Expression? expression) => expression switch
    {
        null => null,
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(Evaluate(member.Expression)),
        MemberExpression { Member: PropertyInfo property } member =>
            property.GetValue(Evaluate(member.Expression), BindingFlags.DoNotWrapExceptions, null, null, null),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
            when convert.Type.IsAssignableFrom(convert.Operand.Type) => Evaluate(convert.Operand),
        _ => Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
