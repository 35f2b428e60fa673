package io.untorn.conformance.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Operation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JSON Schema (draft 2020-12) of files of one kind, derived from the types as their JSON is in {@link ModelJson}. A
 * new type of the model is in it. Of what constructors check, it has only the ranges.
 */
final class ModelSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Bounds PLACE = new Bounds(0, Operation.MAX_OFFSET);

    /** What numbers of operations range over, by their names; of one type alone where the type's name is before it. */
    private static final Map<String, Bounds> BOUNDS = Map.ofEntries(
            Map.entry("offset", PLACE),
            Map.entry("write.offset", new Bounds(-2, Operation.MAX_OFFSET)),
            Map.entry("buffer.offset", new Bounds(0, Buffer.PAGE - 1)),
            Map.entry("buffer.missing", new Bounds(0, Integer.MAX_VALUE)),
            Map.entry("source", PLACE),
            Map.entry("destination", PLACE),
            Map.entry("size", PLACE),
            Map.entry("limit-file-size.bytes", new Bounds(-1, Operation.MAX_OFFSET)),
            Map.entry("length", new Bounds(0, Operation.MAX_LENGTH)),
            Map.entry("clone-range.length", new Bounds(Long.BYTES, Operation.MAX_LENGTH)),
            Map.entry("target.blockSize", new Bounds(1, 1 << 30)),
            Map.entry("target.clusterSize", new Bounds(1, 1 << 30)));

    private final Map<String, ObjectNode> definitions = new TreeMap<>();

    private ModelSchema() {}

    /** The least and the largest value. */
    private record Bounds(long least, long most) {}

    /**
     * Return the schema, as text.
     *
     * @param title what such a file is
     * @param version the one version of it
     * @param form what the file holds
     */
    static String of(String title, int version, Class<?> form) {
        ModelSchema schema = new ModelSchema();
        ObjectNode file = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", title)
                .put("type", "object");
        ObjectNode properties = schema.addComponents(file, form);
        properties.set("version", JSON.objectNode().put("const", version));
        ObjectNode all = file.putObject("$defs");
        schema.definitions.forEach(all::set);
        try {
            return ModelJson.MAPPER.writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode addComponents(ObjectNode object, Class<?> type) {
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = object.putArray("required");
        sealedParent(type).map(ModelJson::nameOf).ifPresent(discriminator -> {
            properties.putObject(discriminator).put("const", ModelJson.nameOf(type));
            required.add(discriminator);
        });
        addOwn(object, properties, required, type);
        return properties;
    }

    private void addOwn(ObjectNode object, ObjectNode properties, ArrayNode required, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode value = value(component.getGenericType());
            bounds(type, component.getName())
                    .ifPresent(bounds -> value.put("minimum", bounds.least()).put("maximum", bounds.most()));
            properties.set(component.getName(), value);
            Optional<Object> leftOut = ModelJson.whereLeftOut(component.getType());
            leftOut.ifPresent(standsFor -> value.set("default", ModelJson.MAPPER.valueToTree(standsFor)));
            if (leftOut.isEmpty()) {
                required.add(component.getName());
            }
        }
        object.put("additionalProperties", false);
    }

    private ObjectNode value(Type type) {
        if (type instanceof ParameterizedType collection) {
            ObjectNode array = array(collection.getActualTypeArguments()[0]);
            return collection.getRawType() == Set.class ? array.put("uniqueItems", true) : array;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isArray()) {
            return array(plain.getComponentType());
        }
        return value(plain);
    }

    private ObjectNode array(Type elements) {
        ObjectNode array = JSON.objectNode().put("type", "array");
        array.set("items", value(elements));
        return array;
    }

    private ObjectNode value(Class<?> type) {
        if (type == boolean.class) {
            return JSON.objectNode().put("type", "boolean");
        }
        if (type.isPrimitive()) {
            return JSON.objectNode().put("type", "integer");
        }
        if (type == String.class) {
            return JSON.objectNode().put("type", "string");
        }
        Optional<Type> plain = ModelJson.plainForm(type);
        if (plain.isPresent()) {
            return value(plain.get());
        }
        return sealedParent(type).isPresent() ? alone(type) : reference(type);
    }

    /** Where a type is named, and not the sealed one that permits it, its name need not be told. */
    private ObjectNode alone(Class<?> type) {
        ObjectNode object = JSON.objectNode().put("type", "object");
        addOwn(object, object.putObject("properties"), object.putArray("required"), type);
        return object;
    }

    private ObjectNode reference(Class<?> type) {
        String name = definitionOf(type);
        if (!definitions.containsKey(name)) {
            ObjectNode definition = JSON.objectNode();
            definitions.put(name, definition);
            define(definition, type);
        }
        return JSON.objectNode().put("$ref", "#/$defs/" + name);
    }

    /** Return the name of a type's definition: types inside others may have the same. */
    private static String definitionOf(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return (around == null ? "" : ModelJson.nameOf(around) + "-") + ModelJson.nameOf(type);
    }

    private void define(ObjectNode definition, Class<?> type) {
        if (type.isEnum()) {
            ArrayNode names = definition.putArray("enum");
            Stream.of(type.getEnumConstants()).forEach(constant -> names.add(((Enum<?>) constant).name()));
        } else if (type.isInterface()) {
            ArrayNode permitted = definition.putArray("oneOf");
            ModelJson.permitted(type).forEach(each -> permitted.add(reference(each)));
        } else {
            definition.put("type", "object");
            addComponents(definition, type);
        }
    }

    private static Optional<Class<?>> sealedParent(Class<?> type) {
        return Stream.of(type.getInterfaces()).filter(Class::isSealed).findFirst();
    }

    private static Optional<Bounds> bounds(Class<?> type, String component) {
        Bounds own = BOUNDS.get(ModelJson.nameOf(type) + "." + component);
        return own == null && Operation.class.isAssignableFrom(type)
                ? Optional.ofNullable(BOUNDS.get(component))
                : Optional.ofNullable(own);
    }
}
