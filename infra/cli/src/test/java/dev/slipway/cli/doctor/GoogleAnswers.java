package dev.slipway.cli.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.slipway.FirestoreIndexes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Google's REST APIs answer of an environment that is as it must be, in their documented
 * shapes. By {@code METHOD HOST/PATH}, without the query.
 */
final class GoogleAnswers {

  static final String FUNCTIONS = "GET cloudfunctions/v2/projects/acme/locations/europe-west1/functions";
  static final String PROJECT = "GET cloudresourcemanager/v1/projects/acme";
  static final String POLICY = "POST cloudresourcemanager/v1/projects/acme:getIamPolicy";
  static final String SUBSCRIPTIONS = "GET pubsub/v1/projects/acme/subscriptions";
  static final String INDEXES = "GET firestore/v1/projects/acme/databases/slipway/collectionGroups/-/indexes";
  static final String CONSOLE = "GET slipway-console-7.europe-west1.run.app/api/services";

  private static final String SOURCE =
      ",'SLIPWAY_PROMOTION_SOURCE':'{\\\"name\\\":\\\"staging\\\",\\\"project\\\":\\\"acme-staging\\\",\\\"database\\\":\\\"slipway\\\",\\\"repository\\\":\\\"europe-west4-docker.pkg.dev/acme-staging/images\\\"}'";

  private GoogleAnswers() {}

