package dev.slipway.local.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The cases against the laptop's Firestore. */
final class LaptopTest {

  @Nested
  final class Writes extends WriteCases {
    Writes() {
      super(Peer.LAPTOP);
    }
  }

  @Nested
  final class Transforming extends TransformCases {
    Transforming() {
      super(Peer.LAPTOP);
    }
  }

  @Nested
  final class Filtering extends FilterCases {
    Filtering() {
      super(Peer.LAPTOP);
    }
  }

  @Nested
  final class Ordering extends OrderCases {
    Ordering() {
      super(Peer.LAPTOP);
    }
  }

  @Nested
  final class Transacting extends TransactionCases {
    Transacting() {
      super(Peer.LAPTOP);
    }

    @Test
    void fortyContendedIncrementsMakeForty() throws Exception {
      assertThat(contendedIncrements(40)).isEqualTo(40);
    }
  }

  @Nested
  final class Listening extends ListenCases {
    Listening() {
      super(Peer.LAPTOP);
    }
  }

  @Nested
  final class Naming extends NameCases {
    Naming() {
      super(Peer.LAPTOP);
    }
  }
}
