using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace Testing;

/// <summary>
/// The public face of an assembly as text, one line per member, sorted: what a snapshot test compares. What the compiler adds to records
/// is left out.
/// </summary>
public static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Holds the assembly against <paramref name="approved"/>, a file beside the tests. What differs is written beside it as
    /// <c>….received.txt</c>, to be read and, when meant, copied over the approved one.
    /// </summary>
    public static void Compare(Assembly assembly, string approved)
    {
        var path = Path.Combine(AppContext.BaseDirectory, approved);
        var (expected, actual) = (File.Exists(path) ? File.ReadAllText(path) : "", Print(assembly));
        if (expected == actual) return;

        var received = path.Replace(".approved.", ".received.", StringComparison.Ordinal);
        File.WriteAllText(received, actual);
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        Assert.Fail($"""
            The public API of {assembly.GetName().Name} is not the approved one. If that is meant, copy {received} over {approved}.
            gone:
            {string.Join('\n', before.Except(after))}
            new:
            {string.Join('\n', after.Except(before))}
            """);
    }

    public static string Print(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(IsWritten).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static bool IsWritten(MemberInfo member) =>
        !member.Name.Contains('<') && member.DeclaringType?.Name.Contains('<') != true &&
        (member is Type || !member.IsDefined(typeof(CompilerGeneratedAttribute), false));

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? $"enum : {Name(Enum.GetUnderlyingType(type))}"
            : type.IsInterface ? "interface"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsValueType ? type.IsByRefLike ? "ref struct" : "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var bases = type.IsEnum ? [] : type.GetInterfaces().Where(one => one.IsPublic).Select(Name).Order(StringComparer.Ordinal)
            .Prepend(type.BaseType is { } parent && !type.IsValueType && parent != typeof(object) ? Name(parent) : "").Where(one => one != "").ToArray();
        return $"{type.Namespace}.{Name(type)} {kind}{(bases.Length > 0 ? " : " : "")}{string.Join(", ", bases)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {field.GetRawConstantValue()}");
        return type.GetMembers(Declared).Where(IsWritten).Select(Line).Where(line => line.Length > 0);
    }

    private static string Line(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field => $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"{Static(field.IsStatic)}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{Static(Accessor(property).IsStatic)}{Name(property.PropertyType)} {property.Name} {Accessors(property)}",
        EventInfo one => $"event {Name(one.EventHandlerType!)} {one.Name}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) && IsAccessor(method) => "",
        MethodInfo method => $"{Static(method.IsStatic)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        _ => "",
    };

    private static bool IsAccessor(MethodInfo method) => method.DeclaringType!.GetProperties(Declared)
        .Any(property => property.GetMethod == method || property.SetMethod == method);

    private static MethodInfo Accessor(PropertyInfo property) => (property.GetMethod ?? property.SetMethod)!;

    private static string Accessors(PropertyInfo property)
    {
        var set = property.SetMethod is not { IsPublic: true } setter ? ""
            : setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
        return $"{{{(property.GetMethod is { IsPublic: true } ? " get;" : "")}{set} }}";
    }

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")}" +
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        var outer = type is { IsNested: true, IsGenericParameter: false } ? Name(type.DeclaringType!) + "." : "";
        if (!type.IsGenericType) return outer + type.Name;
        return $"{outer}{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
