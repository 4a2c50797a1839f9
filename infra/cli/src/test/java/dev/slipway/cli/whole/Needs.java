package dev.slipway.cli.whole;

import dev.slipway.cli.browser.Browser;
import dev.slipway.cli.laptop.Failure;
import dev.slipway.cli.laptop.Tools;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What must be on the machine for a test; where it is not, the test is skipped and says why. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Condition.class)
public @interface Needs {

  Tool[] value();

  /** Something that not every machine has. */
  enum Tool {
    /** A Rust toolchain: without it no crate is built. */
    CARGO {
      @Override
      Optional<String> missing() {
        try {
          Tools.requireCargo();
          return Optional.empty();
        } catch (Failure e) {
          return Optional.ofNullable(e.getMessage());
        }
      }
    },

    /** A real browser, without a window. */
    BROWSER {
      @Override
      Optional<String> missing() {
        return Browser.missing();
      }
    };

    /** Why it is not there; empty when it is. */
    abstract Optional<String> missing();
  }

  /** Looks for it. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context
          .getElement()
          .map(element -> element.getAnnotation(Needs.class))
          .flatMap(Condition::missing)
          .map(reason -> skipped(context.getDisplayName(), reason))
          .orElse(ConditionEvaluationResult.enabled("all is there"));
    }

    private static Optional<String> missing(Needs needs) {
      return Arrays.stream(needs.value()).flatMap(tool -> tool.missing().stream()).findFirst();
    }

    private static ConditionEvaluationResult skipped(String test, String reason) {
      System.out.println("Skipped %s: %s".formatted(test, reason));
      return ConditionEvaluationResult.disabled(reason);
    }
  }
}
