package io.untorn.vm.guest;

import com.sun.jna.Structure;
import io.untorn.agent.logging.Level;
import io.untorn.agent.logging.Logger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * Rewrites a class for the guest. Unchanged, JNA would spend half a second there on a logger that logs nothing, and on
 * proxies for the annotations that name a structure's fields.
 */
final class GuestClass {
    private static final Map<String, String> LOGGING = Map.of(
            "java/util/logging/Logger", Type.getInternalName(Logger.class),
            "java/util/logging/Level", Type.getInternalName(Level.class));

    private GuestClass() {}

    /** Return the class file for the guest. */
    static byte[] of(byte[] classFile) {
        ClassWriter written = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(classFile)
                .accept(new ClassRemapper(new FieldOrders(written), new SimpleRemapper(Opcodes.ASM9, LOGGING)), 0);
        return written.toByteArray();
    }

    /** Replaces the annotation by the equivalent method. */
    private static final class FieldOrders extends ClassVisitor {
        private static final String ANNOTATION = Type.getDescriptor(Structure.FieldOrder.class);
        private static final Type STRING = Type.getType(String.class);
        private static final Method METHOD = Method.getMethod("java.util.List getFieldOrder()");
        private static final Method AS_LIST = Method.getMethod("java.util.List asList(Object[])");

        private final List<String> fields = new ArrayList<>();

        FieldOrders(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return descriptor.equals(ANNOTATION) ? new Names() : super.visitAnnotation(descriptor, visible);
        }

        @Override
        public void visitEnd() {
            if (!fields.isEmpty()) {
                GeneratorAdapter method = new GeneratorAdapter(Opcodes.ACC_PROTECTED, METHOD, null, null, this);
                method.push(fields.size());
                method.newArray(STRING);
                for (int i = 0; i < fields.size(); i++) {
                    method.dup();
                    method.push(i);
                    method.push(fields.get(i));
                    method.arrayStore(STRING);
                }
                method.invokeStatic(Type.getType(Arrays.class), AS_LIST);
                method.returnValue();
                method.endMethod();
            }
            super.visitEnd();
        }

        private final class Names extends AnnotationVisitor {
            Names() {
                super(Opcodes.ASM9);
            }

            @Override
            public AnnotationVisitor visitArray(String name) {
                return this;
            }

            @Override
            public void visit(@Nullable String name, Object field) {
                fields.add((String) field);
            }
        }
    }
}
