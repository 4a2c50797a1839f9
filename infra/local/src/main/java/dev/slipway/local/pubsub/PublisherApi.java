package dev.slipway.local.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import dev.slipway.local.server.Calls;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** {@code google.pubsub.v1.Publisher}. */
final class PublisherApi extends PublisherGrpc.PublisherImplBase {

  private final Broker broker;

  PublisherApi(Broker broker) {
    this.broker = broker;
  }

  @Override
  public void createTopic(Topic request, StreamObserver<Topic> call) {
    Calls.answer(call, () -> broker.createTopic(request));
  }

  @Override
  public void updateTopic(UpdateTopicRequest request, StreamObserver<Topic> call) {
    Calls.answer(call, () -> broker.updateTopic(request.getTopic(), request.getUpdateMask()));
  }

  @Override
  public void getTopic(GetTopicRequest request, StreamObserver<Topic> call) {
    Calls.answer(call, () -> broker.topics().get(request.getTopic()));
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> call) {
    Calls.answer(
        call,
        () -> {
          List<Topic> topics = broker.topics().in(request.getProject());
          Page<Topic> page =
              Page.of(topics, Topic::getName, request.getPageSize(), request.getPageToken());
          return ListTopicsResponse.newBuilder()
              .addAllTopics(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void listTopicSubscriptions(
      ListTopicSubscriptionsRequest request, StreamObserver<ListTopicSubscriptionsResponse> call) {
    Calls.answer(
        call,
        () -> {
          String topic = broker.topics().get(request.getTopic()).getName();
          List<String> names =
              broker.subscriptions().of(topic).stream().map(one -> one.config().getName()).toList();
          Page<String> page =
              Page.of(names, name -> name, request.getPageSize(), request.getPageToken());
          return ListTopicSubscriptionsResponse.newBuilder()
              .addAllSubscriptions(page.items())
              .setNextPageToken(page.nextToken())
              .build();
        });
  }

  @Override
  public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> call) {
    Calls.answer(
        call,
        () -> {
          broker.deleteTopic(request.getTopic());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void detachSubscription(
      DetachSubscriptionRequest request, StreamObserver<DetachSubscriptionResponse> call) {
    Calls.answer(
        call,
        () -> {
          broker.detachSubscription(request.getSubscription());
          return DetachSubscriptionResponse.getDefaultInstance();
        });
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> call) {
    Calls.answer(
        call,
        () ->
            PublishResponse.newBuilder()
                .addAllMessageIds(
                    broker.publish(request.getTopic(), request.getMessagesList()))
                .build());
  }
}
