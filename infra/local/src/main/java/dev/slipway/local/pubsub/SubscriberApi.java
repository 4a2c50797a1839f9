package dev.slipway.local.pubsub;

import com.google.protobuf.Empty;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import dev.slipway.local.server.Calls;
import dev.slipway.local.time.Scheduler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code google.pubsub.v1.Subscriber}, but for snapshots. */
final class SubscriberApi extends SubscriberGrpc.SubscriberImplBase {

  private final Broker broker;
  private final Scheduler scheduler;

  SubscriberApi(Broker broker, Scheduler scheduler) {
    this.broker = broker;
    this.scheduler = scheduler;
  }

  @Override
  public void createSubscription(Subscription request, StreamObserver<Subscription> call) {
    Calls.answer(call, () -> broker.createSubscription(request));
  }

  @Override
  public void getSubscription(GetSubscriptionRequest request, StreamObserver<Subscription> call) {
    Calls.answer(call, () -> broker.subscriptions().get(request.getSubscription()).config());
  }

  @Override
  public void updateSubscription(
      UpdateSubscriptionRequest request, StreamObserver<Subscription> call) {
    Calls.answer(
        call, () -> broker.updateSubscription(request.getSubscription(), request.getUpdateMask()));
  }

  @Override
  public void listSubscriptions(
      ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> call) {
    Calls.answer(
        call,
        () -> {
          Page<Subscription> page =
              Page.of(
                  broker.subscriptions().in(request.getProject()),
                  Subscription::getName,
                  request.getPageSize(),
                  request.getPageToken());
          return ListSubscriptionsResponse.newBuilder()
              .addAllSubscriptions(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void deleteSubscription(DeleteSubscriptionRequest request, StreamObserver<Empty> call) {
    empty(call, () -> broker.deleteSubscription(request.getSubscription()));
  }

  @Override
  public void modifyPushConfig(ModifyPushConfigRequest request, StreamObserver<Empty> call) {
    empty(
        call, () -> broker.modifyPushConfig(request.getSubscription(), request.getPushConfig()));
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> call) {
    empty(
        call,
        () -> {
          checkSome(request.getAckIdsCount());
          confirm(backlog(request.getSubscription()).acknowledge(request.getAckIdsList()));
        });
  }

  @Override
  public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> call) {
    empty(
        call,
        () -> {
          checkSome(request.getAckIdsCount());
          Duration deadline = AckDeadline.of(request.getAckDeadlineSeconds());
          confirm(
              backlog(request.getSubscription())
                  .modifyDeadline(request.getAckIdsList(), deadline));
        });
  }

  private Backlog backlog(String subscription) {
    return broker.subscriptions().get(subscription).backlog();
  }

  private static void checkSome(int ackIds) {
    if (ackIds == 0) {
      throw Calls.invalid("You must specify at least one ack ID in the request.");
    }
  }

  private static void confirm(List<String> refused) {
    if (!refused.isEmpty()) {
      throw RefusedAcks.failure(refused);
    }
  }

  @Override
  public void pull(PullRequest request, StreamObserver<PullResponse> call) {
    try {
      Backlog backlog = broker.subscriptions().get(request.getSubscription()).pulled();
      PullCall.start(
          backlog, request, (ServerCallStreamObserver<PullResponse>) call, scheduler);
    } catch (StatusRuntimeException e) {
      call.onError(e);
    }
  }

  @Override
  public StreamObserver<StreamingPullRequest> streamingPull(
      StreamObserver<StreamingPullResponse> call) {
    return new StreamingPull(
        broker.subscriptions(), (ServerCallStreamObserver<StreamingPullResponse>) call);
  }

  @Override
  public void seek(SeekRequest request, StreamObserver<SeekResponse> call) {
    Calls.answer(
        call,
        () -> {
          Backlog backlog = backlog(request.getSubscription());
          if (!request.hasTime()) {
            throw Status.UNIMPLEMENTED
                .withDescription("The laptop cloud has no snapshots: seek to a time.")
                .asRuntimeException();
          }
          long millis = Timestamps.toMillis(request.getTime());
          backlog.seek(Instant.ofEpochMilli(millis));
          return SeekResponse.getDefaultInstance();
        });
  }

  private static void empty(StreamObserver<Empty> call, Runnable work) {
    Calls.answer(
        call,
        () -> {
          work.run();
          return Empty.getDefaultInstance();
        });
  }
}
