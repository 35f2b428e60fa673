package io.untorn.conformance.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in plain words what is wrong with JSON that {@link ModelJson} refused. */
final class JsonMistake {
    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)\\]");

    private JsonMistake() {}

    static String reason(JsonProcessingException refused) {
        String message = refused.getOriginalMessage();
        if (refused instanceof StreamReadException) {
            return refused instanceof InputCoercionException
                    ? message
                    : "not JSON: " + PLACE.matcher(message).replaceAll("line $1, column $2");
        }
        if (refused instanceof ValueInstantiationException
                && refused.getCause() instanceof IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        if (refused instanceof InvalidTypeIdException unknown) {
            return unknownType(unknown.getBaseType().getRawClass(), unknown.getTypeId());
        }
        if (refused instanceof UnrecognizedPropertyException unknown) {
            return "unknown component '" + unknown.getPropertyName() + "'; " + components(unknown.getReferringClass());
        }
        if (refused instanceof MismatchedInputException mismatch) {
            return mismatch(mismatch, message);
        }
        return message;
    }

    private static String unknownType(Class<?> sealed, @Nullable String name) {
        String property = ModelJson.nameOf(sealed);
        return (name == null ? "\"" + property + "\" is missing" : "unknown " + property + " '" + name + "'")
                + "; there are: "
                + ModelJson.permitted(sealed).map(ModelJson::nameOf).collect(Collectors.joining(", "));
    }

    private static String mismatch(MismatchedInputException mismatch, String message) {
        String place = mismatch.getPath().stream()
                .map(Reference::getFieldName)
                .filter(Objects::nonNull)
                .reduce("the file", (before, last) -> "'" + last + "'");
        if (mismatch instanceof InvalidNullException) {
            return place + " must not be null";
        }
        if (message.startsWith("Missing ")) {
            Object owner = mismatch.getPath().get(mismatch.getPath().size() - 1).getFrom();
            return place + " is missing; " + components((Class<?>) owner);
        }
        return place + " must be " + wanted(mismatch.getTargetType())
                + (mismatch instanceof InvalidFormatException wrong ? ", not '" + wrong.getValue() + "'" : "");
    }

    private static String components(Class<?> type) {
        return "the components of " + ModelJson.nameOf(type) + " are: "
                + Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(", "));
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive()) {
            return "a whole number";
        }
        if (type == String.class) {
            return "text in quotes";
        }
        return Collection.class.isAssignableFrom(type) ? "a list in [ ]" : "an object in { }";
    }
}
