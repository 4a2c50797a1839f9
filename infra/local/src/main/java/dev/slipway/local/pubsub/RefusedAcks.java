package dev.slipway.local.pubsub;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/** How an exactly-once subscription says which ack ids it did not honour. */
final class RefusedAcks {

  private static final String REASON = "PERMANENT_FAILURE_INVALID_ACK_ID";

  private RefusedAcks() {}

  /** FAILED_PRECONDITION, with one metadata entry an ack id, as Google's clients read it. */
  static StatusRuntimeException failure(List<String> ackIds) {
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder().setReason(REASON).setDomain("pubsub.googleapis.com");
    ackIds.forEach(id -> info.putMetadata(id, REASON));
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.FAILED_PRECONDITION_VALUE)
            .setMessage("Some acknowledgement ids in the request were invalid.")
            .addDetails(Any.pack(info.build()))
            .build());
  }
}
