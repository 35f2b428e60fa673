package io.untorn.conformance.file;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.AccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.untorn.model.contents.Contents;
import io.untorn.model.history.Repeats;
import io.untorn.model.limits.XfsLog;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The JSON of the model's values, derived from the types. A record is an object of its components. A value of a sealed
 * type, say {@code Operation}, has one more, {@code "operation"}: which of the permitted types it is, {@code punch-hole}
 * for {@code PunchHole}.
 */
public final class ModelJson {
    /** The defaults of components that a file may leave out; every other must be there. */
    private static final Map<Class<?>, Object> DEFAULTS = Map.of(
            RwFlags.class,
            RwFlags.NONE,
            Split.class,
            Split.ONE,
            Buffer.class,
            Buffer.PLAIN,
            Engine.class,
            Engine.PWRITEV2,
            Subject.class,
            Subject.FILE,
            Repeats.class,
            Repeats.NONE,
            Remount.Notation.class,
            Remount.Notation.BYTES,
            Statx.Via.class,
            Statx.Via.DESCRIPTOR,
            XfsLog.class,
            XfsLog.UNKNOWN);

    /** Reads and writes the model, strictly: every component must be there, once, and no other. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new SealedTypes())
            .accessorNaming(new ComponentsOnly())
            .addModule(plainForms())
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .withConfigOverride(RwFlags.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(Split.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(Buffer.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(Engine.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(Subject.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(Repeats.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(Remount.Notation.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(Statx.Via.class, ModelJson::mayBeLeftOut)
            .withConfigOverride(XfsLog.class, ModelJson::mayBeLeftOut)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private ModelJson() {}

    private static void mayBeLeftOut(MutableConfigOverride type) {
        type.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.SET));
    }

    /** Return the default of a component that a file may leave out; empty if it must be there. */
    static Optional<Object> whereLeftOut(Class<?> type) {
        return Optional.ofNullable(DEFAULTS.get(type));
    }

    /** Return the type whose JSON a value has that is none of its components; empty if it has its own. */
    static Optional<Type> plainForm(Class<?> type) {
        if (type == RwFlags.class) {
            return Optional.of(RwFlag[].class);
        }
        return type == Contents.class ? Optional.of(Runs.class) : Optional.empty();
    }

    /** Return the name of a type in JSON: {@code punch-hole} for {@code PunchHole}. */
    static String nameOf(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Return the types that a value of a sealed type can have. */
    static Stream<Class<?>> permitted(Class<?> type) {
        return type.isInterface() && type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(ModelJson::permitted)
                : Stream.of(type);
    }

    /** Names the types that a sealed interface permits. */
    private static final class SealedTypes extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            Class<?> type = annotated.getRawType();
            return annotated instanceof AnnotatedClass && type.isInterface() && type.isSealed()
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, nameOf(type), null, false, true, null)
                    : super.findPolymorphicTypeInfo(config, annotated);
        }

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return !DEFAULTS.containsKey(member.getRawType());
        }

        @Override
        public List<NamedType> findSubtypes(Annotated annotated) {
            Class<?> type = annotated.getRawType();
            return type.isInterface() && type.isSealed()
                    ? permitted(type)
                            .map(permitted -> new NamedType(permitted, nameOf(permitted)))
                            .toList()
                    : super.findSubtypes(annotated);
        }
    }

    /** Reads flags from a list of their names. */
    private static final class Flags extends StdDeserializer<RwFlags> {
        private static final long serialVersionUID = 1L;

        Flags() {
            super(RwFlags.class);
        }

        @Override
        public RwFlags deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return RwFlags.of(context.readValue(parser, RwFlag[].class));
        }

        @Override
        public RwFlags getNullValue(DeserializationContext context) {
            return RwFlags.NONE;
        }
    }

    /** Fills in what a file leaves out. */
    private static final class Defaults extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
            return withDefault(type.getBeanClass(), deserializer);
        }

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config, JavaType type, BeanDescription about, JsonDeserializer<?> deserializer) {
            return withDefault(type.getRawClass(), deserializer);
        }

        private static JsonDeserializer<?> withDefault(Class<?> type, JsonDeserializer<?> deserializer) {
            Object value = DEFAULTS.get(type);
            return value == null || deserializer instanceof Flags ? deserializer : new Defaulting(deserializer, value);
        }
    }

    /** Reads a value, or takes the default where there is none. */
    private static final class Defaulting extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        private final transient Object value;

        Defaulting(JsonDeserializer<?> reader, Object value) {
            super(reader);
            this.value = value;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
            return new Defaulting(reader, value);
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return value;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return value;
        }
    }

    /** Keeps a record's other methods, whatever their names, from being taken for components. */
    private static final class ComponentsOnly extends DefaultAccessorNamingStrategy.Provider {
        private static final long serialVersionUID = 1L;

        @Override
        public AccessorNamingStrategy forRecord(MapperConfig<?> config, AnnotatedClass type) {
            return new DefaultAccessorNamingStrategy.RecordNaming(config, type) {
                @Override
                public String findNameForRegularGetter(AnnotatedMethod method, String name) {
                    return _fieldNames.contains(name) ? name : null;
                }

                @Override
                public String findNameForIsGetter(AnnotatedMethod method, String name) {
                    return null;
                }
            };
        }
    }

    private static SimpleModule plainForms() {
        return new SimpleModule("plain forms")
                .setDeserializerModifier(new Defaults())
                .addSerializer(new StdDelegatingSerializer(RwFlags.class, new StdConverter<RwFlags, List<RwFlag>>() {
                    @Override
                    public List<RwFlag> convert(RwFlags flags) {
                        return flags.flags();
                    }
                }))
                .addDeserializer(RwFlags.class, new Flags())
                .addSerializer(new StdDelegatingSerializer(Contents.class, new StdConverter<Contents, Runs>() {
                    @Override
                    public Runs convert(Contents contents) {
                        return new Runs(contents.from(), contents.runs());
                    }
                }))
                .addDeserializer(Contents.class, new StdDelegatingDeserializer<>(new StdConverter<Runs, Contents>() {
                    @Override
                    public Contents convert(Runs runs) {
                        return runs.contents();
                    }
                }));
    }

    /** Contents as JSON has them. */
    private record Runs(long from, List<Contents.Run> runs) {
        private Runs {
            long at = from;
            for (Contents.Run run : runs) {
                if (run.offset() != at || run.length() < 1) {
                    throw new IllegalArgumentException("a run of " + run.length() + " bytes at " + run.offset()
                            + "; the next must have 1 or more, and begin at " + at);
                }
                at += run.length();
            }
        }

        Contents contents() {
            Contents.Builder contents = new Contents.Builder(from);
            runs.forEach(run -> contents.append(run.length(), run.origin()));
            return contents.build();
        }
    }
}
