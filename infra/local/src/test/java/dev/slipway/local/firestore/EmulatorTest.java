package dev.slipway.local.firestore;

import org.junit.jupiter.api.Nested;

/** The cases against Google's own emulator, which they hold us to. */
final class EmulatorTest {

  @Nested
  final class Writes extends WriteCases {
    Writes() {
      super(Peer.EMULATOR);
    }
  }

  @Nested
  final class Transforming extends TransformCases {
    Transforming() {
      super(Peer.EMULATOR);
    }
  }

  @Nested
  final class Filtering extends FilterCases {
    Filtering() {
      super(Peer.EMULATOR);
    }
  }

  @Nested
  final class Ordering extends OrderCases {
    Ordering() {
      super(Peer.EMULATOR);
    }
  }

  @Nested
  final class Transacting extends TransactionCases {
    Transacting() {
      super(Peer.EMULATOR);
    }
  }

  @Nested
  final class Listening extends ListenCases {
    Listening() {
      super(Peer.EMULATOR);
    }
  }

  @Nested
  final class Naming extends NameCases {
    Naming() {
      super(Peer.EMULATOR);
    }
  }
}
