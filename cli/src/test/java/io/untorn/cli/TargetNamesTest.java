package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Checks the help of commands against a matrix of targets. */
final class TargetNamesTest {
    @ParameterizedTest
    @ValueSource(classes = {RunCommand.class, FaultsCommand.class, BenchCommand.class, LimitsCommand.class})
    void anEntryInTheMatrixIsInTheHelp(Class<?> command) {
        TargetMatrix shipped = TargetMatrix.load();
        List<TargetMatrix.Entry> targets = new ArrayList<>(shipped.targets());
        targets.add(new TargetMatrix.Entry(
                "one-more",
                "",
                "",
                TargetKind.EXT4,
                1024,
                1024,
                false,
                false,
                List.of("ext4"),
                List.of(),
                List.of(),
                "ext4"));
        TargetNames names = new TargetNames(new TargetMatrix(shipped.disk(), targets, shipped.kconfig()));

        CommandLine line = new CommandLine(command, new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == TargetNames.class
                        ? type.cast(names)
                        : CommandLine.defaultFactory().create(type);
            }
        });

        assertThat(line.getUsageMessage()).contains(String.join(", ", new TargetNames().all()) + ", one-more");
    }
}
