package io.untorn.conformance.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.generate.ComputedEnvironment;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Facility;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sees that each place which decides by the kind of operation has decided about every one that there is. */
final class OperationPlacesTest {
    private static final List<Target> TARGETS =
            List.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS);

    /** Enough for the rarest kind of operation to come up. */
    private static final int TRACES = 300;

    /**
     * A class that tells operations apart by their kind.
     *
     * @param type its name
     * @param others the kinds that it treats alike, and need not name
     */
    private record Place(String type, Set<Class<? extends Operation>> others) {
        @Override
        public String toString() {
            return type.substring(type.lastIndexOf('.') + 1);
        }
    }

    static List<Place> places() {
        return List.of(
                new Place("io.untorn.agent.OperationExecutor", Set.of()),
                new Place("io.untorn.simulated.TraceRun", Set.of()),
                new Place("io.untorn.conformance.reproducer.CStep", Set.of()),
                new Place("io.untorn.conformance.reproducer.XfsIoStep$Steps", Set.of()),
                // They leave the page cache as it is, or what they leave is seen nowhere else; of a layout each call is
                // seen, and of a batch each request.
                new Place(
                        "io.untorn.conformance.coverage.Caching",
                        Set.of(
                                Batch.class,
                                ChangeAttribute.class,
                                HintExtentSize.class,
                                Layout.class,
                                LimitFileSize.class,
                                MapExtents.class,
                                ReleaseMapping.class,
                                Reopen.class,
                                Statx.class,
                                TellPosition.class,
                                TwinLoad.class,
                                TwinWrite.class)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void placeNamesEveryOperation(Place place) throws IOException {
        String code = code(place.type());
        assertThat(kinds())
                .filteredOn(kind -> !place.others().contains(kind))
                .as("operations that %s has to name; one that it need not is listed in this test", place)
                .allSatisfy(kind -> assertThat(code)
                        .as("%s does not know the operation %s", place, kind.getSimpleName())
                        .containsPattern(Pattern.quote(kind.getName().replace('.', '/')) + "(?![\\w/])"));
    }

    @Test
    void exhaustiveSearchTriesEveryOperationButThePowerCut() {
        Set<Class<?>> tried = onEveryTarget(testbed -> Alphabet.of(testbed).stream());
        assertThat(kinds()).filteredOn(kind -> kind != PowerCut.class).allSatisfy(kind -> assertThat(tried)
                .as("Alphabet does not spell the operation %s", kind.getSimpleName())
                .contains(kind));
    }

    @Test
    void exhaustiveSearchTriesEveryEngine() {
        Testbed testbed = testbed(Simulated.XFS);
        assertThat(Alphabet.of(testbed))
                .filteredOn(Write.class::isInstance)
                .extracting(write -> ((Write) write).engine())
                .as("engines that Alphabet spells")
                .contains(Engine.values());
    }

    @Test
    void everyOperationIsGenerated() {
        Set<Class<?>> generated = onEveryTarget(testbed ->
                Simulated.traces(testbed.target(), testbed.environment(), testbed.facilities(), TRACES).stream()
                        .map(Trace::operations)
                        .flatMap(List::stream));
        assertThat(kinds()).allSatisfy(kind -> assertThat(generated)
                .as("OperationKind and OperationArbitraries do not generate the operation %s", kind.getSimpleName())
                .contains(kind));
    }

    private static Set<Class<?>> onEveryTarget(Function<Testbed, Stream<Operation>> operations) {
        Set<Class<?>> kinds = new HashSet<>();
        for (Target target : TARGETS) {
            kinds.addAll(operations.apply(testbed(target)).map(Object::getClass).collect(Collectors.toSet()));
        }
        return kinds;
    }

    private static Testbed testbed(Target target) {
        Environment environment = ComputedEnvironment.of(target, KernelVersion.newest());
        return new Testbed(target, environment, EnumSet.allOf(Facility.class));
    }

    private static List<Class<?>> kinds() {
        return new ArrayList<>(List.of(Operation.class.getPermittedSubclasses()));
    }

    /** Return what a class file holds, with the names of the classes it refers to. */
    private static String code(String type) throws IOException {
        String file = '/' + type.replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(OperationPlacesTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
