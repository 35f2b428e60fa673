package io.untorn.conformance.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.untorn.agent.protocol.Request;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This machine's fio(1), which measures the same writes as {@link Benchmark} does.
 *
 * @param file the program
 * @param major the number before the dot of its version
 * @param minor the number after it
 */
public record Fio(Path file, int major, int minor) {
    private static final String NAME = "fio";
    private static final Pattern VERSION = Pattern.compile("fio-(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    /** The first version in which {@code atomic=1} sets RWF_ATOMIC with pvsync2. */
    private static final int ATOMIC_SINCE = 339;

    /** Return the one on the search path, if there is one that says its version. */
    public static Optional<Fio> find() {
        return HostPrograms.find(NAME).flatMap(file -> {
            try {
                return of(
                        file,
                        HostPrograms.run(List.of(file.toString(), "--version")).text());
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    static Optional<Fio> of(Path file, String printed) {
        Matcher version = VERSION.matcher(printed);
        return version.matches()
                ? Optional.of(new Fio(file, Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))))
                : Optional.empty();
    }

    /** Tell whether it can write atomically. */
    public boolean isAtomic() {
        return major * 100 + minor >= ATOMIC_SINCE;
    }

    /** Return what it is called under in the guest. */
    String name() {
        return NAME;
    }

    /** Return the arguments to write blocks to random places of a range that is written already. */
    List<String> arguments(int length, long span, Duration time) {
        List<String> arguments = new ArrayList<>(List.of(
                "--name=untorn",
                "--filename=" + Request.RunCommand.TARGET,
                "--ioengine=pvsync2",
                "--direct=1",
                "--rw=randwrite",
                "--norandommap",
                "--bs=" + length,
                "--size=" + span,
                "--overwrite=1",
                "--time_based",
                "--ramp_time=" + Math.max(1, time.toSeconds() / 4),
                "--runtime=" + time.toSeconds(),
                "--thread",
                "--eta=never",
                "--output-format=json"));
        if (isAtomic()) {
            arguments.add("--atomic=1");
        }
        return arguments;
    }

    /**
     * Return the writes a second that it printed.
     *
     * @throws UntornException if it printed something else
     */
    static double writesPerSecond(String printed) {
        try {
            JsonNode report = new JsonMapper().readTree(printed.substring(Math.max(0, printed.indexOf('{'))));
            JsonNode writes = report.path("jobs").path(0).path("write").path("iops");
            if (writes.isNumber() && writes.doubleValue() > 0) {
                return writes.doubleValue();
            }
        } catch (JsonProcessingException e) {
            throw UntornException.machinery("fio printed no report: " + printed, e);
        }
        throw UntornException.machinery("fio reports no writes: " + printed);
    }

    @Override
    public String toString() {
        return "fio " + major + "." + minor;
    }
}
