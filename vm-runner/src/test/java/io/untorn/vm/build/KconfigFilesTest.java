package io.untorn.vm.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KconfigFilesTest {
    @TempDir
    Path tree;

    @Test
    void gathersTheConditionsAroundAnOption() throws IOException {
        write(
                "Kconfig",
                """
                mainmenu "Test"
                source "arch/$(SRCARCH)/Kconfig"
                menu "Drivers"
                	depends on HAS_IOMEM
                if PCI
                source "drivers/Kconfig" # more
                endif # PCI
                endmenu
                """);
        write("arch/x86/Kconfig", "config X86\n\tdef_bool y\n");
        write(
                "drivers/Kconfig",
                """
                menuconfig DISK
                	tristate "Disk" if EXPERT
                	depends on SCSI || \\
                		NVME
                	depends on BLOCK # always
                	select CRC if X86
                	select LIB
                	help
                	  If it says

                	  config OTHER
                	    depends on NOTHING
                	  it is a text.

                choice
                	prompt "Kind"
                	depends on DISK
                config FAST
                	bool "Fast"
                endchoice
                """);

        KconfigFiles files = KconfigFiles.read(tree, "x86");

        assertThat(files.definitions("DISK"))
                .containsExactly(new KconfigFiles.Definition(
                        "drivers/Kconfig", 1, List.of("HAS_IOMEM", "PCI", "EXPERT", "SCSI || NVME", "BLOCK")));
        assertThat(files.definitions("FAST"))
                .containsExactly(
                        new KconfigFiles.Definition("drivers/Kconfig", 18, List.of("HAS_IOMEM", "PCI", "DISK")));
        assertThat(files.definitions("X86"))
                .containsExactly(new KconfigFiles.Definition("arch/x86/Kconfig", 1, List.of()));
        assertThat(files.definitions("OTHER")).isEmpty();
        assertThat(files.selections("CRC")).containsExactly(new KconfigFiles.Selection("DISK", Optional.of("X86")));
        assertThat(files.selections("LIB")).containsExactly(new KconfigFiles.Selection("DISK", Optional.empty()));
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