  static Map<String, String> good() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("POST oauth2/tokeninfo", "{'email':'ana@example.com','expires_in':'3599'}");
    answers.put(PROJECT, "{'projectNumber':'7','projectId':'acme','lifecycleState':'ACTIVE'}");
    answers.put("GET serviceusage/v1/projects/acme/services:batchGet", services());
    for (String bucket : List.of("uploads", "sources", "functions")) {
      answers.put(
          "GET storage/storage/v1/b/acme-" + bucket,
          "{'name':'acme-%s','location':'EUROPE-WEST1','versioning':{'enabled':true},'iamConfiguration':{'uniformBucketLevelAccess':{'enabled':true},'publicAccessPrevention':'enforced'}}"
              .formatted(bucket));
    }
    answers.put(
        "GET artifactregistry/v1/projects/acme/locations/europe-west1/repositories",
        "{'repositories':[{'name':'projects/acme/locations/europe-west1/repositories/images','format':'DOCKER'},{'name':'projects/acme/locations/europe-west1/repositories/slipway-functions','format':'DOCKER'}]}");
    answers.put(POLICY, policy());
    answers.put(
        "GET pubsub/v1/projects/acme/topics/dead-letters:getIamPolicy",
        "{'bindings':[{'role':'roles/pubsub.publisher','members':['serviceAccount:service-7@gcp-sa-pubsub.iam.gserviceaccount.com']}]}");
    answers.put("GET pubsub/v1/projects/acme/topics", topics());
    answers.put(SUBSCRIPTIONS, subscriptions());
    answers.put("GET eventarc/v1/projects/acme/locations/europe-west1/triggers", triggers());
    answers.put(
        "GET cloudscheduler/v1/projects/acme/locations/europe-west1/jobs/slipway-tick",
        "{'name':'projects/acme/locations/europe-west1/jobs/slipway-tick','state':'ENABLED','status':{},'lastAttemptTime':'2026-01-01T00:00:00Z','pubsubTarget':{'topicName':'projects/acme/topics/ticks'}}");
    ledger(answers);
    upstream(answers);
    secrets(answers);
    answers.put(FUNCTIONS, functions());
    answers.put(
        "GET run/v2/projects/acme/locations/europe-west1/services/slipway-console",
        "{'name':'projects/acme/locations/europe-west1/services/slipway-console','iapEnabled':true}");
    answers.put(
        "GET run/v2/projects/acme/locations/europe-west1/services/slipway-console:getIamPolicy",
        "{'bindings':[{'role':'roles/run.invoker','members':['serviceAccount:service-7@gcp-sa-iap.iam.gserviceaccount.com']}]}");
    answers.put(
        "GET run/v2/projects/acme/locations/europe-west1/services/slipway-slack",
        "{'name':'projects/acme/locations/europe-west1/services/slipway-slack'}");
    answers.put(
        "GET run/v2/projects/acme/locations/europe-west1/services/slipway-slack:getIamPolicy",
        "{'bindings':[{'role':'roles/run.invoker','members':['allUsers']}]}");
    answers.put(
        "GET monitoring/v3/projects/acme/timeSeries",
        "{'timeSeries':[{'metric':{'type':'logging.googleapis.com/user/slipway/oldest-seconds'}}]}");
    services(answers, "europe-west1");
    services(answers, "europe-west4");
    answers.put("POST slack.com/api/auth.test", "{'ok':true,'user':'slipway','team':'Acme'}");
    answers.replaceAll((key, value) -> value.replace('\'', '"'));
    return answers;
  }

  private static String services() {
    StringBuilder services = new StringBuilder("{'services':[");
    for (String api : Foundations.APIS) {
      services.append(services.charAt(services.length() - 1) == '[' ? "" : ",");
      services.append(
          "{'name':'projects/7/services/%s.googleapis.com','state':'ENABLED'}".formatted(api));
    }
    return services.append("]}").toString();
  }

  static String services(String region) {
    return "GET run/v2/projects/acme/locations/" + region + "/services";
  }

  private static void services(Map<String, String> answers, String region) {
    answers.put(
        services(region),
        "{'services':[{'name':'projects/acme/locations/%1$s/services/api','terminalCondition':{'state':'CONDITION_SUCCEEDED'}},{'name':'projects/acme/locations/%1$s/services/slipway-console','terminalCondition':{'state':'CONDITION_SUCCEEDED'}}]}"
            .formatted(region));
    answers.put(
        services(region) + "/api:getIamPolicy",
        "{'bindings':[{'role':'roles/run.invoker','members':['allUsers']}]}");
  }

  private static String policy() {
    return """
        {'bindings':[
          {'role':'roles/eventarc.serviceAgent','members':['serviceAccount:service-7@gcp-sa-eventarc.iam.gserviceaccount.com']},
          {'role':'roles/pubsub.publisher','members':['serviceAccount:service-7@gs-project-accounts.iam.gserviceaccount.com']},
          {'role':'roles/cloudbuild.serviceAgent','members':['serviceAccount:service-7@gcp-sa-cloudbuild.iam.gserviceaccount.com']},
          {'role':'roles/cloudscheduler.serviceAgent','members':['serviceAccount:service-7@gcp-sa-cloudscheduler.iam.gserviceaccount.com']},
          {'role':'roles/run.serviceAgent','members':['serviceAccount:service-7@serverless-robot-prod.iam.gserviceaccount.com']},
          {'role':'roles/cloudfunctions.serviceAgent','members':['serviceAccount:service-7@gcf-admin-robot.iam.gserviceaccount.com']},
          {'role':'roles/pubsub.serviceAgent','members':['serviceAccount:service-7@gcp-sa-pubsub.iam.gserviceaccount.com']},
          {'role':'roles/run.developer','members':['serviceAccount:slipway-deploy@acme.iam.gserviceaccount.com']}
        ]}""";
  }

  private static String topics() {
    StringBuilder topics = new StringBuilder("{'topics':[{'name':'projects/acme/topics/eventarc-1'}");
    Messages.TOPICS.forEach(t -> topics.append(",{'name':'projects/acme/topics/%s'}".formatted(t)));
    return topics.append("]}").toString();
  }

  private static String subscriptions() {
    StringBuilder all =
        new StringBuilder(
            "{'subscriptions':[{'name':'projects/acme/subscriptions/dead-letters','topic':'projects/acme/topics/dead-letters','state':'ACTIVE'}");
    for (String topic : List.of("cloud-builds", "commands", "release-events", "ticks")) {
      all.append(
          ",{'name':'projects/acme/subscriptions/eventarc-%s','topic':'projects/acme/topics/%s','state':'ACTIVE','deadLetterPolicy':{'deadLetterTopic':'projects/acme/topics/dead-letters','maxDeliveryAttempts':100}}"
              .formatted(topic, topic));
    }
    return all.append("]}").toString();
  }

  private static String triggers() {
    return """
        {'triggers':[
          {'name':'projects/acme/locations/europe-west1/triggers/slipway-ingest-1','eventFilters':[{'attribute':'type','value':'google.cloud.storage.object.v1.finalized'},{'attribute':'bucket','value':'acme-uploads'}],'destination':{'cloudFunction':'projects/acme/locations/europe-west1/functions/slipway-ingest'},'transport':{'pubsub':{'topic':'projects/acme/topics/eventarc-1'}}},
          {'name':'projects/acme/locations/europe-west1/triggers/slipway-deploy-2','destination':{'cloudFunction':'projects/acme/locations/europe-west1/functions/slipway-deploy'},'transport':{'pubsub':{'topic':'projects/acme/topics/cloud-builds'}}},
          {'name':'projects/acme/locations/europe-west1/triggers/slipway-deploy-ticks','destination':{'cloudRun':{'service':'slipway-deploy','region':'europe-west1'}},'transport':{'pubsub':{'topic':'projects/acme/topics/ticks'}}},
          {'name':'projects/acme/locations/europe-west1/triggers/slipway-deploy-commands','destination':{'cloudRun':{'service':'slipway-deploy','region':'europe-west1'}},'transport':{'pubsub':{'topic':'projects/acme/topics/commands'}}},
          {'name':'projects/acme/locations/europe-west1/triggers/slipway-ingest-ticks','destination':{'cloudRun':{'service':'slipway-ingest','region':'europe-west1'}},'transport':{'pubsub':{'topic':'projects/acme/topics/ticks'}}}
        ]}""";
  }

  private static void ledger(Map<String, String> answers) {
    String database = "GET firestore/v1/projects/acme/databases/slipway";
    answers.put(
        database,
        "{'name':'projects/acme/databases/slipway','locationId':'europe-west1','type':'FIRESTORE_NATIVE','pointInTimeRecoveryEnablement':'POINT_IN_TIME_RECOVERY_ENABLED','deleteProtectionState':'DELETE_PROTECTION_ENABLED'}");
    answers.put(database + "/backupSchedules", "{'backupSchedules':[{'retention':'1209600s'}]}");
    answers.put(INDEXES, indexes());
    JsonObject list = JsonParser.parseString(FirestoreIndexes.json()).getAsJsonObject();
    list.getAsJsonArray("fieldOverrides")
        .forEach(
            override -> {
              Tree field = new Tree(override);
              answers.put(
                  "%s/collectionGroups/%s/fields/%s"
                      .formatted(database, field.text("collectionGroup"), field.text("fieldPath")),
                  "{'indexConfig':{'ancestorField':'x'}%s}"
                      .formatted(field.flag("ttl") ? ",'ttlConfig':{'state':'ACTIVE'}" : ""));
            });
  }

  /** As Google lists them: each ends with a field that nobody asked for. */
  private static String indexes() {
    JsonObject list = JsonParser.parseString(FirestoreIndexes.json()).getAsJsonObject();
    JsonArray indexes = new JsonArray();
    list.getAsJsonArray("indexes")
        .forEach(
            wanted -> {
              JsonObject index = new JsonObject();
              String group = wanted.getAsJsonObject().get("collectionGroup").getAsString();
              index.addProperty(
                  "name",
                  "projects/acme/databases/slipway/collectionGroups/%s/indexes/I%d"
                      .formatted(group, indexes.size()));
              JsonArray fields = wanted.getAsJsonObject().getAsJsonArray("fields").deepCopy();
              fields.add(
                  JsonParser.parseString("{\"fieldPath\":\"__name__\",\"order\":\"ASCENDING\"}"));
              index.add("fields", fields);
              index.addProperty("state", "READY");
              indexes.add(index);
            });
    JsonObject all = new JsonObject();
    all.add("indexes", indexes);
    return all.toString();
  }

  private static void upstream(Map<String, String> answers) {
    String policy =
        "{'bindings':[{'role':'roles/%s','members':['serviceAccount:slipway-ingest@acme.iam.gserviceaccount.com'],'condition':{'title':'x'}}]}";
    answers.put(
        "POST cloudresourcemanager/v1/projects/acme-staging:getIamPolicy",
        policy.formatted("datastore.viewer"));
    answers.put(
        "GET artifactregistry/v1/projects/acme-staging/locations/europe-west4/repositories/images:getIamPolicy",
        policy.formatted("artifactregistry.reader"));
    answers.put(
        "GET storage/storage/v1/b/acme-staging-sources/iam",
        policy.formatted("storage.objectViewer"));
  }

  private static void secrets(Map<String, String> answers) {
    for (String secret : Set.of("slack-token", "slack-signing-secret")) {
      answers.put(
          "GET secretmanager/v1/projects/acme/secrets/%s/versions/1".formatted(secret),
          "{'state':'ENABLED'}");
    }
    answers.put(
        "GET secretmanager/v1/projects/acme/secrets/slack-token/versions/1:access",
        "{'payload':{'data':'eG94Yi1zZWNyZXQ='}}");
  }

  private static String functions() {
    return "{'functions':["
        + String.join(
            ",",
            function("ingest", "BuildFunction", 540, SOURCE, ""),
            function("deploy", "DeployFunction", 540, ",'SLIPWAY_SLACK':'true'", ""),
            function("notify", "NotifyFunction", 120, ",'SLIPWAY_SLACK_CHANNEL':'C0X'", token()),
            function(
                "slack",
                "SlackFunction",
                30,
                ",'SLIPWAY_SLACK_CHANNEL':'C0X'",
                token()
                    + ",{'key':'SLIPWAY_SLACK_SIGNING_SECRET','secret':'slack-signing-secret','version':'1'}"),
            function(
                "console",
                "ConsoleFunction",
                300,
                ",'SLIPWAY_IAP_AUDIENCE':'/projects/7/locations/europe-west1/services/slipway-console'",
                ""))
        + "]}";
  }

  private static String token() {
    return "{'key':'SLIPWAY_SLACK_TOKEN','secret':'slack-token','version':'1'}";
  }

  private static String function(
      String name, String entry, int timeout, String settings, String secrets) {
    boolean event = !name.equals("console") && !name.equals("slack");
    return """
        {'name':'projects/acme/locations/europe-west1/functions/slipway-%s','state':'ACTIVE',
         'buildConfig':{'entryPoint':'dev.slipway.%s'}%s,
         'serviceConfig':{'serviceAccountEmail':'slipway-%s@acme.iam.gserviceaccount.com','timeoutSeconds':%d,'minInstanceCount':1,
          'uri':'https://slipway-%s-x.a.run.app',
          'environmentVariables':{'SLIPWAY_PROJECT':'acme','SLIPWAY_REGION':'europe-west1','SLIPWAY_DATABASE':'slipway','SLIPWAY_UPLOAD_BUCKET':'acme-uploads','SLIPWAY_SOURCE_BUCKET':'acme-sources','SLIPWAY_REPOSITORY':'europe-west1-docker.pkg.dev/acme/images','SLIPWAY_RELEASE_TOPIC':'release-events','SLIPWAY_POLICY':'{\\"regions\\":[\\"europe-west1\\",\\"europe-west4\\"]}','SLIPWAY_CONSOLE_URL':'https://slipway-console-7.europe-west1.run.app','LOG_EXECUTION_ID':'true'%s},
          'secretEnvironmentVariables':[%s]}}"""
        .formatted(
            name,
            entry,
            event ? ",'eventTrigger':{'retryPolicy':'RETRY_POLICY_RETRY'}" : "",
            name,
            timeout,
            name,
            settings,
            secrets);
  }
}
