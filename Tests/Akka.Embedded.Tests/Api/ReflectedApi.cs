using System.Globalization;
using System.Reflection;

namespace Akka.Embedded.Tests.Api;

/// <summary>What an assembly shows to others, in the common form.</summary>
internal static class ReflectedApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<ApiType> Types(Assembly assembly) =>
        assembly.GetTypes().Where(IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Of);

    public static ApiType Of(Type type) => new(KeyOf(type), KindOf(type), ModifierOf(type), [], [.. BasesOf(type)], [.. MembersOf(type)]);

    public static string KeyOf(Type type)
    {
        var path = type.Name.Split('`')[0];
        for (var outer = type.DeclaringType; outer is not null; outer = outer.DeclaringType) path = $"{outer.Name.Split('`')[0]}.{path}";
        var arity = type.IsGenericType ? $"`{type.GetGenericArguments().Length}" : "";
        return $"{type.Namespace}.{path}{arity}";
    }

    private static bool IsVisible(Type type) =>
        type.IsNested
            ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!) : type.IsPublic;

    private static string KindOf(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type.IsSubclassOf(typeof(MulticastDelegate)) ? "delegate" : "class";

    private static string ModifierOf(Type type) =>
        KindOf(type) != "class" ? ""
        : type is { IsAbstract: true, IsSealed: true } ? "static" : type.IsAbstract ? "abstract" : type.IsSealed ? "sealed" : "";

    /// <summary>The nearest visible base type, and the visible interfaces that no base type brings.</summary>
    private static IEnumerable<string> BasesOf(Type type)
    {
        if (KindOf(type) is "enum" or "delegate") yield break;
        var visible = type.BaseType;
        while (visible is not null && !IsVisible(visible.IsGenericType ? visible.GetGenericTypeDefinition() : visible)) visible = visible.BaseType;
        if (visible is not null && visible != typeof(object) && visible != typeof(ValueType)) yield return NameOf(visible);
        var inherited = visible?.GetInterfaces() ?? [];
        foreach (var contract in type.GetInterfaces().Except(inherited))
        {
            if (IsVisible(contract.IsGenericType ? contract.GetGenericTypeDefinition() : contract)) yield return NameOf(contract);
        }
    }

    /// <summary>Declared members; those of base types that nobody else can name count as the type's own.</summary>
    private static IEnumerable<ApiMember> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type)) yield return new ApiMember(name, $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}", "public", true, false);
            yield break;
        }
        if (KindOf(type) == "delegate")
        {
            yield return OfMethod(type.GetMethod("Invoke")!, type);
            yield break;
        }
        var seen = new HashSet<string>();
        for (var part = type; part is not null && (part == type || !IsVisible(part.IsGenericType ? part.GetGenericTypeDefinition() : part)); part = part.BaseType)
        {
            foreach (var member in part.GetMembers(Declared).Where(member => part == type || member is not ConstructorInfo).Select(member => OfMember(member, type)).OfType<ApiMember>())
            {
                if (seen.Add(member.Signature)) yield return member;
            }
        }
    }

    private static ApiMember? OfMember(MemberInfo member, Type type) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when AccessOf(constructor) is { } access =>
            new ApiMember(".ctor", $"{type.Name.Split('`')[0]}({Parameters(constructor)})", access, false, false),
        MethodInfo { IsSpecialName: false } method when AccessOf(method) is not null => OfMethod(method, type),
        MethodInfo method when method.Name.StartsWith("op_", StringComparison.Ordinal) => OfMethod(method, type),
        PropertyInfo property => OfProperty(property),
        FieldInfo { IsSpecialName: false } field when AccessOf(field.Attributes) is { } access => OfField(field, access),
        EventInfo happening when AccessOf(happening.AddMethod!) is { } access =>
            new ApiMember(happening.Name, $"event {NameOf(happening.EventHandlerType!)} {happening.Name}", access, happening.AddMethod!.IsStatic, IsOverridable(happening.AddMethod)),
        _ => null,
    };

    private static ApiMember OfMethod(MethodInfo method, Type type)
    {
        var arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(NameOf))}>" : "";
        var signature = $"{NameOf(method.ReturnType)} {method.Name}{arguments}({Parameters(method)})";
        return new ApiMember(method.Name, signature, AccessOf(method)!, method.IsStatic, type.IsInterface || IsOverridable(method));
    }

    private static ApiMember? OfProperty(PropertyInfo property)
    {
        var visible = new[] { ("get", property.GetMethod), ("set", property.SetMethod) }.Where(accessor => accessor.Item2 is not null && AccessOf(accessor.Item2) is not null).ToList();
        if (visible.Count == 0) return null;
        var access = visible.Exists(accessor => AccessOf(accessor.Item2!) == "public") ? "public" : "protected";
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var method = visible[0].Item2!;
        return new ApiMember(property.Name, $"{NameOf(property.PropertyType)} {name}", access, method.IsStatic, IsOverridable(method), string.Join(' ', visible.Select(accessor => accessor.Item1)));
    }

    private static ApiMember OfField(FieldInfo field, string access)
    {
        var value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue())}" : "";
        return new ApiMember(field.Name, $"{NameOf(field.FieldType)} {field.Name}{value}", access, field.IsStatic, false);
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var direction = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : !type.IsByRef ? "" : parameter.IsOut ? "out " : "ref ";
        // The lists show a decimal's default nowhere.
        var value = parameter.HasDefaultValue && type != typeof(decimal) ? $" = {Literal(parameter.RawDefaultValue)}" : "";
        return $"{direction}{NameOf(type)} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "True" : "False",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static bool IsOverridable(MethodInfo method) => method is { IsVirtual: true, IsFinal: false };

    private static string? AccessOf(MethodBase method) =>
        method.IsPublic ? "public" : method.IsFamily || method.IsFamilyOrAssembly ? "protected" : null;

    private static string? AccessOf(FieldAttributes attributes) => (attributes & FieldAttributes.FieldAccessMask) switch
    {
        FieldAttributes.Public => "public",
        FieldAttributes.Family or FieldAttributes.FamORAssem => "protected",
        _ => null,
    };

    private static string NameOf(Type type)
    {
        if (type.IsByRef) return NameOf(type.GetElementType()!);
        if (type.IsArray) return $"{SimpleNameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        var arguments = type.GetGenericArguments();
        var outer = type.DeclaringType is null ? $"{type.Namespace}." : NameOf(Instantiate(type.DeclaringType, arguments)) + ".";
        var inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments.Skip(inherited).Select(NameOf).ToList();
        var name = outer + type.Name.Split('`')[0];
        return own.Count == 0 ? ApiText.TypeName(name) : $"{name}<{string.Join(", ", own)}>";
    }

    private static string SimpleNameOf(Type element) =>
        element.IsGenericType || element.IsNested ? element.Name.Split('`')[0] : NameOf(element)[(NameOf(element).LastIndexOf('.') + 1)..];

    private static Type Instantiate(Type outer, Type[] arguments) =>
        outer.IsGenericTypeDefinition ? outer.MakeGenericType(arguments[..outer.GetGenericArguments().Length]) : outer;
}
